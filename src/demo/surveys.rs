//! Questionnaires as their tools export them: families from LimeSurvey, children and staff in
//! workbooks, schools in a CSV of French Excel.

use rust_xlsxwriter::{DocProperties, XlsxError};

use super::comments;
use super::dice::WordDice;
use super::quality::Quality;
use super::scenario::{DemoCampaign, DemoSite};
use crate::base::error::{Error, Result};
use crate::base::looks::fixed_workbook;
use crate::vocabulary::referentiel::{Element, SourceCode};

/// Respondents of a site: (rank, opinion of the person).
fn respondents(q: &Quality, site: &DemoSite, campaign: &DemoCampaign, source: SourceCode) -> usize {
    let mut dice = WordDice::new(
        q.plan.seed,
        &["repondants", &site.code, &campaign.id, source.as_str()],
    );
    let share = |dice: &mut WordDice, low: f64, high: f64, of: u32| {
        ((low + (high - low) * dice.uniform()) * f64::from(of)).round() as usize
    };
    match source {
        SourceCode::Fam => match q.plan.answers {
            Some(n) => n,
            None if q.plan.exemple && site.code == "P06" => 6,
            None => share(&mut dice, 0.25, 0.5, site.families),
        },
        SourceCode::Enf => {
            let children = site.capacity.map_or(10, |c| c.under6 + c.over6);
            share(&mut dice, 0.25, 0.45, children)
        }
        SourceCode::Eqp => share(&mut dice, 0.6, 0.95, site.staff),
        _ => dice.between(1, 3) as usize,
    }
}

/// Éléments asked to a source by a campaign, whatever the site.
fn asked<'a>(q: &'a Quality, campaign: &'a DemoCampaign, source: SourceCode) -> Vec<&'a Element> {
    let r = q.referentiel;
    let in_scope = |e: &&Element| e.source == source && campaign.asks(&r.criteres[e.critere].code);
    r.elements.iter().filter(in_scope).collect()
}

/// Modality 1..n that a person ticks; none when she does not know.
fn modality(
    q: &Quality,
    site: &DemoSite,
    element: &Element,
    k: usize,
    person: &str,
    leniency: f64,
) -> Option<usize> {
    let campaign = &q.plan.campaigns[k].id;
    let scale = &q.referentiel.scales[element.scale];
    let mut dice = WordDice::new(
        q.plan.seed,
        &["personne", &site.code, campaign, person, &element.code],
    );
    if !element.types.contains(site.kind) || dice.chance(0.04) {
        return None;
    }
    let mood =
        WordDice::new(q.plan.seed, &["humeur", &site.code, campaign, person]).normal() * 0.45;
    let level = q.latent(site, element, k) + leniency + mood + 0.45 * dice.normal();
    let n = scale.modalities.len();
    let share = ((level - 1.0) / 3.0).clamp(0.0, 1.0);
    let position = (share * (n as f64 - 1.0)).round() as usize;
    Some(if element.negative {
        n - position
    } else {
        position + 1
    })
}

/// LimeSurvey's CSV: BOM, `;`, CRLF, everything quoted, a blank last line.
pub(super) fn families(q: &Quality, k: usize) -> String {
    let campaign = &q.plan.campaigns[k];
    let elements = asked(q, campaign, SourceCode::Fam);
    let mut heads: Vec<String> = [
        "id",
        "submitdate",
        "lastpage",
        "startlanguage",
        "seed",
        "STRUCTURE",
    ]
    .map(str::to_owned)
    .to_vec();
    heads.extend(
        elements
            .iter()
            .map(|e| format!("FAM[{}]", e.code.replace('-', ""))),
    );
    heads.push("LIBRE".to_owned());
    let line = |cells: &[String]| {
        let quoted: Vec<String> = cells
            .iter()
            .map(|c| format!("\"{}\"", c.replace('"', "\"\"")))
            .collect();
        format!("{}\r\n", quoted.join(";"))
    };
    let mut text = format!("\u{feff}{}", line(&heads));
    let mut id = 0;
    for site in q.plan.open_sites(campaign) {
        for i in 1..=respondents(q, site, campaign, SourceCode::Fam) {
            id += 1;
            text.push_str(&line(&family(q, k, site, &elements, i, id)));
        }
    }
    text.push_str("\r\n");
    text
}

