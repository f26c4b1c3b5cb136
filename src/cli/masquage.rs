//! `verifier --public`: what an audience will not see, and why, before anything is written.

use std::collections::BTreeMap;
use std::path::Path;

use serde_json::json;

use super::Done;
use super::output::aligned;
use super::picture::Picture;
use super::session::{Session, write_file};
use crate::base::error::Result;
use crate::base::table_files::workbook;
use crate::base::tabular::{Field, Heading, Table};
use crate::base::text::count;
use crate::disclosure::{Audience, DeliveryLog, MaskedCell, Masking};
use crate::vocabulary::config::Campaign;

/// Shows the plan of masking of a campaign for an audience, and writes it as a workbook if asked.
pub fn plan(
    session: &Session,
    campaign: &Campaign,
    (audience, day): (Audience, &str),
    out: Option<&Path>,
) -> Result<Done> {
    let picture = Picture::of(session, campaign)?;
    let mut log = DeliveryLog::open(&session.observatory.root)?;
    let (cleared, repeated) = picture.clear(session, (audience, day), &mut log);
    let masked = &cleared.masked;
    let mut text = format!(
        "Campagne {} : ce qui sera masqué {}\n\n",
        campaign.id,
        audience.to_whom()
    );
    text.push_str(&aligned(
        &["Où", "Chiffre", "Source", "Pourquoi", "Protège"],
        &rows(masked),
    ));
    let mut summary = masked
        .summary()
        .unwrap_or_else(|| "Rien n’est masqué.".to_owned());
    if repeated > 0 {
        let said = count(repeated, "chiffre reprendra", "chiffres reprendront");
        summary = format!(
            "{summary} {said} la valeur d’une édition précédente : trop peu de réponses ont changé depuis."
        );
    }
    if let Some(path) = out {
        write_file(path, &workbook(&[table(masked)])?)?;
        summary = format!("{summary} Plan écrit dans {}.", path.display());
    }
    Ok(Done {
        text,
        result: json!({
            "campagne": campaign.id,
            "public": audience.as_str(),
            "masques": table(masked).json(),
            "par_raison": masked.by_reason().iter()
                .map(|(mask, n)| (mask.as_str(), *n)).collect::<BTreeMap<_, _>>(),
            "repris": repeated,
        }),
        summary,
        ..Done::default()
    })
}

/// One line per place, figure and reason; questions of one source masked for the same reason at
/// the same place are counted together.
fn rows(masked: &Masking) -> Vec<Vec<String>> {
    let mut rows: Vec<Vec<String>> = Vec::new();
    let mut questions: BTreeMap<[String; 4], (usize, usize)> = BTreeMap::new();
    for cell in &masked.cells {
        let source = cell.source.map_or(String::new(), |s| s.as_str().to_owned());
        let fields = [
            cell.place.words(),
            source,
            cell.mask.reason().to_owned(),
            cell.protects.clone(),
        ];
        if cell.source.is_none() {
            let [place, source, why, protects] = fields;
            rows.push(vec![place, named(cell), source, why, protects]);
            continue;
        }
        let next = rows.len();
        let (n, row) = questions.entry(fields.clone()).or_insert((0, next));
        *n += 1;
        let [place, source, why, protects] = fields;
        let what = count(*n, "question", "questions");
        let line = vec![place, what, source, why, protects];
        if *row == next {
            rows.push(line);
        } else {
            rows[*row] = line;
        }
    }
    rows
}

fn named(cell: &MaskedCell) -> String {
    let short: String = cell.label.chars().take(40).collect();
    let cut = if short.len() < cell.label.len() {
        "…"
    } else {
        ""
    };
    format!("{} {}{cut}", cell.code, short.trim_end())
}

/// The plan, cell by cell.
fn table(masked: &Masking) -> Table {
    let text = |t: &str| Field::Text(t.to_owned());
    let rows = masked.cells.iter().map(|c| {
        vec![
            text(&c.place.words()),
            text(&c.code),
            text(&c.label),
            text(c.source.map_or("", |s| s.as_str())),
            text(c.mask.as_str()),
            text(c.mask.reason()),
            text(&c.protects),
        ]
    });
    Table::new(
        "Masquage",
        [
            "lieu",
            "code",
            "libelle",
            "source",
            "raison",
            "explication",
            "protege",
        ]
        .map(Heading::text)
        .to_vec(),
        rows.collect(),
    )
}
