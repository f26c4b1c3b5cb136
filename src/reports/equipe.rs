//! The report of one site, for its team, on four pages: what to keep, impératifs to take up again, profile, what to lean
//! on and what to work on, families, plan, facts; other voices, every critère and the method are annexed.

use super::document::{
    Block, CritereView, Document, Drawing, Fact, Head, ListItem, Must, ReportSection,
};
use super::drawn_figure::{place, voice, with_keys};
use super::evidence;
use super::evidence_links;
use super::local_lines::local_lines;
use super::organiser_section::told_to_team;
use super::plan_block::plan_table;
use super::profile_title::ProfileSubject;
use super::report_context::ReportContext;
use super::shared_blocks::{critere, criteres_table, must, profile, rests_on, words};
use super::site_facts::{activity_row, method, visited};
use super::team_essentials::{kept, no_strength, unanswered};
use super::{outside_section, sentences, state_sentences};
use crate::base::error::Result;
use crate::base::tabular::{Heading, Table};
use crate::base::text::{Datum, count, decimal1, list};
use crate::disclosure::{ClearedAction, ClearedAdvice, ClearedSite, Shown, Why};
use crate::figures::FigureStatus;
use crate::reports::charts::{self, Gap};
use crate::vocabulary::referentiel::{Referentiel, Rules, SourceCode};
use crate::wording::rule_sentences;

/// Builds the report of a site; `facts` say what the site is.
///
/// # Errors
///
/// A chart that cannot be drawn.
pub fn build(
    site: &ClearedSite,
    context: &ReportContext,
    head: Head,
    facts: Vec<Fact>,
) -> Result<Document> {
    let r = context.referentiel;
    let mut sections = vec![
        kept(site, context),
        missed(site, context),
        ReportSection::new(
            "Le profil de l’accueil",
            "Profil",
            vec![profile(
                (&site.axes, ProfileSubject::Team(&first_axe(site))),
                context,
                context.keys(&site.structure),
                (
                    rests_on(site),
                    &visited(site, context.keys(&site.structure).of("RECU")),
                ),
            )?],
        ),
    ];
    sections.extend(forward(site, context));
    sections.extend(plan(site, context));
    sections.extend(families(site, context)?);
    sections.extend(state(site, context));
    sections.extend(remarks(site, r));
    sections.push(identity(site, context, facts));
    let mut annexes = vec![imperatifs(site, context)];
    annexes.extend(perception(site, context)?);
    annexes.extend(voices(site, context)?);
    annexes.extend(outside_section::section_of(
        &site.outside,
        context.keys(&site.structure),
        context,
    )?);
    annexes.extend(whole_plan(site, context));
    let mut all = vec![criteres_table(site, context)];
    all.extend(told_to_team(site, context));
    annexes.push(ReportSection::new("Tous les critères", "Critères", all));
    annexes.extend(evidence::section(site, context));
    annexes.extend(activity(site, context));
    annexes.push(ReportSection::new(
        "Méthode et limites",
        "Méthode",
        vec![Block::items(limits(site, context))],
    ));
    sections.extend(annexes.into_iter().map(ReportSection::annexed));
    Ok(Document { head, sections })
}

/// The axe of the first point to work on, and whether it is an impératif; none where there is no such point.
fn first_axe(site: &ClearedSite) -> Option<(String, bool)> {
    let first = site.priorities.first()?;
    let figure = site.criteres.iter().find(|f| f.code == first.code)?;
    let axe = site.axes.iter().find(|axe| axe.code == figure.axe)?;
    Some((axe.label.to_string(), first.why == Why::Imperatif))
}

/// Before the remarks of the team, or final.
fn state(site: &ClearedSite, context: &ReportContext) -> Option<ReportSection> {
    let said = state_sentences::of_site(site, context).map(Block::note);
    said.map(|said| ReportSection::new("Où en est ce rapport", "État", vec![said]))
}

/// Impératifs that are not met, or not known; the others are in the annex.
fn missed(site: &ClearedSite, context: &ReportContext) -> ReportSection {
    let mut section = imperatifs(site, context);
    let met = Shown::Value(FigureStatus::Atteint);
    let open = site.imperatifs.iter().filter(|i| i.status != met);
    let keys = context.keys(&site.structure);
    let items: Vec<Must> = open.map(|i| must(i, keys)).collect();
    section
        .blocks
        .retain(|block| matches!(block, Block::Paragraph { .. }));
    if !items.is_empty() {
        section.blocks.push(Block::Musts { items });
    }
    "À reprendre".clone_into(&mut section.sheet);
    section
}

