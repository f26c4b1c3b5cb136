//! What a territory's own layer does, in sentences: which targets change, which critères are put aside, and above all
//! which comparisons are lost, said before anything is saved.

use crate::base::day::Day;
use crate::base::text::{decimals, list};
use crate::vocabulary::referentiel::{LocalDecision, PutAside};

/// What differs, campaign by campaign, the oldest first.
#[derive(Debug, Default)]
pub(crate) struct LayerChanges {
    /// Critères that are no more the same.
    pub breaks: Vec<SentenceBreak>,
    /// Targets.
    pub targets: Vec<TargetChange>,
    /// Critères put aside, or back.
    pub asides: Vec<AsideChange>,
    /// What no campaign reaches yet.
    pub later: Vec<LaterChange>,
}

/// What no campaign reaches yet.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct LaterChange {
    /// What it is about: of a critère, an axe or an élément.
    pub code: String,
    /// Its first day.
    pub day: Day,
    /// The critère whose series it breaks; none when it breaks none.
    pub broken: Option<String>,
}

/// A critère whose éléments are no more the same in a campaign.
#[derive(Debug)]
pub(crate) struct SentenceBreak {
    /// Campaign.
    pub campaign: String,
    /// Whether answers are there already.
    pub answered: bool,
    /// `REL-2`.
    pub critere: String,
    /// What a person reads.
    pub label: String,
    /// Earlier campaigns that it compared with, and will no more.
    pub lost: Vec<String>,
    /// What changes of its éléments.
    pub elements: Vec<String>,
}

/// A target.
#[derive(Debug)]
pub(crate) struct TargetChange {
    /// Campaign.
    pub campaign: String,
    /// Of a critère or an axe.
    pub code: String,
    /// What a person reads.
    pub label: String,
    /// In levels.
    pub was: f64,
    /// In levels.
    pub is: f64,
    /// Who decided; none when it is as shipped.
    pub decision: Option<LocalDecision>,
}

/// A critère put aside, or back.
#[derive(Debug)]
pub(crate) struct AsideChange {
    /// Campaign.
    pub campaign: String,
    /// Whether answers are there already.
    pub answered: bool,
    /// `ENV-2`.
    pub critere: String,
    /// What a person reads.
    pub label: String,
    /// Why; none when it applies again.
    pub put_aside: Option<PutAside>,
}

/// What changes, one sentence a line; `stands` when it is what the layer does already.
pub(crate) fn layer_sentences(changes: &LayerChanges, stands: bool) -> Vec<String> {
    let mut lines = Vec::new();
    lines.extend(changes.breaks.iter().map(|b| broken(b, stands)));
    lines.extend(changes.targets.iter().map(target));
    lines.extend(changes.asides.iter().map(aside));
    if changes.breaks.is_empty() && !(changes.targets.is_empty() && changes.asides.is_empty()) {
        lines.push("Aucune série n’est rompue : toutes les comparaisons restent.".to_owned());
    }
    lines.extend(changes.later.iter().map(later));
    if lines.is_empty() {
        lines.push(if stands {
            "Rien de local : le référentiel est celui du programme, dans toutes les campagnes."
                .to_owned()
        } else {
            "Rien ne change : aucune campagne ne lirait autre chose.".to_owned()
        });
    }
    lines
}

fn later(change: &LaterChange) -> String {
    let LaterChange { code, day, broken } = change;
    let day = day.short();
    match broken {
        Some(critere) => format!(
            "{code}, à partir du {day} : aucune campagne n’y est encore. Celles qui viendront ne se compareront pas aux précédentes sur {critere} (rupture)."
        ),
        None => format!(
            "{code}, à partir du {day} : aucune campagne n’y est encore ; cela vaudra pour celles qui viendront, sans rien rompre."
        ),
    }
}

fn broken(change: &SentenceBreak, stands: bool) -> String {
    let SentenceBreak {
        campaign,
        critere,
        label,
        lost,
        elements,
        ..
    } = change;
    let compared = match (lost.is_empty(), stands) {
        (true, _) => "aucune comparaison n’en dépend encore".to_owned(),
        (false, true) => format!("rupture : ne se compare plus à {}", list(lost)),
        (false, false) => format!("rupture : ne se comparera plus à {}", list(lost)),
    };
    format!(
        "{campaign}, {critere} « {label} » — {compared}. {}.",
        elements.join(" ; ")
    )
}

fn target(change: &TargetChange) -> String {
    let decided = match &change.decision {
        Some(decision) => format!("({})", decision.dated()),
        None => "(celle du référentiel)".to_owned(),
    };
    format!(
        "{}, {} « {} » : la cible passe de {} à {} {decided}.",
        change.campaign,
        change.code,
        change.label,
        decimals(change.was, 1),
        decimals(change.is, 1)
    )
}

fn aside(change: &AsideChange) -> String {
    let AsideChange {
        campaign,
        critere,
        label,
        ..
    } = change;
    match &change.put_aside {
        Some(aside) => {
            let answers = if change.answered {
                " Les réponses déjà importées sur ce critère ne comptent plus ; elles restent dans la base."
            } else {
                ""
            };
            format!(
                "{campaign}, {critere} « {label} » : sans objet, ni demandé ni mesuré. Motif : {} ({}).{answers}",
                unended(&aside.reason),
                aside.decision.dated()
            )
        }
        None => format!("{campaign}, {critere} « {label} » s’applique de nouveau."),
    }
}

/// A text without its final stop.
fn unended(text: &str) -> &str {
    text.trim().trim_end_matches('.')
}
