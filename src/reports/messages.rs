//! The messages of page one: what an elected person keeps when she reads nothing else.

use super::document::ListItem;
use super::drawn_figure::answered;
use super::report_context::ReportContext;
use super::sentences;
use super::told_answers::{by_favour, quoted, told};
use crate::base::text::{count, list, none};
use crate::disclosure::{
    ClearedDistribution, ClearedImperatif, ClearedTerritory, CountOf, CritereCount, Favour, Shown,
    ToldCount,
};
use crate::figures::FigureStatus;
use crate::stats::change::Verdict;
use crate::vocabulary::referentiel::SourceCode;

/// What is kept besides impératifs, the most pressing first.
pub(super) fn of(t: &ClearedTerritory, context: &ReportContext) -> Vec<ListItem> {
    let said = [
        (Some(on_target(t)), "OBJECTIFS"),
        (moved(t), "PANEL"),
        (most_missed(t), "CRITERES"),
        (returned(t), "O2"),
        (families(t), "REPONDANTS"),
        (planned(t), "PLANS"),
    ];
    let keys = context.territory();
    let items = said.into_iter().filter_map(|(text, key)| {
        let item = ListItem::plain(text?);
        Some(item.keyed([keys.of(key)]))
    });
    items.collect()
}

fn is_met(musts: &[ClearedImperatif]) -> bool {
    !musts.is_empty() && of_status(musts, FigureStatus::Atteint) == musts.len()
}

fn of_status(musts: &[ClearedImperatif], status: FigureStatus) -> usize {
    let is_so = |i: &&ClearedImperatif| i.status == Shown::Value(status);
    musts.iter().filter(is_so).count()
}

/// How many accueils meet all their impératifs, and of the others, how many are known to miss one: what nobody looked at
/// is no failing.
pub(super) fn met(t: &ClearedTerritory) -> String {
    let all = || t.imperatifs.iter().map(|s| s.imperatifs.as_slice());
    let met = all().filter(|musts| is_met(musts)).count();
    let missing = all().filter(|musts| of_status(musts, FigureStatus::NonAtteint) > 0);
    let missing = missing.count();
    let looked_at = |musts: &[ClearedImperatif]| {
        of_status(musts, FigureStatus::Atteint) + of_status(musts, FigureStatus::NonAtteint)
    };
    let (seen, of) = all().fold((0, 0), |(seen, of), musts| {
        (seen + looked_at(musts), of + musts.len())
    });
    if seen == 0 && of > 1 {
        return format!("Aucun des {of} critères impératifs n’a encore été vérifié.");
    }
    if met == 0 && missing == 0 && of > 0 {
        return format!(
            "Aucun critère impératif n’est connu comme non atteint, mais {} sur {of} {} encore établis.",
            of - seen,
            if of - seen < 2 {
                "n’est pas"
            } else {
                "ne sont pas"
            }
        );
    }
    let unknown = t.imperatifs.len() - met - missing;
    let others = match (missing, unknown) {
        (_, 0) => String::new(),
        (0, n) => format!(" ; {n} {}", not_wholly_known(n)),
        (missing, n) => format!(
            " ; {missing} en {} au moins un non atteint, {n} {}",
            if missing < 2 { "a" } else { "ont" },
            not_wholly_known(n)
        ),
    };
    format!(
        "{} sur {} {} tous les critères impératifs qui s’appliquent à {}{others}.",
        count(met, "accueil", "accueils"),
        t.imperatifs.len(),
        if met < 2 { "atteint" } else { "atteignent" },
        if met < 2 { "lui" } else { "eux" }
    )
}

fn not_wholly_known(n: usize) -> &'static str {
    if n < 2 {
        "n’est pas connu en entier"
    } else {
        "ne sont pas connus en entier"
    }
}

fn on_target(t: &ClearedTerritory) -> String {
    let valued: Vec<bool> = (t.axes.iter())
        .filter_map(|mean| {
            let f = &mean.figure;
            let value = f.value.as_ref().and_then(Shown::value)?;
            Some(value >= f.target - 1e-9)
        })
        .collect();
    let on_target = valued.iter().filter(|is_met| **is_met).count();
    let without = match t.axes.len() - valued.len() {
        0 => String::new(),
        1 => " ; un axe n’a pas de moyenne montrée".to_owned(),
        n => format!(" ; {n} axes n’ont pas de moyenne montrée"),
    };
    if valued.is_empty() {
        return "Aucun axe n’a encore de moyenne du territoire qui puisse être montrée.".to_owned();
    }
    let said = if on_target < 2 {
        "atteint son objectif"
    } else {
        "atteignent leur objectif"
    };
    format!(
        "{} sur {} {said} en moyenne du territoire{without}.",
        count(on_target, "axe", "axes"),
        valued.len()
    )
}

