//! The synthesis of the territory, for elected people and the steering committee, on four pages: impératifs and their
//! change, decisions, levels, families, limits; the rest is annexed, one annex per CTG action.

use super::acronym_note::explained;
use super::decisions_asked::decisions;
use super::document::{Block, Document, Drawing, Head, ListItem, ReportSection};
use super::drawn_figure::{place, with_keys};
use super::local_lines::local_lines;
use super::missed_musts;
use super::profile_title::ProfileSubject;
use super::report_context::ReportContext;
use super::shared_blocks::{ChartField, profile};
use super::sites_side_by_side::{fiches, map, matrix, musts, musts_key};
use super::territory_plans::{means, plans};
use super::territory_voices::{families, voices};
use super::{
    convention_section, messages, organiser_section, outside_section, sentences, state_sentences,
};
use crate::base::error::Result;
use crate::base::tabular::{Heading, Table};
use crate::base::text::{Datum, count, list, number_word, printed_level};
use crate::disclosure::{
    ClearedDelivery, ClearedFigure, ClearedPanel, ClearedTerritory, Evolution, MustLife, Shown,
    TerritoryMean,
};
use crate::reports::charts::{self, Difference, DifferenceFrame};
use crate::stats::change::Verdict;
use crate::wording::rule_sentences;
use crate::wording::verdict_words::VERDICTS_IN_SHORT;

/// Accueils whose axes are printed in one table; more are in the workbook alone.
const PRINTED_SITES: usize = 20;

/// Builds the synthesis.
///
/// # Errors
///
/// A chart that cannot be drawn.
pub fn build(delivery: &ClearedDelivery, context: &ReportContext, head: Head) -> Result<Document> {
    let territory = &delivery.territory;
    let mut sections = vec![
        essential(delivery, context),
        means_of_axes(territory, context)?,
    ];
    sections.extend(changed(territory, context)?);
    sections.push(sites(territory, context)?);
    sections.extend(families(delivery, context)?);
    sections.push(limits(territory, context));
    let mut annexes = vec![imperatifs(territory, context)];
    annexes.extend(place_of_sites(territory, context)?);
    annexes.extend(organiser_section::section_of(&territory.organiser, context));
    annexes.extend(gaps(territory, context));
    annexes.extend(means(territory, context));
    annexes.extend(convention_section::section_of(territory, context));
    annexes.extend(plans(territory, context));
    annexes.extend(practices(territory, context));
    annexes.extend(voices(delivery, context)?);
    let outside = &territory.outside;
    annexes.extend(outside_section::section_of(
        outside,
        context.territory(),
        context,
    )?);
    annexes.push(method(territory, context));
    annexes.extend(fiches(territory, context));
    sections.extend(annexes.into_iter().map(ReportSection::annexed));
    Ok(explained(Document { head, sections }))
}

/// Page one: impératifs and their change, decisions asked, what else is kept.
fn essential(delivery: &ClearedDelivery, context: &ReportContext) -> ReportSection {
    let t = &delivery.territory;
    let life = MustLife::of(&delivery.sites);
    let key = || [context.territory().of("IMPERATIFS")];
    let mut blocks = vec![Block::strong(messages::met(t)).keyed(key())];
    let change = life.sentence(context.called.before.as_deref());
    blocks.extend(change.map(|said| Block::text(said).keyed(key())));
    blocks.extend(life.block(context));
    let beside = missed_musts::beside(delivery, context).into_iter();
    blocks.extend(beside.map(|said| Block::note(said).keyed(key())));
    blocks.extend(decisions(t, &life, context));
    blocks.push(Block::heading("Ce qui ressort par ailleurs"));
    blocks.push(Block::items(messages::of(t, context)));
    ReportSection::new("L’essentiel", "L’essentiel", blocks)
}

fn means_of_axes(t: &ClearedTerritory, context: &ReportContext) -> Result<ReportSection> {
    let blocks = vec![
        profile(
            (&without_previous(t), ProfileSubject::Other),
            context,
            context.territory(),
            (
                |axe: &ClearedFigure| behind(t, axe),
                &ChartField {
                    words: "tous les accueils évalués, chacun comptant une fois".to_owned(),
                    keys: Vec::new(),
                },
            ),
        )?,
        means_note(t, context),
    ];
    Ok(ReportSection::new(
        "Le profil du territoire",
        "Profil",
        blocks,
    ))
}

/// How many accueils the mean of an axe is made of.
fn behind(t: &ClearedTerritory, axe: &ClearedFigure) -> String {
    let mean = t.axes.iter().find(|mean| mean.figure.code == axe.code);
    mean.filter(|mean| matches!(mean.figure.value, Some(Shown::Value(_))))
        .map_or_else(String::new, |mean| count(mean.sites, "accueil", "accueils"))
}

/// The mean of all sites and that of the panel are not the same figure: the profile shows the
/// first alone, the slopes show the second.
fn without_previous(t: &ClearedTerritory) -> Vec<ClearedFigure> {
    let means = t.axes.iter();
    means
        .map(|mean| ClearedFigure {
            previous: None,
            ..mean.figure.clone()
        })
        .collect()
}

