//! The target that the territory set, and who decided it.

use crate::base::text::decimals;
use crate::vocabulary::referentiel::Referentiel;

/// « Cible : 3,2, fixée ici (COPIL, le 12/03/2026) ; 3,0 au référentiel. », of a critère or an axe; nothing of one that is
/// as shipped.
pub(crate) fn own_target(r: &Referentiel, code: &str) -> String {
    let of_critere = r.critere(code).map(|c| &r.criteres[c]);
    let of_critere = of_critere.map(|c| (c.cible, &c.local_target));
    let mut axes = r.axes.iter();
    let of_axe = axes.find(|a| a.code.eq_ignore_ascii_case(code));
    let of_axe = of_axe.map(|a| (a.cible, &a.local_target));
    let Some((level, Some(own))) = of_critere.or(of_axe) else {
        return String::new();
    };
    format!(
        "Cible : {}, fixée ici ({}) ; {} au référentiel.\n",
        decimals(level, 1),
        own.decision.dated(),
        decimals(own.shipped, 1)
    )
}
