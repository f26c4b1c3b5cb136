//! Blocks on governance, that the document of its year and the bilan share: the organigramme, who comes to what, what
//! those who work together say.

use super::ctg_keys::CtgKeys;
use crate::base::error::Result;
use crate::base::tabular::{Heading, Table};
use crate::base::text::{Datum, count, list};
use crate::disclosure::{CtgGovernance, CtgIndicator, CtgPost, CtgView};
use crate::reports::charts::{OrganisationBox, organisation};
use crate::reports::document::{Block, Drawing};
use crate::reports::drawn_figure::place;
use std::fmt::Write as _;

/// The organigramme, drawn from the functions that are registered; what makes it whole or not.
///
/// # Errors
///
/// A drawing that cannot be made: always a bug.
pub(crate) fn organigramme(governance: &CtgGovernance, keys: &CtgKeys) -> Result<Vec<Block>> {
    if governance.posts.is_empty() {
        return Ok(vec![Block::text(
            "Aucune fonction n’est inscrite : l’organigramme se dessinera de la feuille « Fonctions » du suivi.",
        )]);
    }
    let (boxes, instances) = boxes(governance);
    let chart = organisation(
        "Qui travaille avec qui, et dans quelles instances",
        &boxes,
        &instances,
    );
    let caption = "Chaque boîte est une fonction, jamais une personne ; un rond dit qu’elle siège dans l’instance, un bord pointillé que personne ne l’occupe. Dessiné de la feuille « Fonctions » du suivi.";
    let mut blocks =
        vec![place(Drawing::Organisation, chart, caption)?.keyed(keys.keys("ORGANIGRAMME"))];
    blocks.push(Block::note(standing(governance)).keyed(keys.keys("ORGANIGRAMME")));
    Ok(blocks)
}

/// Boxes of the drawing, and the instances that they sit in.
fn boxes(governance: &CtgGovernance) -> (Vec<OrganisationBox>, Vec<&str>) {
    let mut instances: Vec<&str> = Vec::new();
    for name in governance.posts.iter().flat_map(|post| &post.instances) {
        if !instances.contains(name) {
            instances.push(name);
        }
    }
    let boxes = governance.posts.iter().map(|post| {
        let seats = post.instances.iter();
        OrganisationBox {
            title: post.title.clone(),
            note: noted(post),
            depth: post.depth,
            above: post.above.clone(),
            is_vacant: post.is_vacant,
            instances: seats
                .filter_map(|n| instances.iter().position(|i| i == n))
                .collect(),
        }
    });
    (boxes.collect(), instances.clone())
}

/// Small words in a box: what the function hangs on, where that is no box, and whether nobody holds it.
fn noted(post: &CtgPost) -> String {
    let mut told = Vec::new();
    if post.depth == 0 && !post.above.is_empty() {
        told.push(format!("rattachée à : {}", post.above));
    }
    if post.is_vacant {
        told.push("non pourvue".to_owned());
    }
    told.join(" · ")
}

/// « 9 fonctions, dont 8 pourvues ; une n’est rattachée à rien. »
fn standing(governance: &CtgGovernance) -> String {
    let mut told = format!(
        "{}, dont {}.",
        count(
            governance.functions,
            "fonction inscrite",
            "fonctions inscrites"
        ),
        count(governance.filled, "pourvue", "pourvues")
    );
    if governance.untied > 0 {
        let words = count(
            governance.untied,
            "fonction pourvue n’est rattachée à rien",
            "fonctions pourvues ne sont rattachées à rien",
        );
        _ = write!(told, " {words}.");
    }
    if governance.circles > 0 {
        _ = write!(
            told,
            " {} : le dessin les coupe, la feuille est à corriger.",
            count(
                governance.circles,
                "boucle de rattachements",
                "boucles de rattachements"
            )
        );
    }
    told
}

