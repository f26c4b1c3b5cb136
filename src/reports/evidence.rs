//! What each level of an accueil rests on, for its team: what observers and the direction rated, sentence by sentence,
//! and what questionnaires answered, as far as each may be told.

use super::document::{Block, ReportSection};
use super::evidence_links::{anchor, is_told, questions};
use super::report_context::{FigureKeys, ReportContext};
use super::shared_blocks::level_cell;
use super::told_answers::told;
use crate::base::tabular::{Heading, Table};
use crate::base::text::{Datum, decimal1};
use crate::disclosure::{ClearedFigure, ClearedRating, ClearedSite, Favour};
use crate::vocabulary::referentiel::Referentiel;

/// « « Sauf intempérie… » : 1,0 sur 4 (jamais) ».
pub(super) fn sentence(rating: &ClearedRating) -> String {
    let looks = rating
        .looks
        .as_deref()
        .map(|looks| looks.trim_end_matches(['.', ' ']));
    let looks = looks.map_or_else(String::new, |looks| format!(" ({looks})"));
    format!(
        "« {} » : {} sur 4{looks}",
        rating.label.trim_end_matches(['.', ' ']),
        decimal1(rating.level)
    )
}

/// What of the ratings of a critère explains it best: the highest of a point to lean on, the two lowest of one to work
/// on.
pub(super) fn of_card<'a>(
    site: &'a ClearedSite,
    code: &str,
    strength: bool,
) -> Vec<&'a ClearedRating> {
    let mut own: Vec<&ClearedRating> = site.ratings.iter().filter(|x| x.critere == code).collect();
    own.sort_by(|a, b| {
        let order = a.level.total_cmp(&b.level);
        if strength { order.reverse() } else { order }
    });
    own.truncate(if strength { 1 } else { 2 });
    own
}

/// Every critère with what it rests on.
pub(super) fn section(site: &ClearedSite, context: &ReportContext) -> Option<ReportSection> {
    let (r, keys) = (context.referentiel, context.keys(&site.structure));
    let known = site.criteres.iter().filter(|f| is_told(site, f, r));
    let rows: Vec<Vec<Datum>> = known.flat_map(|f| critere_rows(site, f, r, keys)).collect();
    if rows.is_empty() {
        return None;
    }
    let columns = vec![
        Heading::words("Critère, et ce qui est regardé").wide(6.0),
        Heading::words("Qui l’a dit").wide(1.8),
        Heading::figures("Niveau").wide(1.2),
        Heading::words("Ce que cela veut dire").wide(4.0),
    ];
    let note = "Toutes les visites ensemble. Ce qui n’est pas là n’a pas été noté, ou ne peut pas être montré sans désigner quelqu’un ; les critères impératifs ont leur page.";
    let table = Table::new("Sur quoi repose chaque niveau".to_owned(), columns, rows)
        .noted(note.to_owned());
    Some(ReportSection::new(
        "Sur quoi repose chaque niveau",
        "Preuves",
        vec![Block::Table(table)],
    ))
}

fn critere_rows(
    site: &ClearedSite,
    f: &ClearedFigure,
    r: &Referentiel,
    keys: FigureKeys,
) -> Vec<Vec<Datum>> {
    let head = vec![
        Datum::words(format!("{} {}", f.code, f.label))
            .styled("axe")
            .anchored(anchor(&f.code)),
        Datum::words(""),
        Datum {
            class: String::new(),
            ..level_cell(f).keyed(keys.of(&f.code))
        },
        Datum::words(""),
    ];
    let ratings = site.ratings.iter().filter(|x| x.critere == f.code);
    let rated = ratings.map(|x| {
        vec![
            Datum::words(&x.label),
            Datum::words(x.source.label()),
            Datum::level(x.level).keyed(keys.of(&x.element)),
            Datum::words(x.looks.as_deref().unwrap_or_default()),
        ]
    });
    let asked = questions(site, &f.code, r).map(|q| {
        let answer = match (&q.shares, Favour::of(q)) {
            (Ok(shares), Some(favour)) => format!(
                "{}, de {}",
                told(q, favour),
                shares.respondents.words("réponse", "réponses")
            ),
            (Err(mask), _) => mask.words().to_owned(),
            (Ok(_), None) => String::new(),
        };
        vec![
            Datum::words(&q.label),
            Datum::words(q.source.label()),
            Datum::words(""),
            Datum::words(answer).keyed(keys.of(&q.code)),
        ]
    });
    std::iter::once(head).chain(rated).chain(asked).collect()
}
