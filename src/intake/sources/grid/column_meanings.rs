//! Columns of a hand-made grid: what a person said of them, what their headings say, what their crosses
//! suggest.

use std::collections::{BTreeMap, BTreeSet};

use super::grid_reading::GridReading;
use super::lines::HAND_MADE;
use super::meanings::{
    Meaning, Surely, is_of_another_time, is_rating_heading, is_wording_heading, meaning, status,
};
use super::ticked_columns::run_of_ticks;
use crate::base::diagnostics::{CellRef, Code, Diagnostic};
use crate::base::text::fold;
use crate::intake::sources::answers::untitled;
use crate::intake::sources::correspondence::{
    ANY_SHAPE, Correspondence, MappedWord, referentiel_mark,
};
use crate::intake::sources::level_words::are_ascending;
use crate::intake::sources::own_form_columns::{COMMENT, NOTE};
use crate::intake::sources::said_scale::{SaidScale, TextPlace, said_scale};
use crate::intake::sources::usual_headings::is_tick;
use crate::vocabulary::referentiel::Scale;

/// A column, what it means, and in what words its heading said so.
pub(super) struct MeantColumn {
    pub(super) col: u32,
    pub(super) meaning: Meaning,
    /// The heading's own cell; none when the crosses alone suggested it.
    heading: Option<CellRef>,
    words: String,
    surely: Surely,
    /// Whether a person said so.
    said: bool,
}

