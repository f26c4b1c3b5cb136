//! Sites beside each other, by code and never by rank: impératifs, axes, map, and the annexes by
//! action of the convention territoriale globale.

use super::Frame;
use super::common::{level_cell, must};
use super::document::{Block, Drawing, Heading, Section, Tableau};
use super::equipe::section;
use super::figure::place;
use crate::base::error::Result;
use crate::base::text::{Datum, count, date_short, decimal1};
use crate::disclosure::{ClearedImperatif, ClearedTerritory, Shown, SiteAxe};
use crate::figures::FigureStatus;
use crate::reports::charts::{self, Cell, Heatmap, Map, Place};
use crate::vocabulary::referentiel::Referentiel;

/// What the marks of the impératifs table say.
const MARKS: &str = "✓ atteint · ✕ non atteint, avec la date prévue ou faite de sa correction · ? non évalué · – sans objet · ! à traiter hors de l’observatoire : organisateur, SDJES, 119";

/// What each code of the impératifs table stands for.
pub(super) fn musts_key(r: &Referentiel) -> Block {
    let musts = r.criteres.iter().filter(|c| c.imperatif);
    let named: Vec<String> = musts.map(|c| format!("{} {}", c.code, c.label)).collect();
    Block::note(named.join(" · "))
}

/// One row per site, one column per impératif; the date of correction stands under a mark.
pub(super) fn musts(t: &ClearedTerritory, frame: &Frame) -> Block {
    let musts: Vec<_> = (frame.referentiel.criteres.iter())
        .filter(|c| c.imperatif)
        .collect();
    let mut entetes = vec![
        Heading::words("Accueil").wide(3.2),
        Heading::figures("Atteints").wide(1.1),
    ];
    entetes.extend((musts.iter()).map(|c| Heading::figures(&c.code).meaning(&c.label)));
    let lignes = (t.imperatifs.iter())
        .map(|site| {
            let (code, own) = (&site.structure, &site.imperatifs);
            let met = (own.iter())
                .filter(|i| i.status == Shown::Value(FigureStatus::Atteint))
                .count();
            let mut row = vec![
                Datum::words(frame.site(code)),
                Datum::words(format!("{met}/{}", own.len())),
            ];
            row.extend(musts.iter().map(|c| {
                let found = own.iter().find(|i| i.code == c.code);
                found.map_or_else(
                    || Datum::words("–").styled("sans-objet"),
                    |i| must_cell(t, code, i),
                )
            }));
            row
        })
        .collect();
    Block::Tableau(Tableau {
        titre: "Critères impératifs par accueil".to_owned(),
        entetes,
        lignes,
        note: MARKS.to_owned(),
    })
}

/// The mark, and when the action that answers it is due or was done.
fn must_cell(t: &ClearedTerritory, structure: &str, i: &ClearedImperatif) -> Datum {
    let view = must(i);
    let open = i.status == Shown::Value(FigureStatus::NonAtteint);
    let answers = |a: &&crate::disclosure::ClearedAction| {
        a.structure == structure && a.criteres.contains(&i.code)
    };
    let date = (t.actions.iter().filter(answers)).find_map(|a| {
        let date = if a.realisation.is_empty() {
            &a.echeance
        } else {
            &a.realisation
        };
        (!date.is_empty()).then(|| date_short(date))
    });
    let text = match date.filter(|_| open) {
        Some(date) => format!("{} {date}", view.marque),
        None => view.marque,
    };
    Datum::words(text).styled(view.classe)
}

/// Sites × axes.
pub(super) fn matrix(t: &ClearedTerritory, frame: &Frame) -> Result<Block> {
    let axes = frame.referentiel.axes.iter();
    let columns: Vec<(String, String)> = axes.map(|a| (a.code.clone(), a.label.clone())).collect();
    let rows = t
        .sites
        .iter()
        .map(|site| {
            let cells = columns
                .iter()
                .map(|(axe, _)| match site.axes.iter().find(|a| a.code == *axe) {
                    Some(SiteAxe {
                        value: Some(Shown::Value(v)),
                        ..
                    }) => Cell::Value(*v),
                    Some(_) => Cell::Hatched("n. p.".to_owned()),
                    None => Cell::Blank,
                })
                .collect();
            (frame.site(&site.structure), cells)
        })
        .collect();
    place(
        Drawing::Matrice,
        charts::heatmap(
            "Chaque accueil a ses points d’appui et ses pistes de progrès",
            &Heatmap { columns, rows },
        ),
        "Accueils dans l’ordre de leur code : ce tableau n’est pas un classement. Un écart de quelques dixièmes entre deux accueils ne les distingue pas.",
    )
}

/// Sites at their coordinates; none when no site has any.
pub(super) fn map(t: &ClearedTerritory, frame: &Frame) -> Result<Option<Block>> {
    let is = |i: &ClearedImperatif, wanted| i.status == Shown::Value(wanted);
    let places: Vec<Place> = (t.imperatifs.iter())
        .filter_map(|site| {
            let (code, own) = (&site.structure, &site.imperatifs);
            let (name, at) = frame.position(code)?;
            let open = own
                .iter()
                .filter(|i| is(i, FigureStatus::NonAtteint))
                .count();
            Some(Place {
                code: code.clone(),
                name: name.to_owned(),
                at,
                filled: open > 0,
                words: match open {
                    0 => "aucun impératif à reprendre".to_owned(),
                    n => count(n, "impératif à reprendre", "impératifs à reprendre"),
                },
            })
        })
        .collect();
    if places.is_empty() {
        return Ok(None);
    }
    let title = match places.iter().filter(|p| p.filled).count() {
        0 => "Aucun impératif n’est à reprendre sur le territoire".to_owned(),
        n => format!(
            "{} au moins un impératif à reprendre",
            count(n, "accueil a", "accueils ont")
        ),
    };
    let drawn = charts::map(
        &title,
        &Map {
            outlines: frame.outlines.clone(),
            places,
            key: (
                "un impératif au moins à reprendre".to_owned(),
                "aucun impératif à reprendre".to_owned(),
            ),
        },
    );
    place(
        Drawing::Carte,
        drawn,
        "Chaque accueil est placé à ses coordonnées ; son nom est dans le tableau.",
    )
    .map(Some)
}

/// One annex per CTG action: the critères that serve it, on the territory.
pub(super) fn fiches(t: &ClearedTerritory, frame: &Frame) -> Vec<Section> {
    let r = frame.referentiel;
    let annex = |(position, fiche): (usize, &crate::vocabulary::referentiel::Fiche)| {
        let lignes: Vec<Vec<Datum>> = (t.criteres.iter())
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
                    level_cell(f),
                    Datum::words(decimal1(f.target)),
                    Datum::words(format!("{reached} sur {n}")),
                ]
            })
            .collect();
        let now = frame.campaigns.0;
        (!lignes.is_empty()).then(|| {
            let table = Tableau {
                titre: format!("Critères qui servent l’action « {} »", fiche.label),
                entetes: vec![
                    Heading::words("Critère").wide(6.0),
                    Heading::figures(now).wide(1.1),
                    Heading::figures("Objectif").wide(1.1),
                    Heading::figures("Accueils à l’objectif").wide(1.5),
                ],
                lignes,
                note: String::new(),
            };
            section(
                &format!("Annexe : {} {}", fiche.code, fiche.label),
                &format!("Action {}", fiche.code),
                vec![Block::Tableau(table)],
            )
        })
    };
    r.fiches.iter().enumerate().filter_map(annex).collect()
}
