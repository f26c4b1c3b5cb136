//! The fictitious example, as its files stand: whatever is read in them joins what the cleared
//! types hold.

use observatoire::disclosure::{
    Audience, ClearedDelivery, ClearedDistribution, Respondents, Shares,
};
use observatoire::figures::{Scope, compute};
use observatoire::intake::store::Store;
use observatoire::vocabulary::config::Observatory;

use super::files::{Document, read_all};
use super::knowledge::Knowledge;
use super::truth::{Truth, found_by};
use super::worlds::{Campaign, Campaigns, new_grounds};
use crate::atelier::Atelier;

fn campaign(atelier: &Atelier, id: &str) -> Campaign {
    let observatory = Observatory::open(Some(&atelier.root())).expect("a folder");
    let described = observatory.campaign(Some(id)).expect("a campaign");
    let observations = Store::at(observatory.store_dir())
        .load(Some(id))
        .expect("answers");
    let registry = observatory.registry.all().iter();
    let scope = Scope {
        campaign: described,
        referentiel: observatory.referentiel(described),
        structures: registry
            .filter(|s| s.active(described.debut, described.fin))
            .collect(),
        regulation: &observatory.regulation,
        follow_ups: std::collections::BTreeMap::new(),
        released: std::collections::BTreeSet::new(),
    };
    Campaign {
        indicators: compute(&observations, &scope).expect("indicators").value,
        observations,
        referentiel: scope.referentiel.clone(),
        structures: scope.structures.iter().map(|s| (*s).clone()).collect(),
        thresholds: observatory.settings.audiences,
        outside: Vec::new(),
        grounds: new_grounds(),
    }
}

/// Both campaigns of the example.
pub fn campaigns(atelier: &Atelier) -> Campaigns {
    Campaigns {
        before: campaign(atelier, "C1"),
        after: campaign(atelier, "C2"),
    }
}

/// The reports of one campaign for one audience, in every format there is.
fn deliver(atelier: &Atelier, id: &str, audience: Audience) -> Vec<Document> {
    let folder = atelier
        .root()
        .join(format!("livraison-{id}-{}", audience.as_str()));
    let out = folder.to_string_lossy().into_owned();
    let ask = |formats: &str| {
        atelier.run(&[
            "rapport",
            "--campagne",
            id,
            "--public",
            audience.as_str(),
            "--sortie",
            &out,
            "--date",
            "2026-12-15",
            "--format",
            formats,
        ])
    };
    if ask("html,pdf,xlsx").code != 0 {
        let answer = ask("html");
        assert_eq!(answer.code, 0, "{}", answer.stderr);
    }
    read_all(&folder)
}

/// « 3,2 » or « 3.2 ».
fn level(cell: &str) -> Option<f64> {
    let value: f64 = cell.trim().replace(',', ".").parse().ok()?;
    (1.0..=4.0).contains(&value).then_some(value)
}

fn percent(cell: &str) -> Option<f64> {
    let digits = cell.trim().strip_suffix('%')?.trim();
    digits.parse::<f64>().ok().map(|p| p / 100.0)
}

fn respondents(cell: &str) -> Option<Respondents> {
    let cell = cell.trim().replace(['\u{a0}', '\u{202f}'], " ");
    if let Some((a, b)) = cell.split_once(" à ") {
        return Some(Respondents::Between(a.parse().ok()?, b.parse().ok()?));
    }
    cell.replace(' ', "").parse().ok().map(Respondents::Exactly)
}

impl Knowledge {
    /// Learns what tables of a file say: sites by axe, shares by question.
    fn read_file(
        &mut self,
        campaign: &Campaign,
        delivery: &ClearedDelivery,
        file: &Document,
        era: &str,
    ) {
        let site = campaign
            .structures
            .iter()
            .find(|s| file.name.contains(s.code.as_str()));
        let place = site.map_or("territoire", |s| s.code.as_str());
        let questions: Vec<&ClearedDistribution> = match site {
            Some(s) => delivery
                .site(&s.code)
                .into_iter()
                .flat_map(|s| s.distributions.values())
                .flatten()
                .collect(),
            None => delivery
                .territory
                .distributions
                .values()
                .flatten()
                .collect(),
        };
        for table in &file.tables {
            let Some(head) = table.first() else { continue };
            self.sites_by_axe(campaign, head, &table[1..], era);
            for row in &table[1..] {
                for q in &questions {
                    let told = row.first().is_some_and(|label| q.label == *label)
                        && head.contains(&q.modalities[0]);
                    if let Some(shares) = told.then(|| shares(row, q)).flatten() {
                        self.shares(
                            &format!("{era}|{place}|{}", q.code),
                            q.modalities.len(),
                            &shares,
                        );
                    }
                }
            }
        }
    }

    fn sites_by_axe(
        &mut self,
        campaign: &Campaign,
        head: &[String],
        rows: &[Vec<String>],
        era: &str,
    ) {
        let axes = &campaign.referentiel.axes;
        let column = |code: &str, label: &str| {
            let both = format!("{code} {label}");
            head.iter()
                .position(|h| h == code || h == label || *h == both)
        };
        for row in rows {
            let first = row.first().map_or("", String::as_str);
            let Some(site) = campaign
                .structures
                .iter()
                .find(|s| first.starts_with(s.code.as_str()))
            else {
                continue;
            };
            for axe in axes {
                let cell = column(&axe.code, &axe.label).and_then(|c| row.get(c));
                if let Some(value) = cell.and_then(|c| level(c)) {
                    self.learn_level(&format!("L|{era}|{}|{}", site.code, axe.code), value);
                }
            }
        }
    }
}

