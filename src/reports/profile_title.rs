//! The title of a profile: what moved, else what stands high and low; what it says is to be worked on is what its page
//! says is.

use crate::base::text::{list, number_word};
use crate::disclosure::{ClearedFigure, Shown};
use crate::stats::change::Verdict;

/// Whose profile is titled.
#[derive(Debug, Clone, Copy)]
pub(super) enum ProfileSubject<'a> {
    /// A team's, whose points to work on are on the same page: the axe of the first one, and whether it is an impératif.
    Team(&'a Option<(String, bool)>),
    /// Any other: high and low are facts, and nothing is said to be worked on.
    Other,
}

/// Title of a profile from what moved, else from what stands high and low.
pub(super) fn profile_title(axes: &[ClearedFigure], of: ProfileSubject) -> String {
    let labels = |wanted: Verdict| -> Vec<String> {
        let moved = |f: &&ClearedFigure| {
            f.evolution
                .as_ref()
                .is_some_and(|e| e.verdict == Some(wanted) && !e.a_verifier)
        };
        axes.iter()
            .filter(moved)
            .map(|f| format!("« {} »", f.label))
            .collect()
    };
    let (up, down) = (labels(Verdict::Progresse), labels(Verdict::Recule));
    let verb = |n: usize, one: &str, many: &str| {
        if n == 1 {
            one.to_owned()
        } else {
            many.to_owned()
        }
    };
    match (up.len(), down.len()) {
        (0, 0) => standing(axes, of),
        (n @ 1..=3, 0) => format!("{} {}", list(&up), verb(n, "progresse", "progressent")),
        (0, n @ 1..=3) => format!("{} {}", list(&down), verb(n, "recule", "reculent")),
        (u @ 1..=3, d @ 1..=3) => format!(
            "{} {}, {} {}",
            list(&up),
            verb(u, "progresse", "progressent"),
            list(&down),
            verb(d, "recule", "reculent")
        ),
        (u, 0) => format!("{} axes progressent", number_word(u, false)),
        (u, d) => format!(
            "{} axes progressent, {} reculent",
            number_word(u, false),
            number_word(d, false)
        ),
    }
}

fn standing(axes: &[ClearedFigure], of: ProfileSubject) -> String {
    let mut valued: Vec<(f64, &str)> = axes
        .iter()
        .filter_map(|f| Some((f.value.as_ref().and_then(Shown::value)?, f.label.as_str())))
        .collect();
    valued.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.1.cmp(b.1)));
    match valued.as_slice() {
        [] => "Aucun axe ne peut encore être publié".to_owned(),
        [(_, only)] => format!("Un seul axe peut être publié : « {only} »"),
        // A tenth of a level is not worth a headline.
        [(high, _), .., (low, _)] if high - low < 0.3 => {
            "Les axes se tiennent à un niveau voisin".to_owned()
        }
        [(_, best), .., (_, last)] => high_and_low(best, last, of),
    }
}

/// What is to be worked on first is what the page says it is: a critère may be far under its target in an axe that is
/// not the lowest.
fn high_and_low(best: &str, last: &str, of: ProfileSubject) -> String {
    match of {
        ProfileSubject::Team(Some((first, true))) => {
            format!(
                "« {best} » est l’axe le plus haut ; à reprendre d’abord, un impératif de « {first} »"
            )
        }
        ProfileSubject::Team(Some((first, _))) if first == last => {
            format!("« {best} » est l’axe le plus haut, « {last} » le plus à travailler")
        }
        ProfileSubject::Team(Some((first, _))) => {
            format!(
                "« {best} » est l’axe le plus haut ; la première piste de progrès est dans « {first} »"
            )
        }
        ProfileSubject::Team(None) | ProfileSubject::Other => {
            format!("« {best} » est l’axe le plus haut, « {last} » le plus bas")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The lowest axe is said to be worked on where the first point to work on is in it, and there alone.
    #[test]
    fn a_title_agrees_with_the_points_of_its_page() {
        let at = |first: Option<(String, bool)>| {
            high_and_low("Sécurité", "Inclusion", ProfileSubject::Team(&first))
        };
        let point = |axe: &str, must| Some((axe.to_owned(), must));
        assert!(at(point("Inclusion", false)).ends_with("« Inclusion » le plus à travailler"));
        let other = at(point("Activités", false));
        assert!(
            other.contains("piste de progrès est dans « Activités »")
                && !other.contains("Inclusion")
        );
        assert!(at(point("Sécurité", true)).contains("un impératif de « Sécurité »"));
        for fact in [
            at(None),
            high_and_low("Sécurité", "Inclusion", ProfileSubject::Other),
        ] {
            assert!(fact.ends_with("« Inclusion » le plus bas"), "{fact}");
        }
    }
}
