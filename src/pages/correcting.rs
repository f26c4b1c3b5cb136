//! **À corriger**: each remark of the files that wait, with the sheet around its cell; a value is typed in its place,
//! or the workbook goes back to who sent it.

use std::collections::BTreeMap;

use rayon::prelude::*;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use super::choices_offered::{accueils, campaign, campaigns, remarks};
use super::waiting_words::{Look, looks, outcomes_of, shown_name};
use crate::actions::corriger_cellule::{CellRequest, correct_cell};
use crate::actions::sheet_picture::{PicturedFile, SheetPicture};
use crate::base::diagnostics::{Code, Diagnostic, Severity};
use crate::base::error::Result;
use crate::base::text::{count, hex};
use crate::campaign::today;
use crate::intake::FileOutcome;
use crate::intake::cell_corrections::CellCorrection;
use crate::pages::answer::PageAnswer;
use crate::pages::page_ask::PageAsk;
use crate::pages::reception::{Reception, WaitingFile};

/// Cells of a file that are drawn, unless all of them are asked for.
const DRAWN: usize = 12;
/// Cells of a file that are drawn at most; the others are listed.
const MOST: usize = 200;

pub(crate) fn show(asked: &PageAsk) -> Result<PageAnswer> {
    let opened = asked.open()?;
    let current = asked.campaign(&opened)?;
    let reception = Reception::of(&asked.desk.user, &opened.observatory.root, &current.id)?;
    let looks = looks(&opened, &current.id, &reception.waiting()?)?;
    let found = looks.iter().flat_map(waiting_outcomes);
    let mut found: Vec<(&WaitingFile, &FileOutcome)> = found
        .filter(|(waiting, found)| !found.known && has_something(waiting, found))
        .collect();
    // What keeps a file out comes first.
    found.sort_by_key(|(_, found)| found.enters());
    // A workbook is opened again for its pictures: several at a time.
    let files: Vec<Value> = found
        .par_iter()
        .map(|(waiting, found)| file(waiting, found, asked.query("tout")))
        .collect();
    let content = json!({
        "campagne": campaign(&opened, current),
        "campagnes": campaigns(&opened),
        "accueils": accueils(&opened, current),
        "attendent": looks.iter().any(|l| !l.files.is_empty()),
        "fichiers": files,
    });
    asked.page("a_corriger.html", "À corriger", "À corriger", content)
}

fn waiting_outcomes(look: &Look) -> impl Iterator<Item = (&WaitingFile, &FileOutcome)> {
    let files = look.files.iter();
    files.flat_map(|w| outcomes_of(&look.outcome, w).map(move |f| (w, f)))
}

fn corrections<'a>(waiting: &'a WaitingFile, found: &FileOutcome) -> &'a [CellCorrection] {
    let own = waiting.corrections.get(found.origin.sha256());
    own.map_or(&[], Vec::as_slice)
}

fn has_something(waiting: &WaitingFile, found: &FileOutcome) -> bool {
    !corrections(waiting, found).is_empty()
        || found
            .diagnostics
            .iter()
            .any(|d| d.severity() != Severity::Info)
}

/// What is said of one cell.
#[derive(Default)]
struct SaidOfCell<'a> {
    remarks: Vec<&'a Diagnostic>,
}

