//! `echange`: the register of exchanges of data.

use std::path::Path;

use clap::{Args, Subcommand};
use serde_json::json;

use super::aligned::aligned;
use super::choices::exchange_side;
use super::done::Done;
use super::echange_fiche_command::{self, StudyArgs};
use super::opening::open;
use crate::actions::echanges::{ExchangeList, exchanges_known_on, lay_exchange};
use crate::base::error::Result;
use crate::base::text::{PastedLine, count, short};
use crate::campaign::{OpenObservatory, day_or_today};
use crate::convention::{ClosedWord, DataExchange, ExchangeSide, NewExchange};

/// `echange`.
#[derive(Args)]
pub(super) struct EchangeArgs {
    /// What to do with the register.
    #[command(subcommand)]
    pub what: EchangeCommand,
}

/// Sub-commands.
#[derive(Subcommand)]
pub(super) enum EchangeCommand {
    /// Ajoute à ctg/echanges.toml un bloc commenté à remplir, sans toucher au reste
    #[command(visible_alias = "new")]
    Nouveau(NewExchangeArgs),
    /// Liste les échanges : qui demande quoi à qui, où chacun en est, ce qui a été transmis
    #[command(visible_alias = "list")]
    Lister(ExchangeDay),
    /// Écrit l’étude d’un échange, préremplie : opportunité, faisabilité, conformité, liste exacte, place pour l’avis du DPO
    #[command(visible_alias = "study")]
    Fiche(StudyArgs),
    /// Dit, échange par échange, ce qui manque et qui doit le donner
    #[command(visible_alias = "check")]
    Verifier(ExchangeDay),
}

/// `echange nouveau`.
#[derive(Args)]
pub(super) struct NewExchangeArgs {
    /// Sens de l’échange
    #[arg(long, value_parser = exchange_side(), default_value = "sortant")]
    pub sens: ExchangeSide,
    /// Qui demande les données
    #[arg(long, value_name = "ORGANISME", default_value = "")]
    pub demandeur: String,
    /// Qui détient les données
    #[arg(long, value_name = "ORGANISME", default_value = "")]
    pub detenteur: String,
    /// Ce qui est demandé, en une phrase
    #[arg(long, value_name = "TEXTE", default_value = "")]
    pub objet: String,
    /// Jour de la demande, AAAA-MM-JJ (par défaut : aujourd’hui)
    #[arg(long, value_name = "DATE")]
    pub date: Option<String>,
}

/// The day of a list.
#[derive(Args)]
pub(super) struct ExchangeDay {
    /// Jour où l’on se place, AAAA-MM-JJ (par défaut : aujourd’hui)
    #[arg(long, value_name = "DATE")]
    pub date: Option<String>,
}

/// Runs the command.
pub(super) fn run(folder: Option<&Path>, args: &EchangeArgs) -> Result<Done> {
    let opened = open(folder)?;
    match &args.what {
        EchangeCommand::Nouveau(args) => add(&opened, folder, args),
        EchangeCommand::Lister(args) => {
            let list = exchanges_known_on(&opened, args.date.as_deref())?;
            Ok(listed(&list))
        }
        EchangeCommand::Fiche(args) => echange_fiche_command::run(&opened, args),
        EchangeCommand::Verifier(args) => {
            let list = exchanges_known_on(&opened, args.date.as_deref())?;
            Ok(checked(&list))
        }
    }
}

fn add(opened: &OpenObservatory, folder: Option<&Path>, args: &NewExchangeArgs) -> Result<Done> {
    let new = NewExchange {
        side: args.sens,
        requester: args.demandeur.clone(),
        holder: args.detenteur.clone(),
        subject: args.objet.clone(),
        day: day_or_today(args.date.as_deref())?,
    };
    let laid = lay_exchange(opened, &new)?;
    let line = PastedLine::new(folder);
    let text = format!(
        "Échange {} à compléter : {}\n\n\
         1. Écrivez la finalité, la base légale, la liste exacte des données.\n\
         2. Sachez ce qui manque, et à qui le demander : {}",
        laid.id,
        laid.file.display(),
        line.with(&["echange", "verifier"]),
    );
    Ok(Done {
        text,
        result: json!({ "fichier": laid.file, "echange": laid.id }),
        summary: format!("Échange {} ajouté.", laid.id),
        ..Done::default()
    })
}

