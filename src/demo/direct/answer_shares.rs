//! How many answers each site and source of a campaign gets, so that all together come to the number
//! asked for.

use super::answer_draws::AnswerDraws;
use crate::demo::scenario::DemoSite;
use crate::vocabulary::referentiel::SourceCode;

/// Share of each questionnaire in the answers that grids leave, in hundredths; families take the rest.
const QUESTIONNAIRES: [(SourceCode, u64); 3] = [
    (SourceCode::Enf, 22),
    (SourceCode::Eqp, 8),
    (SourceCode::Ens, 6),
];
const GRIDS: [SourceCode; 3] = [SourceCode::Obs, SourceCode::Aut, SourceCode::Dir];

/// Answers of one source of a site.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct SourceShare {
    pub(super) source: SourceCode,
    /// The last respondent stops where they are reached, as one who gives up halfway does.
    pub(super) answers: u32,
}

/// Answers of one site.
#[derive(Debug, Clone)]
pub(super) struct SiteShare<'a> {
    pub(super) site: &'a DemoSite,
    /// Rank of the site: what its draws depend on.
    pub(super) rank: u64,
    /// In order of source.
    pub(super) sources: Vec<SourceShare>,
}

impl SiteShare<'_> {
    /// All sources together.
    pub(super) fn answers(&self) -> u64 {
        self.sources.iter().map(|s| u64::from(s.answers)).sum()
    }
}

/// Shares `answers` between sites, by the families that they receive.
pub(super) fn shares<'a>(
    sites: &[&'a DemoSite],
    draws: &AnswerDraws,
    answers: u64,
) -> Vec<SiteShare<'a>> {
    let weight: u64 = sites.iter().map(|s| u64::from(s.families)).sum();
    let mut before = 0;
    let mut given = 0;
    let mut shares = Vec::with_capacity(sites.len());
    for (rank, site) in (0..).zip(sites) {
        before += u64::from(site.families);
        let until = u128::from(answers) * u128::from(before) / u128::from(weight.max(1));
        let quota = until as u64 - given;
        given += quota;
        shares.push(SiteShare {
            site,
            rank,
            sources: sources(site, rank, quota, draws),
        });
    }
    shares
}

/// Grids first, as far as half of the answers go (all of them in one site out of three: grids must not
/// vanish from a small campaign), then questionnaires.
fn sources(site: &DemoSite, rank: u64, quota: u64, draws: &AnswerDraws) -> Vec<SourceShare> {
    let length = |source: SourceCode| draws.instrument(site.kind, source).len() as u64;
    let mut shares: Vec<SourceShare> = Vec::new();
    let mut push = |source: SourceCode, answers: u64| {
        if answers > 0 {
            shares.push(SourceShare {
                source,
                answers: answers as u32,
            });
        }
    };
    let mut room = if rank.is_multiple_of(3) {
        quota
    } else {
        quota / 2
    };
    let mut left = quota;
    for turn in 0..GRIDS.len() {
        let source = GRIDS[(turn + rank as usize) % GRIDS.len()];
        let twice = source == SourceCode::Obs && draws.site_dice(rank, 1).one_in(5);
        let mut grid = length(source);
        if twice && 2 * grid <= room {
            grid *= 2;
        }
        if grid <= room {
            push(source, grid);
            room -= grid;
            left -= grid;
        }
    }
    let asked = left;
    for (source, hundredths) in QUESTIONNAIRES {
        let length = length(source);
        let answers = match asked * hundredths / 100 {
            share if length > 0 => share - share % length,
            _ => 0,
        };
        push(source, answers);
        left -= answers;
    }
    if length(SourceCode::Fam) > 0 {
        push(SourceCode::Fam, left);
    }
    shares.sort_by_key(|s| s.source);
    shares
}
