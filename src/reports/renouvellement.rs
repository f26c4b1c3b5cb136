//! The file that goes with the renewal of a site's convention: both campaigns, impératifs, what is
//! committed. Read by elected people and partners.

use super::acronym_note::explained;
use super::document::{Block, Document, Fact, Head, ListItem, ReportSection};
use super::local_lines::local_lines;
use super::plan_block::plan_table;
use super::profile_title::ProfileSubject;
use super::renewal_undertakings::{commitments, decision, signatures};
use super::report_context::{CalledCampaigns, ReportContext};
use super::shared_blocks::{level_cell, must, profile, rests_on};
use super::site_facts::{activity_row, method, visited};
use super::{organiser_section, sentences, state_sentences};
use crate::base::error::Result;
use crate::base::tabular::{Heading, Table};
use crate::base::text::{Datum, count, decimal1};
use crate::disclosure::{
    ClearedAction, ClearedFigure, ClearedImperatif, ClearedOrganiser, ClearedSite, Shown,
};
use crate::figures::FigureStatus;
use crate::stats::change::Verdict;
use crate::vocabulary::referentiel::{ActivityCode, Rules, TRAININGS_UNKNOWN};
use crate::wording::rule_sentences;

/// Regulatory and participation figures that a convention rests on.
const ACTIVITIES: [&str; 8] = ["I04", "I05b", "I06a", "I06c", "I07a", "I08", "O2", "O3"];

/// Builds the file of a site; `organiser` is what the organiser decides, of the whole territory.
///
/// # Errors
///
/// A chart that cannot be drawn.
pub fn build(
    site: &ClearedSite,
    organiser: &[ClearedOrganiser],
    context: &ReportContext,
    head: Head,
    facts: Vec<Fact>,
) -> Result<Document> {
    let keys = context.keys(&site.structure);
    let concluded = vec![
        Block::strong(conclusion(site)).keyed([keys.of("IMPERATIFS")]),
        Block::items(essential(site, context)),
        Block::Facts { rows: facts },
    ];
    let mut sections = vec![
        ReportSection::new("Conclusion de l’évaluation", "Conclusion", concluded),
        imperatifs(site, context),
        commitments(site, context),
        ReportSection::new(
            "Le profil de l’accueil",
            "Profil",
            vec![profile(
                (&site.axes, ProfileSubject::Other),
                context,
                keys,
                (
                    rests_on(site),
                    &visited(site, keys.of("RECU:renouvellement")),
                ),
            )?],
        ),
        decision(site),
        signatures(),
    ];
    let received = method(site, &keys.of("RECU:renouvellement"));
    let mut annexes = vec![ReportSection::new(
        "Comment l’accueil a été évalué",
        "Accueil",
        vec![Block::Facts { rows: received }],
    )];
    annexes.extend(moved(site, context));
    annexes.extend(organiser_section::section_of(organiser, context));
    annexes.extend(figures(site, context));
    annexes.push(whole_plan(site, context));
    annexes.push(ReportSection::new(
        "Comment lire ce dossier",
        "Méthode",
        vec![Block::items(limits(site, context))],
    ));
    sections.extend(annexes.into_iter().map(ReportSection::annexed));
    Ok(explained(Document { head, sections }))
}

fn met(all: &[ClearedImperatif]) -> usize {
    let is = |i: &&ClearedImperatif| i.status == Shown::Value(FigureStatus::Atteint);
    all.iter().filter(is).count()
}

/// What the evaluation says of what a convention cannot do without; it does not decide.
fn conclusion(site: &ClearedSite) -> String {
    let count_of = |wanted: FigureStatus| {
        let wanted = Shown::Value(wanted);
        site.imperatifs
            .iter()
            .filter(|i| i.status == wanted)
            .count()
    };
    let missed = count_of(FigureStatus::NonAtteint);
    let unsure = count_of(FigureStatus::NonEvalue);
    let outside = site.imperatifs.iter();
    let outside = outside
        .filter(|i| matches!(i.status, Shown::Masked(_)))
        .count();
    let outside = (outside > 0).then_some("Un constat se traite hors de l’observatoire, avec l’organisateur, le SDJES ou le 119, avant de conclure.");
    let missed = match missed {
        0 => None,
        1 => Some(
            "Un impératif reste à reprendre : sa correction est à inscrire, avec sa date, avant de signer.",
        ),
        _ => Some(
            "Des impératifs restent à reprendre : leur correction est à inscrire, avec sa date, avant de signer.",
        ),
    };
    let unsure = match unsure {
        0 => None,
        1 => Some("Un impératif n’est pas établi : il est à vérifier avant de conclure."),
        _ => Some("Des impératifs ne sont pas établis : ils sont à vérifier avant de conclure."),
    };
    let said: Vec<&str> = outside.into_iter().chain(missed).chain(unsure).collect();
    if site.imperatifs.is_empty() {
        return "Aucun critère impératif ne s’applique à cet accueil : l’évaluation ne conclut pas sur ce point.".to_owned();
    }
    if said.is_empty() {
        return "Aucun impératif n’est à reprendre : sur ce point, l’évaluation ne fait pas de réserve.".to_owned();
    }
    said.join(" ")
}

