//! What the carte d’identité of an accueil may say beside what the registry says of every accueil.

use super::mask::Shown;
use crate::base::day::Day;
use crate::privacy::Quotation;

/// What the registry says of an accueil in words of its own.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum ToldWords {
    /// Nobody wrote it.
    #[default]
    Absent,
    /// May be printed.
    Said(Quotation),
    /// Names somebody, gives a way to reach them, or does not fit.
    Stopped,
}

/// Posts of a team.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ClearedPosts {
    /// Day on which they are counted, the last of the campaign.
    pub day: Day,
    /// Occupied.
    pub occupied: usize,
    /// Of those, who direct.
    pub directing: usize,
    /// What they come to in full-time posts; none when the share of one of them is not known.
    pub full_time: Option<Shown<f64>>,
}

/// What an accueil is, as far as files say it.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ClearedIdentity {
    /// When it is open.
    pub hours: ToldWords,
    /// What families pay.
    pub tariff: ToldWords,
    /// Whom it works with.
    pub partners: ToldWords,
    /// Under which contracts its team works.
    pub contracts: ToldWords,
    /// Its posts; none when no table of posts came.
    pub posts: Option<ClearedPosts>,
    /// Children that it receives.
    pub children: Option<usize>,
    /// How many partners it had in the year.
    pub partner_count: Option<usize>,
}
