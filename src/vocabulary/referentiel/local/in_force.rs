//! What of a layer holds in a campaign. A decision (a target, a critère put aside) holds in the campaigns that end on its
//! day or later; a sentence is asked in those that begin on its day or later, so that nobody answers two sentences in one
//! campaign. A campaign that was over keeps what held then.

use std::sync::Arc;

use super::layer_file::{LOCAL_FILE, LocalLayer};
use crate::base::day::Day;
use crate::base::error::{Error, Result};
use crate::vocabulary::referentiel::load::{NamedText, parse_once};
use crate::vocabulary::referentiel::local_tables::{LocalTables, RewordingEntry, TargetEntry};
use crate::vocabulary::referentiel::model::Referentiel;

/// First and last day of a campaign.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct CampaignWindow {
    /// First.
    pub begins: Day,
    /// Last.
    pub ends: Day,
}

#[derive(serde::Serialize)]
struct LayerTail<'a> {
    local: &'a LocalTables,
}

impl LocalLayer {
    /// A référentiel of a campaign, with what holds of the layer then: itself, to the byte, when nothing does.
    ///
    /// # Errors
    ///
    /// What the layer says cannot be; [`LocalLayer::check`] has told it already.
    pub(crate) fn over(
        &self,
        name: &str,
        shipped: &Referentiel,
        window: CampaignWindow,
    ) -> Result<Referentiel> {
        self.put(name, shipped, &self.holding(shipped, window))
    }

    /// A référentiel with some tables at its end.
    pub(super) fn put(
        &self,
        name: &str,
        shipped: &Referentiel,
        tables: &LocalTables,
    ) -> Result<Referentiel> {
        if tables.is_empty() {
            return Ok(shipped.clone());
        }
        let layer = NamedText {
            name: LOCAL_FILE,
            text: &self.text,
        };
        let text = appended(shipped, tables)?;
        Ok(Arc::unwrap_or_clone(parse_once(name, &text, Some(layer))?))
    }

    /// What holds in a campaign of a référentiel, in the order of the file.
    fn holding(&self, shipped: &Referentiel, window: CampaignWindow) -> LocalTables {
        let CampaignWindow { begins, ends } = window;
        let tables = &self.tables;
        let over = |retired: Option<Day>, day: Day| retired.is_some_and(|r| r <= day);
        let asides = tables.sans_objet.iter();
        let added = tables.ajouts.iter();
        LocalTables {
            cibles: latest(&tables.cibles, |t| (t.code.as_str(), t.decision), ends)
                .filter(|t| has_code(shipped, t))
                .cloned()
                .collect(),
            sans_objet: asides
                .filter(|a| a.decision <= ends && !over(a.retire, ends))
                .filter(|a| shipped.critere(&a.critere).is_some())
                .cloned()
                .collect(),
            reformulations: self.rewordings(shipped, begins),
            ajouts: added
                .filter(|a| a.depuis <= begins && !over(a.retire, begins))
                .filter(|a| shipped.critere(&a.critere).is_some())
                .cloned()
                .collect(),
        }
    }

    fn rewordings(&self, shipped: &Referentiel, begins: Day) -> Vec<RewordingEntry> {
        let all = &self.tables.reformulations;
        let own = |code: &str| {
            let mut added = self.tables.ajouts.iter();
            added.find(|a| a.code == code).map(|a| a.phrase.as_str())
        };
        let said = |code: &str| match shipped.element(code) {
            Some(e) => Some(shipped.elements[e].label.as_str()),
            None => own(code),
        };
        latest(all, |r| (r.element.as_str(), r.depuis), begins)
            // Back to the words as shipped: nothing is said otherwise.
            .filter(|r| said(&r.element).is_some_and(|label| label != r.phrase))
            .cloned()
            .collect()
    }
}

/// The entries in force on a day: of each code, the last one decided by then.
fn latest<'a, T>(
    entries: &'a [T],
    key: impl Fn(&'a T) -> (&'a str, Day) + Copy,
    day: Day,
) -> impl Iterator<Item = &'a T> {
    entries.iter().filter(move |entry| {
        let (code, own) = key(entry);
        let later = entries.iter().map(key);
        own <= day
            && !later
                .into_iter()
                .any(|(c, d)| c == code && d <= day && d > own)
    })
}

