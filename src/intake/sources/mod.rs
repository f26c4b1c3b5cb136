//! Files in. A [`Source`] recognises one tool's layout in the sheets of a file and yields
//! [`Answers`]. An importer knows its tool's habits and nothing of scores.
//!
//! | question | file |
//! |---|---|
//! | which importers are there, which one reads a file (the surest)? « outil inconnu », a form’s definition in place of its answers | `importers` |
//! | what must an importer offer? what may it know besides the file (a column left out this time)? | `source` |
//! | what does every importer yield: records, answers, cells, places? | `answers` |
//! | what became of a cell; which words announce a line of totals (« Moyenne générale »)? | `cell_fate` |
//! | our own workbooks (OBS, AUT, DIR): lines, notes, practices; a sheet is missing | `own_form` |
//! | – their columns when somebody moved, renamed or doubled some? | `own_form_columns` |
//! | – what somebody changed in them, and that makes their notes doubtful? | `own_form_doubts` |
//! | – what stands above their lines (structure, date, observer)? | `own_form_identity` |
//! | a grid made by hand? | `grid` |
//! | a list of accueils, whatever its headings (it is no answer: the registry is made of it) | `accueil_list` |
//! | sessions, posts, denominators? | `activity_tables` |
//! | notes of interviews, remarks of teams, practices as lines of a table? | `notes` |
//! | – a finding put right since, on a dated line beside the grid | `dated_corrections` |
//! | tables of responses of any tool: a response → a record; an empty one, two sheets alike | `responses` |
//! | – what any tool may write around them (a type); in which words a response is set aside | `dialect` |
//! | – one tool: its headings, which of its responses are drafts, tests, unfinished | `tools` |
//! | – which row holds the headings (the most codes of the first ten)? | `header` |
//! | – what stands above a column: its own title, or the question over a block? | `titles` |
//! | – what one column asks: code, correspondence, wording; ignored, « à confirmer », personal | `column_reader` |
//! | – the kinds of thing that a column may hold (types alone)? | `column_role` |
//! | – is a column a closed question of its own, which answers does it admit, why is that refused? | `closed_questions` |
//! | – which columns make one question; two answers on a line; ticks (« 1 », « oui ») of one per choice | `questions` |
//! | – lines of totals; the rectangle of answers; columns of the tool that are read for nothing | `response_cells` |
//! | – what it answers to closed questions outside the référentiel | `own_answers` |
//! | – its date: which column, day or month first, « date ambiguë » | `response_dates` |
//! | – lines that nobody may have answered: a mean, an aim, one a place | `response_doubts` |
//! | – to which response does a line of a repeated group belong? | `response_table` |
//! | a table of responses of any tool, for a questionnaire that is not the référentiel's | `survey_table` |
//! | in which words the éléments of a file are asked | `file_wordings`; which titles are such words: `title_wordings` |
//! | an élément’s code as tools bend it (`REL1FAM1`, `FAM[…]`); a comment’s column by its code | `element_codes` |
//! | a wording instead of a code: the same words, or near (0.75)? | `labels` |
//! | – how near two wordings are (edits, sixty-four letters at a time)? | `edit_distance` |
//! | words of levels, low and high; which way round they stand | `level_words` |
//! | does a text say that notes are those of the scale, or others (« sur 10 », « 1 = très bien »)? | `said_scale`, cut by `said_tokens`, what codes mean: `level_definitions`; numbers beyond it: `other_numbers` |
//! | – the texts near: one line a level, numbers beside words | `near_texts` |
//! | – what a table of responses says of the scale of its answers | `said_columns`; against what was said of its form before: `said_before` |
//! | a date that says more than a day (« reportée au… ») | `doubtful_day` |
//! | names of groups before questions, whatever joins them (Kobo)? | `group_paths` |
//! | « \[commentaire\] », « Pourquoi… ? », « autre », a precision in parentheses | `heading` |
//! | headings of any form: structure, date, profile (dropped), open questions; what is a cross (X)? | `usual_headings` |
//! | a person’s file of correspondences: its format, its fingerprint of headings, « ignorer » | `correspondence` |
//! | – what was said of a wording in other grids; two answers are a question | `known_wordings` |
//! | – the one that is proposed, for a person to correct (twelve words at most)? | `column_proposal` |
//! | cells of a column gathered, for `privacy::personal_columns` to judge by its heading or its content | `personal` |
//! | practices and consent, whatever the form: « oui », « non »; the ids kept | `practices` |
//! | – which columns of a tablet’s export hold them | `practice_columns` |
//! | words on a critère: which élément keeps them | `critere_comments` |
//! | columns of our own forms on a screen besides the éléments: words on a critère, moments and hours, notes | `form_fields` |
//! | – what a response says of them? | `practice_answers` |

pub(crate) mod accueil_list;
mod activity_tables;
mod answers;
pub(crate) mod cell_fate;
mod closed_questions;
mod column_proposal;
mod column_reader;
mod column_role;
pub mod correspondence;
mod critere_comments;
pub(crate) mod dated_corrections;
mod dialect;
mod doubtful_day;
mod edit_distance;
mod element_codes;
mod file_wordings;
mod form_fields;
mod grid;
mod group_paths;
mod header;
mod heading;
mod importers;
mod known_wordings;
mod labels;
mod level_definitions;
mod level_words;
mod near_texts;
pub mod notes;
mod other_numbers;
mod own_answers;
mod own_form;
mod own_form_columns;
mod own_form_doubts;
mod own_form_identity;
mod personal;
mod practice_answers;
mod practice_columns;
pub mod practices;
mod questions;
mod response_cells;
mod response_dates;
mod response_doubts;
mod response_table;
mod responses;
mod said_before;
mod said_columns;
mod said_scale;
mod said_tokens;
mod source;
mod survey_table;
mod title_wordings;
mod titles;
mod tools;
mod usual_headings;

#[cfg(test)]
pub(crate) use activity_tables::activity_columns;
pub(crate) use activity_tables::{ACTIVITY, DIPLOMAS, DayPart, Plage, heads_diplomas};
pub(crate) use answers::letters;
pub use answers::{
    Answer, AnswerArea, Answers, GridTitle, Located, OPEN_ANSWER, OWN_QUESTION, Record,
    SessionMoment,
};
pub(crate) use closed_questions::{AskedColumn, closed_answers};
pub(crate) use grid::{FILE_KIND, GRID, HAND_MADE, TABLE};
pub(crate) use header::{asked_lines, asking_row};
pub(crate) use importers::no_collection;
pub use importers::{SOURCES, choose, unrecognised};
pub(crate) use source::shown_title;
pub use source::{CampaignDays, Confidence, Context, Source};
pub(crate) use survey_table::{SurveyTable, headed_table, survey_tables};
