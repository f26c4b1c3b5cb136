//! `accueils`: a list of accueils, whatever its headings, into the registry.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use clap::Args;
use serde_json::json;

use super::aligned::aligned;
use super::choices::structure_type;
use super::done::Done;
use super::opening::open;
use crate::actions::registry_list::{RegistryListOutcome, RegistryListRequest, list_into_registry};
use crate::base::error::{Error, Result};
use crate::base::text::{count, percent};
use crate::intake::registry_proposal::{AskedOfLine, ListedFate, ProposedLine};
use crate::intake::sources::accueil_list::{ListColumn, ListRemark, ListRole};
use crate::vocabulary::referentiel::StructureType;

/// `accueils`.
#[derive(Args)]
pub(super) struct AccueilsArgs {
    /// Votre liste : Excel, LibreOffice ou CSV, avec vos propres titres
    #[arg(value_name = "LISTE")]
    pub liste: PathBuf,
    /// Dit ce qu’est une colonne : "Site=nom", "Pôle=secteur", "Remarques=ignorer" ; autant de fois qu’il faut
    #[arg(long, value_name = "TITRE=CHAMP")]
    pub colonne: Vec<String>,
    /// Type des accueils dont rien ne le dit
    #[arg(long = "type", value_name = "TYPE", value_parser = structure_type)]
    pub kind: Option<StructureType>,
    /// Dit qu’un nom de la liste est un accueil du registre : "Centre des Pins=R02"
    #[arg(long, value_name = "NOM=CODE")]
    pub meme: Vec<String>,
    /// Dit qu’un nom qui ressemble à un autre est bien un nouvel accueil
    #[arg(long, value_name = "NOM")]
    pub nouveau: Vec<String>,
    /// Écrit dans le registre ce qui est montré ; sans cette option, rien ne change
    #[arg(long)]
    pub confirmer: bool,
}

/// Runs the command.
pub(super) fn run(folder: Option<&Path>, args: &AccueilsArgs) -> Result<Done> {
    let opened = open(folder)?;
    let outcome = list_into_registry(
        &opened,
        &RegistryListRequest {
            file: args.liste.clone(),
            columns: args.colonne.clone(),
            kind: args.kind,
            same: same(&args.meme)?,
            new: args.nouveau.clone(),
            agreed: args.confirmer,
        },
    )?;
    Ok(Done {
        text: said(&outcome),
        result: as_json(&outcome),
        summary: closing_line(&outcome),
        ..Done::default()
    })
}

fn same(said: &[String]) -> Result<BTreeMap<String, String>> {
    let pairs = said.iter().map(|text| {
        let pair = text.rsplit_once('=');
        let pair = pair.map(|(name, code)| (name.trim().to_owned(), code.trim().to_owned()));
        pair.ok_or_else(|| {
            Error::Usage(format!(
                "--meme « {text} » : écrivez le nom de votre liste, « = », puis le code du registre, par exemple \"Centre des Pins=R02\"."
            ))
        })
    });
    pairs.collect()
}

fn said(outcome: &RegistryListOutcome) -> String {
    let mut text = String::from("Colonnes\n");
    text.push_str(&aligned(
        &["Votre titre", "Devient", "Sûreté", "Exemples"],
        &outcome.columns.iter().map(column_row).collect::<Vec<_>>(),
    ));
    text.push_str("\nAccueils\n");
    text.push_str(&aligned(
        &["Code", "Accueil", "Type", "Ce qui se passe"],
        &outcome.lines.iter().map(line_row).collect::<Vec<_>>(),
    ));
    remarks(&mut text, "Lignes laissées à part", &outcome.left);
    remarks(
        &mut text,
        "Cases que le registre ne peut pas prendre",
        &outcome.doubts,
    );
    for fault in &outcome.faults {
        let cell = fault
            .cell
            .as_deref()
            .map_or(String::new(), |c| format!("{c} : "));
        let _ = writeln!(text, "Refusé par le registre : {cell}{}.", fault.message);
    }
    if outcome.fresh {
        text.push_str("\nLe registre ne contenait que la ligne d’exemple : elle s’en va.\n");
    }
    text
}

fn remarks(text: &mut String, title: &str, all: &[ListRemark]) {
    if all.is_empty() {
        return;
    }
    let _ = writeln!(text, "\n{title}");
    for remark in all {
        let _ = writeln!(text, "- {} : {}", remark.at, remark.message);
    }
}

fn column_row(column: &ListColumn) -> Vec<String> {
    let (becomes, sure) = match column.role {
        ListRole::Field(field) => (field.as_str().to_owned(), percent(column.score)),
        ListRole::Tick(kind) => (format!("type : {}", kind.as_str()), percent(column.score)),
        ListRole::Persons => (
            "personnes : écartée, rien n’en est gardé".to_owned(),
            "–".to_owned(),
        ),
        ListRole::Nothing => ("pas de place au registre".to_owned(), "–".to_owned()),
    };
    let sure = if column.said { "dit".to_owned() } else { sure };
    vec![
        column.heading.clone(),
        becomes,
        sure,
        column.samples.join(" | "),
    ]
}

