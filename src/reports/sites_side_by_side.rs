//! Sites beside each other, by code and never by rank: impératifs, axes, map, and the annexes by
//! action of the convention territoriale globale.

use std::fmt::Write;

use super::document::{Block, Drawing, ReportSection};
use super::drawn_figure::{place, with_keys};
use super::report_context::{FigureKeys, ReportContext};
use super::sentences;
use super::shared_blocks::{level_cell, must};
use crate::base::error::Result;
use crate::base::tabular::{Heading, Table};
use crate::base::text::{Datum, count, decimal1, list};
use crate::disclosure::{ClearedImperatif, ClearedRules, ClearedTerritory, Shown, SiteAxe};
use crate::figures::FigureStatus;
use crate::reports::charts::{
    self, Heatmap, HeatmapCell, HeatmapColumn, HeatmapRow, MapKey, MapPoint, MappedSite,
    TerritoryMap,
};
use crate::vocabulary::referentiel::Referentiel;

/// What the marks of the impératifs table say.
const MARKS: &str = "✓ atteint, avec la date de ce qui a été corrigé depuis le constat · ✕ non atteint, avec la date prévue ou faite de sa correction · ? non évalué · – sans objet · ! à traiter hors de l’observatoire : organisateur, SDJES, 119";

/// What each code of the impératifs table stands for.
pub(super) fn musts_key(r: &Referentiel) -> Block {
    let musts = r.criteres.iter().filter(|c| c.imperatif);
    let named: Vec<String> = musts.map(|c| format!("{} {}", c.code, c.label)).collect();
    Block::note(named.join(" · "))
}

/// One row per site, one column per impératif; the date of correction stands under a mark.
pub(super) fn musts(t: &ClearedTerritory, context: &ReportContext) -> Block {
    let musts: Vec<_> = (context.referentiel.criteres.iter())
        .filter(|c| c.imperatif)
        .collect();
    let mut columns = vec![
        Heading::words("Accueil").wide(3.2),
        Heading::figures("Atteints").wide(1.1),
    ];
    let has_rules = t.imperatifs.iter().any(|site| site.rules.is_some());
    if has_rules {
        columns.push(Heading::figures("Règles").wide(1.1));
    }
    columns.extend((musts.iter()).map(|c| Heading::figures(&c.code).meaning(&c.label)));
    let rows = (t.imperatifs.iter())
        .map(|site| {
            let (code, own) = (&site.structure, &site.imperatifs);
            let keys = context.keys(code);
            let met = (own.iter())
                .filter(|i| i.status == Shown::Value(FigureStatus::Atteint))
                .count();
            let mut row = vec![
                Datum::words(context.site(code)),
                Datum::words(format!("{met}/{}", own.len())).keyed(keys.of("IMPERATIFS")),
            ];
            if has_rules {
                row.push(rules_cell(site.rules).keyed(keys.of("REGLES")));
            }
            row.extend(musts.iter().map(|c| {
                let found = own.iter().find(|i| i.code == c.code);
                found.map_or_else(
                    || Datum::words("–").styled("sans-objet"),
                    |i| must_cell(t, code, i, keys),
                )
            }));
            row
        })
        .collect();
    Block::Table(
        Table::new("Critères impératifs par accueil".to_owned(), columns, rows)
            .noted(key_of_musts(t, context)),
    )
}

/// What marks mean, what « Règles » counts, and which accueils no rule was checked for.
fn key_of_musts(t: &ClearedTerritory, context: &ReportContext) -> String {
    let mut key = MARKS.to_owned();
    if t.imperatifs.iter().any(|site| site.rules.is_some()) {
        key.push_str(
            ". Règles : éléments de loi conformes, sur ceux qui ont été constatés à l’accueil. ",
        );
        key.push_str(&sentences::texts_of_law(context.law));
    }
    let undeclared: Vec<String> = t
        .imperatifs
        .iter()
        .filter(|site| context.is_undeclared(&site.structure))
        .map(|site| context.site(&site.structure))
        .collect();
    if !undeclared.is_empty() {
        let _ = write!(
            key,
            " {} : {}",
            list(&undeclared),
            sentences::outside_the_law(context.law)
        );
    }
    key
}

