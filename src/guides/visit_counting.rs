//! Children and adults counted during a visit, against which ratios (CASF R.227-15, R.227-16, R.227-17).

use super::field_guide::{GuideSubject, cell};
use super::guide_words::GuideWords;
use crate::base::tabular::{Heading, Table};
use crate::base::text::{Datum, decimals};
use crate::reports::{Block, ReportSection};
use crate::vocabulary::referentiel::regulation::Situation;
use crate::vocabulary::referentiel::{HEADCOUNT_WRITTEN, Pedt, SourceCode, StructureType};

/// A situation of the law, and what people call it.
struct CountedSituation {
    label: String,
    situation: Situation,
}

/// The box to fill in, and the ratios of these accueils.
pub(super) fn section(subject: &GuideSubject, words: &GuideWords) -> ReportSection {
    let own = &words.visite;
    let mut blocks = boxes(subject);
    blocks.push(Block::text(&own.comptage));
    let situations = situations(subject);
    if !situations.is_empty() {
        let mut rows: Vec<Vec<Datum>> = situations.iter().map(|s| ratio(subject, s)).collect();
        rows.extend(local_ratios(subject));
        let columns = vec![
            Heading::words("Situation").wide(4.4),
            Heading::words("Moins de 6 ans : un adulte pour").wide(1.8),
            Heading::words("6 ans et plus : un adulte pour").wide(1.8),
            Heading::words("Texte").wide(2.0),
        ];
        let table = Table::new("", columns, rows).noted(format!("{}.", subject.regulation.dated()));
        blocks.push(Block::Table(table));
        let places = subject.regulation.director_counts_up_to.to_string();
        let mut notes = vec![own.direction_compte.replace("{places}", &places)];
        if !subject.regulation.mixed_ages.is_settled() {
            notes.push(own.ages_melanges.clone());
        }
        blocks.push(Block::bullets(notes));
    }
    if subject.kinds.contains(&StructureType::NonDeclaree) {
        blocks.push(Block::note(&own.comptage_hors_droit));
    }
    ReportSection::new("Compter les enfants et les adultes", "Comptage", blocks)
}

/// Sentences of the grid that are answered by a count: « Comptage à … h … : … moins de 6 ans ».
fn boxes(subject: &GuideSubject) -> Vec<Block> {
    let axes = subject.asked(SourceCode::Obs, &[]).axes();
    let elements = axes.iter().flat_map(|(_, elements)| elements);
    let counted = elements.filter(|e| e.headcount);
    counted
        .flat_map(|e| {
            [
                Block::strong(e.label.replace('…', "………")),
                Block::text(format!("Sur la grille : {HEADCOUNT_WRITTEN}.")),
            ]
        })
        .collect()
}

fn ratio(subject: &GuideSubject, counted: &CountedSituation) -> Vec<Datum> {
    let ratio = subject.regulation.ratio(counted.situation);
    vec![
        cell(&counted.label),
        cell(format!("{} enfants", ratio.moins6)),
        cell(format!("{} enfants", ratio.plus6)),
        cell(&ratio.article),
    ]
}

/// What the convention of the PEDT asks for beyond the code.
fn local_ratios(subject: &GuideSubject) -> Vec<Vec<Datum>> {
    if !subject.kinds.iter().any(|k| is_around_school(*k)) || !is_covered(subject, true) {
        return Vec::new();
    }
    let local = subject.regulation.local_ratios().iter();
    let rows = local.map(|r| {
        vec![
            cell(format!(
                "Sous PEDT, {}, si la convention le demande",
                r.time.as_str()
            )),
            cell(format!("{} enfants", r.moins6)),
            cell(format!("{} enfants", r.plus6)),
            cell("convention de PEDT"),
        ]
    });
    rows.collect()
}

fn is_around_school(kind: StructureType) -> bool {
    !matches!(
        kind,
        StructureType::Extrascolaire | StructureType::NonDeclaree
    )
}

/// Whether sessions under a PEDT, or without one, may be seen there on that day; both when nothing says.
fn is_covered(subject: &GuideSubject, pedt: bool) -> bool {
    let Some(site) = subject.site else {
        return true;
    };
    let said = site.pedt.covers(Some(subject.day), None);
    said.is_none_or(|covers| covers == pedt)
}

/// Situations of these accueils: holidays, then around school.
fn situations(subject: &GuideSubject) -> Vec<CountedSituation> {
    let is =
        |kind: &StructureType| matches!(kind, StructureType::Extrascolaire | StructureType::Mixte);
    let session = Situation {
        extrascolaire: false,
        pedt: false,
        time: None,
        hours: subject.regulation.long_hours(),
        travel: false,
    };
    let mut all = Vec::new();
    if subject.kinds.iter().any(is) {
        all.push(CountedSituation {
            label: "Vacances".to_owned(),
            situation: Situation {
                extrascolaire: true,
                ..session
            },
        });
    }
    if subject.kinds.iter().any(|kind| is_around_school(*kind)) {
        for pedt in [true, false]
            .into_iter()
            .filter(|p| is_covered(subject, *p))
        {
            all.extend(around_school(subject, Situation { pedt, ..session }));
        }
    }
    all
}

/// Short sessions; long ones where there are whole days; journeys under a PEDT.
fn around_school(subject: &GuideSubject, session: Situation) -> Vec<CountedSituation> {
    let is = |kind: &StructureType| matches!(kind, StructureType::Mercredi | StructureType::Mixte);
    let has_whole_days = subject.kinds.iter().any(is);
    let words = if has_whole_days {
        "Périscolaire, mercredi compris,"
    } else {
        "Périscolaire"
    };
    let under = pedt_words(session.pedt, subject.site.map(|site| &site.pedt));
    let hours = decimals(session.hours, usize::from(session.hours.fract() > 0.0));
    let mut all = vec![CountedSituation {
        label: format!("{words} {under}, {hours} h de suite au plus"),
        situation: session,
    }];
    if has_whole_days {
        all.push(CountedSituation {
            label: format!("{words} {under}, plus de {hours} h de suite"),
            situation: Situation {
                hours: session.hours + 1.0,
                ..session
            },
        });
    }
    if session.pedt {
        all.push(CountedSituation {
            label: "Trajet entre l’école et d’autres locaux, sous PEDT".to_owned(),
            situation: Situation {
                travel: true,
                ..session
            },
        });
    }
    all
}

/// « sous PEDT (matin ; soir) », « sans PEDT ».
fn pedt_words(pedt: bool, own: Option<&Pedt>) -> String {
    if !pedt {
        return "sans PEDT".to_owned();
    }
    let times = own.map(Pedt::times).unwrap_or_default();
    if times.is_empty() {
        "sous PEDT".to_owned()
    } else {
        format!("sous PEDT ({times})")
    }
}