fn file(waiting: &WaitingFile, found: &FileOutcome, whole: &str) -> Value {
    let sha256 = found.origin.sha256();
    let typed = corrections(waiting, found);
    let mark = format!("f{}", sha256.get(..12).unwrap_or_default());
    let mut cells: BTreeMap<(Severity, usize), ((String, String), SaidOfCell)> = BTreeMap::new();
    let mut elsewhere: Vec<Diagnostic> = Vec::new();
    for (rank, remark) in found.diagnostics.iter().enumerate() {
        let is_seen = remark.severity() != Severity::Info;
        let Some(cell) = remark.at.cell.as_ref().filter(|_| is_seen) else {
            elsewhere.extend(is_seen.then(|| remark.clone()));
            continue;
        };
        let place = (
            remark.at.sheet.as_deref().unwrap_or("").to_owned(),
            cell.clone(),
        );
        let known = cells.values_mut().find(|(at, _)| *at == place);
        if let Some((_, said)) = known {
            said.remarks.push(remark);
        } else {
            let said = SaidOfCell {
                remarks: vec![remark],
            };
            cells.insert((remark.severity(), rank), (place, said));
        }
    }
    let shown = if whole == mark { MOST } else { DRAWN };
    let pictured = PicturedFile::of(found, typed);
    let drawn = cells.values().take(shown).map(|((sheet, cell), said)| {
        let picture = pictured.as_ref().ok().and_then(|p| p.around(sheet, cell));
        cell_content(sheet, cell, said, picture)
    });
    let drawn: Vec<Value> = drawn.collect();
    let rest: Vec<Diagnostic> = (cells.values().skip(shown))
        .flat_map(|(_, said)| said.remarks.iter().map(|d| (*d).clone()))
        .collect();
    json!({
        "rang": waiting.rank,
        "sha256": sha256,
        "ancre": mark,
        "nom": shown_name(waiting, found),
        "bilan": summary(found),
        "cellules": drawn,
        "illisible": pictured.err().filter(|_| !cells.is_empty()),
        "ailleurs": remarks(&elsewhere),
        "reste": remarks(&rest),
        "reste_dit": match rest.len() { 0 => String::new(), n => count(n, "autre remarque", "autres remarques") },
        "tout": cells.len() > shown && shown < MOST,
        "corrigees": typed.iter().map(|c| json!({ "feuille": c.sheet, "cellule": c.cell, "dit": c.told() })).collect::<Vec<_>>(),
        "renvoi": waiting.name.to_lowercase().ends_with(".xlsx"),
    })
}

/// « 2 erreurs, 1 point à vérifier ».
fn summary(found: &FileOutcome) -> String {
    let of = |severity| {
        let all = found.diagnostics.iter();
        all.filter(|d| d.severity() == severity).count()
    };
    let mut parts = Vec::new();
    match of(Severity::Error) {
        0 => parts.push("peut entrer".to_owned()),
        n => parts.push(format!("n’entrera pas : {}", count(n, "erreur", "erreurs"))),
    }
    if let n @ 1.. = of(Severity::Warning) {
        parts.push(count(n, "point à vérifier", "points à vérifier"));
    }
    parts.join(", ")
}

fn cell_content(
    sheet: &str,
    cell: &str,
    said: &SaidOfCell,
    picture: Option<SheetPicture>,
) -> Value {
    let all: Vec<Diagnostic> = said.remarks.iter().map(|d| (*d).clone()).collect();
    let text = picture.as_ref().map(text_of).unwrap_or_default();
    let others = picture.iter().flat_map(SheetPicture::cells);
    let others: Vec<Value> = others
        .map(|c| json!({ "cellule": c.at, "texte": short(&c.text), "visee": c.named }))
        .collect();
    json!({
        "feuille": sheet,
        "cellule": cell,
        "remarques": remarks(&all),
        "accueil": all.iter().any(|d| d.code == Code::StructureMissing),
        "nom": all.iter().any(|d| d.code == Code::StructureUnknown),
        "grave": all.iter().any(|d| d.severity() == Severity::Error),
        "liste": list_of(&all),
        "vu": seen(picture.as_ref()),
        "texte": text,
        "cases": others,
        "colonnes": picture.as_ref().map(|p| p.columns.clone()),
        "lignes": picture.map(|p| p.rows.iter().map(row).collect::<Vec<_>>()).unwrap_or_default(),
    })
}

fn row(row: &crate::actions::sheet_picture::PictureRow) -> Value {
    let cells = row.cells.iter().map(
        |c| json!({ "texte": c.text, "colonnes": c.span.0, "lignes": c.span.1, "visee": c.named }),
    );
    json!({ "numero": row.number, "cases": cells.collect::<Vec<_>>() })
}

