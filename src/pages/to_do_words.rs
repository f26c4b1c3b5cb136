//! What is left to do, in words, and the page where it is done.

use serde_json::{Value, json};

use crate::actions::a_faire::{MissedImperatif, TaskLeft};
use crate::base::text::count;

/// A line of « Ce qu’il vous reste à faire ».
pub(super) fn line(task: &TaskLeft) -> Value {
    let (what, page, detail) = words(task);
    json!({ "quoi": what, "adresse": page, "detail": detail, "urgent": matches!(task, TaskLeft::ReadTexts(_) | TaskLeft::Imperatifs(_)) })
}

fn words(task: &TaskLeft) -> (String, &'static str, String) {
    let none = String::new();
    match task {
        TaskLeft::DescribeAccueils => (
            "Décrire vos accueils".to_owned(),
            "/accueils",
            "votre liste, telle qu’elle est, suffit".to_owned(),
        ),
        TaskLeft::PlanNext { over_since } => (
            "Préparer la campagne suivante".to_owned(),
            "/campagnes/creer",
            format!(
                "celle-ci est finie depuis le {} ; la suivante part d’elle",
                over_since.long()
            ),
        ),
        TaskLeft::HandOutForms { awaited } => (
            "Distribuer les formulaires".to_owned(),
            "/formulaires",
            format!(
                "{}, aucun n’est arrivé",
                count(*awaited, "retour attendu", "retours attendus")
            ),
        ),
        TaskLeft::Chase { late: 0, awaited } => (
            "Attendre ou relancer".to_owned(),
            "#collecte",
            count(*awaited, "retour attendu", "retours attendus"),
        ),
        TaskLeft::Chase { late, .. } => (
            format!(
                "Relancer {}",
                count(*late, "retour en retard", "retours en retard")
            ),
            "#collecte",
            none,
        ),
        TaskLeft::NoAxe { valued, of, rule } => (
            "Voir pourquoi aucun axe n’a de niveau".to_owned(),
            "/campagnes",
            format!(
                "{} sur {of} pour l’instant, et un axe en a un si {rule}. Si vos grilles regardent moins de critères, choisissez ceux de la campagne ; sinon, complétez avec les formulaires",
                match valued {
                    0 => "aucun critère n’a de niveau".to_owned(),
                    n => count(*n, "critère a un niveau", "critères ont un niveau"),
                }
            ),
        ),
        TaskLeft::ReadTexts(n) => (
            format!(
                "Lire {} peut-être d’une violence ou d’un danger",
                count(*n, "texte reçu qui parle", "textes reçus qui parlent")
            ),
            "/a-lire",
            "où il est, et les numéros à appeler : 119, enfance en danger".to_owned(),
        ),
        TaskLeft::Imperatifs(missed) => (
            format!(
                "Faire corriger {}",
                count(
                    missed.len(),
                    "critère impératif non atteint",
                    "critères impératifs non atteints"
                )
            ),
            "/resultats",
            imperatifs(missed),
        ),
        TaskLeft::LateActions(late) => (
            format!(
                "Revoir {} du plan",
                count(*late, "action en retard", "actions en retard")
            ),
            "/plan?retard=oui",
            none,
        ),
        TaskLeft::WriteReports => ("Écrire les rapports".to_owned(), "/rapports", none),
        TaskLeft::RewriteReports { written } => (
            "Écrire à nouveau les rapports".to_owned(),
            "/rapports",
            format!(
                "des réponses sont entrées depuis ceux du {}",
                written.long()
            ),
        ),
    }
}

/// « Le Bac : SEC-7, La Boucle : SEC-2 (sans action) ».
fn imperatifs(missed: &[MissedImperatif]) -> String {
    let one = |m: &MissedImperatif| {
        let without = if m.has_action { "" } else { " (sans action)" };
        format!("{} : {}{without}", m.nom, m.critere)
    };
    missed.iter().map(one).collect::<Vec<_>>().join(", ")
}
