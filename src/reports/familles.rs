//! The page for families: what was looked at, what goes well, what will change and when, what
//! they said and what is done about it. Short sentences, everyday words, no score (in the spirit of
//! « Facile à lire et à comprendre », Unapei).

use std::collections::BTreeMap;

use super::acronym_note::explained;
use super::document::{Block, Document, Drawing, Head, ListItem, ListStyle, ReportSection};
use super::drawn_figure::{answered, asked_otherwise, place, with_keys};
use super::report_context::{FigureKeys, ReportContext};
use super::told_answers::{answer_bar, by_favour, drawn_modalities, how_to_read, quoted, told};
use super::{family_actions, sentences};
use crate::base::error::Result;
use crate::base::text::{count, list, number_word};
use crate::disclosure::{
    ClearedAction, ClearedDistribution, ClearedFigure, ClearedImperatif, ClearedSite,
    ClearedTerritory, Favour, Respondents, Shown,
};
use crate::figures::FigureStatus;
use crate::reports::charts::{self, AnswerRow};
use crate::vocabulary::referentiel::SourceCode;

/// Questions shown all; beyond, the best and the worst of them.
const ALL_SHOWN: usize = 6;
const BEST: usize = 2;
const WORST: usize = 3;
/// Actions to come that are told, and of those that are done.
const TOLD: [usize; 2] = [2, 1];

/// The page of the territory.
///
/// # Errors
///
/// A chart that cannot be drawn.
pub fn build_territory(
    t: &ClearedTerritory,
    context: &ReportContext,
    head: Head,
) -> Result<Document> {
    let answers = t.distributions.get(&SourceCode::Fam).map(Vec::as_slice);
    let keys = context.territory();
    let good: Vec<&ClearedFigure> = t.axes.iter().map(|mean| &mean.figure).collect();
    let sections = vec![
        looked_at(territory_facts(t, keys)),
        going_well(&good, &rules_territory(t), keys),
        will_change(&t.actions, context, true),
        you_said(answers.unwrap_or_default(), &t.actions, context, keys)?,
        take_part(&head),
    ];
    Ok(explained(Document { head, sections }))
}

/// The page of one site; nothing that few families said.
///
/// # Errors
///
/// A chart that cannot be drawn.
pub fn build_site(site: &ClearedSite, context: &ReportContext, head: Head) -> Result<Document> {
    let answers = site.distributions.get(&SourceCode::Fam).map(Vec::as_slice);
    let keys = context.keys(&site.structure);
    let good: Vec<&ClearedFigure> = site.axes.iter().collect();
    let sections = vec![
        looked_at(site_facts(site, keys)),
        going_well(&good, &rules_site(&site.imperatifs), keys),
        will_change(&site.actions, context, false),
        you_said(answers.unwrap_or_default(), &site.actions, context, keys)?,
        take_part(&head),
    ];
    Ok(explained(Document { head, sections }))
}

fn looked_at(facts: Vec<ListItem>) -> ReportSection {
    ReportSection::new(
        "Ce que nous avons regardé",
        "Ce qui est regardé",
        vec![Block::items(facts)],
    )
}

fn territory_facts(t: &ClearedTerritory, keys: FigureKeys) -> Vec<ListItem> {
    let told = |text: String, key: &str| ListItem::plain(text).keyed([keys.of(key)]);
    let followed = format!(
        "Nous avons suivi {}.",
        count(t.imperatifs.len(), "accueil", "accueils")
    );
    let mut facts = vec![told(followed, "IMPERATIFS")];
    if t.agreement.visits > 0 {
        let visits = format!(
            "Des observateurs ont fait {} pendant que les enfants étaient là.",
            count(t.agreement.visits, "visite", "visites")
        );
        facts.push(told(visits, "FIDELITE"));
    }
    let asked = asked(&t.distributions, &t.returns);
    facts.extend(asked.into_iter().map(|said| told(said, "REPONDANTS")));
    facts
}

fn site_facts(site: &ClearedSite, keys: FigureKeys) -> Vec<ListItem> {
    let days: Vec<String> = (site.received.iter())
        .filter(|received| received.source == SourceCode::Obs)
        .flat_map(|received| received.days.iter().map(|day| day.long()))
        .collect();
    let mut facts = match days.as_slice() {
        [] => vec!["Aucun observateur n’est encore venu pendant cette période.".to_owned()],
        days => vec![format!(
            "Un observateur est venu pendant que les enfants étaient là, le {}.",
            list(days)
        )],
    };
    let met = site.received.iter().any(|r| r.source == SourceCode::Dir);
    if met {
        facts.push("Il a parlé avec la direction et lu les documents de l’accueil.".to_owned());
    }
    facts.extend(asked(&site.distributions, &site.returns));
    let told = |said: String| ListItem::plain(said).keyed([keys.of("RECU:familles")]);
    facts.into_iter().map(told).collect()
}

