//! Before anything is collected: which changes a collection would show, and what would show smaller ones
//! (`docs/statistics.md` §5.12). The words are those of [`super::judge`], given by the same functions; what is
//! supposed is that true changes are usually as large as the smallest that counts.

use super::MissingEvidence;
use super::judge::Family;
use crate::figures::{Level, Noise, PAIRS_NEEDED, Spread};
use crate::stats::change::{
    ChangeEvidence, Verdict, smallest_detectable_change, verdict, z_for_lines,
};
use crate::stats::describe::median;
use crate::stats::dist::normal_quantile;
use crate::stats::posterior::{MeasuredChange, TrueSpread};
use crate::vocabulary::referentiel::{Referentiel, SourceCode};

/// A collection that is planned; the one before it is supposed to have been the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CollectionDesign {
    /// Accueils.
    pub centres: usize,
    /// Of them, those that are visited twice.
    pub second_visits: usize,
    /// Families that answer in each.
    pub families: usize,
    /// Members of the team that answer in each.
    pub staff: usize,
}

/// What a change is one of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PowerSubject {
    /// A critère or an axe of one accueil visited once, with one effort more or none.
    Centre(Level, Option<MissingEvidence>),
    /// A critère or an axe of the territory.
    Territory(Level),
    /// The favourable share of a question to families, in one accueil.
    Question,
}

/// The smallest changes that a figure would show.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PowerLine {
    /// Of what.
    pub subject: PowerSubject,
    /// Standard error of the change, in levels; of a question, in share.
    pub error: f64,
    /// The smallest true change told as likely, or announced, four times in five; none within the scale.
    pub likely: Option<f64>,
    /// The smallest one announced four times in five.
    pub firm: Option<f64>,
}

/// What a collection would show.
#[derive(Debug, Clone, PartialEq)]
pub struct Power {
    /// From one accueil to the territory.
    pub lines: Vec<PowerLine>,
    /// Second visits recommended: a fifth of the accueils, and enough pairs to measure the error of a visit.
    pub recommended: usize,
}

/// How often a change must be seen for it to count as one that would be.
const WANTED: f64 = 0.8;
/// Answers of a school that are counted on.
const TEACHERS: usize = 5;
/// A usual share of favourable answers.
const FAVOURABLE: f64 = 0.75;
/// Lines of the table that stands for all those of a campaign.
const TABLE: usize = 99;
/// From level 1 to level 4.
const RANGE: f64 = 3.0;

/// Second visits to recommend for so many accueils.
fn recommended(centres: usize) -> usize {
    centres.div_ceil(5).max(PAIRS_NEEDED).min(centres)
}

/// What a collection would show with this référentiel, of errors such as `spread` holds them.
pub fn power(design: CollectionDesign, r: &Referentiel, spread: &Spread) -> Power {
    let planned = Planned { design, r, spread };
    let efforts = [
        None,
        Some(MissingEvidence::SecondVisit),
        Some(MissingEvidence::SecondReader),
        Some(MissingEvidence::TwiceTheAnswers),
    ];
    let levels = [Level::Critere, Level::Axe];
    let mut lines: Vec<PowerLine> = Vec::new();
    for level in levels {
        lines.extend(
            efforts
                .iter()
                .filter_map(|effort| planned.centre(level, *effort)),
        );
    }
    lines.extend(levels.iter().filter_map(|level| planned.territory(*level)));
    lines.extend(planned.question());
    Power {
        lines,
        recommended: recommended(design.centres),
    }
}

/// A collection, what it asks and how much its measures differ.
struct Planned<'a> {
    design: CollectionDesign,
    r: &'a Referentiel,
    spread: &'a Spread,
}