/// « 25 % », « 2 sur 5 »: the share, and what it is told of.
fn share(cell: &str) -> Option<(f64, usize)> {
    if let Some(percent) = percent(cell) {
        return Some((percent, 100));
    }
    let plain = cell.replace('\u{a0}', " ");
    let (k, m) = plain.split_once(" sur ")?;
    let (k, m): (f64, usize) = (k.trim().parse().ok()?, m.trim().parse().ok()?);
    Some((k / m as f64, m))
}

/// What a row of a table of answers says.
fn shares(row: &[String], q: &ClearedDistribution) -> Option<Shares> {
    let size = q.modalities.len();
    let respondents = respondents(row.last()?)?;
    let cells = row.get(1..=size)?;
    let told: Option<Vec<(f64, usize)>> = cells.iter().map(|c| share(c)).collect();
    let near = cells.iter().position(|c| c.contains("ou plus"));
    // A question that is agreed with for the worse is drawn among the others: those who agree last.
    let place = |m: usize| if q.reversed { size - 1 - m } else { m };
    let (parts, out_of, unanimous, at_least) = match (told, near) {
        (Some(told), None) => {
            let parts = (0..size).map(|m| told[place(m)].0).collect();
            (parts, told[0].1, None, 0.9)
        }
        (_, Some(m)) => {
            let (least, out_of) = share(cells[m].trim_end_matches(" ou plus"))?;
            (Vec::new(), out_of, Some(place(m)), least)
        }
        _ => return None,
    };
    Some(Shares {
        parts,
        out_of,
        // The table of a chart does not say it; the sentence that does names its question.
        favourable: f64::NAN,
        n: 0,
        respondents,
        nsp: 0.0,
        unanimous,
        at_least,
    })
}

/// Numbers under twenty stay in bands, and typed cells hold no more digits than they show.
fn says_too_much(file: &Document) -> Vec<String> {
    let text = file.text.replace(['\u{a0}', '\u{202f}'], " ");
    let counts = text.match_indices("n = ").filter_map(|(i, _)| {
        let rest: String = text[i + 4..]
            .chars()
            .take_while(char::is_ascii_digit)
            .collect();
        let after = text[i + 4 + rest.len()..].trim_start();
        let n: usize = rest.parse().ok()?;
        (n < 20 && !after.starts_with('à')).then(|| format!("{} : n = {n}", file.name))
    });
    let exact = |v: &&f64| ((**v * 1000.0) - (**v * 1000.0).round()).abs() > 1e-6;
    let digits = file
        .numbers
        .iter()
        .filter(exact)
        .map(|v| format!("{} : {v}", file.name));
    counts.chain(digits).collect()
}

/// What an attacker finds in the files of both campaigns for one audience; files read, facts read
/// in them.
fn attack(
    atelier: &Atelier,
    campaigns: &Campaigns,
    audience: Audience,
) -> (Vec<String>, usize, usize) {
    let deliveries = [
        campaigns.before.deliver(audience, None),
        campaigns.after.deliver(audience, Some(&campaigns.before)),
    ];
    let truths = [Truth::of(&campaigns.before), Truth::of(&campaigns.after)];
    let mut knowledge = Knowledge::default();
    let mut read = 0;
    let mut found = Vec::new();
    for (era, (id, campaign)) in [("C1", &campaigns.before), ("C2", &campaigns.after)]
        .iter()
        .enumerate()
    {
        let files = deliver(atelier, id, audience);
        read += files.len();
        for file in &files {
            found.extend(says_too_much(file));
            knowledge.read_file(campaign, &deliveries[era], file, ["1", "2"][era]);
        }
    }
    let facts = knowledge.facts;
    let both = [&deliveries[0], &deliveries[1]];
    let (more, hidden) = found_by(knowledge, campaigns, audience, both, &truths);
    assert!(hidden > 100, "{hidden}");
    found.extend(more);
    (found, read, facts)
}

#[test]
fn nothing_hidden_is_found_in_the_files_of_the_example() {
    let atelier = Atelier::demo();
    let campaigns = campaigns(&atelier);
    for (audience, least) in [(Audience::Elus, 2), (Audience::Equipe, 25)] {
        let (found, read, facts) = attack(&atelier, &campaigns, audience);
        assert!(found.is_empty(), "{audience:?}: {found:#?}");
        assert!(
            read >= least && facts > 100,
            "{audience:?}: {read} files, {facts} facts"
        );
    }
}

/// A page that prints the answers of the one site that the others leave over is found out.
#[test]
fn a_leaking_file_is_noticed() {
    let atelier = Atelier::demo();
    let campaign = campaign(&atelier, "C1");
    let delivery = campaign.deliver(Audience::Elus, None);
    let site = delivery.sites.iter().find_map(|s| {
        let mut all = s.distributions.values().flatten();
        Some((&s.structure, all.find(|q| q.shares.is_err())?))
    });
    let (code, q) = site.expect("a hidden question");
    let mut head = vec!["Question".to_owned()];
    head.extend(q.modalities.iter().cloned());
    head.push("Réponses".to_owned());
    let mut row = vec![q.label.to_string(), "25 %".to_owned(), "75 %".to_owned()];
    row.extend(vec!["0 %".to_owned(); q.modalities.len() - 2]);
    row.push("4".to_owned());
    let file = Document {
        name: format!("equipe-{code}.html"),
        tables: vec![vec![head, row]],
        text: "n = 4".to_owned(),
        numbers: vec![2.123_456],
    };
    let mut knowledge = Knowledge::default();
    knowledge.read_file(&campaign, &delivery, &file, "1");
    let name = format!("c|1|{code}|{}|1", q.code);
    assert!(knowledge.count_found(&name, 5.0, 0.0).is_some(), "{name}");
    assert_eq!(says_too_much(&file).len(), 2);
}
