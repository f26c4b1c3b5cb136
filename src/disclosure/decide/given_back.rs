//! The audit of what was decided: whether all that is published gives back what is hidden, every
//! equation taken at once, to who also knows how many answered where. It shares no rule with the
//! decisions: levels by the exact solver, answers by flows through the tables that subtraction
//! leaves.

use super::answer_decisions::AnswerDecisions;
use super::campaign_figures::CampaignFigures;
use super::decisions::{OtherReader, ReaderDecisions, Readers, of_readers};
use super::levels::given_back;
use crate::stats::suppression::audit;

/// What an audit of one delivery looked at, and found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Audit {
    /// Hidden means and counts that were tried.
    pub tried: usize,
    /// What is given back, in words: empty when nothing is.
    pub found: Vec<String>,
}

impl Audit {
    fn add(&mut self, other: Self) {
        self.tried += other.tried;
        self.found.extend(other.found);
    }
}

/// Audits what each reader of a delivery gets, in this campaign beside the one before.
pub(crate) fn audit_readers(
    figures: &CampaignFigures,
    readers: &Readers,
    before: Option<&CampaignFigures>,
) -> Audit {
    let delivered = before.map_or_else(Vec::new, |figures| of_readers(figures, readers, &[]));
    let all = of_readers(figures, readers, &delivered);
    let names = readers.also.iter().chain([&readers.own]);
    let mut audit = Audit::default();
    for (rank, (reader, now)) in names.zip(&all).enumerate() {
        audit.add(audit_levels(reader, now, delivered.get(rank)));
        if reader.audience.reads_all_sites() {
            audit.add(audit_answers(reader, &now.figures, &now.decisions.answers));
        }
    }
    audit
}

fn audit_levels(
    reader: &OtherReader,
    now: &ReaderDecisions,
    then: Option<&ReaderDecisions>,
) -> Audit {
    let mut audit = Audit::default();
    for site in 0..now.figures.structures.len() {
        let view = now.decisions.view(&now.figures, site);
        let earlier = then.and_then(|then| then.site(view.code));
        let back = given_back(&view, earlier.as_ref(), &now.decisions.levels[site]);
        audit.tried += back.tried;
        let named = back.found.into_iter().map(|mean| {
            let source = mean.source.map_or("", |source| source.as_str());
            let audience = reader.audience.as_str();
            format!("{audience} : {} {} {source}", view.code, mean.code)
        });
        audit.found.extend(named);
    }
    audit
}

fn audit_answers(
    reader: &OtherReader,
    figures: &CampaignFigures,
    answers: &AnswerDecisions,
) -> Audit {
    let mut found = Audit::default();
    for remainder in answers.remainders() {
        let (element, sites) = (remainder.element, &remainder.sites);
        let table: Vec<Vec<u64>> = sites
            .iter()
            .map(|site| {
                let counts = answers.site_answers(element, *site).counts;
                counts.into_iter().map(|count| count as u64).collect()
            })
            .collect();
        let hidden = table.iter().map(|row| vec![true; row.len()]).collect();
        for cell in audit(&table, &hidden) {
            found.tried += 1;
            let (low, high) = cell.bounds;
            if low == high && low > 0 {
                let code = &figures.structures[sites[cell.cell.0]].code;
                let question = &figures.referentiel.elements[element].code;
                let audience = reader.audience.as_str();
                found
                    .found
                    .push(format!("{audience} : {code} {question} = {low}"));
            }
        }
    }
    found
}