/// « 21/22 »: met of those checked.
fn rules_cell(rules: Option<ClearedRules>) -> Datum {
    rules.map_or_else(Datum::none, |r| {
        Datum::words(format!("{}/{}", r.met, r.checked))
    })
}

/// The mark, and when the action that answers it is due or was done.
fn must_cell(
    t: &ClearedTerritory,
    structure: &str,
    i: &ClearedImperatif,
    keys: FigureKeys,
) -> Datum {
    let view = must(i, keys);
    let open = i.status == Shown::Value(FigureStatus::NonAtteint);
    let answers = |a: &&crate::disclosure::ClearedAction| {
        a.structure == structure && a.criteres.contains(&i.code)
    };
    let planned = (t.actions.iter().filter(answers)).find_map(|a| a.realisation.or(a.echeance));
    let is_met = i.status == Shown::Value(FigureStatus::Atteint);
    let corrected = i.corrected.iter().filter_map(|c| c.day).max();
    let date = planned.filter(|_| open).or(corrected.filter(|_| is_met));
    let text = match date {
        Some(date) => format!("{} {}", view.mark, date.short()),
        None => view.mark,
    };
    Datum::words(text).styled(view.class).keyed(view.key)
}

/// A cell of a level that is hidden.
const MASKED: &str = "masqué";

/// Sites × axes.
pub(super) fn matrix(t: &ClearedTerritory, context: &ReportContext) -> Result<Block> {
    let columns: Vec<HeatmapColumn> = (context.referentiel.axes.iter())
        .map(|a| HeatmapColumn {
            code: a.code.clone(),
            label: a.label.to_string(),
            target: a.cible,
        })
        .collect();
    let rows = t.sites.iter().map(|site| {
        let cells =
            columns.iter().map(
                |column| match site.axes.iter().find(|a| a.code == column.code) {
                    Some(SiteAxe {
                        value: Some(Shown::Value(v)),
                        ..
                    }) => HeatmapCell::Value(*v),
                    Some(SiteAxe {
                        value: Some(Shown::Masked(_)),
                        ..
                    }) => HeatmapCell::Hatched(MASKED.to_owned()),
                    Some(axe) if axe.status != FigureStatus::Nc => {
                        HeatmapCell::Hatched(axe.status.label().to_owned())
                    }
                    _ => HeatmapCell::Blank,
                },
            );
        HeatmapRow {
            label: context.site(&site.structure),
            cells: cells.collect(),
        }
    });
    let rows: Vec<HeatmapRow> = rows.collect();
    let cells = || rows.iter().flat_map(|row| &row.cells);
    if !cells().any(|cell| matches!(cell, HeatmapCell::Value(_))) {
        let is_masked = cells().any(|c| matches!(c, HeatmapCell::Hatched(why) if why == MASKED));
        let why = if is_masked {
            "des niveaux sont masqués pour protéger des personnes, les autres reposent sur trop peu de critères notés"
        } else {
            "trop peu de critères sont notés"
        };
        return Ok(Block::text(format!(
            "Aucun axe n’est encore montré, dans aucun accueil : {why}."
        )));
    }
    let named: Vec<String> = (columns.iter())
        .map(|axe| format!("{} {}", axe.code, axe.label))
        .collect();
    let caption = format!(
        "{}. Ce n’est pas un classement : quelques dixièmes ne distinguent pas deux accueils. Masqué : pour protéger des personnes ; non publiable : trop peu de critères notés. Plus une case est foncée, plus le niveau est haut.",
        named.join(" · ")
    );
    let drawn = place(
        Drawing::Matrix,
        charts::heatmap(
            "Chaque accueil a ses points d’appui et ses pistes de progrès",
            &Heatmap { columns, rows },
        ),
        &caption,
    )?;
    Ok(with_keys(drawn, |row, column| {
        let axe = context.referentiel.axes.get(column - 1)?;
        Some(context.keys(&t.sites.get(row)?.structure).of(&axe.code))
    }))
}

