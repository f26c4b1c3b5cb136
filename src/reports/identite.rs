//! The carte d’identité of an accueil, one page: what it is, its team, its activity; what no file says is said once.

use super::acronym_note::explained;
use super::document::{Block, Document, Fact, Head, ReportSection};
use super::report_context::ReportContext;
use super::site_facts::activity_row;
use crate::base::tabular::{Heading, Table};
use crate::base::text::{Datum, list};
use crate::disclosure::ClearedSite;
use crate::vocabulary::config::Structure;
use crate::wording::identity_words::{IdentityLine, place_lines, team_lines};

/// What says how much the accueil is used, how its team is made and goes on.
const ACTIVITIES: [&str; 8] = ["I01", "I02", "I03", "I19", "I06b", "I08", "I11", "I17"];

/// Builds the card of a site.
pub fn build(
    site: &ClearedSite,
    structure: &Structure,
    context: &ReportContext,
    head: Head,
) -> Document {
    let code = match head.audience.as_str() {
        "equipe" => "IDENTITE".to_owned(),
        other => format!("IDENTITE:{other}"),
    };
    let key = context.keys(&site.structure).of(&code);
    let place = place_lines(structure, &site.identity);
    let team = team_lines(&site.identity);
    let mut sections = vec![facts("L’accueil", "Accueil", &place, &key)];
    if team.iter().any(|line| line.value.is_some()) {
        sections.push(facts("L’équipe", "Équipe", &team, &key));
    }
    sections.extend(activity(site, context));
    let unsaid = unsaid(place.iter().chain(&team), site, context);
    if let (Some(said), Some(last)) = (unsaid, sections.last_mut()) {
        last.blocks.push(Block::note(said));
    }
    explained(Document { head, sections })
}

/// What is known, each line with its value.
fn facts(title: &str, sheet: &str, lines: &[IdentityLine], key: &str) -> ReportSection {
    let known = lines.iter().filter_map(|line| {
        let value = line.value.clone()?;
        Some(Fact::new(line.name, value).keyed([key.to_owned()]))
    });
    let rows = known.collect();
    ReportSection::new(title, sheet, vec![Block::Facts { rows }])
}

fn activity(site: &ClearedSite, context: &ReportContext) -> Option<ReportSection> {
    let keys = context.keys(&site.structure);
    let own = |code: &&str| site.activities.iter().find(|a| *a.code == **code);
    let rows: Vec<Vec<Datum>> = (ACTIVITIES.iter())
        .filter_map(own)
        .filter_map(|a| activity_row(a, keys))
        .collect();
    let columns = vec![
        Heading::words("Indicateur").wide(3.6),
        Heading::figures("Valeur").wide(2.0),
        Heading::words("Comment il est calculé").wide(5.0),
    ];
    (!rows.is_empty()).then(|| {
        let table = Table::new("L’activité en chiffres".to_owned(), columns, rows);
        ReportSection::new("L’activité", "Activité", vec![Block::Table(table)])
    })
}

/// What no file says, in one sentence, and who can say it; nothing where all is known.
fn unsaid<'l>(
    lines: impl Iterator<Item = &'l IdentityLine>,
    site: &ClearedSite,
    context: &ReportContext,
) -> Option<String> {
    let mut missing: Vec<String> = lines
        .filter(|line| line.value.is_none())
        .map(|line| line.name.to_lowercase())
        .collect();
    if site.activities.iter().all(|a| a.value.is_none()) {
        missing.push("activité".to_owned());
    }
    (!missing.is_empty()).then(|| {
        format!(
            "Non renseigné à {} : {}. La coordination le complète dans le registre des accueils ou dans les données d’activité.",
            context.campaigns.current,
            list(&missing)
        )
    })
}