fn family(
    q: &Quality,
    k: usize,
    site: &DemoSite,
    elements: &[&Element],
    i: usize,
    id: usize,
) -> Vec<String> {
    let campaign = &q.plan.campaigns[k];
    let person = format!("F{i}");
    let mut dice = WordDice::new(q.plan.seed, &["famille", &site.code, &campaign.id, &person]);
    // One response in twenty is left unfinished, except where the example counts them.
    let unfinished = dice.chance(0.05) && q.plan.answers.is_none() && site.code != "P06";
    let day = dice.between(1, 21);
    let first = campaign.first_day.date();
    let month = if first.month() == 4 { "05" } else { "11" };
    let year = first.year();
    let sent = format!(
        "{year}-{month}-{day:02} {:02}:{:02}:00",
        dice.between(7, 22),
        dice.between(0, 59)
    );
    let mut cells = vec![
        id.to_string(),
        if unfinished { String::new() } else { sent },
        if unfinished { "1" } else { "3" }.to_owned(),
        "fr".to_owned(),
        dice.between(100_000, 999_999).to_string(),
        site.code.clone(),
    ];
    for element in elements {
        let answer = modality(q, site, element, k, &person, 0.35);
        cells.push(match answer {
            _ if !element.types.contains(site.kind) => String::new(),
            Some(m) => format!("AO{m:02}"),
            None => "NSP".to_owned(),
        });
    }
    cells.push(comments::family(&mut dice));
    cells
}

/// A workbook with one line per respondent and the élément codes as headings.
pub(super) fn workbook(q: &Quality, k: usize, source: SourceCode) -> Result<Vec<u8>> {
    build(q, k, source)
        .map_err(|e| Error::Render(format!("Le tableau ne peut pas être écrit ({e}).")))
}

fn build(q: &Quality, k: usize, source: SourceCode) -> Result<Vec<u8>, XlsxError> {
    let campaign = &q.plan.campaigns[k];
    let elements = asked(q, campaign, source);
    let children = source == SourceCode::Enf;
    let mut book = fixed_workbook(15, DocProperties::new())?;
    let sheet = book.add_worksheet();
    sheet.set_name(if children { "Enfants" } else { "Équipe" })?;
    let second = if children {
        "Tranche d’âge"
    } else {
        "Ancienneté"
    };
    for (c, heading) in ["Structure", second].into_iter().enumerate() {
        sheet.write_string(0, c as u16, heading)?;
    }
    for (c, element) in elements.iter().enumerate() {
        sheet.write_string(0, c as u16 + 2, &element.code)?;
    }
    let mut row = 1;
    for site in q.plan.open_sites(campaign) {
        for i in 1..=respondents(q, site, campaign, source) {
            let person = format!("{source}{i}");
            let mut dice =
                WordDice::new(q.plan.seed, &["profil", &site.code, &campaign.id, &person]);
            let bands: [&str; 3] = if children {
                ["4-7 ans", "8-11 ans", "8-11 ans"]
            } else {
                ["moins d’un an", "1 à 3 ans", "plus de 3 ans"]
            };
            sheet
                .write_string(row, 0, &site.code)?
                .write_string(row, 1, *dice.pick(&bands))?;
            for (c, element) in elements.iter().enumerate() {
                let leniency = if children { 0.6 } else { 0.15 };
                match modality(q, site, element, k, &person, leniency) {
                    Some(m) => sheet.write_number(row, c as u16 + 2, m as f64)?,
                    None if element.types.contains(site.kind)
                        && q.referentiel.scales[element.scale].nsp =>
                    {
                        sheet.write_string(row, c as u16 + 2, "NSP")?
                    }
                    None => sheet,
                };
            }
            row += 1;
        }
    }
    book.save_to_buffer()
}

/// A CSV as French Excel saves it: `;`, Windows-1252, labels in full.
pub(super) fn schools(q: &Quality, k: usize) -> Vec<u8> {
    let campaign = &q.plan.campaigns[k];
    let elements = asked(q, campaign, SourceCode::Ens);
    let mut text = String::from("Accueil;Fonction");
    for element in &elements {
        text.push(';');
        text.push_str(&element.code);
    }
    text.push_str("\r\n");
    for site in q.plan.open_sites(campaign) {
        for i in 1..=respondents(q, site, campaign, SourceCode::Ens) {
            let person = format!("ENS{i}");
            text.push_str(&site.nom);
            text.push_str(if i == 1 {
                ";direction d’école"
            } else {
                ";enseignement"
            });
            for element in &elements {
                text.push(';');
                let labels = &q.referentiel.scales[element.scale].modalities;
                match modality(q, site, element, k, &person, 0.0) {
                    Some(m) => text.push_str(&labels[m - 1].label),
                    None if element.types.contains(site.kind) => text.push_str("Ne sait pas"),
                    None => {}
                }
            }
            text.push_str("\r\n");
        }
    }
    encoding_rs::WINDOWS_1252.encode(&text).0.into_owned()
}
