//! Interviews that two people marked, each without the marks of the other: do they agree, and what that makes of the
//! error of a mark (`docs/statistics.md` §3.8).

use super::Section;
use super::observer_tables::{agreement_table, disputed_table};
use crate::base::text::{count, decimals};
use crate::figures::reliability::Observers;
use crate::figures::{DOUBLE_CODED_NEEDED, Spread};
use crate::vocabulary::referentiel::Referentiel;

/// Agreement of the two coders of an interview, and the éléments that divide them.
pub fn of_interviews(found: &Observers, spread: &Spread, r: &Referentiel) -> Vec<Section> {
    let agreement = Section {
        words: words(found, spread),
        table: agreement_table("Entretiens codés à deux", found, r),
    };
    let disputed = (!found.disputed.is_empty()).then(|| Section {
        words: vec![
            "Les éléments de l’entretien sur lesquels les deux codeurs s’écartent le plus."
                .to_owned(),
        ],
        table: disputed_table("Éléments de l’entretien à revoir", "entretiens", found, r),
    });
    std::iter::once(agreement).chain(disputed).collect()
}

fn words(found: &Observers, spread: &Spread) -> Vec<String> {
    let (all, twice) = (found.visits, found.visited_by_several);
    let declared = decimals(spread.declared.mark, 2);
    let how = format!(
        "Un second codeur écoute le même entretien, ou en lit le compte rendu, et remplit sa propre grille sans voir les notes du premier ; il écrit son code dans la case « Second codeur » et laisse celle de la première grille vide. {DOUBLE_CODED_NEEDED} entretiens suffisent pour une mesure."
    );
    let Some(measured) = spread.measured_mark_variance() else {
        return vec![
            format!(
                "{} reçus, aucun codé à deux : d’un codeur à l’autre, l’écart type d’une note est celui que le référentiel déclare ({declared} niveau).",
                count(all, "entretien", "entretiens")
            ),
            how,
        ];
    };
    let mut words = vec![format!(
        "{} sur {all} par deux personnes.",
        count(twice, "entretien codé", "entretiens codés")
    )];
    if let Some(overall) = found.axes.last()
        && let (Ok(exact), Ok(near)) = (overall.exact, overall.within_one)
    {
        words.push(format!(
            "Elles donnent la même note {} fois sur cent, à un niveau près {} fois sur cent.",
            decimals(exact * 100.0, 0),
            decimals(near * 100.0, 0)
        ));
    }
    words.push(format!(
        "Écart type d’une note d’un codeur à l’autre : {} niveau mesuré sur {}, {declared} déclaré ; les marges retiennent {}.",
        decimals(measured.sqrt(), 2),
        count(spread.interviews.freedom, "élément", "éléments"),
        decimals(spread.mark_variance().sqrt(), 2)
    ));
    if spread.double_coded < DOUBLE_CODED_NEEDED {
        words.push(format!(
            "Avant {DOUBLE_CODED_NEEDED} entretiens codés à deux, la mesure peut élargir les marges, jamais les resserrer."
        ));
    }
    words
}