fn essential(site: &ClearedSite, context: &ReportContext) -> Vec<ListItem> {
    let applicable = site.imperatifs.len();
    let keys = context.keys(&site.structure);
    let told = |text: String, key: &str| ListItem::plain(text).keyed([keys.of(key)]);
    let mut said: Vec<ListItem> = Vec::new();
    if applicable > 0 {
        let now = met(&site.imperatifs);
        let before = match &context.called.before {
            Some(when) if !site.previous_imperatifs.is_empty() => {
                format!(" ({} {when})", met(&site.previous_imperatifs))
            }
            _ => String::new(),
        };
        let text = format!(
            "{} sur {applicable}{before}.",
            count(
                now,
                "critère impératif atteint",
                "critères impératifs atteints"
            )
        );
        said.push(told(text, "IMPERATIFS"));
    }
    if context.is_undeclared(&site.structure) {
        said.push(ListItem::plain(sentences::outside_the_law(context.law)));
    }
    said.extend(
        site.rules
            .map(|rules| told(sentences::rules(rules, context.law), "REGLES")),
    );
    said.extend(state_sentences::of_other(&site.structure, context).map(ListItem::plain));
    let axes = site.axes.iter().filter(|f| {
        let value = f.value.as_ref().and_then(Shown::value);
        value.is_some_and(|v| v >= f.target - 1e-9)
    });
    let shown = |f: &&ClearedFigure| matches!(f.value, Some(Shown::Value(_)));
    let published = site.axes.iter().filter(shown).count();
    let text = format!(
        "{} sur {published} à leur objectif{}.",
        count(axes.count(), "axe", "axes"),
        if published < site.axes.len() {
            ", parmi ceux dont le niveau est montré"
        } else {
            ""
        }
    );
    said.push(told(text, "OBJECTIFS:renouvellement"));
    let open = site.actions.iter().filter(|a| a.open).count();
    let done = (site.actions.iter())
        .filter(|a| a.realisation.is_some())
        .count();
    if !site.actions.is_empty() {
        let text = format!(
            "Plan d’amélioration : {}, {}.",
            count(done, "action réalisée", "actions réalisées"),
            count(open, "action engagée", "actions engagées")
        );
        said.push(told(text, "PLAN"));
    }
    said
}

/// Each impératif at both campaigns, and what is committed where it is not met.
fn imperatifs(site: &ClearedSite, context: &ReportContext) -> ReportSection {
    let CalledCampaigns {
        current, previous, ..
    } = &context.called;
    let state = |i: &ClearedImperatif| {
        let view = must(i, context.keys(&site.structure));
        let text = format!("{} {}", view.mark, view.word);
        Datum::words(text).styled(view.class).keyed(view.key)
    };
    let rows: Vec<Vec<Datum>> = (site.imperatifs.iter())
        .map(|i| {
            let earlier = site.previous_imperatifs.iter().find(|p| p.code == i.code);
            vec![
                Datum::words(format!("{} {}", i.code, i.label)),
                earlier.map_or_else(Datum::none, state),
                state(i),
                Datum::words(correction(site, i)),
            ]
        })
        .collect();
    if rows.is_empty() {
        let none = Block::text("Aucun critère impératif ne s’applique à cet accueil.");
        return ReportSection::new("Les critères impératifs", "Impératifs", vec![none]);
    }
    let mut rows = rows;
    let mut columns = vec![
        Heading::words("Critère").wide(4.5),
        Heading::words(previous.as_deref().unwrap_or("Avant")).wide(1.7),
        Heading::words(current).wide(1.7),
        Heading::words("Correction").wide(3.0),
    ];
    // Nothing to put right: no empty column.
    let is_empty = |row: &Vec<Datum>| row.last().is_none_or(|cell| cell.text.is_empty());
    if rows.iter().all(is_empty) {
        columns.pop();
        for row in &mut rows {
            row.pop();
        }
    }
    let table = Table::new(
        "Critères impératifs aux deux campagnes".to_owned(),
        columns,
        rows,
    );
    ReportSection::new(
        "Les critères impératifs",
        "Impératifs",
        vec![Block::Table(table)],
    )
}

fn correction(site: &ClearedSite, i: &ClearedImperatif) -> String {
    if i.status != Shown::Value(FigureStatus::NonAtteint) {
        return String::new();
    }
    let own = |a: &&ClearedAction| a.criteres.contains(&i.code);
    match site.actions.iter().find(own) {
        Some(a) => match (a.realisation, a.echeance) {
            (Some(done), _) => format!("action réalisée le {}, à vérifier", done.short()),
            (None, Some(due)) => {
                format!("{}, prévue pour le {}", a.standing.label(), due.short())
            }
            (None, None) => format!("{}, sans date", a.standing.label()),
        },
        None => "aucune action engagée".to_owned(),
    }
}

