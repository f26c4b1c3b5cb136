//! The same responses under another name: a lot saved again or sorted, a sheet and its copy, a block pasted
//! twice, an export beside the lot that was typed. Nobody's answers are to count twice.

use std::collections::BTreeMap;

use super::response_lots::{Response, pasted_twice, repeated, response, stored_responses};
use super::{Asking, RailRun, Rails};
use crate::base::diagnostics::{Code, Diagnostic, Location};
use crate::base::error::Result;
use crate::base::text::count;
use crate::intake::observations::{ElementCodes, TypedRecord, UnitKey};
use crate::intake::store::{LiveImport, StoredUnit};
use crate::vocabulary::referentiel::SourceCode;

/// The responses about one accueil that stand on one sheet of one file.
struct Lot<'a> {
    file: usize,
    name: &'a str,
    sheet: &'a str,
    records: Vec<&'a TypedRecord>,
    responses: Vec<Response>,
}

/// Whose responses are compared: those about one accueil, from the same people.
type Asked = (String, SourceCode);

impl Rails<'_> {
    pub(super) fn lots(&self, run: &RailRun, asking: &mut Asking) -> Result<()> {
        let codes = ElementCodes::of(self.observatory.referentiel(self.campaign));
        for (asked, lots) in lots(run, &codes) {
            for (rank, lot) in lots.iter().enumerate() {
                if let Some((first, again, length)) = pasted_twice(&lot.responses) {
                    asking.ask(lot.file, lot.pasted(first, again, length));
                }
                let mut before = lots[..rank].iter();
                if let Some((same, other)) =
                    before.find_map(|o| Some((repeated(&lot.responses, &o.responses)?, o)))
                {
                    let place = other.place(run);
                    asking.ask(lot.file, lot.again(run, same, &place));
                    continue;
                }
                for live in &self.live {
                    if let Some((same, place)) = self.in_place(live, lot, &asked)? {
                        asking.ask(lot.file, lot.again(run, same, &place));
                        break;
                    }
                }
            }
        }
        Ok(())
    }

    /// How many responses of a lot an import holds already, under another key; and where.
    fn in_place(
        &self,
        live: &LiveImport,
        lot: &Lot,
        (structure, source): &Asked,
    ) -> Result<Option<(usize, String)>> {
        let key = lot.records[0].unit.to_string();
        let codes = self
            .store
            .element_codes(&live.import.manifest.referentiel)?;
        let known = |u: &&StoredUnit| !u.hidden && u.key != key && u.source == *source;
        for unit in live.units.iter().filter(known) {
            if *unit.structure != **structure && !may_be_corrected(live, unit, lot) {
                continue;
            }
            let stored = stored_responses(live, unit, &codes)?;
            if let Some(same) = repeated(&lot.responses, &stored) {
                let file = live.import.manifest.files.get(unit.file);
                let name = file.map_or_else(String::new, |f| format!(" ({})", f.name));
                let of = match &*unit.structure {
                    own if own == structure => String::new(),
                    other => format!(" pour {other}"),
                };
                return Ok(Some((
                    same,
                    format!("dans l’import {}{name}{of}", live.import.label),
                )));
            }
        }
        Ok(None)
    }
}

/// Whether responses about another accueil may be these, its accueil corrected since: as many, about, under the
/// name of the same file or by the same tool.
fn may_be_corrected(live: &LiveImport, unit: &StoredUnit, lot: &Lot) -> bool {
    const NEAR: usize = 4;
    let rows: usize = lot.records.iter().map(|r| r.answers.len()).sum();
    let is_near = unit.answers.rows.abs_diff(rows) * NEAR <= rows;
    let file = live.import.manifest.files.get(unit.file);
    let same_name = file.is_some_and(|f| *f.name == *lot.name);
    let tool = |key: &str| key.split('|').nth(2).map(str::to_owned);
    let same_tool = tool(&unit.key) == tool(&lot.records[0].unit.to_string());
    is_near && (same_name || same_tool)
}

fn lots<'r>(run: &'r RailRun, codes: &ElementCodes) -> BTreeMap<Asked, Vec<Lot<'r>>> {
    let mut all: BTreeMap<Asked, Vec<Lot>> = BTreeMap::new();
    for file in run.entering() {
        let records = run.files[file].records.iter();
        for record in records.filter(|r| matches!(r.unit, UnitKey::Questionnaire { .. })) {
            let asked = (record.unit.structure().to_string(), record.unit.source());
            let own = all.entry(asked).or_default();
            let known = own
                .iter_mut()
                .find(|l| l.file == file && l.sheet == &*record.sheet);
            let said = response(record, codes);
            match known {
                Some(lot) => {
                    lot.records.push(record);
                    lot.responses.push(said);
                }
                None => own.push(Lot {
                    file,
                    name: run.about[file].name,
                    sheet: &record.sheet,
                    records: vec![record],
                    responses: vec![said],
                }),
            }
        }
    }
    all
}

impl Lot<'_> {
    fn place(&self, run: &RailRun) -> String {
        let name = run.about[self.file].name;
        if self.sheet.is_empty() {
            format!("dans « {name} »")
        } else {
            format!("dans « {name} », feuille « {} »", self.sheet)
        }
    }

    fn at(&self) -> Location {
        self.records[0].at.clone()
    }

    fn about(&self) -> String {
        let unit = &self.records[0].unit;
        format!("{}, {}", unit.structure(), unit.source().label())
    }

    fn again(&self, run: &RailRun, same: usize, place: &str) -> Diagnostic {
        let message = format!(
            "{} : {} sur {} {} déjà {place}, à l’identique ; ces personnes compteraient deux fois.",
            self.about(),
            count(same, "réponse", "réponses"),
            self.responses.len(),
            if same < 2 { "est" } else { "sont" },
        );
        let said = Diagnostic::new(Code::LotTwice, self.at(), message);
        let is_of_run = !place.starts_with("dans l’import");
        said.with_remedy(if is_of_run {
            format!(
                "Ne gardez que l’un des deux, « {} » ou l’autre ; si ce sont bien d’autres personnes, ajoutez --confirmer.",
                run.about[self.file].name
            )
        } else {
            "Si ce lot remplace l’autre, annulez d’abord l’import qui le tient (« observatoire annuler ») ; si ce sont bien d’autres personnes, ajoutez --confirmer.".to_owned()
        })
    }

    fn pasted(&self, first: usize, again: usize, length: usize) -> Diagnostic {
        let line = |rank: usize| self.records[rank].at.cell.clone().unwrap_or_default();
        let message = format!(
            "{} : les {length} réponses qui commencent en {} sont, dans le même ordre, celles qui commencent en {} ; ces personnes compteraient deux fois.",
            self.about(),
            line(again),
            line(first),
        );
        Diagnostic::new(Code::LotTwice, self.records[again].at.clone(), message)
    }
}
