//! `comparer`: campaigns against each other, a pilot against the rest, or centres side by side.

use std::path::{Path, PathBuf};

use clap::Args;

use super::done::Done;
use super::opening::open_over;
use super::row_stream::Rows;
use super::table_output::TableOutput;
use crate::actions::comparer::{CampaignsRequest, SideBySideRequest, campaigns, centres};
use crate::actions::composite_weight::CompositeWeight;
use crate::base::error::{Error, Result};
use crate::base::tabular::Table;
use crate::base::text::list;
use crate::campaign::OpenObservatory;
use crate::compare::Comparisons;
use crate::exports::{self, COMPARISON, PeopleTable, comparison_columns, comparison_row};
use crate::wording::verdict_words::VERDICTS_READ;

/// `comparer`.
#[derive(Args)]
pub(super) struct ComparerArgs {
    /// Deux campagnes, la plus ancienne d’abord ; trois et plus donnent des tendances
    #[arg(value_name = "CAMPAGNES", num_args = 0..)]
    pub campagnes: Vec<String>,
    /// Accueil pilote d’une expérimentation, face aux autres (plusieurs : P01,P02)
    #[arg(long, value_name = "CODE", value_delimiter = ',')]
    pub pilote: Vec<String>,
    /// Compare à rebours, la campagne la plus récente d’abord, quand c’est voulu
    #[arg(long)]
    pub confirmer: bool,
    /// Les accueils côte à côte
    #[arg(long)]
    pub structures: bool,
    /// Avec --structures : une moyenne d’axes pondérée, et ce qu’elle doit au choix des poids
    #[arg(
        long,
        value_name = "REL=2,SEC=1",
        value_delimiter = ',',
        requires = "structures"
    )]
    pub composite: Vec<CompositeWeight>,
    /// Avec --structures : dessine l’entonnoir des réponses des familles (SVG, à ne pas diffuser)
    #[arg(long, value_name = "F.svg", requires = "structures")]
    pub entonnoir: Option<PathBuf>,
    /// Campagne des accueils côte à côte (par défaut : la plus récente)
    #[arg(long, value_name = "C")]
    pub campagne: Option<String>,
    /// Dossiers d’agrégats d’autres territoires, additionnés à la place des réponses d’ici
    #[arg(long, value_name = "DOSSIER", num_args = 1..)]
    pub agregats: Vec<PathBuf>,
    /// Format and file.
    #[command(flatten)]
    pub table: TableOutput,
}

/// Runs the command.
pub(super) fn run(folder: Option<&Path>, args: &ComparerArgs, json: bool) -> Result<Done> {
    let opened = open_over(folder, &args.agregats)?;
    if args.structures {
        side_by_side(&opened, args, json)
    } else {
        in_time(&opened, args, json)
    }
}

/// Line by line where nobody asks for all of them at once: ten thousand structures make a million.
fn deliver(
    opened: &OpenObservatory,
    args: &ComparerArgs,
    json: bool,
    comparisons: Comparisons,
) -> Result<Done> {
    if !args.table.streams() {
        let table = exports::comparisons(&comparisons);
        return args.table.deliver(opened, people_table(args, table));
    }
    let lines = comparisons.lines;
    let rows: Rows = Box::new(move |put| {
        let mut each = lines.iter().map(comparison_row);
        each.try_for_each(|row| put(&row))
    });
    let table = &args.table;
    table.deliver_rows(opened, json, COMPARISON, (comparison_columns(), rows))
}

/// What values are, as a person reads them: campaigns, changes of pilots, or accueils beside their mean.
fn people_table(args: &ComparerArgs, table: Table) -> PeopleTable {
    let campaigns = &args.campagnes;
    let (first, last) = match (campaigns.first(), campaigns.last()) {
        (Some(first), Some(last)) => (first.as_str(), last.as_str()),
        _ => ("", ""),
    };
    let (caption, names, changes): (String, [String; 3], &[&str]) = if args.structures {
        let names = [
            "Accueil, valeur",
            "Rapprochée de la moyenne",
            "Écart à la moyenne",
        ];
        (
            "Les accueils côte à côte : ni note d’ensemble, ni classement".to_owned(),
            names.map(str::to_owned),
            &[],
        )
    } else if args.pilote.is_empty() {
        let names = [
            format!("À {first}"),
            format!("À {last}"),
            "Écart".to_owned(),
        ];
        (format!("De {} à {last}", but_last(campaigns)), names, &[])
    } else {
        let names = [
            "Changement des pilotes",
            "Changement des autres",
            "Différence",
        ];
        (
            format!(
                "De {first} à {last} : {} face aux autres",
                list(&args.pilote)
            ),
            names.map(str::to_owned),
            &["valeur_1", "valeur_2"],
        )
    };
    let columns = ["valeur_1", "valeur_2", "delta"];
    PeopleTable {
        caption,
        headings: columns.into_iter().zip(names).collect(),
        changes,
        notes: if args.structures {
            Vec::new()
        } else {
            vec![VERDICTS_READ.to_owned()]
        },
        ..PeopleTable::from(table)
    }
}

/// « C1, C2 »: the campaigns that come before the last.
fn but_last(campaigns: &[String]) -> String {
    campaigns[..campaigns.len().saturating_sub(1)].join(", ")
}

fn side_by_side(opened: &OpenObservatory, args: &ComparerArgs, json: bool) -> Result<Done> {
    if !args.campagnes.is_empty() || !args.pilote.is_empty() {
        return Err(Error::Usage(
            "comparer --structures porte sur une seule campagne : --campagne C.".to_owned(),
        ));
    }
    let request = SideBySideRequest {
        campaign: args.campagne.clone(),
        composite: args.composite.clone(),
        funnel: args.entonnoir.is_some(),
    };
    let outcome = centres(opened, &request)?;
    let mut done = deliver(opened, args, json, outcome.comparisons)?;
    if let (Some(path), Some(funnel)) = (&args.entonnoir, &outcome.funnel) {
        let file = opened.destination(path)?;
        file.write(funnel.svg.as_bytes())?;
        done.summary = format!(
            "{} Dessin écrit dans {}. {}",
            funnel.alt,
            file.told(),
            done.summary
        );
    }
    done.diagnostics.splice(0..0, outcome.diagnostics);
    Ok(done)
}

fn in_time(opened: &OpenObservatory, args: &ComparerArgs, json: bool) -> Result<Done> {
    if args.campagnes.len() < 2 {
        return Err(Error::Usage(
            "comparer demande deux campagnes (comparer C1 C2) ou --structures.".to_owned(),
        ));
    }
    let request = CampaignsRequest {
        campaigns: args.campagnes.clone(),
        confirmed: args.confirmer,
        pilots: args.pilote.clone(),
    };
    let outcome = campaigns(opened, &request)?;
    let mut done = deliver(opened, args, json, outcome.comparisons)?;
    done.diagnostics.splice(0..0, outcome.diagnostics);
    Ok(done)
}
