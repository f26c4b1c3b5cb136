//! Kinds of lines that bear no level: measures of activity data, words. Tables hold them by their
//! rank: an order that is never changed, only added to.

use crate::intake::sources::dated_corrections::CORRECTION;
use crate::intake::sources::notes::{INTERVIEW, PRACTICE, REMARK};

/// What a line of activity data is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, strum::FromRepr)]
#[repr(u32)]
pub(crate) enum MeasureKind {
    /// A session.
    Seance,
    /// A post of the team.
    Poste,
    /// The denominators of a structure.
    Denominateurs,
    /// A line that is none of these; no figure is made from it.
    Autre,
    /// A finding put right since: what it says is no measure of activity.
    Correction,
}

impl MeasureKind {
    /// The kind of a line by its identity: « seance 2026-05-12 soir », « poste 003 ».
    pub(crate) fn of(line: &str) -> Self {
        if line.starts_with("seance") {
            return Self::Seance;
        }
        match line.split(' ').next() {
            Some("poste") => Self::Poste,
            Some("denominateurs") => Self::Denominateurs,
            Some(CORRECTION) => Self::Correction,
            _ => Self::Autre,
        }
    }
}

/// Stands for a count of rare events under five, once purged.
pub(crate) const FEW: &str = "< 5";
/// The moment of a session, whichever site of the accueil it takes place at: « seance 2026-05-12 soir ».
pub(crate) fn moment_of(line: &str) -> &str {
    line.split(SITE_MARK).next().unwrap_or(line)
}

/// The words of a session after its day: « soir ».
pub(crate) fn plage_of(line: &str) -> &str {
    let mut words = moment_of(line).splitn(3, ' ');
    words.nth(2).unwrap_or_default()
}

/// Whether a fonction is that of who directs.
pub(crate) fn directs(fonction: &str) -> bool {
    crate::base::text::fold(fonction).starts_with("direct")
}

/// Between the moment of a session and the site of the accueil where it takes place.
pub(crate) const SITE_MARK: &str = " · ";

/// What kind of words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, strum::FromRepr)]
#[repr(u32)]
pub(crate) enum WordKind {
    /// Comment, evidence or reason beside an answer.
    Commentaire,
    /// Answer to an open question.
    ReponseLibre,
    /// A field of an interview.
    Entretien,
    /// A field of a team’s remark.
    Remarque,
    /// A practice that someone found remarkable.
    Pratique,
    /// A team’s consent to share its practices.
    Accord,
    /// Answer to a closed question outside the référentiel.
    QuestionPropre,
}

impl WordKind {
    /// The kind of a note by its identity, « entretien 3fa2… »; none for a line of measures.
    pub(crate) fn of_note(line: &str) -> Option<Self> {
        [
            (INTERVIEW, Self::Entretien),
            (REMARK, Self::Remarque),
            (PRACTICE, Self::Pratique),
        ]
        .into_iter()
        .find(|(word, _)| line.starts_with(word))
        .map(|(_, kind)| kind)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_says_its_kind() {
        for (line, kind) in [
            ("seance 2026-05-12 soir", MeasureKind::Seance),
            ("poste 003", MeasureKind::Poste),
            ("denominateurs", MeasureKind::Denominateurs),
            ("correction SEC-7-OBS-1", MeasureKind::Correction),
            ("", MeasureKind::Autre),
        ] {
            assert_eq!(MeasureKind::of(line), kind, "{line}");
            assert_eq!(MeasureKind::from_repr(kind as u32), Some(kind));
            assert_eq!(WordKind::of_note(line), None);
        }
        assert_eq!(WordKind::of_note("entretien 3f"), Some(WordKind::Entretien));
        assert_eq!(WordKind::of_note("remarque 3f"), Some(WordKind::Remarque));
        assert_eq!(WordKind::of_note("pratique 3f"), Some(WordKind::Pratique));
        assert_eq!(WordKind::from_repr(5), Some(WordKind::Accord));
        assert_eq!(WordKind::from_repr(6), Some(WordKind::QuestionPropre));
        assert_eq!(WordKind::from_repr(7), None);
    }
}
