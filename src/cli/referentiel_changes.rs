//! Sub-commands of `referentiel` that change the territory's own layer: each says what it does, then writes it unless it
//! is asked not to.

use clap::Args;

use super::choices::{scale_level, source, visit_moment};
use super::done::Done;
use crate::actions::referentiel_local::{
    LayerPreview, LayerRequest, next_code, next_start, preview, save,
};
use crate::base::day::Day;
use crate::base::error::{Error, Result};
use crate::campaign::{OpenObservatory, day_or_today};
use crate::vocabulary::referentiel::local::{
    AdditionEntry, AsideEntry, LOCAL_FILE, LayerEdit, RewordingEntry, TargetEntry,
};
use crate::vocabulary::referentiel::{SourceCode, VisitMoment};

/// Who decided, and when.
#[derive(Args)]
pub(super) struct DecisionArgs {
    /// Jour de la décision, AAAA-MM-JJ (par défaut : aujourd’hui) ; elle vaut pour les campagnes qui finissent ce
    /// jour-là ou après
    #[arg(long, value_name = "DATE")]
    pub decision: Option<String>,
    /// Qui a décidé : « COPIL », « comité technique »
    #[arg(long, value_name = "NOM", default_value = "")]
    pub instance: String,
    /// Dit ce que cela change, n’écrit rien
    #[arg(long)]
    pub simulation: bool,
}

/// From which campaigns on.
#[derive(Args)]
pub(super) struct SinceArgs {
    /// Premier jour, AAAA-MM-JJ : les campagnes qui commencent ce jour-là ou après (par défaut : la première qui
    /// n’a encore aucune réponse)
    #[arg(long, value_name = "DATE")]
    pub depuis: Option<String>,
    /// Dit ce que cela change et ce que cela rompt, n’écrit rien
    #[arg(long)]
    pub simulation: bool,
}

/// `referentiel objectif`.
#[derive(Args)]
pub(super) struct TargetArgs {
    /// Critère ou axe
    #[arg(value_name = "CODE")]
    pub code: String,
    /// Cible, de 1 à 4 : « 3,2 »
    #[arg(value_name = "NIVEAU", value_parser = scale_level)]
    pub niveau: f64,
    /// Who, when.
    #[command(flatten)]
    pub decision: DecisionArgs,
}

/// `referentiel sans-objet`.
#[derive(Args)]
pub(super) struct AsideArgs {
    /// Critère
    #[arg(value_name = "CRITERE")]
    pub critere: String,
    /// Pourquoi il ne s’applique pas ici ; imprimé dans les rapports
    #[arg(long, value_name = "TEXTE")]
    pub motif: String,
    /// Pour un critère qui tient une règle de droit : pourquoi elle n’est pas en jeu ici
    #[arg(long, value_name = "TEXTE", default_value = "")]
    pub regle: String,
    /// Who, when.
    #[command(flatten)]
    pub decision: DecisionArgs,
}

/// `referentiel reprendre`.
#[derive(Args)]
pub(super) struct BackArgs {
    /// Critère
    #[arg(value_name = "CRITERE")]
    pub critere: String,
    /// Who, when.
    #[command(flatten)]
    pub decision: DecisionArgs,
}

/// `referentiel reformuler`.
#[derive(Args)]
pub(super) struct RewordArgs {
    /// Élément
    #[arg(value_name = "ELEMENT")]
    pub element: String,
    /// La phrase que l’on lira
    #[arg(value_name = "PHRASE")]
    pub phrase: String,
    /// Since when.
    #[command(flatten)]
    pub since: SinceArgs,
}

/// `referentiel ajouter`.
#[derive(Args)]
pub(super) struct AddArgs {
    /// Critère
    #[arg(value_name = "CRITERE")]
    pub critere: String,
    /// La phrase que l’on lira
    #[arg(value_name = "PHRASE")]
    pub phrase: String,
    /// Qui répond : OBS, AUT, DIR, FAM, ENF, EQP ou ENS
    #[arg(long, value_name = "SOURCE", value_parser = source)]
    pub source: SourceCode,
    /// Échelle de réponse, celle d’un élément de la même source : frequence4, preuve4, accord4…
    #[arg(long, value_name = "ECHELLE")]
    pub echelle: String,
    /// Code, « REL-2-OBS-L1 » (par défaut : le premier libre)
    #[arg(long, value_name = "CODE")]
    pub code: Option<String>,
    /// OBS : quand il se voit, séparés par des virgules
    #[arg(long, value_name = "MOMENTS", value_delimiter = ',', value_parser = visit_moment)]
    pub moments: Vec<VisitMoment>,
    /// Ce que chaque niveau donne à voir, du plus bas au plus haut : quatre fois --ancre, pour l’échelle ancres4
    #[arg(long, value_name = "TEXTE")]
    pub ancre: Vec<String>,
    /// Since when.
    #[command(flatten)]
    pub since: SinceArgs,
}