fn identity(site: &ClearedSite, context: &ReportContext, facts: Vec<Fact>) -> ReportSection {
    let method = method(site, &context.keys(&site.structure).of("RECU"));
    let received = if method.is_empty() {
        Block::text("Aucune réponse n’est encore arrivée pour cette campagne.")
    } else {
        Block::Facts { rows: method }
    };
    let blocks = vec![Block::Facts { rows: facts }, received];
    ReportSection::new("L’accueil, et comment il a été évalué", "Accueil", blocks)
}

/// The sentence that counts impératifs, then each; what leaves the tool counts as not met.
fn imperatifs(site: &ClearedSite, context: &ReportContext) -> ReportSection {
    let all = &site.imperatifs;
    let is = |wanted: FigureStatus| {
        all.iter()
            .filter(|i| i.status == Shown::Value(wanted))
            .count()
    };
    let sentence = sentences::imperatifs(
        is(FigureStatus::Atteint),
        all.len(),
        is(FigureStatus::NonEvalue),
    );
    let keys = context.keys(&site.structure);
    let mut blocks = vec![Block::strong(sentence).keyed([keys.of("IMPERATIFS")])];
    if context.is_undeclared(&site.structure) {
        blocks.push(Block::strong(sentences::outside_the_law(context.law)));
    }
    blocks.extend(site.rules.map(|rules| {
        let said = sentences::rules(rules, context.law);
        Block::text(said).keyed([keys.of("REGLES")])
    }));
    let corrected = site.corrections.iter().map(sentences::corrected);
    if corrected.len() > 0 {
        blocks.push(Block::bullets(corrected));
    }
    if !all.is_empty() {
        blocks.push(Block::Musts {
            items: all.iter().map(|i| must(i, keys)).collect(),
        });
    }
    ReportSection::new("Les critères impératifs", "Impératifs", blocks)
}

/// Points to lean on and to work on, each with what was rated and why it is here.
fn forward(site: &ClearedSite, context: &ReportContext) -> Vec<ReportSection> {
    let keys = context.keys(&site.structure);
    let view = |advice: &ClearedAdvice, strength: bool| -> Option<CritereView> {
        let figure = site.criteres.iter().find(|f| f.code == advice.code)?;
        let mut view = critere(figure, context.referentiel, keys);
        view.reason = sentences::why(advice, strength);
        let rated = evidence::of_card(site, &advice.code, strength);
        view.rated = rated.iter().map(|r| evidence::sentence(r)).collect();
        view.rated_keys = rated.iter().map(|r| keys.of(&r.element)).collect();
        if !view.rated.is_empty() {
            view.descriptor.clear();
        }
        if strength {
            view.next_step.clear();
        }
        if advice.why == Why::Imperatif {
            // No decimals on what is met or not.
            "non atteint".clone_into(&mut view.value);
            view.target.clear();
        }
        if evidence_links::is_told(site, figure, context.referentiel) {
            view.evidence = evidence_links::anchor(&advice.code);
        }
        if strength && site.practices.contains(&advice.code) {
            view.reason
                .push_str(" Une pratique à faire connaître aux autres accueils.");
        }
        Some(view)
    };
    let cards = |advice: &[ClearedAdvice], strength: bool| -> Vec<CritereView> {
        advice.iter().filter_map(|a| view(a, strength)).collect()
    };
    let (up, down) = (cards(&site.strengths, true), cards(&site.priorities, false));
    let put = |cards: Vec<CritereView>, one: &str, many: &str, sheet: &str| {
        let title = if cards.len() == 1 { one } else { many };
        (!cards.is_empty()).then(|| ReportSection::new(title, sheet, vec![Block::Cards { cards }]))
    };
    let appuis = put(
        up,
        "Notre point d’appui",
        "Nos points d’appui",
        "Points d’appui",
    )
    .or_else(|| {
        let why = vec![Block::text(format!(
            "{}.",
            sentences::capital(&no_strength(site)?)
        ))];
        Some(ReportSection::new(
            "Nos points d’appui",
            "Points d’appui",
            why,
        ))
    });
    let pistes = put(
        down,
        "Notre piste de progrès",
        "Nos pistes de progrès",
        "Pistes de progrès",
    );
    appuis.into_iter().chain(pistes).collect()
}

/// Under this distance two regards are said to agree.
const GAP_SHOWN: f64 = 0.5;