/// Sites at their coordinates, over the outlines of the communes; none without outlines, which a scatter of points does
/// not stand for, nor when no site has coordinates.
pub(super) fn map(t: &ClearedTerritory, context: &ReportContext) -> Result<Option<Block>> {
    let is = |i: &ClearedImperatif, wanted| i.status == Shown::Value(wanted);
    let places: Vec<MappedSite> = (t.imperatifs.iter())
        .filter_map(|row| {
            let (code, own) = (&row.structure, &row.imperatifs);
            let site = context.structures.get(code.as_str())?;
            let at = MapPoint {
                east: site.longitude?,
                north: site.latitude?,
            };
            let open = own
                .iter()
                .filter(|i| is(i, FigureStatus::NonAtteint))
                .count();
            Some(MappedSite {
                code: code.clone(),
                name: site.nom.clone(),
                at,
                filled: open > 0,
                words: match open {
                    0 => "aucun impératif à reprendre".to_owned(),
                    n => count(n, "impératif à reprendre", "impératifs à reprendre"),
                },
            })
        })
        .collect();
    if places.is_empty() || context.outlines.is_empty() {
        return Ok(None);
    }
    let codes: Vec<String> = places.iter().map(|p| p.code.clone()).collect();
    let title = match places.iter().filter(|p| p.filled).count() {
        0 => "Aucun impératif n’est à reprendre sur le territoire".to_owned(),
        n => format!(
            "{} au moins un impératif à reprendre",
            count(n, "accueil a", "accueils ont")
        ),
    };
    let drawn = charts::map(
        &title,
        &TerritoryMap {
            outlines: outlines(context),
            places,
            key: MapKey {
                filled: "un impératif au moins à reprendre".to_owned(),
                hollow: "aucun impératif à reprendre".to_owned(),
            },
        },
    );
    place(
        Drawing::Map,
        drawn,
        &format!(
            "Chaque accueil est placé à ses coordonnées ; son nom est dans le tableau. Champ : accueils dont les coordonnées sont connues. Source : {}.",
            context.source()
        ),
    )
    .map(|drawn| {
        let drawn = drawn.keyed([context.territory().of("IMPERATIFS")]);
        let key = |row: usize| Some(context.keys(codes.get(row)?).of("IMPERATIFS"));
        Some(with_keys(drawn, |row, _| key(row)))
    })
}

/// The rings of the communes as the map wants them.
fn outlines(context: &ReportContext) -> Vec<Vec<MapPoint>> {
    let rings = context.outlines.iter().map(|ring| {
        let points = ring.iter().map(|p| MapPoint {
            east: p.0,
            north: p.1,
        });
        points.collect()
    });
    rings.collect()
}

/// One annex per CTG action: the critères that serve it, on the territory.
pub(super) fn fiches(t: &ClearedTerritory, context: &ReportContext) -> Vec<ReportSection> {
    let (r, keys) = (context.referentiel, context.territory());
    let annex = |(position, fiche): (usize, &crate::vocabulary::referentiel::Fiche)| {
        let rows: Vec<Vec<Datum>> = (t.criteres.iter())
            .filter(|mean| {
                let found = r.critere(&mean.figure.code);
                found.is_some_and(|c| r.criteres[c].fiches.contains(&position))
            })
            .map(|mean| {
                let (f, n) = (&mean.figure, mean.sites);
                let below = t.below_target.iter().find(|b| b.code == f.code);
                let reached = n - below.map_or(0, |b| b.below);
                vec![
                    Datum::words(format!("{} {}", f.code, f.label)),
                    level_cell(f).keyed(keys.of(&f.code)),
                    Datum::words(decimal1(f.target)).keyed(keys.of(&f.code)),
                    Datum::words(format!("{reached} sur {n}")).keyed(keys.of(&f.code)),
                    Datum::words(sentences::left_out(mean.left_out)).keyed(keys.of(&f.code)),
                ]
            })
            .collect();
        let now = &context.called.current;
        (!rows.is_empty()).then(|| {
            let table = Table::new(
                format!("Critères qui servent l’action « {} »", fiche.label),
                vec![
                    Heading::words("Critère").wide(6.0),
                    Heading::figures(now).wide(1.1),
                    Heading::figures("Objectif").wide(1.1),
                    Heading::figures("Accueils à l’objectif").wide(1.5),
                    Heading::words("Accueils non comptés").wide(2.2),
                ],
                rows,
            );
            ReportSection::new(
                &format!("Annexe : {} {}", fiche.code, fiche.label),
                &format!("Action {}", fiche.code),
                vec![Block::Table(table)],
            )
        })
    };
    r.fiches.iter().enumerate().filter_map(annex).collect()
}
