//! What the carte d’identité of a site may say: its own words once screened, the posts of its team.

use super::clearing::Clearing;
use crate::base::text::{LONGEST_WORD, rounded};
use crate::disclosure::cleared::{ClearedIdentity, ClearedPosts, Mask, Shown, ToldWords};
use crate::figures::{CountedAround, TeamPosts};
use crate::privacy::QuoteScreen;

/// Posts under which what they come to would tell the working time of one person.
const POSTS_MIN: usize = 5;
/// Longest sentence of the registry that a card prints, in characters: all of them fit on one page.
const LONGEST: usize = 240;

/// Clears what a site is, by position among the structures.
pub(crate) fn clear_identity(clearing: &Clearing, site: usize) -> ClearedIdentity {
    let structure = clearing.figures.structures[site];
    let told = |text: &str| told(clearing.screen, text);
    let indicators = clearing.figures.indicators;
    let counted = CountedAround::of(&indicators.collected, &structure.code);
    ClearedIdentity {
        hours: told(&structure.told.horaires),
        tariff: told(&structure.told.tarifs),
        partners: told(&structure.told.partenaires),
        contracts: told(&structure.told.contrats),
        posts: posts(clearing, &structure.code),
        children: counted.children,
        partner_count: counted.partners,
    }
}

/// A sentence of the registry: it accuses nobody and tells of nobody’s health, a name or a contact stops it.
fn told(screen: &QuoteScreen, text: &str) -> ToldWords {
    if text.is_empty() {
        return ToldWords::Absent;
    }
    let is_long = |word: &str| word.chars().count() > LONGEST_WORD;
    let fits = text.chars().count() <= LONGEST && !text.split([' ', '-', '’']).any(is_long);
    let quoted = screen.quote_title(text).filter(|_| fits);
    quoted.map_or(ToldWords::Stopped, ToldWords::Said)
}

fn posts(clearing: &Clearing, structure: &str) -> Option<ClearedPosts> {
    let indicators = clearing.figures.indicators;
    let day = indicators.until?;
    let team = TeamPosts::of(&indicators.collected, structure, day)?;
    // Who reads no team by itself is not told how long each of its members works.
    let is_told = clearing.decisions.thresholds.equipe > 0;
    let shown = |value: f64| match team.occupied {
        _ if !is_told => Shown::Masked(Mask::NotForAudience),
        n if n < POSTS_MIN => Shown::Masked(Mask::TooFew),
        _ => Shown::Value(rounded(value, 1)),
    };
    Some(ClearedPosts {
        day,
        occupied: team.occupied,
        directing: team.directing,
        full_time: team.full_time.map(shown),
    })
}