fn perception(site: &ClearedSite, context: &ReportContext) -> Result<Option<ReportSection>> {
    let keys = context.keys(&site.structure);
    let wide: Vec<_> = (site.gaps.iter())
        .filter(|g| (g.aut - g.obs).abs() >= GAP_SHOWN - 1e-9)
        .collect();
    let rows: Vec<Gap> = (wide.iter().take(8))
        .map(|g| Gap {
            label: format!("{} {}", g.code, g.label),
            own: g.aut,
            other: g.obs,
        })
        .collect();
    if rows.is_empty() {
        return Ok(None);
    }
    let drawn = place(
        Drawing::Gaps,
        charts::gaps(&gaps_title(&rows), &rows),
        &format!(
            "Lecture : écarts d’au moins un demi-niveau, les plus grands d’abord. Champ : critères notés par l’équipe et par un observateur. Source : auto-évaluation et grilles d’observation, {}.",
            context.called.current
        ),
    )?;
    let drawn = with_keys(drawn, |row, _| Some(keys.of(&wide.get(row)?.code)));
    let asked = wide.iter().take(3).map(|g| {
        let (own, other) = (decimal1(g.aut), decimal1(g.obs));
        let question = if g.aut > g.obs {
            "Que voit-on de l’extérieur que nous ne voyons plus ?"
        } else {
            "Qu’est-ce que nous faisons déjà bien sans le savoir ?"
        };
        let said = format!(
            "{} : nous nous situons à {own}, l’observation à {other}. {question}",
            g.label
        );
        ListItem::plain(said).keyed([keys.of(&g.code)])
    });
    let asked: Vec<ListItem> = asked.collect();
    let blocks = vec![
        drawn,
        Block::heading("À discuter en équipe"),
        Block::items(asked),
    ];
    Ok(Some(ReportSection::new(
        "Deux regards sur l’accueil",
        "Deux regards",
        blocks,
    )))
}

fn gaps_title(rows: &[Gap]) -> String {
    let above = rows.iter().filter(|g| g.own > g.other).count();
    let on = |n| count(n, "critère", "critères");
    match (above, rows.len() - above) {
        (n, 0) => format!("L’équipe se voit plus haut que l’observation sur {}", on(n)),
        (0, n) => format!("L’équipe se voit plus bas que l’observation sur {}", on(n)),
        (a, b) => format!(
            "Les regards diffèrent sur {} : l’équipe se voit plus haut sur {a}, plus bas sur {b}",
            on(a + b)
        ),
    }
}

/// What families say; the other voices are annexed.
fn families(site: &ClearedSite, context: &ReportContext) -> Result<Option<ReportSection>> {
    let Some(questions) = site.distributions.get(&SourceCode::Fam) else {
        return Ok(None);
    };
    let people = site.returns.get(&SourceCode::Fam).copied();
    let keys = (context.keys(&site.structure), "RECU");
    let mut blocks = voice(SourceCode::Fam, questions, people, keys, context)?;
    // The section has its name.
    blocks.retain(|block| !matches!(block, Block::Subheading { .. }));
    Ok((!blocks.is_empty())
        .then(|| ReportSection::new("Ce que disent les familles", "Familles", blocks)))
}

fn voices(site: &ClearedSite, context: &ReportContext) -> Result<Option<ReportSection>> {
    let keys = context.keys(&site.structure);
    let mut blocks = Vec::new();
    let others = site
        .distributions
        .iter()
        .filter(|(source, _)| **source != SourceCode::Fam);
    for (source, questions) in others {
        blocks.extend(voice(
            *source,
            questions,
            site.returns.get(source).copied(),
            (keys, "RECU"),
            context,
        )?);
    }
    blocks.extend(words(&site.words, context.territory()));
    Ok((!blocks.is_empty()).then(|| {
        ReportSection::new(
            "Ce que disent les enfants et l’équipe",
            "Questionnaires",
            blocks,
        )
    }))
}

/// Remarks of the team, under the critère that they concern.
fn remarks(site: &ClearedSite, r: &Referentiel) -> Option<ReportSection> {
    let rows: Vec<Fact> = (site.words.remarks.iter())
        .map(|remark| {
            let code = &remark.critere;
            let label = r.critere(code).map(|c| r.criteres[c].label.as_str());
            let name = label.map_or("Remarque générale".to_owned(), |l| format!("{code} {l}"));
            Fact::new(name, remark.texte.as_str())
        })
        .collect();
    (!rows.is_empty()).then(|| {
        ReportSection::new(
            "Les remarques de l’équipe",
            "Remarques",
            vec![Block::Facts { rows }],
        )
    })
}