/// Who answered, in bands: never how many exactly.
fn asked(
    distributions: &BTreeMap<SourceCode, Vec<ClearedDistribution>>,
    returns: &BTreeMap<SourceCode, Respondents>,
) -> Vec<String> {
    let who = [(SourceCode::Fam, "familles"), (SourceCode::Enf, "enfants")];
    who.into_iter()
        .filter_map(|(source, who)| {
            let people = returns.get(&source).copied();
            let how = answered(distributions.get(&source)?, people)?;
            let how = sentences::capital(&how);
            Some(format!("{how} {who} ont répondu à nos questions."))
        })
        .collect()
}

/// What levels are called for a parent, the highest first.
const DEGREES: [&str; 4] = [
    "Très bien en place",
    "Bien en place",
    "En place, avec des points à améliorer",
    "Il reste du travail",
];

/// What levels are called for a parent.
fn everyday(figure: &ClearedFigure) -> Option<&'static str> {
    let value = figure.value.as_ref().and_then(Shown::value)?;
    Some(match value {
        v if v >= 3.5 => DEGREES[0],
        v if v >= figure.target - 1e-9 => DEGREES[1],
        v if v >= 2.5 => DEGREES[2],
        _ => DEGREES[3],
    })
}

fn going_well(axes: &[&ClearedFigure], rules: &str, keys: FigureKeys) -> ReportSection {
    // One line for each degree, so that the page stays one.
    let said: Vec<ListItem> = DEGREES
        .iter()
        .filter_map(|degree| {
            let own = axes.iter().filter(|f| everyday(f) == Some(degree));
            let named: Vec<&str> = own.map(|f| f.label.as_str()).collect();
            (!named.is_empty()).then(|| ListItem {
                strong: (*degree).to_owned(),
                text: named.join(" ; "),
                ..ListItem::default()
            })
        })
        .collect();
    let mut blocks = vec![Block::strong(rules).keyed([keys.of("IMPERATIFS")])];
    blocks.push(if said.is_empty() {
        Block::text("Il est trop tôt pour le dire : il manque encore des observations.")
    } else {
        Block::List {
            items: said,
            style: ListStyle::Bullets,
        }
    });
    ReportSection::new("Où nous en sommes", "Où nous en sommes", blocks)
}

fn rules_territory(t: &ClearedTerritory) -> String {
    let met = |m: &[ClearedImperatif]| {
        let is = |i: &ClearedImperatif| i.status == Shown::Value(FigureStatus::Atteint);
        !m.is_empty() && m.iter().all(is)
    };
    let all = t.imperatifs.iter().filter(|s| met(&s.imperatifs)).count();
    let n = t.imperatifs.len();
    let seen = |i: &ClearedImperatif| i.status != Shown::Value(FigureStatus::NonEvalue);
    let is_begun = t.imperatifs.iter().flat_map(|s| &s.imperatifs).any(seen);
    match n - all {
        _ if !is_begun => "Les règles de sécurité et d’organisation n’ont pas encore été vérifiées.".to_owned(),
        left if left == n => "Dans chaque accueil, un point au moins reste à corriger ou à vérifier : la page de chaque accueil le dit à ses familles.".to_owned(),
        0 => "Dans tous les accueils, toutes les règles de sécurité et d’organisation que nous vérifions sont respectées.".to_owned(),
        _ => format!(
            "Dans {} sur {n}, toutes les règles de sécurité et d’organisation que nous vérifions sont respectées. Dans {}, un point au moins reste à corriger ou à vérifier : la page de chaque accueil le dit à ses familles.",
            count(all, "accueil", "accueils"),
            match n - all {
                1 => "l’autre".to_owned(),
                others => format!("les {} autres", number_word(others, false)),
            }
        ),
    }
}

