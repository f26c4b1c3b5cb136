//! What will be masked and why, audience by audience, as the page of reports says it before they are written.

use serde_json::{Value, json};

use crate::actions::masquage::{MaskedFigure, MaskedFor, MaskedGroup};
use crate::base::text::count;
use crate::vocabulary::Audience;

/// What an audience will not see.
pub(super) fn masked(plan: &MaskedFor, who: &str) -> Value {
    let summary = plan.masked.summary();
    let summary = summary.unwrap_or_else(|| "Rien n’est masqué.".to_owned());
    let repeated = match plan.repeated {
        0 => String::new(),
        n => format!(
            "{} la valeur d’une édition précédente : trop peu de réponses ont changé depuis.",
            count(n, "chiffre reprendra", "chiffres reprendront")
        ),
    };
    let stopped = plan.stopped.iter().map(|s| {
        format!(
            "{} ({})",
            count(s.texts, "texte n’est pas cité", "textes ne sont pas cités"),
            s.reason
        )
    });
    let groups = MaskedGroup::all(&plan.masked);
    json!({
        "public": who,
        "resume": summary,
        "reprises": repeated,
        "propos": stopped.collect::<Vec<_>>(),
        "lignes": groups.iter().map(line).collect::<Vec<_>>(),
    })
}

fn line(group: &MaskedGroup) -> Value {
    let what = match &group.what {
        MaskedFigure::Figure { code, label } => format!("{code} {label}"),
        MaskedFigure::Questions(n) => count(*n, "question", "questions"),
    };
    json!({
        "ou": group.place,
        "quoi": what,
        "source": group.source,
        "pourquoi": group.reason,
        "protege": group.protects,
    })
}

/// What people call who reads.
pub(super) const AUDIENCES: [(Audience, &str); 5] = [
    (Audience::Elus, "Les élus et le comité de pilotage"),
    (Audience::Equipe, "Les équipes"),
    (Audience::Familles, "Les familles"),
    (
        Audience::Renouvellement,
        "Le renouvellement des conventions",
    ),
    (
        Audience::Pratiques,
        "Toutes les équipes : les pratiques remarquables",
    ),
];

/// The words of an audience, by its code.
pub(super) fn audience_words(code: &str) -> String {
    let found = AUDIENCES.iter().find(|(a, _)| a.as_str() == code);
    found.map_or_else(|| code.to_owned(), |(_, words)| (*words).to_owned())
}