/// What the findings propose and no action answers yet, then what is still to be done.
fn plan(site: &ClearedSite, context: &ReportContext) -> Option<ReportSection> {
    let new: Vec<ClearedAction> = unanswered(site).into_iter().cloned().collect();
    let open: Vec<ClearedAction> = site.actions.iter().filter(|a| a.open).cloned().collect();
    let intro = match (new.is_empty(), open.is_empty()) {
        (true, true) => return None,
        (false, true) => {
            "Proposé à partir des constats ; à discuter, à compléter et à décider en équipe. Le classeur « Plan d’amélioration » se remplit dans Excel."
        }
        (false, false) => {
            "En tête, ce qui est proposé pour les points auxquels aucune action ne répond encore : à décider en équipe. Puis ce qui reste à faire ; le plan entier est dans le classeur."
        }
        (true, false) => {
            "Ce qui reste à faire à la date de ce rapport ; le plan entier est dans le classeur."
        }
    };
    let proposed = new.len();
    let all: Vec<ClearedAction> = new.into_iter().chain(open).collect();
    let mut table = plan_table("Actions du plan d’amélioration", &all, context, false);
    if let Block::Table(table) = &mut table {
        // What was found is on the cards before, and in the whole plan.
        for (rank, (row, action)) in table.rows.iter_mut().zip(&all).enumerate() {
            let named: Vec<String> = action.criteres.iter().map(|c| context.critere(c)).collect();
            if let [found, _, who, _, state] = row.as_mut_slice() {
                found.text = list(&named);
                if rank < proposed {
                    "à désigner".clone_into(&mut who.text);
                    "à décider".clone_into(&mut state.text);
                }
            }
        }
        // What is to be done is what is read; a critère is short.
        table.columns[0] = Heading::words("Critère").wide(3.2);
        table.columns[1] = table.columns[1].clone().wide(5.3);
    }
    Some(ReportSection::new(
        "Notre plan d’amélioration",
        "Plan",
        vec![Block::note(intro), table],
    ))
}

/// The plan as it stands, closed actions included.
fn whole_plan(site: &ClearedSite, context: &ReportContext) -> Option<ReportSection> {
    let blocks = vec![
        Block::note("Tel qu’il est suivi à la date de ce rapport."),
        plan_table("Toutes les actions du plan", &site.actions, context, false),
    ];
    (!site.actions.is_empty()).then(|| ReportSection::new("Le plan entier", "Plan entier", blocks))
}

fn activity(site: &ClearedSite, context: &ReportContext) -> Option<ReportSection> {
    let keys = context.keys(&site.structure);
    let rows = site.activities.iter().filter_map(|a| activity_row(a, keys));
    let rows: Vec<Vec<Datum>> = rows.collect();
    let columns = vec![
        Heading::words("Indicateur").wide(3.5),
        Heading::figures("Valeur").wide(1.4),
        Heading::words("Comment il est calculé").wide(5.0),
    ];
    (!rows.is_empty()).then(|| {
        let table = Table::new("Indicateurs d’activité".to_owned(), columns, rows);
        ReportSection::new(
            "L’activité en chiffres",
            "Activité",
            vec![Block::Table(table)],
        )
    })
}

fn limits(site: &ClearedSite, context: &ReportContext) -> Vec<ListItem> {
    let rules: &Rules = &context.referentiel.rules;
    let lines = vec![
        "Un niveau est une moyenne d’éléments notés de 1 à 4 ; il décrit des pratiques vues un jour donné, jamais des personnes.".to_owned(),
        "L’observation extérieure pèse le plus, puis l’entretien et les données d’activité, puis les questionnaires ; l’auto-évaluation et les visages des enfants sont montrés à côté, jamais mélangés.".to_owned(),
        sentences::MUST_RULE.to_owned(),
        format!(
            "« Non concerné » sort du calcul ; « non observé » compte contre la couverture. Un axe n’est publié que si {}.",
            rule_sentences::axe_published(rules)
        ),
        rule_sentences::change_announced(rules),
        "Ce rapport est une évaluation partagée, pas un contrôle.".to_owned(),
    ];
    let mut lines: Vec<ListItem> = lines.into_iter().map(ListItem::plain).collect();
    lines.extend(local_lines(context, context.keys(&site.structure)));
    lines.extend((site.repeats).then(|| ListItem::plain(sentences::REPEATS.to_owned())));
    let masked = crate::disclosure::summary(&site.masked).map(ListItem::plain);
    lines.extend(masked.map(|m| m.keyed([context.keys(&site.structure).of("MASQUES")])));
    lines
}
