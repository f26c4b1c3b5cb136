//! What the organiser decides: one value for the territory, with what it rests on; to a team, that it is
//! not theirs.

use super::document::{Block, ReportSection};
use super::report_context::{FigureKeys, ReportContext};
use super::sentences;
use super::shared_blocks::{critere, level_cell};
use crate::base::tabular::{Heading, Table};
use crate::base::text::{Datum, decimal1, list};
use crate::disclosure::{ClearedOrganiser, ClearedSite};

/// Title of the section, wherever it stands.
const TITLE: &str = "Décidé par l’organisateur";
const SHEET: &str = "Organisateur";

/// The critères of the territory that the organiser decides, and what each rests on; none where nothing
/// was asked.
pub(super) fn section_of(
    organiser: &[ClearedOrganiser],
    context: &ReportContext,
) -> Option<ReportSection> {
    if organiser.is_empty() {
        return None;
    }
    let mut blocks = vec![
        Block::text(
            "Les tarifs, les places, les inscriptions se décident pour tout le territoire, et non dans une équipe. Une seule valeur est donc calculée, sur les réponses de tous les accueils ensemble : chaque famille y compte une fois, où qu’elle ait répondu. Elle n’entre dans l’axe d’aucun accueil, ne se compare pas d’un accueil à l’autre, et ne devient la priorité d’aucune équipe.",
        ),
        Block::Table(values(organiser, context)),
    ];
    let keys = context.territory();
    let rows = organiser.iter().flat_map(|own| elements(own, keys));
    let rows: Vec<Vec<Datum>> = rows.collect();
    if !rows.is_empty() {
        blocks.push(Block::Table(Table::new(
            "Ce sur quoi elle repose".to_owned(),
            vec![
                Heading::words("Source").wide(2.0),
                Heading::words("Ce qui est demandé ou mesuré").wide(6.0),
                Heading::figures("Niveau").wide(1.0),
            ],
            rows,
        )));
    }
    Some(ReportSection::new(TITLE, SHEET, blocks))
}

fn values(organiser: &[ClearedOrganiser], context: &ReportContext) -> Table<Datum> {
    let rows = organiser.iter().map(|own| {
        let f = &own.figure;
        let change = f.evolution.as_ref().map(sentences::verdict);
        let keys = context.territory();
        let key = || keys.of(&f.code);
        vec![
            Datum::words(format!("{} {}", f.code, f.label)),
            (f.previous)
                .map_or_else(Datum::none, Datum::level)
                .keyed(key()),
            level_cell(f).keyed(key()),
            Datum::words(decimal1(f.target)).keyed(key()),
            Datum::words(change.unwrap_or_default()).keyed(key()),
            Datum::words(critere(f, context.referentiel, keys).descriptor),
        ]
    });
    let previous = context.called.previous.as_deref().unwrap_or("Avant");
    let columns = vec![
        Heading::words("Critère").wide(3.0),
        Heading::figures(previous).wide(0.9),
        Heading::figures(&context.called.current).wide(0.9),
        Heading::figures("Objectif").wide(1.0),
        Heading::words("Évolution").wide(2.2),
        Heading::words("Repère le plus proche").wide(4.0),
    ];
    let title = "Une valeur pour tout le territoire".to_owned();
    let mut rows: Vec<Vec<Datum>> = rows.collect();
    let mut columns = columns;
    if organiser.iter().all(|own| own.figure.previous.is_none()) {
        columns.remove(1);
        for row in &mut rows {
            row.remove(1);
        }
    }
    if organiser.iter().all(|own| own.figure.evolution.is_none()) {
        columns.remove(columns.len() - 2);
        for row in &mut rows {
            row.remove(row.len() - 2);
        }
    }
    Table::new(title, columns, rows)
}

fn elements<'a>(
    own: &'a ClearedOrganiser,
    keys: FigureKeys<'a>,
) -> impl Iterator<Item = Vec<Datum>> + 'a {
    own.elements.iter().map(move |element| {
        let turned = if element.negative {
            " (phrase négative : être d’accord y vaut un niveau bas)"
        } else {
            ""
        };
        vec![
            Datum::words(element.source.label()),
            Datum::words(format!("{} {}{turned}", element.code, element.label)),
            (element.value)
                .map_or_else(Datum::none, Datum::level)
                .keyed(keys.of(&own.figure.code)),
        ]
    })
}

/// To a team: what was asked here and is not theirs to change; none where nothing was.
pub(super) fn told_to_team(site: &ClearedSite, context: &ReportContext) -> Vec<Block> {
    if site.organiser.is_empty() {
        return Vec::new();
    }
    let named: Vec<String> = site
        .organiser
        .iter()
        .map(|code| context.critere(code))
        .collect();
    vec![
        Block::heading(TITLE),
        Block::text(format!(
            "{}. Ce n’est pas l’équipe qui en décide : les réponses données ici comptent dans une valeur de tout le territoire, dite dans la synthèse remise aux élues et élus. Rien n’en entre dans les axes de cet accueil.",
            list(&named)
        )),
    ]
}
