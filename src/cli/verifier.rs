//! `verifier`: the référentiel and configuration are valid (opening has proved it), and who has
//! returned what for the campaign.

use std::path::Path;

use serde_json::json;

use super::Done;
use super::arguments::CampaignArgs;
use super::output::aligned;
use super::session::Session;
use crate::config::{Campaign, Structure};
use crate::error::Result;
use crate::indicators::{Indicators, Level};
use crate::referentiel::{Referentiel, SourceCode};
use crate::text::{count, percent};

/// Runs the command.
pub fn run(folder: Option<&Path>, args: &CampaignArgs) -> Result<Done> {
    let session = Session::open(folder)?;
    let observatory = &session.observatory;
    let campaign = observatory.campaign(args.campagne.as_deref())?;
    let referentiel = observatory.referentiel(campaign);
    let checked = session.indicators(campaign)?;
    let expected: Vec<SourceCode> = SourceCode::ALL
        .into_iter()
        .filter(|s| campaign.expects_source(*s))
        .collect();
    let structures = session.scope(campaign).structures;
    let cells: Vec<Vec<Returned>> = structures
        .iter()
        .map(|s| {
            expected
                .iter()
                .map(|x| returned(s, *x, campaign, referentiel, &checked.value))
                .collect()
        })
        .collect();
    let rows: Vec<Vec<String>> = structures
        .iter()
        .zip(&cells)
        .map(|(s, cells)| {
            let mut row = vec![s.code.clone(), s.nom.clone()];
            row.extend(cells.iter().map(|c| c.text.clone()));
            row
        })
        .collect();
    let mut headers = vec!["Code", "Structure"];
    headers.extend(expected.iter().map(|s| s.as_str()));
    let missing = cells.iter().flatten().filter(|c| c.missing).count();
    let text = format!(
        "{}\n{}\nCampagne {} ({}) : qui a rendu quoi\n\n{}",
        vocabulary(referentiel),
        registry(&session),
        campaign.id,
        campaign.label,
        aligned(&headers, &rows)
    );
    let result = json!({
        "campagne": campaign.id,
        "referentiel": referentiel.version,
        "structures": structures.iter().zip(&cells).map(|(s, cells)| json!({
            "structure": s.code,
            "sources": expected.iter().zip(cells).map(|(x, c)| json!({
                "source": x.as_str(), "recu": c.n, "manque": c.missing,
            })).collect::<Vec<_>>(),
        })).collect::<Vec<_>>(),
    });
    let summary = match missing {
        0 => "Tout ce qui était attendu est arrivé.".to_owned(),
        n => format!(
            "{} (« manque » dans le tableau).",
            count(n, "retour manque encore", "retours manquent encore")
        ),
    };
    Ok(Done {
        text,
        result,
        diagnostics: checked.diagnostics,
        summary,
        bytes: None,
    })
}

fn vocabulary(r: &Referentiel) -> String {
    let imperatifs = r.criteres.iter().filter(|c| c.imperatif).count();
    let counts: Vec<String> = SourceCode::ALL
        .iter()
        .map(|s| {
            format!(
                "{s} {}",
                r.elements.iter().filter(|e| e.source == *s).count()
            )
        })
        .collect();
    format!(
        "Référentiel {} : {}, {} dont {}, {} ({}). Valide.",
        r.version,
        count(r.axes.len(), "axe", "axes"),
        count(r.criteres.len(), "critère", "critères"),
        count(imperatifs, "impératif", "impératifs"),
        count(r.elements.len(), "élément", "éléments"),
        counts.join(", ")
    )
}

fn registry(session: &Session) -> String {
    let all = session.observatory.registry.all().len();
    let regulation = &session.observatory.regulation;
    format!(
        "Registre : {}. Paramètres réglementaires {} (en vigueur le {}).",
        count(all, "structure", "structures"),
        regulation.version,
        crate::text::date_short(&regulation.en_vigueur)
    )
}

/// What a structure returned for a source.
struct Returned {
    text: String,
    n: usize,
    missing: bool,
}

fn returned(
    structure: &Structure,
    source: SourceCode,
    campaign: &Campaign,
    referentiel: &Referentiel,
    indicators: &Indicators,
) -> Returned {
    let asked = referentiel
        .instrument(source, structure.kind)
        .any(|(_, e)| campaign.expects_critere(&referentiel.criteres[e.critere].code));
    if !asked {
        return Returned {
            text: "sans objet".to_owned(),
            n: 0,
            missing: false,
        };
    }
    let key = (structure.code.clone(), source);
    let collected = &indicators.collected;
    let n = match source {
        SourceCode::Don => collected
            .lines
            .get(&structure.code)
            .map_or(0, std::collections::BTreeMap::len),
        _ if source.is_questionnaire() => collected.respondents.get(&key).copied().unwrap_or(0),
        _ => collected
            .grids
            .get(&key)
            .map_or(0, std::collections::BTreeSet::len),
    };
    if n == 0 {
        return Returned {
            text: "manque".to_owned(),
            n,
            missing: true,
        };
    }
    let rate = match source {
        SourceCode::Fam => indicators.get(&structure.code, Level::Activite, "I16"),
        SourceCode::Eqp => indicators.get(&structure.code, Level::Activite, "I12b"),
        _ => None,
    };
    let rate = rate
        .and_then(|f| f.value)
        .map(|v| format!(" ({})", percent(v)))
        .unwrap_or_default();
    Returned {
        text: format!("{n}{rate}"),
        n,
        missing: false,
    }
}