/// Which list of values may be chosen from, by what is wrong.
fn list_of(remarks: &[Diagnostic]) -> &'static str {
    let levels = [
        Code::ValueOutOfScale,
        Code::NcOnImperatif,
        Code::SeveralTicks,
    ];
    let places = [Code::StructureUnknown, Code::StructureAmbiguous];
    if remarks.iter().any(|d| levels.contains(&d.code)) {
        "niveaux"
    } else if remarks.iter().any(|d| places.contains(&d.code)) {
        "codes"
    } else {
        ""
    }
}

/// What is read in the cell that a remark names.
fn text_of(picture: &SheetPicture) -> String {
    let mut named = picture.cells().filter(|c| c.named);
    named.next().map(|c| c.text.clone()).unwrap_or_default()
}

/// A few words of a cell, to choose it by.
fn short(text: &str) -> String {
    text.chars().take(30).collect()
}

/// What stood around a cell when it was looked at.
fn seen(picture: Option<&SheetPicture>) -> String {
    let cells = picture.into_iter().flat_map(SheetPicture::cells);
    let texts: Vec<String> = cells.map(|c| format!("{}:{}", c.at, c.text)).collect();
    hex(&Sha256::digest(texts.join("\n"))[..8])
}

fn address(campaign: &str, sha256: &str) -> String {
    let mark = sha256.get(..12).unwrap_or_default();
    format!("/a-corriger?campagne={campaign}#f{mark}")
}

/// A value is typed in the place of what a cell holds.
pub(crate) fn correct(asked: &PageAsk) -> Result<PageAnswer> {
    let opened = asked.open()?;
    let current = asked.campaign(&opened)?;
    let reception = Reception::of(&asked.desk.user, &opened.observatory.root, &current.id)?;
    let waiting = reception.one(asked.field("rang"))?;
    let (sha256, sheet, cell) = (
        asked.field("sha256"),
        asked.field("feuille"),
        asked.field("cellule"),
    );
    let address = address(&current.id, sha256);
    let looks = looks(&opened, &current.id, std::slice::from_ref(&waiting))?;
    let mut all = looks.iter().flat_map(waiting_outcomes);
    let Some((_, found)) = all.find(|(_, f)| f.origin.sha256() == sha256) else {
        return asked.done(&address, "Ce fichier a changé depuis que vous l’avez vu : rien n’est corrigé. Le voici tel qu’il est.");
    };
    let pictured = PicturedFile::of(found, corrections(&waiting, found)).ok();
    let there = pictured.and_then(|p| p.around(sheet, asked.field("visee")));
    if seen(there.as_ref()) != asked.field("vu") {
        return asked.done(&address, &format!("Autour de la cellule {cell}, quelque chose a été corrigé entre-temps, dans un autre onglet : rien n’est changé. Voici ce qui est lu."));
    }
    let typed = correct_cell(&CellRequest {
        file: found,
        sheet,
        cell,
        value: asked.field("valeur"),
        day: today(),
    })?;
    let told = format!(
        "Cellule {} {}. Votre fichier n’est pas touché.",
        typed.cell,
        typed.told()
    );
    reception.correct(&waiting.rank, sha256, typed)?;
    asked.done(&address, &told)
}

/// A correction is taken back: the cell is read as the file has it.
pub(crate) fn take_back(asked: &PageAsk) -> Result<PageAnswer> {
    let opened = asked.open()?;
    let current = asked.campaign(&opened)?;
    let reception = Reception::of(&asked.desk.user, &opened.observatory.root, &current.id)?;
    let sha256 = asked.field("sha256");
    let back = reception.take_back(
        asked.field("rang"),
        sha256,
        asked.field("feuille"),
        asked.needed("cellule", "la cellule")?,
    )?;
    let told = format!(
        "La correction de la cellule {} est reprise : elle est lue telle que le fichier la dit.",
        back.cell
    );
    asked.done(&address(&current.id, sha256), &told)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_leads_to_a_file() {
        assert_eq!(
            address("C1", "0123456789abcdef"),
            "/a-corriger?campagne=C1#f0123456789ab"
        );

        assert_eq!(address("C1", ""), "/a-corriger?campagne=C1#f");
    }
}