fn rules_site(musts: &[ClearedImperatif]) -> String {
    let met = (musts.iter())
        .filter(|i| i.status == Shown::Value(FigureStatus::Atteint))
        .count();
    let unknown = (musts.iter())
        .filter(|i| i.status == Shown::Value(FigureStatus::NonEvalue))
        .count();
    match (musts.len(), musts.len() - met - unknown) {
        (0, _) => {
            "Les règles que nous vérifions ailleurs ne s’appliquent pas à cet accueil.".to_owned()
        }
        (n, 0) if met == n => {
            "Toutes les règles de sécurité et d’organisation que nous vérifions sont respectées."
                .to_owned()
        }
        (_, 0) if met == 0 => {
            "Les règles de sécurité et d’organisation de cet accueil n’ont pas encore été vérifiées."
                .to_owned()
        }
        (n, 0) => format!(
            "Sur {n} règles de sécurité et d’organisation, {met} {} ; {} à vérifier.",
            if met < 2 {
                "est vérifiée et respectée"
            } else {
                "sont vérifiées et respectées"
            },
            match n - met {
                1 => "une reste".to_owned(),
                left => format!("{} restent", number_word(left, true)),
            }
        ),
        (n, 1) => format!(
            "Nous vérifions {n} règles de sécurité et d’organisation. Une règle n’est pas encore respectée : elle doit l’être."
        ),
        (n, open) => format!(
            "Nous vérifions {n} règles de sécurité et d’organisation. {} ne sont pas encore respectées : elles doivent l’être.",
            sentences::capital(&number_word(open, true))
        ),
    }
}

/// Actions still to be done, the nearest date first, then what is done; on the territory, one of
/// each site.
fn will_change(actions: &[ClearedAction], context: &ReportContext, sites: bool) -> ReportSection {
    // What is put right of a rule of safety is told to the families of the accueil, and to no others.
    let is_own = |a: &&ClearedAction| !sites || !a.imperatif;
    let told =
        |a: &&ClearedAction| a.is_described() && is_own(a) && (a.open || a.realisation.is_some());
    let mut all: Vec<&ClearedAction> = actions.iter().filter(told).collect();
    all.sort_by_key(|a| (!a.open, a.echeance.is_none(), a.echeance, &a.id));
    let mut seen: Vec<(&str, bool)> = Vec::new();
    all.retain(|a| {
        let key = (a.structure.as_str(), a.open);
        let new = !sites || !seen.contains(&key);
        seen.push(key);
        new
    });
    let (open, done): (Vec<&ClearedAction>, Vec<&ClearedAction>) =
        all.into_iter().partition(|a| a.open);
    let items: Vec<ListItem> = (open.into_iter().take(TOLD[0]))
        .chain(done.into_iter().take(TOLD[1]))
        .map(|a| {
            let (subject, text) = family_actions::told(a, context);
            ListItem {
                strong: if sites {
                    context.name(&a.structure)
                } else {
                    subject.to_owned()
                },
                text,
                keys: vec![context.keys(&a.structure).of("PLAN")],
                ..ListItem::default()
            }
        })
        .collect();
    let content = if items.is_empty() {
        Block::text(
            "Les équipes préparent leur plan d’amélioration. Nous vous le présenterons dès qu’il sera décidé.",
        )
    } else {
        Block::List {
            items,
            style: ListStyle::Bullets,
        }
    };
    ReportSection::new(
        "Ce qui va changer, et quand",
        "Ce qui va changer",
        vec![content],
    )
}

/// The best and the most reserved answers, and what is done about the latter.
fn you_said(
    answers: &[ClearedDistribution],
    actions: &[ClearedAction],
    context: &ReportContext,
    keys: FigureKeys,
) -> Result<ReportSection> {
    let known = by_favour(answers);
    let title = "Ce que vous avez dit, ce que nous faisons";
    if known.is_empty() {
        let few = Block::text(
            "Trop peu de familles ont répondu pour montrer les réponses sans désigner quelqu’un. Votre avis compte : répondez à la prochaine enquête.",
        );
        return Ok(ReportSection::new(title, "Vos réponses", vec![few]));
    }
    let mut blocks = Vec::new();
    if let Some(drawn) = chart(&known, keys)? {
        blocks.push(drawn);
    }
    let items = known.iter().take(1).filter(|(favour, _)| favour.told() < 0.9).map(|(favour, q)| {
        let critere = q.code.rsplitn(3, '-').last().unwrap_or("");
        let about = |a: &&ClearedAction| a.criteres.iter().any(|c| c == critere);
        let doing = actions.iter().filter(about).find(|a| a.is_described());
        ListItem {
                        strong: quoted(q),
            text: told(q, *favour),
            under: vec![match doing {
                Some(a) => format!("Ce que nous faisons : {}.", family_actions::in_brief(a, context)),
                None if context.is_organisers(critere) => "Ce que nous faisons : ce n’est pas l’équipe qui en décide ; vos réponses sont remises aux élues et élus.".to_owned(),
                None => "Ce que nous faisons : les équipes en parlent et vous diront ce qu’elles décident.".to_owned(),
            }],
            keys: vec![keys.of(&q.code)],
        }
    });
    let items: Vec<ListItem> = items.collect();
    if !items.is_empty() {
        blocks.push(Block::List {
            items,
            style: ListStyle::Bullets,
        });
    }
    blocks.extend(asked_otherwise(answers));
    Ok(ReportSection::new(title, "Vos réponses", blocks))
}