/// Over which sites each mean is: all those that it concerns, or how many are left out and why.
fn means_note(t: &ClearedTerritory, context: &ReportContext) -> Block {
    let keys = context.territory();
    let is_partial = |mean: &&TerritoryMean| mean.left_out.all() > 0;
    let told = t.axes.iter().filter(is_partial);
    let told: Vec<String> = told.map(|mean| keys.of(&mean.figure.code)).collect();
    let by_reason = |words: &str, of: fn(&TerritoryMean) -> usize| {
        let left = t.axes.iter().filter(|mean| of(mean) > 0);
        let left: Vec<String> = left
            .map(|mean| format!("{} ({})", mean.figure.label, of(mean)))
            .collect();
        (!left.is_empty()).then(|| format!("{words} : {}.", left.join(" ; ")))
    };
    let said = [
        by_reason("Accueils non comptés, pour protéger des personnes", |m| {
            m.left_out.hidden
        }),
        by_reason("Sans assez de notes", |m| m.left_out.without),
    ];
    let said: Vec<String> = said.into_iter().flatten().collect();
    if said.is_empty() {
        return Block::note("Chaque moyenne est celle de tous les accueils que l’axe concerne.");
    }
    Block::note(said.join(" ")).keyed(told)
}

fn changed(t: &ClearedTerritory, context: &ReportContext) -> Result<Option<ReportSection>> {
    let Some(before) = context.called.previous.as_deref() else {
        return Ok(None);
    };
    let least = context.referentiel.rules.mic;
    let keys = context.territory();
    let frame = DifferenceFrame {
        before,
        after: &context.called.current,
        least,
    };
    let rows: Vec<Difference> = (t.evolution.iter())
        .map(|axe| Difference {
            label: axe.label.clone(),
            before: axe.before,
            after: axe.after,
            delta: axe.change.delta.unwrap_or(axe.after - axe.before),
            margin: axe.margin,
            emphasis: axe.change.verdict.is_some_and(Verdict::is_firm),
            // The number stands beside, in the drawing and in the table.
            words: sentences::verdict(&Evolution {
                delta: None,
                ..axe.change.clone()
            }),
        })
        .collect();
    if rows.is_empty() {
        return Ok(None);
    }
    let title = match rows.iter().filter(|s| s.emphasis).count() {
        0 => "Aucun axe n’est nettement en hausse ni en baisse".to_owned(),
        1 => "Un axe bouge nettement".to_owned(),
        n => format!(
            "{} axes bougent nettement",
            sentences::capital(&number_word(n, false))
        ),
    };
    let drawn = place(
        Drawing::Evolution,
        charts::differences(&title, frame, &rows),
        &format!(
            "Lecture : {}. Champ : accueils présents aux deux campagnes, critères communs, chaque accueil comptant une fois. Source : {}. Les différences sont calculées avant l’arrondi ; le trait est ce que le hasard des visites permet, pour toutes les lignes ensemble, dix-neuf fois sur vingt.",
            how_to_read(&rows[0]),
            context.source()
        ),
    )?;
    let drawn = with_keys(drawn, |row, _| Some(keys.of(&t.evolution.get(row)?.code)));
    let drawn = drawn.keyed(t.evolution.first().map(|axe| keys.of(&axe.code)));
    let ClearedPanel {
        compared,
        entered,
        left,
    } = &t.panel;
    let names = |codes: &[String]| codes.iter().map(|c| context.name(c)).collect::<Vec<_>>();
    let when = context.called.before.as_deref().unwrap_or_default();
    let who = sentences::panel(compared.len(), &names(entered), &names(left), when);
    let who = Block::text(format!("{who} {NOT_THE_PROFILE}")).keyed([keys.of("PANEL")]);
    Ok(Some(ReportSection::new(
        "Ce qui a changé",
        "Évolution",
        vec![drawn, Block::note(VERDICTS_IN_SHORT), who],
    )))
}

/// Why the level of an axe is not the same here and in the profile.
const NOT_THE_PROFILE: &str = "Ces niveaux sont ceux des seuls accueils comparés, sur les critères communs ; ceux du profil, de tous les accueils, peuvent en différer.";

/// The first line of the differences, in a sentence.
fn how_to_read(row: &Difference) -> String {
    format!(
        "« {} » est à {} en moyenne, après {} : {}",
        row.label,
        printed_level(row.after),
        printed_level(row.before),
        row.words
    )
}

fn imperatifs(t: &ClearedTerritory, context: &ReportContext) -> ReportSection {
    ReportSection::new(
        "Les critères impératifs, accueil par accueil",
        "Impératifs",
        vec![musts(t, context), musts_key(context.referentiel)],
    )
}

fn sites(t: &ClearedTerritory, context: &ReportContext) -> Result<ReportSection> {
    let section = ReportSection::new(
        "Les accueils, axe par axe",
        "Accueils × axes",
        vec![matrix(t, context)?],
    );
    Ok(if t.sites.len() > PRINTED_SITES {
        section.annexed()
    } else {
        section
    })
}

