//! The experiment of a pilot centre: its change, that of each other centre, and what so few centres
//! allow to conclude.

use std::fmt::Write;

use super::campaign_history::Since;
use crate::base::error::{Error, Result};
use crate::base::text::{SharedText, count, decimals, signed};
use crate::compare::{Experiment, SiteChange, against_the_rest, experiment};
use crate::figures::Level;
use crate::vocabulary::referentiel::Referentiel;
use crate::wording::comparison_reasons;

/// Explains the difference between pilots and the other centres since an earlier campaign: one
/// axe or critère, or every axe when `code` is empty.
///
/// # Errors
///
/// [`Error::Usage`] for a code that no pilot has in both campaigns.
pub fn explain_experiment(
    since: Since,
    referentiel: &Referentiel,
    pilots: &[String],
    code: &str,
) -> Result<String> {
    let Since { earlier, compared } = since;
    let contrasts = against_the_rest(compared, pilots);
    let wanted = |l: &&crate::compare::Line| match code {
        "" => l.level == Level::Axe,
        code => l.code.eq_ignore_ascii_case(code),
    };
    let mut text = format!(
        "Essai mené par {} : changement depuis {earlier}, comparé à celui des autres accueils.\n",
        pilots.join(", ")
    );
    let mut found = 0;
    for line in contrasts.lines.iter().filter(wanted) {
        let seen = experiment(compared, line.level, &line.code, pilots);
        let _ = writeln!(text, "\n{} {}", line.code, label(referentiel, &line.code));
        text.push_str(&contrast(&seen, !code.is_empty()));
        let _ = writeln!(
            text,
            "  Conclusion : {}.",
            comparison_reasons::of_line(line)
        );
        found += 1;
    }
    if found == 0 {
        return Err(Error::Usage(format!(
            "« {code} » n’a pas de changement chez {} : écrivez un axe ou un critère comparés entre les deux campagnes, par exemple PILOTE:REL.",
            pilots.join(", ")
        )));
    }
    text.push_str("\np : part des façons de désigner autant de pilotes parmi ces accueils qui donneraient un écart au moins aussi grand. « Au mieux » : la plus petite valeur que p puisse prendre. Avec un seul accueil pilote, ce calcul décrit un indice ; il suppose que l’accueil n’a pas été choisi parce qu’il progressait déjà.\n");
    Ok(text)
}

fn label<'a>(r: &'a Referentiel, code: &str) -> &'a str {
    let axe = r.axes.iter().find(|a| a.code == code).map(|a| &a.label);
    let critere = || r.critere(code).map(|c| &r.criteres[c].label);
    axe.or_else(critere).map_or("", SharedText::as_str)
}

/// The difference as one would do it by hand, then every change when asked for.
fn contrast(seen: &Experiment, all: bool) -> String {
    let Some(effect) = &seen.effect else {
        return String::new();
    };
    let mean = |side: &[SiteChange]| side.iter().map(|c| c.change).sum::<f64>() / side.len() as f64;
    let mut text = format!(
        "  {} − ({}) = {} niveau : changement du pilote moins changement moyen de {}.\n",
        signed(mean(&seen.pilots), 3),
        signed(mean(&seen.others), 3),
        signed(effect.did, 3),
        count(seen.others.len(), "autre accueil", "autres accueils")
    );
    if all {
        let mut changes: Vec<(&SiteChange, bool)> = seen.pilots.iter().map(|c| (c, true)).collect();
        changes.extend(seen.others.iter().map(|c| (c, false)));
        changes.sort_by(|a, b| a.0.structure.cmp(b.0.structure));
        for (site, own) in changes {
            let margin = site.se.map_or(String::new(), |se| {
                format!(" (erreur type {})", decimals(se, 2))
            });
            let mark = if own { " ← pilote" } else { "" };
            let _ = writeln!(
                text,
                "    {} : {}{margin}{mark}",
                site.structure,
                signed(site.change, 2)
            );
        }
    }
    text
}
