//! Grids made by hand: titles above, merged headings, crosses under one of several columns, totals
//! below, one sheet per structure. Lines are found by élément code, by wording, or by a
//! correspondence that a person confirmed.
//!
//! | question | file |
//! |---|---|
//! | is a sheet a hand-made grid; one record of it; whose grid (by most of its lines), a visit assumed? | this file |
//! | which lines (of the first 400) ask which élément: code, wording, correspondence; a grid unknown | `lines` |
//! | a table that is a grid by its shape alone, whatever its words; sure of it, or a question | `shaped_table` |
//! | lines that say whose they are: a grid for each accueil, day, observer, visit | `line_identity` |
//! | what one line answers: two columns ticked on it, an élément noted twice, a mark where a cross goes | `line_answers` |
//! | what the words of one heading mean: « Note », « commentaire », another year | `meanings`; « N.O. » and the like: `referentiel::absence` |
//! | what each column means: two columns « Note », headings against crosses, foreign words | `column_meanings` |
//! | words of notes that no scale knows, asked once a scale | `foreign_marks` |
//! | columns of crosses that no heading explains: are they a scale? | `ticked_columns` |
//! | columns that word or number the lines (« critère », « n° »), read for nothing | `wording_columns` |
//! | structure, date, observer above the lines; a sheet named « Feuil1 » | `identity`; words that number a visit: `visit_number` |
//! | headings that come again, another table further down | `stacked` |
//! | lines that only sum up the others (« Moyenne ») and hold what they say | `summary_lines` |
//! | remarks that take their note back | `taken_back` |
//! | a rated line that nobody knows: what is asked of it, of its grid too; whose grid it seems | `unknown_lines` |
//! | what it says of its notes: the other way round, another scale (« sur 10 »), notes beyond it | `legend`, what it finds: `said_of_notes` |
//! | what such notes are worth: asked one by one | `said_worth` |
//! | a grid without any note: blank, or its column is unknown | `blank_grid` |
//! | what is noticed on the way; the rectangle of answers; headings claimed | `grid_reading` |

mod blank_grid;
mod column_meanings;
mod foreign_marks;
mod grid_reading;
mod identity;
mod legend;
mod line_answers;
mod line_identity;
mod lines;
mod meanings;
mod said_of_notes;
mod said_worth;
mod shaped_table;
mod stacked;
mod summary_lines;
mod taken_back;
mod ticked_columns;
mod unknown_lines;
mod visit_number;
mod wording_columns;

pub(crate) use lines::HAND_MADE;
pub(crate) use shaped_table::{FILE_KIND, GRID, TABLE};

use blank_grid::BlankGrid;
use grid_reading::GridReading;
use legend::said_elsewhere;
use lines::{GridLine, GridLines};
use meanings::Meaning;

use crate::base::diagnostics::{CellRef, Checked, Code};
use crate::base::sheets::{Sheet, Workbook};
use crate::base::text::{count, decimals};
pub(super) use meanings::is_comment_heading;
pub(super) use taken_back::takes_back;
pub(super) use visit_number::ordinal;

use crate::intake::sources::answers::{Answers, GridTitle, Located, Record};
use crate::intake::sources::element_codes::contradicted;
use crate::intake::sources::file_wordings::FileWordings;
use crate::intake::sources::labels::{DENIED, Labels};
use crate::intake::sources::source::{Confidence, Context, Source};
use crate::intake::sources::title_wordings::note_wording;
use crate::vocabulary::referentiel::SourceCode;

/// A grid that nobody's software wrote.
pub(super) struct HandMadeGrid;