fn listed(list: &ExchangeList) -> Done {
    let headers = [
        "Échange",
        "Sens",
        "Demandeur",
        "Détenteur",
        "Objet",
        "État",
        "Transmis",
    ];
    let rows: Vec<Vec<String>> = (list.exchanges.iter())
        .map(|e| {
            vec![
                e.id.clone(),
                e.side.key().to_owned(),
                short(&e.requester, 24),
                short(&e.holder, 24),
                short(&e.subject, 48),
                e.standing(list.day).label().to_owned(),
                sent(list, e),
            ]
        })
        .collect();
    Done {
        text: aligned(&headers, &rows),
        result: as_json(list),
        diagnostics: list.diagnostics.clone(),
        summary: summary(list),
        ..Done::default()
    }
}

fn checked(list: &ExchangeList) -> Done {
    let headers = ["Échange", "État", "Il manque", "À donner par"];
    let mut rows: Vec<Vec<String>> = Vec::new();
    for exchange in &list.exchanges {
        let standing = exchange.standing(list.day).label();
        let lacks = exchange.lacks();
        if lacks.is_empty() {
            rows.push(vec![
                exchange.id.clone(),
                standing.to_owned(),
                "rien".to_owned(),
                String::new(),
            ]);
        }
        for (rank, lack) in lacks.iter().enumerate() {
            let first = rank == 0;
            rows.push(vec![
                if first {
                    exchange.id.clone()
                } else {
                    String::new()
                },
                if first {
                    standing.to_owned()
                } else {
                    String::new()
                },
                lack.what.clone(),
                lack.who.clone(),
            ]);
        }
    }
    let mut diagnostics = list.diagnostics.clone();
    diagnostics.extend(list.findings());
    Done {
        text: aligned(&headers, &rows),
        result: as_json(list),
        diagnostics,
        summary: summary(list),
        ..Done::default()
    }
}

/// « 2 fois, la dernière le 12/06/2026 ».
fn sent(list: &ExchangeList, exchange: &DataExchange) -> String {
    let all: Vec<_> = list.sent_under(&exchange.id).collect();
    let last = all.last().and_then(|sent| sent.day());
    match last {
        Some(day) => format!("{} fois, la dernière le {}", all.len(), day.short()),
        None => "jamais".to_owned(),
    }
}

fn as_json(list: &ExchangeList) -> serde_json::Value {
    let exchanges = list.exchanges.iter().map(|e| {
        let lacks = e.lacks().into_iter();
        let lacks = lacks.map(|l| json!({ "manque": l.what, "par": l.who, "bloque": l.blocks }));
        json!({
            "id": e.id,
            "sens": e.side.key(),
            "demandeur": e.requester,
            "detenteur": e.holder,
            "objet": e.subject,
            "champs": e.data.iter().map(|d| d.code.as_str()).collect::<Vec<_>>(),
            "etat": e.standing(list.day).label(),
            "manques": lacks.collect::<Vec<_>>(),
            "transmissions": list.sent_under(&e.id).collect::<Vec<_>>(),
        })
    });
    json!({ "date": list.day.to_string(), "echanges": exchanges.collect::<Vec<_>>() })
}

fn summary(list: &ExchangeList) -> String {
    if list.exchanges.is_empty() {
        return "Aucun échange : « observatoire echange nouveau » en commence un.".to_owned();
    }
    let agreed = list.exchanges.iter().filter(|e| e.is_agreed()).count();
    format!(
        "{} au {}, {}.",
        count(list.exchanges.len(), "échange", "échanges"),
        list.day.short(),
        count(agreed, "accordé", "accordés")
    )
}