/// `referentiel retirer`.
#[derive(Args)]
pub(super) struct RetireArgs {
    /// Élément local, « REL-2-OBS-L1 »
    #[arg(value_name = "ELEMENT")]
    pub element: String,
    /// Since when.
    #[command(flatten)]
    pub since: SinceArgs,
}

/// Sets a target.
pub(super) fn target(opened: &OpenObservatory, args: &TargetArgs) -> Result<Done> {
    let edit = LayerEdit::Target(TargetEntry {
        code: code(&args.code),
        cible: args.niveau,
        decision: day_or_today(args.decision.decision.as_deref())?,
        instance: args.decision.instance.trim().to_owned(),
    });
    change(opened, edit, args.decision.simulation)
}

/// Puts a critère aside.
pub(super) fn aside(opened: &OpenObservatory, args: &AsideArgs) -> Result<Done> {
    let edit = LayerEdit::Aside(AsideEntry {
        critere: code(&args.critere),
        motif: args.motif.trim().to_owned(),
        regle: args.regle.trim().to_owned(),
        decision: day_or_today(args.decision.decision.as_deref())?,
        instance: args.decision.instance.trim().to_owned(),
        retire: None,
    });
    change(opened, edit, args.decision.simulation)
}

/// Takes a critère back.
pub(super) fn back(opened: &OpenObservatory, args: &BackArgs) -> Result<Done> {
    let edit = LayerEdit::Back {
        critere: code(&args.critere),
        day: day_or_today(args.decision.decision.as_deref())?,
    };
    change(opened, edit, args.decision.simulation)
}

/// Says a sentence otherwise.
pub(super) fn reword(opened: &OpenObservatory, args: &RewordArgs) -> Result<Done> {
    let edit = LayerEdit::Rewording(RewordingEntry {
        element: code(&args.element),
        phrase: args.phrase.trim().to_owned(),
        depuis: since(opened, &args.since)?,
    });
    change(opened, edit, args.since.simulation)
}

/// Adds an élément.
pub(super) fn add(opened: &OpenObservatory, args: &AddArgs) -> Result<Done> {
    let critere = code(&args.critere);
    let free = || next_code(opened, &critere, args.source.as_str());
    let ancres = match args.ancre.len() {
        0 => None,
        n => Some(args.ancre.clone().try_into().map_err(|_| {
            Error::Usage(format!(
                "--ancre : il en faut quatre, du niveau le plus bas au plus haut ({n} données)."
            ))
        })?),
    };
    let edit = LayerEdit::Addition(AdditionEntry {
        code: args.code.as_deref().map_or_else(free, code),
        critere: critere.clone(),
        source: args.source,
        echelle: args.echelle.trim().to_owned(),
        phrase: args.phrase.trim().to_owned(),
        depuis: since(opened, &args.since)?,
        retire: None,
        poids: 1.0,
        types: None,
        moments: args.moments.clone(),
        ancres,
        ages: None,
    });
    change(opened, edit, args.since.simulation)
}

/// Asks an élément no more.
pub(super) fn retire(opened: &OpenObservatory, args: &RetireArgs) -> Result<Done> {
    let edit = LayerEdit::Retired {
        element: code(&args.element),
        day: since(opened, &args.since)?,
    };
    change(opened, edit, args.since.simulation)
}

fn since(opened: &OpenObservatory, args: &SinceArgs) -> Result<Day> {
    match &args.depuis {
        Some(written) => day_or_today(Some(written)),
        None => next_start(opened),
    }
}

fn code(written: &str) -> String {
    written.trim().to_uppercase()
}

fn change(opened: &OpenObservatory, edit: LayerEdit, simulation: bool) -> Result<Done> {
    let request = LayerRequest { edits: vec![edit] };
    if simulation {
        let found = preview(opened, &request)?;
        return Ok(Done {
            text: found.sentences.join("\n"),
            result: result(&found, false),
            summary: match &found.refused {
                Some(refused) => refused.clone(),
                None => "Simulation : rien n’a été écrit.".to_owned(),
            },
            ..Done::default()
        });
    }
    let saved = save(opened, &request)?;
    let kept = match &saved.kept {
        Some(path) => format!(" La version d’avant est dans {path}."),
        None => String::new(),
    };
    Ok(Done {
        text: saved.preview.sentences.join("\n"),
        result: result(&saved.preview, true),
        summary: format!("Écrit dans {LOCAL_FILE}.{kept}"),
        ..Done::default()
    })
}

fn result(found: &LayerPreview, is_written: bool) -> serde_json::Value {
    serde_json::json!({
        "phrases": found.sentences,
        "ruptures": found.changes.breaks.iter().map(|b| serde_json::json!({
            "campagne": b.campaign,
            "critere": b.critere,
            "ne_se_compare_plus_a": b.lost,
        })).collect::<Vec<_>>(),
        "refus": found.refused,
        "ecrit": is_written,
    })
}