fn line_row(line: &ProposedLine) -> Vec<String> {
    let name = line.accueil.name().to_owned();
    let (code, kind, fate) = match &line.fate {
        ListedFate::Unchanged { code } => {
            (code.clone(), String::new(), "déjà au registre".to_owned())
        }
        ListedFate::Changed { code, cells } => {
            let cells = cells.iter().map(|c| {
                let old = if c.old.is_empty() {
                    "vide"
                } else {
                    c.old.as_str()
                };
                format!("{} : {old} → {}", c.column, c.new)
            });
            (
                code.clone(),
                String::new(),
                cells.collect::<Vec<_>>().join(" ; "),
            )
        }
        ListedFate::New {
            code,
            kind,
            supposed,
        } => {
            let doubt = if *supposed { " (supposé)" } else { "" };
            (
                code.clone(),
                format!("{}{doubt}", kind.as_str()),
                "nouveau".to_owned(),
            )
        }
        ListedFate::Asked(asked) => ("?".to_owned(), String::new(), asked_of(asked, &name)),
    };
    vec![code, name, kind, fate]
}

fn asked_of(asked: &AskedOfLine, name: &str) -> String {
    match asked {
        AskedOfLine::Type { both: true } => {
            "deux types à la fois : faites-en deux lignes, une par accueil".to_owned()
        }
        AskedOfLine::Type { both: false } => {
            "rien ne dit son type : ajoutez --type, ou une colonne".to_owned()
        }
        AskedOfLine::Twin(other) => format!(
            "ressemble à « {other} » de la même liste : n’en gardez qu’une si c’est le même accueil, --nouveau \"{name}\" sinon"
        ),
        AskedOfLine::Same(places) => {
            let places = places.iter().map(|(code, nom)| format!("{code} {nom}"));
            let first = places.clone().next().unwrap_or_default();
            let code = first.split(' ').next().unwrap_or_default().to_owned();
            format!(
                "ressemble à {} : --meme \"{name}={code}\" si c’est lui, --nouveau \"{name}\" sinon",
                places.collect::<Vec<_>>().join(", ")
            )
        }
    }
}

/// How many lines there are of each fate.
struct FateCounts {
    new: usize,
    changed: usize,
    unchanged: usize,
    asked: usize,
}

fn counts(outcome: &RegistryListOutcome) -> FateCounts {
    let of = |is: fn(&ListedFate) -> bool| outcome.lines.iter().filter(|l| is(&l.fate)).count();
    FateCounts {
        new: of(|f| matches!(f, ListedFate::New { .. })),
        changed: of(|f| matches!(f, ListedFate::Changed { .. })),
        unchanged: of(|f| matches!(f, ListedFate::Unchanged { .. })),
        asked: of(|f| matches!(f, ListedFate::Asked(_))),
    }
}

fn closing_line(outcome: &RegistryListOutcome) -> String {
    let n = counts(outcome);
    let mut parts = vec![
        count(n.new, "nouveau", "nouveaux"),
        count(n.changed, "changé", "changés"),
        count(n.unchanged, "inchangé", "inchangés"),
    ];
    if n.asked > 0 {
        parts.push(count(
            n.asked,
            "en attente de votre réponse",
            "en attente de votre réponse",
        ));
    }
    let end = match (&outcome.written, outcome.faults.is_empty()) {
        (Some(path), _) => format!("Écrit dans {}.", path.display()),
        (None, false) => {
            "Rien n’a été écrit : le registre refuserait ce qui est dit ci-dessus.".to_owned()
        }
        (None, true) if n.new + n.changed == 0 => "Il n’y a rien à écrire.".to_owned(),
        (None, true) => "Rien n’a été écrit : ajoutez --confirmer si tout est juste.".to_owned(),
    };
    format!(
        "{} dans la liste : {}. {end}",
        count(outcome.lines.len(), "accueil", "accueils"),
        parts.join(", ")
    )
}

fn as_json(outcome: &RegistryListOutcome) -> serde_json::Value {
    let columns = outcome.columns.iter().map(|c| {
        let role = match c.role {
            ListRole::Field(field) => field.as_str(),
            ListRole::Tick(_) => "type",
            ListRole::Persons => "personnes",
            ListRole::Nothing => "ignorer",
        };
        json!({ "titre": c.heading, "cellule": c.at.to_string(), "champ": role, "score": c.score, "dit": c.said, "exemples": c.samples })
    });
    let lines = outcome.lines.iter().map(|l| {
        let (fate, code) = match &l.fate {
            ListedFate::Unchanged { code } => ("inchangé", Some(code)),
            ListedFate::Changed { code, .. } => ("changé", Some(code)),
            ListedFate::New { code, .. } => ("nouveau", Some(code)),
            ListedFate::Asked(_) => ("question", None),
        };
        let changes = match &l.fate {
            ListedFate::Changed { cells, .. } => cells.as_slice(),
            _ => &[],
        };
        let changes = changes.iter().map(|c| json!({ "colonne": c.column, "avant": c.old, "après": c.new }));
        json!({
            "nom": l.accueil.name(),
            "cellule": l.accueil.at.to_string(),
            "sort": fate,
            "code": code,
            "type": match &l.fate { ListedFate::New { kind, .. } => Some(kind.as_str()), _ => None },
            "changements": changes.collect::<Vec<_>>(),
        })
    });
    let remarks = |all: &[ListRemark]| -> Vec<serde_json::Value> {
        let all = all.iter();
        all.map(|r| json!({ "ou": r.at.to_string(), "dit": r.message }))
            .collect()
    };
    json!({
        "feuille": outcome.sheet,
        "colonnes": columns.collect::<Vec<_>>(),
        "accueils": lines.collect::<Vec<_>>(),
        "lignes_a_part": remarks(&outcome.left),
        "cases_refusees": remarks(&outcome.doubts),
        "refus": outcome.faults.iter().map(|f| json!({ "cellule": f.cell, "dit": f.message })).collect::<Vec<_>>(),
        "ecrit": outcome.written,
    })
}