impl Source for HandMadeGrid {
    fn name(&self) -> &'static str {
        HAND_MADE
    }

    fn label(&self) -> &'static str {
        "grille faite à la main"
    }

    /// At least three lines that ask an élément, one under the other.
    fn recognises(&self, book: &Workbook, context: &Context) -> Confidence {
        let visible = book.sheets.iter().filter(|s| !s.hidden);
        let grids = visible.filter_map(|s| GridLines::of(s, context));
        let mut most = None;
        for lines in grids {
            most = most.max(Some(lines.known()));
            if most >= Some(3) {
                break;
            }
        }
        match most {
            Some(3..) => Confidence::Likely,
            Some(_) => Confidence::Possible,
            None => Confidence::None,
        }
    }

    fn read(&self, book: &Workbook, context: &Context) -> Checked<Answers> {
        let mut all = Checked::<Answers>::default();
        let mut blank = Vec::new();
        let lines = |sheet: &Sheet| {
            (!sheet.hidden)
                .then(|| GridLines::of(sheet, context))
                .flatten()
        };
        let (grids, others): (Vec<_>, Vec<_>) = (book.sheets.iter())
            .map(|sheet| (sheet, lines(sheet)))
            .partition(|(_, lines)| lines.is_some());
        let elsewhere = said_elsewhere(book, others.into_iter().map(|other| other.0));
        for (sheet, lines) in grids {
            let Some(lines) = lines else { continue };
            let mut reading = GridReading {
                book,
                sheet,
                context,
                labels: lines.coded.then(|| Labels::new(context.referentiel, None)),
                lines,
                proposal: None,
                diagnostics: Vec::new(),
                rated_columns: Vec::new(),
                legends: Vec::new(),
                titles: Vec::new(),
                elsewhere: &elsewhere,
                awaits: false,
            };
            let records = reading.record();
            reading.note_wordings(&mut all.value.wordings);
            all.value.lines += reading.lines.rated.len();
            let noted = |r: &Record| r.answers.iter().any(|a| !a.raw.is_empty());
            match records {
                Some(records) if !reading.awaits && !records.iter().any(noted) => {
                    blank.extend(reading.blank());
                }
                records => all.value.records.extend(records.into_iter().flatten()),
            }
            // Where nobody knows what lines ask, there is nothing to say of columns yet.
            if reading.lines.known() > 0 {
                all.value.blocks.push(reading.block());
            }
            let titles = std::mem::take(&mut reading.titles).into_iter();
            let titled = titles.map(|title| GridTitle {
                sheet: sheet.name.clone(),
                title,
            });
            all.value.titles.extend(titled);
            all.value.titles.extend(page_titles(sheet));
            all.value.propose(reading.proposal.take());
            all.diagnostics.append(&mut reading.diagnostics);
        }
        // A sheet that waits for its visit, beside others that were filled, keeps nobody out.
        let others = !all.value.records.is_empty();
        let said = blank.into_iter().map(|b: BlankGrid| b.said(others));
        all.diagnostics.extend(said);
        all
    }
}

/// The header and the footer of a printed page, as titles.
pub(super) fn page_titles(sheet: &Sheet) -> impl Iterator<Item = GridTitle> {
    let pages = sheet.page_words.iter().filter(|w| w.at.is_none());
    pages.map(|words| GridTitle {
        sheet: sheet.name.clone(),
        title: Located {
            text: words.text.clone(),
            cell: CellRef::new(0, 0),
        },
    })
}