/// Services × instances.
pub(crate) fn who_comes(governance: &CtgGovernance, view: &CtgView, keys: &CtgKeys) -> Vec<Block> {
    if !view.audience.reads_all() {
        return vec![Block::text(
            "La venue de chaque service n’est montrée qu’à l’équipe projet : un service peut être une seule personne. Tous services ensemble, elle est celle des indicateurs de participation, plus haut.",
        )];
    }
    if governance.attendance.is_empty() {
        return vec![Block::text(
            "Aucune présence n’est saisie pour cette année.",
        )];
    }
    let mut columns = vec![Heading::words("Service").wide(3.0)];
    let instances = governance.instances.iter();
    columns.extend(instances.map(|name| Heading::figures(*name).wide(1.3)));
    let key = keys.key("PRESENCES");
    let rows = governance.attendance.iter().map(|line| {
        let mut row = vec![Datum::words(&line.who)];
        row.extend(line.came.iter().map(|d| d.clone().keyed(&key)));
        row
    });
    let table = Table::new("Qui vient à quoi", columns, rows.collect());
    let note = "« 3 sur 4 » : venu à trois des quatre temps où le service était invité. Un service excusé n’est pas compté comme venu ; sans chiffre : pas invité.";
    vec![Block::Table(table), Block::note(note)]
}

/// What those who work together say: the questionnaire on tools, words of partners with their agreement.
pub(crate) fn what_partners_say(
    governance: &CtgGovernance,
    view: &CtgView,
    indicator: Option<&CtgIndicator>,
) -> Vec<Block> {
    let mut blocks = Vec::new();
    if !governance.items.is_empty() {
        blocks.extend(answers(governance, view, indicator));
    }
    let said: Vec<String> = (view.sayings.iter())
        .filter(|s| s.who == "partenaire")
        .map(|s| format!("« {} »", s.words))
        .collect();
    if !said.is_empty() {
        blocks.push(Block::heading("Paroles de partenaires, avec leur accord"));
        blocks.push(Block::bullets(said));
    }
    if blocks.is_empty() {
        blocks.push(Block::text(
            "Aucune réponse, aucune parole de partenaire ne peut être montrée pour cette année.",
        ));
    }
    blocks
}

fn answers(
    governance: &CtgGovernance,
    view: &CtgView,
    indicator: Option<&CtgIndicator>,
) -> Vec<Block> {
    let title = &governance.survey;
    if !view.audience.reads_all() {
        let sentences = governance.items.iter();
        let sentences = sentences.map(|item| item.words.clone());
        return vec![
            Block::heading(format!(
                "{title} : là où les réponses sont les plus réservées"
            )),
            Block::bullets(sentences),
        ];
    }
    let key = indicator.map_or("", |i| i.key.as_str());
    let columns = vec![
        Heading::words("Phrase").wide(4.0),
        Heading::figures("Réponses favorables").wide(1.4),
    ];
    let rows = governance.items.iter().map(|item| {
        vec![
            Datum::words(&item.words),
            item.favourable.clone().keyed(key),
        ]
    });
    let title = format!("{title} : phrase par phrase, les plus réservées d’abord");
    vec![
        Block::Table(Table::new(title, columns, rows.collect())),
        Block::note(
            "« Favorable » : les premières réponses de l’échelle ; pour une phrase dite à l’envers, les dernières. Une phrase à laquelle moins de cinq personnes ont répondu n’est pas montrée.",
        ),
    ]
}

/// Indicators without value, in a sentence.
pub(super) fn without_value(indicators: &[CtgIndicator]) -> Option<String> {
    let codes: Vec<&str> = indicators
        .iter()
        .filter(|i| i.value.number.is_none() && !i.reason.is_empty())
        .map(|i| i.code.as_str())
        .collect();
    (!codes.is_empty()).then(|| {
        format!(
            "Sans valeur cette année : {} ; la raison est sur sa ligne.",
            list(&codes)
        )
    })
}
