//! What an agreed exchange hands over: nothing that elected people, who decide of it, are not told of the same campaign, as
//! it is printed to them; what is hidden from them stays hidden, whatever the agreement lists.

use std::fmt::Write as _;

use observatoire::disclosure::{Audience, Shown};

use super::example::campaigns;
use crate::atelier::Atelier;

/// An exchange of everything that may be listed, from so few answers on.
fn agreed_on_everything(demo: &Atelier, least: usize) -> usize {
    let campaigns = campaigns(demo);
    let referentiel = &campaigns.after.referentiel;
    let axes = referentiel.axes.iter().map(|a| format!("axe:{}", a.code));
    // What touches the protection of children is not listed: the register refuses it.
    let refused = |code: &str| code.starts_with("SEC-") || code == "REL-5";
    let criteres = referentiel.criteres.iter().filter(|c| !refused(&c.code));
    let criteres = criteres.map(|c| format!("critere:{}", c.code));
    let fields: Vec<String> = axes.chain(criteres).collect();
    let mut listed = String::new();
    for field in &fields {
        _ = writeln!(
            listed,
            "  {{ champ = \"{field}\", nature = \"agregee\", maille = \"structure\", effectif_min = {least} }},"
        );
    }
    let path = demo.root().join("ctg/echanges.toml");
    let text = std::fs::read_to_string(&path).expect("a register");
    let (head, rest) = text.split_once("donnees = [").expect("a list");
    let (_, rest) = rest.split_once("\n]").expect("its end");
    std::fs::write(&path, format!("{head}donnees = [\n{listed}]{rest}")).expect("written");
    fields.len()
}

#[test]
fn an_exchange_hands_over_nothing_that_elected_people_are_not_told() {
    let demo = Atelier::demo();
    let fields = agreed_on_everything(&demo, 3);
    let out = demo.root().join("tout.csv");
    let place = out.to_string_lossy().into_owned();
    let answer = demo.run(&[
        "exporter",
        "--echange",
        "E01",
        "--sortie",
        &place,
        "--date",
        "2026-12-15",
    ]);
    assert_eq!(answer.code, 0, "{}", answer.stderr);
    let table = std::fs::read_to_string(&out).expect("a table");
    let read = campaigns(&demo);
    let told = read.after.deliver(Audience::Elus, Some(&read.before));
    let (mut shown, mut hidden, mut lines) = (0, 0, 0);
    for line in table.lines().skip(1) {
        lines += 1;
        let cells: Vec<&str> = line.split(',').collect();
        let code = cells[0].split_once(':').expect("a kind").1;
        let at = cells
            .iter()
            .position(|c| *c == "structure")
            .expect("a grain");
        let (site, value) = (
            cells[at + 1],
            cells.iter().rev().find_map(|c| c.parse::<f64>().ok()),
        );
        let Some(value) = value.filter(|v| (1.0..=4.0).contains(v)) else {
            hidden += 1;
            continue;
        };
        shown += 1;
        let site = told.site(site).expect("a site");
        let mut figures = site.axes.iter().chain(&site.criteres);
        let figure = figures.find(|f| f.code == code).expect("a figure");
        let Some(Shown::Value(seen)) = figure.value else {
            panic!("{line}, and elected people are told {:?}", figure.value);
        };
        assert!((seen - value).abs() < 1e-9, "{line} beside {seen}");
    }
    println!(
        "{fields} champs demandés, {lines} lignes, {shown} chiffres remis, {hidden} tus : aucun que les élus ne lisent"
    );
    assert!(shown > 100 && hidden > 20, "{shown} {hidden}");
}