impl GridReading<'_> {
    fn record(&mut self) -> Option<Vec<Record>> {
        if let Some(question) = self.lines.doubt.take() {
            self.proposal = Some(question);
            self.doubtful();
            return None;
        }
        if !self.lines.rivals.is_empty() {
            self.rivals();
            return None;
        }
        let asked = self.asked();
        let r = self.context.referentiel;
        let known: Vec<usize> = asked
            .iter()
            .filter_map(|(_, code)| r.element(code))
            .collect();
        let scale = match r.usual_scale(known.iter().copied()) {
            Some(scale) => scale,
            None => r.scales.first()?,
        };
        self.find_legends(scale);
        let meanings = self.meanings(scale);
        if self.is_stacked(&meanings) {
            return None;
        }
        let rated = meanings.iter().filter(|m| m.1 != Meaning::Comment);
        self.rated_columns.extend(rated.map(|m| m.0));
        let summaries = self.summaries();
        self.propose_lines(&summaries);
        self.said_of_notes(&meanings, scale, &summaries);
        self.foreign_words(&meanings, scale, &summaries);
        let spoken = known.iter().map(|e| r.elements[*e].source);
        let source = self.context.source.or_else(|| majority(spoken));
        self.awaits = known.is_empty() && !self.lines.coded;
        let first = self.lines.first;
        let mut answers = Vec::new();
        let who = self.line_identity(&meanings);
        if self.awaits {
            self.unknown_lines();
        } else {
            self.claim_lines();
            self.name_unknown(&summaries);
            self.claim_wordings(&meanings);
            answers = self.answers(&asked, &meanings, &who);
        }
        let mut said = self.identity();
        self.titles = std::mem::take(&mut said.titles);
        // What a grid seems to be decides what is asked of it, and nothing that enters.
        let seems = self.awaits.then(|| self.seeming_source(&said));
        if let Some(proposal) = self.proposal.as_mut() {
            proposal.reads = source;
        }
        let source = source.or(seems)?;
        if said.visit.is_none() && source == SourceCode::Obs {
            let message =
                "la grille ne dit pas de quelle visite elle vient : lue comme la visite 1.";
            self.report(
                Code::VisitAssumed,
                first,
                self.lines.col,
                message.to_owned(),
            );
        }
        let observer_at = said.observer_at.or_else(|| self.blank_above());
        let observer = self.marked_by(&mut said, source);
        let whole = Record {
            source,
            also: said.also,
            structure: said.place.or_else(|| self.sheet_place()),
            visit: said.visit.unwrap_or_else(|| "1".to_owned()),
            observer,
            observer_at,
            respondent: format!("ligne {first}"),
            date: said.date,
            sheet: self.sheet.name.clone(),
            at: CellRef::new(first, self.lines.col),
            answers,
        };
        Some(self.split(whole, &who))
    }

    /// Lines that ask an élément; near ones are reported, and wait.
    fn asked(&mut self) -> Vec<(u32, String)> {
        let (mut asked, mut near, mut disputed) = (Vec::new(), Vec::new(), Vec::new());
        let (mut assumed, mut shared, mut against) = (Vec::new(), Vec::new(), Vec::new());
        for line in &self.lines.rated {
            match &line.asks {
                GridLine::Element(code) => {
                    asked.push((line.row, code.clone()));
                    if line.assumed {
                        assumed.push((line.row, code.clone()));
                    }
                    if line.shared {
                        shared.push((line.row, code.clone()));
                    }
                }
                GridLine::Near(code, score) => near.push((line.row, code.clone(), score.0)),
                GridLine::Disputed(codes) => disputed.push((line.row, codes.join(" et "))),
                GridLine::Contradicted(code, other) => {
                    against.push((line.row, code.clone(), *other));
                }
                GridLine::LeftOut | GridLine::Unknown => {}
            }
        }
        for (row, code, score) in near {
            let r = self.context.referentiel;
            let label = r
                .element(&code)
                .map_or("", |e| r.elements[e].label.as_str());
            let shown = self.shown(row);
            let wording = self.sheet.text(row, self.lines.col);
            let labels = Labels::new(r, None);
            let denies = r.element(&code).is_some_and(|e| labels.denies(&wording, e));
            let message = format!(
                "« {shown} » ressemble à {code} « {label} » (ressemblance {} %){}.",
                decimals(100.0 * score, 0),
                if denies { DENIED } else { "" }
            );
            self.report(Code::LabelToConfirm, row, self.lines.col, message);
        }
        for (row, code) in assumed {
            let message = format!("« {} » lue comme {code}.", self.shown(row));
            self.report(Code::LabelAssumed, row, self.lines.col, message);
        }
        self.said_elsewhere(&shared);
        for (row, code, other) in against {
            let message = contradicted(&code, &self.context.referentiel.elements[other]);
            self.report(Code::CodeAgainstWords, row, self.lines.col, message);
        }
        for (row, codes) in disputed {
            let shown = self.shown(row);
            let message =
                format!("« {shown} » a mené dans d’autres grilles à {codes} : dites lequel ici.");
            self.report(Code::LabelToConfirm, row, self.lines.col, message);
        }
        asked
    }
}

impl GridReading<'_> {
    /// Notes in which words each line asks the élément that it is read as.
    fn note_wordings(&self, wordings: &mut FileWordings) {
        let coded = self.lines.coded;
        for line in &self.lines.rated {
            if let GridLine::Element(code) = &line.asks {
                let words = (!coded).then(|| self.sheet.text(line.row, self.lines.col));
                note_wording(wordings, self.context.referentiel, code, words.as_deref());
            }
        }
    }

    /// Lines that are read as people said of the same words in other grids: told once.
    fn said_elsewhere(&mut self, shared: &[(u32, String)]) {
        const SHOWN: usize = 3;
        let Some((first, _)) = shared.first() else {
            return;
        };
        let listed = shared.iter().take(SHOWN);
        let listed: Vec<String> = listed
            .map(|(row, code)| format!("« {} » → {code}", self.shown(*row)))
            .collect();
        let more = if shared.len() > SHOWN { "…" } else { "" };
        let message = format!(
            "{} comme vous l’avez dit d’une autre grille : {}{more}",
            count(shared.len(), "ligne lue", "lignes lues"),
            listed.join(", ")
        );
        let message = message.trim_end_matches('.').to_owned() + ".";
        self.report(Code::LabelAssumed, *first, self.lines.col, message);
    }
}

fn majority(sources: impl Iterator<Item = SourceCode>) -> Option<SourceCode> {
    let mut counts = [0_usize; 8];
    sources.for_each(|s| counts[s as usize] += 1);
    let best = (0..8).max_by_key(|&i| (counts[i], std::cmp::Reverse(i)))?;
    (counts[best] > 0).then_some(SourceCode::ALL[best])
}