impl GridReading<'_> {
    /// Meaning of each column, from the up to three header rows above the first line; columns of
    /// crosses under words that the scale does not know wait for someone to agree.
    pub(super) fn meanings(&mut self, scale: &Scale) -> Vec<(u32, Meaning)> {
        let cells = self.sheet.rows.iter().flat_map(|r| &r.cells);
        let last_col = cells.map(|c| c.col).max().unwrap_or(0);
        let columns = (0..=last_col).filter(|c| *c != self.lines.col);
        let mut found: Vec<MeantColumn> = columns.filter_map(|c| self.meant(c, scale)).collect();
        self.keep_filled(&mut found);
        self.keep_one(&mut found, &Meaning::Rating);
        self.keep_ticks(&mut found);
        self.keep_one(&mut found, &Meaning::Comment);
        for place in found.iter().filter_map(|f| f.heading) {
            self.claim_heading(place);
        }
        let mut meanings: Vec<(u32, Meaning)> =
            found.into_iter().map(|f| (f.col, f.meaning)).collect();
        // « Non observé » beside crosses says nothing of what they are worth.
        let is_level = |code: &String| scale.modalities.iter().any(|m| m.code == *code);
        let rated = |m: &(u32, Meaning)| match &m.1 {
            Meaning::Rating => true,
            Meaning::Tick(code) => is_level(code),
            Meaning::Comment => false,
        };
        if !meanings.iter().any(rated) {
            let taken: BTreeSet<u32> = meanings.iter().map(|m| m.0).collect();
            meanings.extend(self.guessed(scale, &taken));
        }
        meanings
    }

    /// Of columns of notes, those that hold some: a heading merged over two heads the filled one.
    fn keep_filled(&self, found: &mut Vec<MeantColumn>) {
        let filled = |col: u32| {
            let mut lines = self.lines.rated.iter();
            lines.any(|line| !self.sheet.column_text(line.row, col).is_empty())
        };
        if found
            .iter()
            .any(|f| f.meaning == Meaning::Rating && filled(f.col))
        {
            found.retain(|f| f.meaning != Meaning::Rating || filled(f.col));
        }
    }

    /// Two columns for one level are those of two visits, of two moments: a question.
    fn keep_ticks(&mut self, found: &mut Vec<MeantColumn>) {
        let mut seen: BTreeMap<String, usize> = BTreeMap::new();
        for f in found.iter() {
            if let Meaning::Tick(code) = &f.meaning {
                *seen.entry(code.clone()).or_default() += 1;
            }
        }
        let twice = seen
            .into_iter()
            .filter(|(_, n)| *n > 1)
            .map(|(code, _)| Meaning::Tick(code));
        for meaning in twice.collect::<Vec<_>>() {
            self.keep_one(found, &meaning);
        }
    }

    /// What a column means: what a person said of its heading, else what the heading says.
    fn meant(&self, col: u32, scale: &Scale) -> Option<MeantColumn> {
        let headings = self.headings(col);
        let named = self.named(col);
        if self.context.names_out(&named) {
            return None;
        }
        let column = |heading: &(CellRef, String), meaning, surely| MeantColumn {
            col,
            meaning,
            heading: Some(heading.0),
            words: fold(&heading.1),
            surely,
            said: false,
        };
        let lowest = headings.first();
        if let Some(said) = self.lines.mapping.and_then(|m| m.target(&named)) {
            let place = CellRef::new(self.lines.first.saturating_sub(1), col);
            let untitled = (place, String::new());
            let heading = lowest.unwrap_or(&untitled);
            return Some(MeantColumn {
                said: true,
                ..column(heading, told(said, scale)?, Surely::Exactly)
            });
        }
        // A band over the column may say that it holds something else: « Visé », « 2025 ».
        let timeless = |text: &str| self.timeless(text);
        if headings
            .iter()
            .any(|h| is_of_another_time(&fold(&timeless(&h.1))))
        {
            return None;
        }
        let mut read = headings.iter().find_map(|heading| {
            let question = self.question(col);
            let worth = self
                .lines
                .mapping
                .and_then(|m| m.worth(&question, &heading.1));
            if let Some(worth) = worth {
                return Some(column(
                    heading,
                    Meaning::Tick(worth.to_owned()),
                    Surely::Exactly,
                ));
            }
            let (meaning, surely) = meaning(&timeless(&heading.1), scale)?;
            // What holds nothing but crosses and notes is no words, whatever its heading.
            let words = meaning != Meaning::Comment || !self.holds_marks(col, scale);
            words.then(|| column(heading, meaning, surely))
        })?;
        // A precision that nobody understands under « Note » is a question: « nb d’enfants ».
        let is_lowest = read.heading == lowest.map(|h| h.0);
        if read.meaning == Meaning::Rating && !is_lowest {
            let lowest = lowest.map_or("", |h| h.1.as_str());
            let said = said_scale(lowest, TextPlace::Heading, scale);
            if said == SaidScale::Nothing && !is_rating_heading(lowest) {
                return None;
            }
            read.surely = Surely::Begins;
        }
        // What holds sentences and no mark is no column of notes: « Constats ».
        if read.meaning == Meaning::Rating && self.holds_sentences(col) {
            return None;
        }
        Some(read)
    }

    /// A heading without the year of the campaign, which says nothing: « Note 2026 ».
    fn timeless(&self, heading: &str) -> String {
        let years = self
            .context
            .days
            .map(|d| (d.first.date().year(), d.last.date().year()));
        let is_own = |word: &str| {
            let digits = word.trim_matches(|c: char| !c.is_ascii_digit());
            let year = digits.parse::<i16>().ok().filter(|_| digits.len() == 4);
            year.zip(years)
                .is_some_and(|(y, (first, last))| (first..=last).contains(&y))
        };
        let words = heading.split(' ').filter(|word| !is_own(word));
        let kept: Vec<&str> = words.collect();
        if kept.iter().all(|w| w.is_empty()) {
            return heading.to_owned();
        }
        kept.join(" ")
    }

    /// Whether a column holds on the lines nothing but sentences.
    fn holds_sentences(&self, col: u32) -> bool {
        const SENTENCE: usize = 25;
        let lines = self.lines.rated.iter();
        let texts = lines.map(|line| self.sheet.text(line.row, col));
        let mut texts = texts.filter(|text| !text.is_empty()).peekable();
        texts.peek().is_some() && texts.all(|text| text.chars().count() >= SENTENCE)
    }

    /// What a column is called: its lowest heading, with its place where another bears the same; else its
    /// place.
    pub(super) fn named(&self, col: u32) -> String {
        let Some((at, heading)) = self.headings(col).into_iter().next() else {
            return untitled(col);
        };
        let row = self.sheet.row(at.row).into_iter().flat_map(|r| &r.cells);
        let wanted = fold(&heading);
        let mut others = row.filter(|c| c.col != col && c.col != at.col);
        if others.any(|c| fold(&c.value.text()) == wanted) {
            format!("{heading} ({})", untitled(col))
        } else {
            heading
        }
    }

    /// Whether a column holds on the lines crosses and notes alone.
    fn holds_marks(&self, col: u32, scale: &Scale) -> bool {
        let lines = self.lines.rated.iter();
        let texts = lines.map(|line| self.sheet.text(line.row, col));
        let mut any = false;
        let all = texts.filter(|text| !text.is_empty()).all(|text| {
            any = true;
            is_tick(&text) || scale.find(&text).is_some() || status(&text).is_some()
        });
        any && all
    }

    /// Of columns that seem to hold the same, those whose heading says it in the very words; where
    /// several are left that no word tells apart, none: two candidates are a question.
    fn keep_one(&mut self, found: &mut Vec<MeantColumn>, wanted: &Meaning) {
        let of_kind = |f: &&MeantColumn| f.meaning == *wanted;
        // What a person said of a column comes before what another seems to hold.
        if found.iter().any(|f| f.meaning == *wanted && f.said) {
            found.retain(|f| f.meaning != *wanted || f.said);
        }
        let Some(best) = found.iter().filter(of_kind).map(|f| f.surely).max() else {
            return;
        };
        found.retain(|f| f.meaning != *wanted || f.surely == best);
        let words: Vec<&str> = found
            .iter()
            .filter(of_kind)
            .map(|f| f.words.as_str())
            .collect();
        let different: BTreeSet<&str> = words.iter().copied().collect();
        // Remarks and proofs are both words of the day, and are read together.
        let told_apart = *wanted == Meaning::Comment
            && best == Surely::Exactly
            && different.len() == words.len();
        // Words of several columns are read together; notes of several are those of several visits.
        let agreed = *wanted == Meaning::Comment && found.iter().filter(of_kind).all(|f| f.said);
        if words.len() < 2 || told_apart || agreed {
            return;
        }
        let places: Vec<CellRef> = found
            .iter()
            .filter(of_kind)
            .filter_map(|f| f.heading)
            .collect();
        found.retain(|f| f.meaning != *wanted);
        self.ambiguous(wanted, &places);
    }

    fn ambiguous(&mut self, wanted: &Meaning, places: &[CellRef]) {
        let what = match wanted {
            Meaning::Comment => "des commentaires",
            _ => "des notes",
        };
        let listed: Vec<String> = places.iter().map(CellRef::to_string).collect();
        let message = format!(
            "plusieurs colonnes semblent tenir {what} : {}. Aucune n’est choisie à votre place.",
            listed.join(", ")
        );
        if let Some(first) = places.first() {
            let at = self.book.at(self.sheet, *first);
            let said = Diagnostic::new(Code::ColumnAmbiguous, at, message);
            self.diagnostics.push(said.with_remedy(
                "Dites laquelle compte dans la liste à corriger (« importer » avec --liste) : « note » pour elle, « ignorer » pour les autres. Si chaque colonne est celle d’un accueil, d’un observateur ou d’un moment, copiez la feuille autant de fois, n’y gardez qu’une colonne de notes, et écrivez au-dessus l’accueil, la date, l’observateur. Si chaque colonne est une personne qui a répondu, copiez le tableau et collez-le avec « Transposer » (collage spécial) : une ligne par personne.",
            ));
        }
    }

    /// Headings of a column and their places, the lowest first.
    pub(super) fn headings(&self, col: u32) -> Vec<(CellRef, String)> {
        let rows = (1..=3).filter_map(|up| self.lines.first.checked_sub(up));
        // A title that stands alone on its line, merged over the columns, is the heading of none; nor is what
        // stands beside « Date » or « Accueil ». A band over columns, or a precision under a heading, has
        // nothing over the lines.
        let is_of_columns = |row: &u32| {
            let over = self.sheet.merged_text(*row, self.lines.col);
            Some(*row) == self.lines.headings || over.is_empty() || is_wording_heading(&over)
        };
        let rows = rows.filter(is_of_columns);
        let texts = rows.map(|row| (CellRef::new(row, col), self.sheet.merged_text(row, col)));
        texts.filter(|h| !h.1.is_empty()).collect()
    }

    /// As many columns of crosses as the scale has modalities: from the lowest to the highest, if
    /// a person agrees.
    fn guessed(&mut self, scale: &Scale, taken: &BTreeSet<u32>) -> Vec<(u32, Meaning)> {
        let wanted = scale.modalities.len();
        let Some(run) = run_of_ticks(self.sheet, &self.lines, wanted, taken) else {
            return Vec::new();
        };
        let heads: Vec<String> = run
            .iter()
            .map(|col| {
                self.headings(*col)
                    .into_iter()
                    .next()
                    .map_or_else(String::new, |h| h.1)
            })
            .collect();
        let mut codes: Vec<String> = scale.modalities.iter().map(|m| m.code.clone()).collect();
        // Words of another number of levels stand for none of this scale.
        let direction = are_ascending(&heads).filter(|_| heads.len() == wanted);
        match direction {
            Some(true) => {}
            Some(false) => codes.reverse(),
            // Nothing is proposed where nobody knows which end is the best: it would be accepted.
            None => codes = vec![String::new(); heads.len()],
        }
        let ticks = || run.iter().copied().zip(codes.iter().cloned());
        if self.context.accept_near && direction.is_some() {
            return ticks()
                .map(|(col, code)| (col, Meaning::Tick(code)))
                .collect();
        }
        let heads_shown = heads.join(" », « ");
        let message = if direction.is_some() {
            format!(
                "les colonnes « {heads_shown} » semblent valoir, dans cet ordre : {}.",
                codes.join(", ")
            )
        } else {
            format!("les colonnes « {heads_shown} » portent des croix : dites ce que vaut chacune.")
        };
        self.report(Code::LabelToConfirm, self.lines.first - 1, run[0], message);
        self.name_columns(&run);
        self.rated_columns.extend(&run);
        let worth = heads.into_iter().zip(codes);
        let worth = worth.map(|(written, worth)| MappedWord {
            worth,
            ..MappedWord::awaited("", written)
        });
        self.propose_words(worth.collect());
        Vec::new()
    }

    /// Adds words to what a person may say of this grid, unless she has a say on them already.
    pub(super) fn propose_words(&mut self, words: Vec<MappedWord>) {
        let proposed = Correspondence {
            tool: HAND_MADE.to_owned(),
            shape: self.lines.form.clone(),
            referentiel: referentiel_mark(self.context.referentiel),
            columns: Vec::new(),
            words: self.met_under(words),
            reads: None,
        };
        let said = self.lines.mapping;
        let new = said.map_or_else(|| proposed.clone(), |said| said.open(&proposed));
        if new.words.is_empty() {
            return;
        }
        // What was said of these files alone is kept for their lines, with what is still to say.
        let begun = self.proposal.get_or_insert_with(|| Correspondence {
            columns: said
                .filter(|said| said.shape == ANY_SHAPE)
                .map_or(Vec::new(), |said| said.columns.clone()),
            words: said
                .filter(|said| said.shape == ANY_SHAPE)
                .map_or(Vec::new(), |said| said.words.clone()),
            ..proposed
        });
        begun.words.extend(new.words);
    }
}

/// What a person said that a column holds: notes, comments, or crosses that are worth a modality.
fn told(said: &str, scale: &Scale) -> Option<Meaning> {
    match fold(said).as_str() {
        NOTE => Some(Meaning::Rating),
        COMMENT => Some(Meaning::Comment),
        _ => {
            let known = scale.modalities.iter().find(|m| m.code == said);
            let code = known.map(|m| m.code.clone()).or_else(|| status(said));
            code.map(Meaning::Tick)
        }
    }
}
