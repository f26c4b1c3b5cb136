//! Who has returned what, what is late, and what will not be publishable: one line per structure
//! and source expected in a campaign.

use crate::base::day::Day;
use crate::base::tabular::{Field, Heading, Table};
use crate::figures::{FigureStatus, Indicators, Level, Scope};
use crate::vocabulary::Audience;
use crate::vocabulary::config::{Settings, Structure};
use crate::vocabulary::referentiel::SourceCode;

/// How far a return is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// Nothing of this source is asked of this structure.
    NotAsked,
    /// Something arrived.
    Received,
    /// Nothing yet, and the campaign goes on.
    Awaited,
    /// Nothing, and the campaign is over.
    Late,
}

impl State {
    /// What a person reads.
    pub fn label(self) -> &'static str {
        ["sans objet", "reçu", "manque", "en retard"][self as usize]
    }
}

/// One structure and one source.
#[derive(Debug, Clone, PartialEq)]
pub struct Return {
    /// Structure code.
    pub structure: String,
    /// Structure name.
    pub nom: String,
    /// Source.
    pub source: SourceCode,
    /// Grids, respondents or lines received.
    pub n: usize,
    /// Share of the people invited who answered, when their number is known.
    pub rate: Option<f64>,
    /// How far.
    pub state: State,
    /// Audiences to which this structure's own results of the source may not be shown.
    pub hidden_from: Vec<Audience>,
}

/// Axes of a structure that cannot be published, for lack of scored critères.
#[derive(Debug, Clone)]
pub struct UnpublishedAxes {
    /// Structure code.
    pub structure: String,
    /// Codes of axes.
    pub axes: Vec<String>,
}

/// The follow-up of a campaign.
#[derive(Debug, Clone, Default)]
pub struct Completeness {
    /// By structure, then by source.
    pub returns: Vec<Return>,
    /// Structures with axes that cannot be published.
    pub unpublished: Vec<UnpublishedAxes>,
}

/// Follows a campaign on a given day.
pub fn follow_up(
    indicators: &Indicators,
    scope: &Scope,
    settings: &Settings,
    day: Day,
) -> Completeness {
    let late = day > scope.campaign.fin;
    let mut found = Completeness::default();
    for structure in &scope.structures {
        for source in SourceCode::ALL {
            if scope.campaign.expects_source(source) {
                found.returns.push(returned(
                    indicators, scope, settings, structure, source, late,
                ));
            }
        }
        let axes = indicators
            .of(&structure.code)
            .iter()
            .filter(|f| f.level == Level::Axe && f.status == FigureStatus::NonPubliable);
        let axes: Vec<String> = axes.map(|f| f.code.to_string()).collect();
        if !axes.is_empty() {
            found.unpublished.push(UnpublishedAxes {
                structure: structure.code.clone(),
                axes,
            });
        }
    }
    found
}

fn returned(
    indicators: &Indicators,
    scope: &Scope,
    settings: &Settings,
    structure: &Structure,
    source: SourceCode,
    late: bool,
) -> Return {
    let asked = scope.asks(structure, source);
    let collected = &indicators.collected;
    let n = match source {
        SourceCode::Don => collected.lines(&structure.code).len(),
        _ if source.is_questionnaire() => collected.respondents(&structure.code, source),
        _ => collected.grids(&structure.code, source).len(),
    };
    let rate = match source {
        SourceCode::Fam => indicators.get(&structure.code, Level::Activite, "I16"),
        SourceCode::Eqp => indicators.get(&structure.code, Level::Activite, "I12b"),
        _ => None,
    };
    let hidden = |audience: &Audience| {
        let least = settings.audiences[*audience].per_site(source);
        least == 0 || n < least
    };
    let few = source.is_questionnaire() && n > 0;
    Return {
        structure: structure.code.clone(),
        nom: structure.nom.clone(),
        source,
        n,
        rate: rate.and_then(|f| f.value).filter(|_| n > 0),
        state: match (asked, n, late) {
            (false, ..) => State::NotAsked,
            (_, 0, _) if structure.is_example() => State::NotAsked,
            (_, 1.., _) => State::Received,
            (_, 0, true) => State::Late,
            (_, 0, false) => State::Awaited,
        },
        hidden_from: [Audience::Equipe, Audience::Elus]
            .into_iter()
            .filter(|a| few && hidden(a))
            .collect(),
    }
}

impl Completeness {
    /// Returns that are still missing, late or not.
    pub fn missing(&self) -> usize {
        let wanted = |r: &&Return| matches!(r.state, State::Awaited | State::Late);
        self.returns.iter().filter(wanted).count()
    }

    /// The follow-up as a table.
    pub fn table(&self) -> Table {
        let text = |t: &str| Field::Text(t.to_owned());
        let rows = self.returns.iter().map(|r| {
            vec![
                text(&r.structure),
                text(&r.nom),
                text(r.source.as_str()),
                Field::Whole(r.n as i64),
                Field::decimal(r.rate),
                text(r.state.label()),
                text(
                    &r.hidden_from
                        .iter()
                        .map(|a| a.as_str())
                        .collect::<Vec<_>>()
                        .join(", "),
                ),
            ]
        });
        Table::new(
            "Suivi",
            vec![
                Heading::text("structure"),
                Heading::text("nom"),
                Heading::text("source"),
                Heading::whole("recu"),
                Heading::decimal("taux_reponse"),
                Heading::text("etat"),
                Heading::text("non_diffusable_a"),
            ],
            rows.collect(),
        )
    }

    /// Axes that cannot be published, as a table.
    pub fn axes_table(&self) -> Table {
        let rows = self.unpublished.iter().map(|site| {
            vec![
                Field::Text(site.structure.clone()),
                Field::Text(site.axes.join(", ")),
            ]
        });
        Table::new(
            "Axes non publiables",
            vec![Heading::text("structure"), Heading::text("axes")],
            rows.collect(),
        )
    }
}
