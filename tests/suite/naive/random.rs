//! Random référentiels and campaigns, computed twice.

use observatoire::base::tabular::{FileFormat, Table};
use observatoire::exports;
use observatoire::figures::{Figure, Indicators, compute, convention};
use observatoire::intake::observations::{Observation, Observations};

use super::random_worlds::{World, table};
use super::{Given, Row, check, organiser, rows};

pub fn exported(table: &Table) -> Vec<Row> {
    let bytes = table.write(FileFormat::Csv).expect("a CSV");
    rows(std::str::from_utf8(&bytes).expect("UTF-8"))
}

/// Every figure, those of the territory last.
fn told(all: &Indicators) -> Table {
    let of_structures = all.figures().iter().chain(all.organiser()).cloned();
    let figures = of_structures.chain(convention(all));
    let row = |f: Figure| exports::indicator_row(&all.campagne, &all.version, &f);
    let headings = exports::indicator_headings();
    Table::new(exports::INDICATORS, headings, figures.map(row).collect())
}

/// One random référentiel and campaign, computed by the program and by loops.
fn one(seed: u64) -> usize {
    let mut world = World::new(seed);
    let observations = table(&world.answers());
    let indicators = compute(&observations, &world.scope()).expect("indicators");
    let produced = exported(&told(&indicators.value));
    let answers = exported(&exports::observations(&observations).expect("observations"));
    let file = world.text.parse().expect("TOML");
    let law = world.law.parse().expect("TOML");
    let campaign = &world.settings.campaigns[0];
    let end = campaign.fin.to_string();
    let sources: Vec<String> = campaign.sources.iter().map(ToString::to_string).collect();
    let sites = exported(&exports::structures(&world.registry));
    let context = format!("graine {seed}");
    let givens: Vec<Given> = (sites.iter())
        .map(|structure| Given {
            answers: answers
                .iter()
                .filter(|r| r["structure"] == structure["code"])
                .collect(),
            structure,
            referentiel: &file,
            regulation: &law,
            end: &end,
            criteres: &[],
            sources: &sources,
            actions: &[],
        })
        .collect();
    let checked = givens.iter().map(|given| {
        let code = &given.structure["code"];
        check(&produced, code, &given.levels(), &context)
    });
    let together = check(&produced, "", &organiser::territory(&givens), &context);
    checked.sum::<usize>() + together
}

#[test]
fn a_second_computation_of_200_random_campaigns_gives_every_level() {
    let checked: usize = (0..200).map(one).sum();
    assert!(checked > 10_000, "{checked} rows");
}

/// The order of answers is that of files, sheets and threads: it must change no byte.
#[test]
fn the_order_of_answers_changes_no_byte() {
    for seed in 200..230 {
        let mut world = World::new(seed);
        let answers = world.answers();
        let mut lines: Vec<(&str, &Observation)> = answers.iter().map(|o| ("f", o)).collect();
        let table = |lines: &[(&str, &Observation)]| {
            let observations = Observations::from_rows("I001", lines).expect("a table");
            let indicators = compute(&observations, &world.scope()).expect("indicators");
            told(&indicators.value)
                .write(FileFormat::Csv)
                .expect("a CSV")
        };
        let before = table(&lines);
        lines.reverse();
        let middle = lines.len() / 3;
        lines.rotate_left(middle);
        assert!(before == table(&lines), "graine {seed}");
    }
}
