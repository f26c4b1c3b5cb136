//! The audit of what was decided: whether all that is published gives back what is hidden, every
//! equation taken at once, to who also knows how many answered where, and to somebody of a hidden
//! site who knows their own answer or their team's. It shares no rule with the decisions: levels by
//! the exact solver, answers by flows through the tables that subtraction leaves.

use super::answer_decisions::AnswerDecisions;
use super::campaign_figures::CampaignFigures;
use super::decided_readers::{Campaigns, OtherReader, Readers, of_campaigns};
use super::decision_memo::DecisionMemo;
use super::decisions::ReaderDecisions;
use super::levels::given_back;
use crate::stats::margin_audit::audit;
use crate::vocabulary::Audience;
use crate::vocabulary::config::Thresholds;

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
    memo: &DecisionMemo,
) -> Audit {
    let Campaigns { now: all, before } = of_campaigns(figures, readers, before, memo);
    let names = readers.also.iter().chain([&readers.own]);
    let team = readers.also.iter().find(|r| r.audience == Audience::Equipe);
    let team = team.map(|team| &team.thresholds);
    let mut audit = Audit::default();
    for (rank, (reader, now)) in names.zip(&all).enumerate() {
        audit.add(audit_levels(reader, now, before.get(rank)));
        if reader.audience.reads_all_sites() {
            let answers = &now.decisions.answers;
            audit.add(audit_answers(reader, team, &now.figures, answers));
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
        let back = given_back(&view, earlier.as_ref(), &now.decisions.levels[site].hidden);
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

/// Each table that subtraction leaves, as it is, then as somebody of one of its sites sees it: less the
/// answers of their team when those are shown to it, else less their own.
fn audit_answers(
    reader: &OtherReader,
    team: Option<&Thresholds>,
    figures: &CampaignFigures,
    answers: &AnswerDecisions,
) -> Audit {
    let mut audit = Audit::default();
    for remainder in answers.remainders() {
        let Some((code, source)) = figures.asked(remainder.element) else {
            continue;
        };
        let rows = remainder.sites.iter().map(|site| {
            let counts = answers.site_answers(remainder.element, *site).counts;
            let counts = counts.into_iter().map(|count| count as u64);
            TableRow {
                site: *site,
                counts: counts.collect(),
            }
        });
        let mut table = LeftTable::of(rows.collect());
        let least = team.map_or(0, |team| team.per_site(source)) as u64;
        let told = table
            .tells()
            .into_iter()
            .chain(table.tells_to_members(least));
        let audience = reader.audience.as_str();
        let named = told.map(|site| {
            let structure = &figures.structures[site].code;
            format!("{audience} : {structure} {code}")
        });
        audit.found.extend(named);
        audit.tried += table.tried;
    }
    audit
}

/// Answers of one site to a question.
#[derive(Debug, Clone)]
struct TableRow {
    site: usize,
    counts: Vec<u64>,
}

impl TableRow {
    fn total(&self) -> u64 {
        self.counts.iter().sum()
    }
}

/// Hidden answers whose sums are known, by site and by answer.
struct LeftTable {
    rows: Vec<TableRow>,
    sums: Vec<u64>,
    /// Counts that were tried.
    tried: usize,
}

impl LeftTable {
    fn of(mut rows: Vec<TableRow>) -> Self {
        rows.retain(|row| row.total() > 0);
        rows.sort_by_key(|row| std::cmp::Reverse(row.total()));
        let size = rows.iter().map(|row| row.counts.len()).max().unwrap_or(0);
        let mut sums = vec![0; size];
        for row in &mut rows {
            row.counts.resize(size, 0);
            for (sum, count) in sums.iter_mut().zip(&row.counts) {
                *sum += count;
            }
        }
        Self {
            rows,
            sums,
            tried: 0,
        }
    }

    /// A site of which some count is given back: the largest is, whenever any is. All counts being
    /// hidden, what the sums leave of a site's is the same however the others are split.
    fn tells(&mut self) -> Option<usize> {
        let largest = self.rows.first()?.clone();
        self.is_told(&largest, &self.sums.clone())
    }

    fn is_told(&mut self, row: &TableRow, sums: &[u64]) -> Option<usize> {
        let others = sums.iter().zip(&row.counts).map(|(sum, own)| sum - own);
        let table = [row.counts.clone(), others.collect()];
        let hidden = table.each_ref().map(|row| vec![true; row.len()]);
        let cells = audit(&table, &hidden.to_vec());
        let mut own = cells.iter().filter(|cell| cell.row == 0);
        self.tried += row.counts.len();
        let pinned = own.any(|cell| cell.least == cell.most && cell.least > 0);
        pinned.then_some(row.site)
    }

    /// The same to somebody of each site: a team is shown its own answers from so many on.
    fn tells_to_members(&mut self, least: u64) -> Vec<usize> {
        let mut told = Vec::new();
        for position in 0..self.rows.len() {
            let row = self.rows[position].clone();
            if least > 0 && row.total() >= least {
                told.extend(self.tells_without(position, &row.counts));
                continue;
            }
            for answer in 0..row.counts.len() {
                if row.counts[answer] > 0 {
                    let mut own = vec![0; row.counts.len()];
                    own[answer] = 1;
                    told.extend(self.tells_without(position, &own));
                }
            }
        }
        told
    }

    /// A site of which some count is given back once answers of one of them are taken away.
    fn tells_without(&mut self, position: usize, taken: &[u64]) -> Option<usize> {
        let less = |counts: &[u64]| -> Vec<u64> {
            counts.iter().zip(taken).map(|(n, less)| n - less).collect()
        };
        let mut row = self.rows[position].clone();
        row.counts = less(&row.counts);
        let other = self.rows.get(usize::from(position == 0)).cloned();
        let largest = other
            .into_iter()
            .chain([row])
            .max_by_key(TableRow::total)
            .filter(|row| row.total() > 0)?;
        self.is_told(&largest, &less(&self.sums.clone()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(least: u64, rows: &[&[u64]]) -> [usize; 2] {
        let rows = rows.iter().enumerate().map(|(site, counts)| TableRow {
            site,
            counts: counts.to_vec(),
        });
        let mut table = LeftTable::of(rows.collect());
        let alone = table.tells().into_iter().count();
        [alone, table.tells_to_members(least).len()]
    }

    #[test]
    fn a_count_is_given_back_by_sums_or_to_who_takes_answers_away() {
        assert_eq!(told(5, &[&[2, 2, 1], &[1, 3, 1], &[2, 0, 1]]), [0, 0]);
        // One site alone, or all alike.
        assert_eq!(told(5, &[&[2, 2, 1]])[0], 1);
        assert_eq!(told(5, &[&[0, 4, 0], &[0, 2, 0], &[0, 1, 0]])[0], 1);
        // All alike but one, for that one.
        assert_eq!(told(9, &[&[1, 4, 0], &[0, 2, 0], &[0, 1, 0]]), [0, 1]);
        // All alike but those of a team, which is shown its own.
        assert_eq!(told(5, &[&[3, 3, 0], &[0, 2, 0], &[0, 1, 0]]), [0, 1]);
        assert_eq!(told(9, &[&[3, 3, 0], &[0, 2, 0], &[0, 1, 0]]), [0, 0]);
        // Two sites, one of which knows its own.
        assert_eq!(told(5, &[&[3, 3, 0], &[1, 1, 1]])[1], 1);
    }
}