/// Critères that moved by more than noise.
fn moved(site: &ClearedSite, context: &ReportContext) -> Option<ReportSection> {
    let before = context.called.previous.as_deref()?;
    let keys = context.keys(&site.structure);
    let firm = |f: &&ClearedFigure| {
        let verdict = f.evolution.as_ref().and_then(|e| e.verdict);
        verdict.is_some_and(Verdict::is_firm)
    };
    let rows: Vec<Vec<Datum>> = (site.criteres.iter())
        .filter(firm)
        .map(|f| {
            vec![
                Datum::words(format!("{} {}", f.code, f.label)),
                (f.previous)
                    .map_or_else(Datum::none, Datum::level)
                    .keyed(keys.of(&f.code)),
                level_cell(f).keyed(keys.of(&f.code)),
                Datum::words(decimal1(f.target)).keyed(keys.of(&f.code)),
                Datum::words(
                    f.evolution
                        .as_ref()
                        .map(sentences::verdict)
                        .unwrap_or_default(),
                )
                .keyed(keys.of(&f.code)),
            ]
        })
        .collect();
    let content = if rows.is_empty() {
        Block::text(
            "Aucun critère n’a changé au-delà de la marge de mesure entre les deux campagnes.",
        )
    } else {
        Block::Table(Table::new(
            "Critères qui ont changé au-delà de la marge de mesure".to_owned(),
            vec![
                Heading::words("Critère").wide(4.5),
                Heading::figures(before).wide(1.0),
                Heading::figures(&context.called.current).wide(1.0),
                Heading::figures("Objectif").wide(1.0),
                Heading::words("Lecture").wide(2.5),
            ],
            rows,
        ))
    };
    Some(ReportSection::new(
        "Ce qui a changé",
        "Évolution",
        vec![content],
    ))
}

fn figures(site: &ClearedSite, context: &ReportContext) -> Option<ReportSection> {
    let keys = context.keys(&site.structure);
    let rows: Vec<Vec<Datum>> = (site.activities.iter())
        .filter(|a| ACTIVITIES.contains(&a.code))
        .filter_map(|a| activity_row(a, keys))
        .collect();
    let table = Table::new(
        "Encadrement, qualification et participation".to_owned(),
        vec![
            Heading::words("Indicateur").wide(3.5),
            Heading::figures("Valeur").wide(1.4),
            Heading::words("Comment il est calculé").wide(5.0),
        ],
        rows,
    )
    .noted(unsaid(site));
    (!table.rows.is_empty()).then(|| {
        ReportSection::new(
            "Encadrement, qualification et participation",
            "Chiffres",
            vec![Block::Table(table)],
        )
    })
}

/// What the convention asks for and this page does not give, and why.
fn unsaid(site: &ClearedSite) -> String {
    let mut said = vec![format!(
        "O1 « {} » n’est pas calculable : {TRAININGS_UNKNOWN}.",
        ActivityCode::O1.label()
    )];
    let code = ActivityCode::O2;
    let own = site.activities.iter().find(|a| a.code == code.as_str());
    if let Some(Some(Shown::Masked(_))) = own.map(|a| a.value.as_ref()) {
        said.push(format!(
            "{} « {} » se lit pour le territoire entier : d’un accueil, il dirait si la moitié d’une équipe, parfois de deux personnes, a répondu.",
            code.as_str(),
            code.label()
        ));
    }
    said.join(" ")
}

/// Every action, closed ones included.
fn whole_plan(site: &ClearedSite, context: &ReportContext) -> ReportSection {
    let content = if site.actions.is_empty() {
        Block::text("Aucune action n’est encore engagée.")
    } else {
        plan_table("Toutes les actions du plan", &site.actions, context, false)
    };
    ReportSection::new("Le plan entier", "Plan entier", vec![content])
}

fn limits(site: &ClearedSite, context: &ReportContext) -> Vec<ListItem> {
    let rules: &Rules = &context.referentiel.rules;
    let lines = [
        "Ce dossier est une évaluation partagée de la qualité, pas un contrôle : il ne remplace ni la déclaration, ni les visites de l’État.",
        "Un niveau va de 1 à 4 ; il décrit des pratiques vues un jour donné, jamais des personnes.",
        sentences::MUST_RULE,
        &rule_sentences::change_announced(rules),
        "Une campagne partielle ne juge que ce qu’elle a regardé.",
    ]
    .map(|line| ListItem::plain(line.to_owned()));
    let mut lines = lines.to_vec();
    lines.extend(local_lines(context, context.keys(&site.structure)));
    lines.extend((site.repeats).then(|| ListItem::plain(sentences::REPEATS.to_owned())));
    let masked = crate::disclosure::summary(&site.masked).map(ListItem::plain);
    let key = context.keys(&site.structure).of("MASQUES:renouvellement");
    lines.extend(masked.map(|m| m.keyed([key])));
    lines
}