impl Planned<'_> {
    /// What the answers of one source to one élément owe to each part of the error, visited once.
    fn element(&self, source: SourceCode) -> Noise {
        let answered = |n: usize| Noise {
            respondents: self.spread.declared.answer / (n.max(1) as f64).sqrt(),
            given: n,
            ..Noise::default()
        };
        match source {
            SourceCode::Obs | SourceCode::Aut => Noise {
                visits: 1.0,
                days: 1.0,
                given: 1,
                ..Noise::default()
            },
            SourceCode::Dir => Noise {
                marks: 1.0,
                interviews: 1.0,
                given: 1,
                ..Noise::default()
            },
            SourceCode::Fam | SourceCode::Enf => answered(self.design.families),
            SourceCode::Eqp => answered(self.design.staff),
            SourceCode::Ens => answered(TEACHERS),
            SourceCode::Don => Noise::default(),
        }
    }

    /// A critère that teams decide of, all its sources there; none when no person makes it.
    fn critere(&self, position: usize) -> Option<Noise> {
        let critere = &self.r.criteres[position];
        let of_source = |source: SourceCode| {
            let weight = critere.source_weights[source as usize];
            let own = critere.elements.iter().map(|e| &self.r.elements[*e]);
            let own = own.filter(|e| e.source == source && self.r.scales[e.scale].converted);
            let terms: Vec<(f64, Noise)> = own.map(|e| (e.weight, self.element(source))).collect();
            (weight > 0.0 && !terms.is_empty()).then(|| (weight, Noise::mean(terms)))
        };
        let terms: Vec<(f64, Noise)> = SourceCode::ALL.into_iter().filter_map(of_source).collect();
        let noise = Noise::mean(terms);
        (!critere.organiser && noise.given > 0).then_some(noise)
    }

    /// The figures of a level, of an accueil visited once.
    fn figures(&self, level: Level) -> Vec<Noise> {
        let criteres = 0..self.r.criteres.len();
        let own: Vec<(usize, Noise)> = criteres
            .filter_map(|c| Some((c, self.critere(c)?)))
            .collect();
        if level == Level::Critere {
            return own.into_iter().map(|c| c.1).collect();
        }
        let axes = 0..self.r.axes.len();
        let of_axe = |axe: usize| {
            let inside = own.iter().filter(|(c, _)| self.r.criteres[*c].axe == axe);
            let terms = inside.map(|(c, noise)| (self.r.criteres[*c].weight, *noise));
            let terms: Vec<(f64, Noise)> = terms.collect();
            (!terms.is_empty()).then(|| Noise::mean(terms))
        };
        axes.filter_map(of_axe).collect()
    }

    /// The median figure of a level once each is seen as `seen` says.
    fn line(
        &self,
        subject: PowerSubject,
        level: Level,
        seen: impl Fn(Noise) -> Noise,
    ) -> Option<PowerLine> {
        let figures = self.figures(level);
        let errors: Vec<f64> = (figures.iter())
            .filter_map(|noise| {
                let noise = seen(*noise);
                self.spread.change_error(&noise, &noise)
            })
            .collect();
        let error = median(&errors)?;
        let family = Family::of(level, errors.len(), true);
        let least = self.r.rules.mic;
        Some(
            Bar {
                error,
                family,
                least,
            }
            .line(subject, RANGE),
        )
    }

    fn centre(&self, level: Level, effort: Option<MissingEvidence>) -> Option<PowerLine> {
        let subject = PowerSubject::Centre(level, effort);
        self.line(subject, level, |noise| match effort {
            Some(MissingEvidence::SecondVisit) => noise.with_second_visits(),
            Some(MissingEvidence::SecondReader) => noise.with_second_reader(),
            Some(MissingEvidence::TwiceTheAnswers) => noise.with_twice_the_answers(),
            _ => noise,
        })
    }

    /// The mean of the accueils, some of them visited twice.
    fn territory(&self, level: Level) -> Option<PowerLine> {
        let CollectionDesign {
            centres,
            second_visits,
            ..
        } = self.design;
        let twice = second_visits.min(centres);
        self.line(PowerSubject::Territory(level), level, |noise| {
            let seen = |rank: usize| {
                if rank < twice {
                    noise.with_second_visits()
                } else {
                    noise
                }
            };
            let all: Vec<Noise> = (0..centres).map(seen).collect();
            Noise::of_centres(&all)
        })
    }

    /// A question to families in one accueil; none under the number that is compared.
    fn question(&self) -> Option<PowerLine> {
        let n = self.design.families;
        let asked = self
            .r
            .elements
            .iter()
            .filter(|e| e.source == SourceCode::Fam);
        let questions = asked.count();
        if questions == 0 || n < self.r.rules.effectif_min {
            return None;
        }
        let error = (2.0 * FAVOURABLE * (1.0 - FAVOURABLE) / n as f64).sqrt();
        let family = Family::of(Level::Enquete, questions, false);
        let least = self.r.rules.mic_part;
        Some(
            Bar {
                error,
                family,
                least,
            }
            .line(PowerSubject::Question, 1.0),
        )
    }
}

/// From where on a change gets a word.
struct Bar {
    error: f64,
    family: Family,
    least: f64,
}

impl Bar {
    fn line(&self, subject: PowerSubject, range: f64) -> PowerLine {
        let moved = self.usual_changes();
        let seen = |words: &[Verdict]| {
            let bar = self.from(&moved, words, range)?;
            let change = bar + normal_quantile(WANTED) * self.error;
            (change <= range).then_some(change)
        };
        PowerLine {
            subject,
            error: self.error,
            likely: seen(&[Verdict::PlutotProgresse, Verdict::Progresse]),
            firm: seen(&[Verdict::Progresse]),
        }
    }

