//! Rated lines that nobody knows yet: what is asked of them, and of the grid that they stand in, at once.

use super::grid_reading::GridReading;
use super::identity::GridIdentity;
use super::lines::RatedRow;
use super::meanings::status;
use crate::base::diagnostics::{CellRef, Code, Diagnostic};
use crate::base::text::count;
use crate::intake::sources::cell_fate::{Fate, ReadCells};
use crate::intake::sources::correspondence::IGNORED;
use crate::intake::sources::usual_headings::is_tick;
use crate::intake::sources::{letters, shown_title};
use crate::vocabulary::referentiel::SourceCode;

impl GridReading<'_> {
    /// The beginning of what a line words.
    pub(super) fn shown(&self, row: u32) -> String {
        shown_title(&self.sheet.text(row, self.lines.col))
    }

    /// Whether a line bears a note: where notes stand, or anywhere as long as nobody knows where.
    pub(super) fn bears_note(&self, line: &RatedRow) -> bool {
        let Some(row) = self.sheet.row(line.row) else {
            return false;
        };
        if !self.rated_columns.is_empty() {
            let mut columns = self.rated_columns.iter();
            return columns.any(|col| !self.sheet.column_text(line.row, *col).is_empty());
        }
        let scales = &self.context.referentiel.scales;
        let mut beside = row.cells.iter().filter(|c| c.col != self.lines.col);
        beside.any(|cell| {
            let text = cell.value.text();
            is_tick(&text)
                || status(&text).is_some()
                || scales.iter().any(|scale| scale.find(&text).is_some())
        })
    }

    /// What a person has to say of the lines that bear a note; those that only sum up are not asked.
    pub(super) fn propose_lines(&mut self, summaries: &[u32]) {
        let bears = |line: &RatedRow| !summaries.contains(&line.row) && self.bears_note(line);
        let mut lines = self.lines.proposal(self.sheet, self.context, bears);
        // Said on the command line, remembered for all grids.
        let columns = lines.iter_mut().flat_map(|p| &mut p.columns);
        for column in columns.filter(|c| !c.confirmed && self.context.leaves_out(&c.heading)) {
            IGNORED.clone_into(&mut column.target);
            column.confirmed = true;
        }
        self.proposal = match (self.proposal.take(), lines) {
            (Some(words), Some(mut lines)) => {
                lines.words.extend(words.words);
                Some(lines)
            }
            (words, lines) => words.or(lines),
        };
    }

    /// A grid of which no line is known: named, with all that says what it asks.
    pub(super) fn unknown_lines(&mut self) {
        let noted: Vec<u32> = self
            .lines
            .rated
            .iter()
            .filter(|line| self.bears_note(line))
            .map(|line| line.row)
            .collect();
        let r = self.context.referentiel;
        let message = format!(
            "{} le code ni la formulation d’aucun élément du référentiel {}.",
            count(
                noted.len(),
                "ligne notée ne porte",
                "lignes notées ne portent"
            ),
            r.version
        );
        let at = self
            .book
            .at(self.sheet, CellRef::new(self.lines.first, self.lines.col));
        let said = Diagnostic::new(Code::FileWithoutAnswer, at, message);
        self.diagnostics.push(said.with_remedy(
            "Dites une fois à quel élément mène chaque ligne, dans la liste à corriger (« importer » avec --liste) ou dans le classeur proposé dans grids/correspondances ; puis relancez.",
        ));
        for line in &self.lines.rated {
            if let Some(row) = self.sheet.row(line.row) {
                let fate = if noted.contains(&line.row) {
                    Fate::Named
                } else {
                    Fate::Legend
                };
                row.claim_rest(fate);
            }
        }
        let above = self
            .sheet
            .rows
            .iter()
            .take_while(|row| row.index < self.lines.first);
        let titles =
            above.filter(|row| row.cells.len() == 1 || Some(row.index) == self.lines.headings);
        titles.for_each(|row| row.claim_rest(Fate::Identity));
    }

    /// Wordings of éléments in several columns: two tables side by side, or a list beside a grid.
    pub(super) fn rivals(&mut self) {
        let cols = std::iter::once(self.lines.col).chain(self.lines.rivals.iter().copied());
        let mut cols: Vec<u32> = cols.collect();
        cols.sort_unstable();
        let named: Vec<String> = cols.iter().map(|c| letters(*c)).collect();
        let message = format!(
            "des formulations d’éléments dans plusieurs colonnes ({}) : rien ne dit de laquelle sont les notes.",
            named.join(", ")
        );
        let at = CellRef::new(self.lines.headings.unwrap_or(self.lines.first), cols[0]);
        let said = Diagnostic::new(Code::ColumnAmbiguous, self.book.at(self.sheet, at), message);
        self.diagnostics.push(said.with_remedy(
            "Si ce sont deux grilles côte à côte, mettez chacune sur sa feuille ; si une colonne n’est qu’une liste ou un rappel, effacez-la, ou relancez avec --ignorer suivi de son titre.",
        ));
        let rows = self.sheet.rows.iter();
        rows.for_each(|row| row.claim_rest(Fate::Named));
    }

    /// A table whose shape may be that of a grid or of responses.
    pub(super) fn doubtful(&mut self) {
        let message = "ce tableau a la forme d’une grille (une ligne par critère observé), et pourrait être un tableau de réponses (une ligne par personne).";
        let at = self
            .book
            .at(self.sheet, CellRef::new(self.lines.first, self.lines.col));
        self.diagnostics
            .push(Diagnostic::new(Code::GridOrTable, at, message));
        let rows = self.sheet.rows.iter();
        rows.for_each(|row| row.claim_rest(Fate::Named));
    }

    /// Whose grid it seems to be, as long as no line says so: one that names its observer is an observation.
    pub(super) fn seeming_source(&self, said: &GridIdentity) -> SourceCode {
        let r = self.context.referentiel;
        if !said.observer.is_empty() || said.visit.is_some() {
            return SourceCode::Obs;
        }
        let columns = self.proposal.iter().flat_map(|p| &p.columns);
        let nearest = columns.filter_map(|c| r.element(c.nearest.first()?));
        let sources = nearest.map(|e| r.elements[e].source);
        super::majority(sources).unwrap_or(SourceCode::Obs)
    }
}