/// Up to five answers as bars, the most favourable first.
fn chart(known: &[(Favour, &ClearedDistribution)], keys: FigureKeys) -> Result<Option<Block>> {
    let Some((favour, best)) = known.last() else {
        return Ok(None);
    };
    let alike: Vec<&ClearedDistribution> = (known.iter().rev())
        .map(|(_, q)| *q)
        .filter(|q| drawn_modalities(q) == drawn_modalities(best))
        .collect();
    // The worst answers are never those left out.
    let (shown, caption) = if alike.len() <= ALL_SHOWN {
        (alike, String::new())
    } else {
        let worst = alike[alike.len() - WORST..].iter();
        let kept: Vec<&ClearedDistribution> = alike[..BEST].iter().chain(worst).copied().collect();
        let said = format!(
            "Parmi {} questions : les deux réponses les plus favorables, puis les trois qui le sont le moins.",
            alike.len()
        );
        (kept, said)
    };
    let in_percents = |q: &&ClearedDistribution| q.shares.as_ref().is_ok_and(|s| s.out_of == 100);
    let of_hundred = shown.iter().all(in_percents);
    let of_hundred = of_hundred.then_some("En parts des familles qui ont donné leur avis.");
    let caption = [
        of_hundred.unwrap_or_default(),
        &caption,
        &how_to_read(&shown),
    ]
    .iter()
    .map(|said| said.trim())
    .filter(|said| !said.is_empty())
    .collect::<Vec<_>>()
    .join(" ");
    let rows: Vec<AnswerRow> = (shown.iter())
        .filter_map(|q| {
            let shares = q.shares.as_ref().ok()?;
            Some(AnswerRow {
                label: q.label.to_string(),
                answers: answer_bar(q, shares),
                n: String::new(),
                nsp: String::new(),
            })
        })
        .collect();
    // « 90 % ou plus » may be more or less than a share that is told, or than another « 90 % ou plus ».
    let may_be_as_high = |other: &Favour| match (favour, other) {
        (Favour::Exactly(best), Favour::Exactly(other)) => other >= best,
        (_, Favour::AtMost(_)) => false,
        (_, Favour::AtLeast(_)) => true,
        (Favour::AtLeast(least) | Favour::AtMost(least), Favour::Exactly(other)) => other >= least,
    };
    let is_alone = known.iter().filter(|(f, _)| may_be_as_high(f)).count() <= 1;
    let title = format!(
        "{} vous plaît le plus : « {} »",
        if is_alone { "Ce qui" } else { "Parmi ce qui" },
        best.label.trim_end_matches(['.', ' '])
    );
    place(
        Drawing::Distribution,
        charts::distribution(&title, &drawn_modalities(best), &rows),
        &caption,
    )
    .map(|drawn| {
        Some(with_keys(drawn, |row, _| {
            Some(keys.of(&shown.get(row)?.code))
        }))
    })
}

/// Whether a contact says where to write or to call: the name of a service alone does not.
fn is_address(contact: &str) -> bool {
    let digits = contact.chars().filter(char::is_ascii_digit).count();
    contact.contains('@') || contact.contains("www.") || contact.contains("http") || digits >= 5
}

fn take_part(head: &Head) -> ReportSection {
    let mut said = vec![
        "Parlez à l’équipe : elle connaît ce document.".to_owned(),
        "Répondez aux prochains questionnaires : ils sont anonymes.".to_owned(),
    ];
    if is_address(&head.contact) {
        said.push(format!(
            "Écrivez-nous : {}.",
            head.contact.trim_end_matches('.')
        ));
    }
    ReportSection::new(
        "Comment participer",
        "Participer",
        vec![Block::bullets(said)],
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_writes_to_an_address_alone() {
        assert!(!is_address("Service enfance (fictif)") && !is_address(""));
        for known in [
            "enfance@exemple.fr",
            "Service enfance, 02 61 91 00 01",
            "www.exemple.fr",
        ] {
            assert!(is_address(known), "{known}");
        }
    }
}