    /// What a campaign would tell of true changes as large as the smallest that counts: read in the changes that
    /// it would measure, at the quantiles of their law.
    fn usual_changes(&self) -> TrueSpread {
        let sd = self.least.hypot(self.error);
        let rank = |k: usize| (k as f64 + 0.5) / TABLE as f64;
        let table: Vec<MeasuredChange> = (0..TABLE)
            .map(|k| self.measured(sd * normal_quantile(rank(k))))
            .collect();
        TrueSpread::of(&[&table], self.least)
    }

    fn measured(&self, change: f64) -> MeasuredChange {
        MeasuredChange {
            change,
            error: self.error,
            shared: 0.0,
        }
    }

    /// The smallest measured rise that gets one of these words; none within the scale.
    fn from(&self, moved: &TrueSpread, words: &[Verdict], range: f64) -> Option<f64> {
        const HALVINGS: usize = 40;
        let z = z_for_lines(self.family.risk, self.family.lines);
        let margin = smallest_detectable_change(self.error, 0.0, z);
        let is_said = |delta: f64| {
            let said = verdict(ChangeEvidence {
                delta,
                least: self.least,
                is_beyond_noise: delta >= margin.max(self.least) - 1e-9,
                belief: moved.belief(self.measured(delta), self.least),
            });
            words.contains(&said)
        };
        let (mut low, mut high) = (0.0, range);
        if !is_said(high) {
            return None;
        }
        for _ in 0..HALVINGS {
            let middle = f64::midpoint(low, high);
            if is_said(middle) {
                high = middle;
            } else {
                low = middle;
            }
        }
        Some(high)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::figures::Spread;
    use crate::vocabulary::referentiel::{embedded, parse};

    fn shown(design: CollectionDesign) -> Power {
        let r = parse("v2", embedded()).expect("the référentiel");
        let spread = Spread {
            declared: r.rules.declared,
            ..Spread::default()
        };
        power(design, &r, &spread)
    }

    const DESIGN: CollectionDesign = CollectionDesign {
        centres: 14,
        second_visits: 3,
        families: 15,
        staff: 5,
    };

    fn of(power: &Power, subject: PowerSubject) -> PowerLine {
        let line = power.lines.iter().find(|l| l.subject == subject);
        *line.expect("a line")
    }

    #[test]
    fn more_is_seen_of_more() {
        let power = shown(DESIGN);
        let centre = |level, effort| of(&power, PowerSubject::Centre(level, effort));
        for level in [Level::Critere, Level::Axe] {
            let planned = centre(level, None);
            let twice = centre(level, Some(MissingEvidence::SecondVisit));
            let whole = of(&power, PowerSubject::Territory(level));
            assert!(twice.error < planned.error && whole.error < twice.error);
            assert!(whole.likely < planned.likely && whole.firm < planned.firm);
            assert!(
                planned
                    .likely
                    .is_none_or(|l| planned.firm.is_none_or(|f| l <= f))
            );
        }
        assert!(centre(Level::Axe, None).error < centre(Level::Critere, None).error);
        let more = shown(CollectionDesign {
            families: 60,
            ..DESIGN
        });
        let question = |power: &Power| of(power, PowerSubject::Question);
        assert!(question(&more).likely < question(&power).likely);
        let few = shown(CollectionDesign {
            families: 3,
            ..DESIGN
        });
        assert!(
            few.lines
                .iter()
                .all(|l| l.subject != PowerSubject::Question)
        );
    }

    /// A fifth, three pairs at least, never more than there are.
    #[test]
    fn a_fifth_of_the_accueils() {
        let of = |centres| recommended(centres);
        assert_eq!([of(2), of(3), of(14), of(35)], [2, 3, 3, 7]);
    }

    /// The word is that of the product: a measured change on the bar gets it, one just under does not.
    #[test]
    fn a_bar_is_where_the_word_begins() {
        let bar = Bar {
            error: 0.2,
            family: Family::of(Level::Axe, 8, true),
            least: 0.3,
        };
        let moved = bar.usual_changes();
        let firm = bar
            .from(&moved, &[Verdict::Progresse], RANGE)
            .expect("a bar");
        // Four fifths of 5 % over eight axes: z = 2.8070 × 0.2.
        let margin = z_for_lines(0.04, 8) * 0.2;
        assert!(firm >= margin - 1e-6, "{firm} {margin}");
        let likely = bar.from(
            &moved,
            &[Verdict::PlutotProgresse, Verdict::Progresse],
            RANGE,
        );
        assert!(likely.expect("a bar") < firm);
    }
}
