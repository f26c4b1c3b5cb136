//! What a file of the log keeps of a campaign, handed over figure by figure: a delivery of a vast territory, read whole,
//! takes several times the room of its file.

use std::collections::BTreeMap;
use std::fmt;
use std::marker::PhantomData;

use serde::de::{Deserialize, DeserializeSeed, Deserializer, IgnoredAny, MapAccess, Visitor};

use super::delivery_record::KeptEntry;
use super::kept_levels::KeptFigure;

/// Hands over what is kept of a campaign; nothing where the delivery told nothing of it.
///
/// # Errors
///
/// Bytes that no delivery wrote.
pub(crate) fn read_campaign(
    bytes: &[u8],
    campaign: &str,
    take: &mut dyn FnMut(KeptEntry),
) -> serde_json::Result<()> {
    let mut reader = serde_json::Deserializer::from_slice(bytes);
    EachField(&mut WholeFile { campaign, take }).deserialize(&mut reader)?;
    reader.end()
}

/// What is done of each field of an object.
trait Fields<'de> {
    fn field<M: MapAccess<'de>>(&mut self, name: String, map: &mut M) -> Result<(), M::Error>;
}

/// An object read field by field.
struct EachField<'f, F>(&'f mut F);

impl<'de, F: Fields<'de>> DeserializeSeed<'de> for EachField<'_, F> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, from: D) -> Result<(), D::Error> {
        from.deserialize_map(self)
    }
}

impl<'de, F: Fields<'de>> Visitor<'de> for EachField<'_, F> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<M: MapAccess<'de>>(self, mut map: M) -> Result<(), M::Error> {
        while let Some(name) = map.next_key::<String>()? {
            self.0.field(name, &mut map)?;
        }
        Ok(())
    }
}

/// A whole file.
struct WholeFile<'t> {
    campaign: &'t str,
    take: &'t mut dyn FnMut(KeptEntry),
}

impl<'de> Fields<'de> for WholeFile<'_> {
    fn field<M: MapAccess<'de>>(&mut self, name: String, map: &mut M) -> Result<(), M::Error> {
        match name.as_str() {
            "campagnes" => map.next_value_seed(EachField(&mut FileCampaigns(self))),
            _ => map.next_value::<IgnoredAny>().map(|_| ()),
        }
    }
}

/// Its campaigns.
struct FileCampaigns<'r, 't>(&'r mut WholeFile<'t>);

impl<'de> Fields<'de> for FileCampaigns<'_, '_> {
    fn field<M: MapAccess<'de>>(&mut self, name: String, map: &mut M) -> Result<(), M::Error> {
        if name == self.0.campaign {
            map.next_value_seed(EachField(&mut FileCampaign(self.0.take)))
        } else {
            map.next_value::<IgnoredAny>().map(|_| ())
        }
    }
}

/// One campaign.
struct FileCampaign<'t>(&'t mut dyn FnMut(KeptEntry));

impl<'de> Fields<'de> for FileCampaign<'_> {
    fn field<M: MapAccess<'de>>(&mut self, name: String, map: &mut M) -> Result<(), M::Error> {
        match name.as_str() {
            "reponses" => entries(map, |key, kept| (self.0)(KeptEntry::Answers(key, kept))),
            "niveaux" => entries(map, |site, kept| (self.0)(KeptEntry::Levels(site, kept))),
            "activites" => entries(map, |site, kept| {
                (self.0)(KeptEntry::Activities(site, kept));
            }),
            "territoire" => {
                let figures: BTreeMap<String, KeptFigure> = map.next_value()?;
                (self.0)(KeptEntry::Territory(figures));
                Ok(())
            }
            // Its head holds them.
            "publics" | "fondement" => map.next_value::<IgnoredAny>().map(|_| ()),
            _ => Err(serde::de::Error::custom("a field that no delivery writes")),
        }
    }
}

/// Hands over the entries of the object that is the next value.
fn entries<'de, M: MapAccess<'de>, V: Deserialize<'de>>(
    map: &mut M,
    take: impl FnMut(String, V),
) -> Result<(), M::Error> {
    let kind = PhantomData;
    map.next_value_seed(EachField(&mut Entries { take, kind }))
}

/// Entries of one kind.
struct Entries<T, V> {
    take: T,
    kind: PhantomData<V>,
}

impl<'de, V: Deserialize<'de>, T: FnMut(String, V)> Fields<'de> for Entries<T, V> {
    fn field<M: MapAccess<'de>>(&mut self, name: String, map: &mut M) -> Result<(), M::Error> {
        let value = map.next_value()?;
        (self.take)(name, value);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str, campaign: &str) -> serde_json::Result<Vec<String>> {
        let mut taken = Vec::new();
        read_campaign(text.as_bytes(), campaign, &mut |kept| {
            taken.push(match kept {
                KeptEntry::Answers(key, answers) => format!("{key} {}", answers.told().n),
                KeptEntry::Levels(site, _) => format!("niveaux {site}"),
                KeptEntry::Territory(figures) => format!("territoire {}", figures.len()),
                KeptEntry::Activities(site, _) => format!("activites {site}"),
            });
        })?;
        Ok(taken)
    }

    const RECORD: &str = r#"{"format":1,"rang":1,"precedentes":[],"livraisons":[],"campagnes":{
        "C1":{"publics":["elus"],"reponses":{"territoire/F1":{"n":7}},"niveaux":{},"territoire":{}},
        "C2":{"publics":["elus"],
            "reponses":{"accueil S1/F1":{"n":3,"masque":"effectif"},"territoire/F1":{"n":12}},
            "niveaux":{"S1":{"repondants":{},"empreintes":{},"chiffres":{}}},
            "territoire":{},
            "activites":{"S1":{"caches":["I16"]}},
            "fondement":"abc"}}}"#;

    #[test]
    fn everything_that_was_told_of_a_campaign_is_handed_over_and_of_no_other() {
        let taken = read(RECORD, "C2").expect("read");
        assert_eq!(
            taken,
            [
                "accueil S1/F1 3",
                "territoire/F1 12",
                "niveaux S1",
                "territoire 0",
                "activites S1"
            ]
        );
        assert_eq!(
            read(RECORD, "C1").expect("read"),
            ["territoire/F1 7", "territoire 0"]
        );
        assert!(read(RECORD, "C3").expect("read").is_empty());
    }

    #[test]
    fn what_no_delivery_writes_is_refused() {
        let foreign = RECORD.replace("fondement", "raisons");
        assert!(read(&foreign, "C2").is_err());
        assert!(read(&RECORD.replace("\"n\":3", "\"n\":\"3\""), "C2").is_err());
        assert!(read(&RECORD[..RECORD.len() - 1], "C2").is_err());
    }
}