fn has_code(shipped: &Referentiel, target: &TargetEntry) -> bool {
    shipped.critere(&target.code).is_some() || shipped.axes.iter().any(|a| a.code == target.code)
}

/// The text that is kept with what is read: the référentiel as shipped, then what holds.
fn appended(shipped: &Referentiel, tables: &LocalTables) -> Result<String> {
    let written = toml::to_string(&LayerTail { local: tables });
    let written = written.map_err(|e| Error::Config(format!("{LOCAL_FILE} : {e}")))?;
    let shipped = &shipped.text;
    Ok(format!(
        "{shipped}\n# Couche locale du territoire.\n\n{written}"
    ))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::day::on;
    use crate::vocabulary::referentiel::{LocalSentence, embedded, parse};

    const LAYER: &str = r#"
[[cibles]]
code = "REL-2"
cible = 3.2
decision = "2026-03-12"
instance = "Comité « d’été »"
[[cibles]]
code = "REL-2"
cible = 3.5
decision = "2027-03-12"
[[sans_objet]]
critere = "ENV-2"
motif = "Aucun extérieur."
decision = "2026-03-12"
retire = "2027-01-01"
[[reformulations]]
element = "REL-2-OBS-1"
phrase = "Un adulte parle bas."
depuis = "2026-09-01"
[[ajouts]]
critere = "REL-3"
code = "REL-3-OBS-L1"
source = "OBS"
echelle = "frequence4"
phrase = "Une règle est redite par un enfant."
depuis = "2026-09-01"
"#;

    fn over(begins: &str, ends: &str) -> Referentiel {
        let shipped = parse("v2", embedded()).expect("the shipped one");
        let layer = LocalLayer::parse(LAYER).expect("a layer");
        layer.check(&[&shipped]).expect("it can be");
        let window = CampaignWindow {
            begins: on(begins),
            ends: on(ends),
        };
        layer.over("v2", &shipped, window).expect("put over")
    }

    fn critere<'r>(r: &'r Referentiel, code: &str) -> &'r crate::vocabulary::referentiel::Critere {
        &r.criteres[r.critere(code).expect("a critère")]
    }

    #[test]
    fn what_holds_depends_on_the_days_of_the_campaign() {
        let shipped = parse("v2", embedded()).expect("the shipped one");
        assert_eq!(over("2026-01-05", "2026-02-27"), shipped);
        let spring = over("2026-03-02", "2026-06-30");
        assert!((critere(&spring, "REL-2").cible - 3.2).abs() < 1e-9);
        assert!(critere(&spring, "ENV-2").put_aside.is_some());
        assert_eq!(spring.elements.len(), shipped.elements.len());
        let hashes = |r: &Referentiel| -> Vec<String> {
            r.criteres.iter().map(|c| c.hash.clone()).collect()
        };
        assert_eq!(hashes(&spring), hashes(&shipped));
        let later = over("2027-03-01", "2027-06-30");
        assert!((critere(&later, "REL-2").cible - 3.5).abs() < 1e-9);
        assert!(critere(&later, "ENV-2").put_aside.is_none());
        let own = later.element("REL-3-OBS-L1").expect("added");
        assert_eq!(later.elements[own].local, Some(LocalSentence::Added));
        assert!(!later.elements[own].must);
        let reworded = later.element("REL-2-OBS-1").expect("there");
        assert_eq!(later.elements[reworded].label, "Un adulte parle bas.");
        let broken: Vec<&str> = (later.criteres.iter().zip(&shipped.criteres))
            .filter(|(now, then)| now.hash != then.hash)
            .map(|(now, _)| now.code.as_str())
            .collect();
        assert_eq!(broken, ["REL-2", "REL-3"]);
    }

    /// The text that the store keeps is the same référentiel, read alone.
    #[test]
    fn what_is_kept_reads_back_as_it_was() {
        for (begins, ends) in [("2026-03-02", "2026-06-30"), ("2027-03-01", "2027-06-30")] {
            let made = over(begins, ends);
            assert_eq!(parse("kept", &made.text).expect("kept"), made);
        }
    }
}