fn place_of_sites(t: &ClearedTerritory, context: &ReportContext) -> Result<Option<ReportSection>> {
    let drawn = map(t, context)?;
    Ok(drawn.map(|drawn| ReportSection::new("Où sont les accueils", "Carte", vec![drawn])))
}

/// Critères most often below their target, and how many sites are at level 2 or under.
fn gaps(t: &ClearedTerritory, context: &ReportContext) -> Option<ReportSection> {
    let keys = context.territory();
    let rows: Vec<Vec<Datum>> = (t.below_target.iter().take(10))
        .map(|c| {
            let low = t.low.iter().find(|l| l.code == c.code);
            vec![
                Datum::words(format!("{} {}", c.code, c.label)),
                Datum::count(c.below).keyed(keys.of(&c.code)),
                Datum::count(low.map_or(0, |l| l.below)).keyed(keys.of(&c.code)),
                Datum::count(c.valued).keyed(keys.of(&c.code)),
                Datum::words(sentences::left_out(c.left_out)).keyed(keys.of(&c.code)),
            ]
        })
        .collect();
    let table = Table::new(
        "Critères le plus souvent sous leur objectif".to_owned(),
        vec![
            Heading::words("Critère").wide(5.0),
            Heading::figures("Accueils sous l’objectif").wide(1.5),
            Heading::figures("dont au niveau 2 ou moins").wide(1.5),
            Heading::figures("Accueils dont le niveau est montré").wide(1.5),
            Heading::words("Accueils non comptés").wide(2.2),
        ],
        rows,
    );
    (!table.rows.is_empty()).then(|| {
        ReportSection::new(
            "Les écarts aux objectifs",
            "Écarts",
            vec![Block::Table(table)],
        )
    })
}

/// Where something is done better than elsewhere by more than noise, and who could go and see.
fn practices(t: &ClearedTerritory, context: &ReportContext) -> Option<ReportSection> {
    let rows: Vec<Vec<Datum>> = (t.practices.iter())
        .map(|p| {
            let learners: Vec<String> = p.learners.iter().map(|c| context.site(c)).collect();
            let note = if learners.is_empty() {
                p.confirmed_by.to_owned()
            } else {
                format!("{} ; une visite pour {}", p.confirmed_by, list(&learners))
            };
            vec![
                Datum::words(format!("{} {}", p.code, p.label)),
                Datum::words(context.site(&p.structure)),
                Datum::words(note),
            ]
        })
        .collect();
    let table = Table::new(
        "Pratiques à aller voir".to_owned(),
        vec![
            Heading::words("Critère").wide(3.5),
            Heading::words("Où").wide(2.5),
            Heading::words("Ce qui le confirme, et qui pourrait y aller").wide(4.0),
        ],
        rows,
    );
    (!table.rows.is_empty()).then(|| {
        let blocks = vec![
            Block::text(
                "Ces accueils dépassent les autres, et l’objectif, au-delà de la marge de mesure.",
            ),
            Block::Table(table),
        ];
        ReportSection::new("Des pratiques à aller voir", "Pratiques", blocks)
    })
}

/// Method and limits, two lines, then where reports stand and what was masked.
fn limits(t: &ClearedTerritory, context: &ReportContext) -> ReportSection {
    let referentiel = context.referentiel;
    let size = rule_sentences::size(referentiel);
    let mut lines = vec![format!(
        "{size}, sans note d’ensemble ni classement : la plupart des écarts tiennent au hasard d’une visite."
    )];
    lines.extend(state_sentences::of_territory(context));
    let keys = context.territory();
    let mut items: Vec<ListItem> = lines.into_iter().map(ListItem::plain).collect();
    items.extend(local_lines(context, keys));
    items.extend(
        t.repeats
            .then(|| ListItem::plain(sentences::REPEATS.to_owned())),
    );
    let masked = crate::disclosure::summary(&t.masked).map(ListItem::plain);
    items.extend(masked.map(|m| m.keyed([keys.of("MASQUES")])));
    ReportSection::new("Méthode et limites", "Méthode", vec![Block::items(items)])
}

/// How levels are made, and whether observers agree.
fn method(t: &ClearedTerritory, context: &ReportContext) -> ReportSection {
    let lines = [
        "Seuls des éléments observables sont notés, de 1 à 4 ; tout le reste se calcule.",
        "L’observation extérieure pèse le plus ; l’auto-évaluation et la parole des enfants sont montrées à côté, jamais mélangées.",
        "La moyenne du territoire compte chaque accueil une fois, quelle que soit sa taille.",
        sentences::MUST_RULE,
        "Les réponses des familles, des enfants et des équipes ne sont montrées qu’à l’échelle du territoire ou d’un secteur.",
        "Une campagne partielle ne juge que ce qu’elle a regardé.",
    ];
    let mut items: Vec<ListItem> = lines.map(|line| ListItem::plain(line.to_owned())).to_vec();
    let agreement = ListItem::plain(sentences::agreement(t.agreement));
    items.push(agreement.keyed([context.territory().of("FIDELITE")]));
    ReportSection::new(
        "Comment les niveaux sont faits",
        "Calcul",
        vec![Block::items(items)],
    )
}