fn moved(t: &ClearedTerritory) -> Option<String> {
    let labels = |wanted: Verdict| -> Vec<String> {
        let moved = t
            .evolution
            .iter()
            .filter(|axe| axe.change.verdict == Some(wanted));
        moved.map(|axe| format!("« {} »", axe.label)).collect()
    };
    let (up, down) = (labels(Verdict::Progresse), labels(Verdict::Recule));
    if t.evolution.is_empty() {
        return None;
    }
    Some(match (up.is_empty(), down.is_empty()) {
        (true, true) => {
            "D’une campagne à l’autre, aucun axe n’est nettement en hausse ni en baisse.".to_owned()
        }
        (false, true) => format!("En hausse d’une campagne à l’autre : {}.", list(&up)),
        (true, false) => format!("En baisse d’une campagne à l’autre : {}.", list(&down)),
        (false, false) => format!("En hausse : {} ; en baisse : {}.", list(&up), list(&down)),
    })
}

fn most_missed(t: &ClearedTerritory) -> Option<String> {
    let CritereCount {
        code,
        label,
        below,
        valued,
        left_out,
    } = t.below_target.first()?;
    if t.criteres.iter().filter(|mean| mean.sites > 0).count() == 1 {
        // The only one that is known is the most of nothing.
        return Some(format!(
            "Un seul critère a un niveau : {code} « {label} », sous son objectif dans {} sur {valued}.",
            count(*below, "accueil", "accueils")
        ));
    }
    let of = match left_out.all() {
        0 => valued.to_string(),
        _ => format!("les {valued} dont le niveau est montré"),
    };
    let same = (t.below_target.iter())
        .filter(|c| c.below == *below && c.code != *code)
        .count();
    let tied = match same {
        0 => String::new(),
        1 => " ; un autre l’est autant".to_owned(),
        n => format!(" ; {n} autres le sont autant"),
    };
    let most = if same == 0 {
        "Le critère le plus souvent sous son objectif"
    } else {
        "Parmi les critères le plus souvent sous leur objectif"
    };
    Some(format!(
        "{most} : {code} « {label} », dans {} sur {of}{tied}.",
        count(*below, "accueil", "accueils")
    ))
}

/// What families say, when enough of them answered.
fn families(t: &ClearedTerritory) -> Option<String> {
    let questions = t.distributions.get(&SourceCode::Fam)?;
    let people = t.returns.get(&SourceCode::Fam).copied();
    let who = sentences::capital(&answered(questions, people)?);
    let known = by_favour(questions);
    let (lowest, reserved) = *known.first()?;
    let shown = if known.len() == questions.len() {
        ""
    } else {
        " montrée"
    };
    Some(match lowest {
        // One favourable answer in five is no « at least »: what they are reserved about is named.
        Favour::Exactly(told) if told.share < 0.5 => reservation(&who, reserved, lowest),
        Favour::AtMost(_) => reservation(&who, reserved, lowest),
        Favour::Exactly(_) | Favour::AtLeast(_) => format!(
            "{who} familles ont répondu : à chaque question{shown}, au moins {}.",
            Favour::said(match lowest {
                Favour::AtLeast(share) => Favour::Exactly(share),
                other => other,
            })
        ),
    })
}

fn reservation(who: &str, question: &ClearedDistribution, favour: Favour) -> String {
    format!(
        "{who} familles ont répondu ; une réponse des plus réservées : {}, {}.",
        quoted(question),
        told(question, favour)
    )
}

/// Where plans stand, and what entered the projects (the second indicator of the convention).
fn planned(t: &ClearedTerritory) -> Option<String> {
    if t.actions.is_empty() {
        return None;
    }
    let done = t.actions.iter().filter(|a| a.realisation.is_some()).count();
    let late = t.actions.iter().filter(|a| a.late).count();
    let integrated = t.actions.iter().filter(|a| a.integree.is_some()).count();
    Some(format!(
        "Plans d’amélioration : {} sur {}, {} ; {} aux projets pédagogiques ou de fonctionnement.",
        counted_or_none(done, "action réalisée", "actions réalisées"),
        t.actions.len(),
        match late {
            0 => "aucune en retard".to_owned(),
            n => format!("{n} en retard"),
        },
        counted_or_none(
            integrated,
            "recommandation intégrée",
            "recommandations intégrées"
        )
    ))
}

/// « aucune action réalisée », « une action réalisée » as a number.
fn counted_or_none(n: usize, one: &str, many: &str) -> String {
    if n == 0 {
        return format!("{} {one}", none(true));
    }
    count(n, one, many)
}

fn returned(t: &ClearedTerritory) -> Option<String> {
    let participation = t.ctg.iter().find(|c| c.code == "O2")?;
    let ToldCount::Known(CountOf { n, of }) = participation.campagnes.last()?.territory else {
        return None;
    };
    if n == 0 {
        return Some(format!(
            "Aucune équipe, sur {of}, n’a encore rendu tout ce que la campagne attendait : visite accueillie, entretien mené, réponses données."
        ));
    }
    let verb = if n < 2 { "a" } else { "ont" };
    Some(format!(
        "{} sur {of} {verb} rendu tout ce que la campagne attendait : visite accueillie, entretien mené, réponses données.",
        count(n, "équipe", "équipes")
    ))
}
