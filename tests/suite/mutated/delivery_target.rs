//! A delivery of the log that says anything, under the name that its bytes give it: what another program, or a hand, may
//! put in a shared folder. The log says what is wrong, or reads, and what it told is read when an edition is compared with
//! it.

use serde_json::Value;
use sha2::{Digest, Sha256};

use super::targets::Call;
use crate::atelier::{Atelier, files, is};
use observatoire::disclosure::{Audience, DeliveryLog, EditionKey, ToldEdition};

const LOG: &str = "data/livraisons";
const KEY: &str = "data/livraisons/journal.json";

/// What the example's readers were told, cut short, each as the first delivery of its log.
pub fn delivery_seeds() -> Vec<Vec<u8>> {
    let demo = Atelier::demo();
    let log = demo.root().join(LOG);
    let names = files(&log).into_iter();
    let records = names.filter(|name| is(name, "json") && name != "journal.json");
    let records = records.map(|name| {
        let bytes = std::fs::read(log.join(name)).expect("a delivery");
        let mut record: Value = serde_json::from_slice(&bytes).expect("JSON");
        record["precedentes"] = Value::Array(Vec::new());
        let campaigns = record["campagnes"].as_object_mut().expect("campaigns");
        for told in campaigns.values_mut().filter_map(Value::as_object_mut) {
            for entries in told.values_mut().filter_map(Value::as_object_mut) {
                *entries = std::mem::take(entries).into_iter().take(12).collect();
            }
        }
        serde_json::to_vec(&record).expect("JSON")
    });
    records.collect()
}

/// What the name of a file of the log ends with.
pub fn sealed_end(bytes: &[u8]) -> String {
    let sum = Sha256::digest(bytes);
    let start = u64::from_be_bytes(sum[..8].try_into().expect("eight bytes"));
    format!("{start:016x}")
}

/// The input as the only delivery of a log.
pub fn deliveries() -> Call {
    let demo = Atelier::demo();
    let key = std::fs::read(demo.root().join(KEY)).expect("a key");
    let atelier = Atelier::blank();
    atelier.write(KEY, &key);
    let edition = EditionKey {
        campaign: "C2".to_owned(),
        grounds: String::new(),
    };
    Box::new(move |bytes| {
        let sum = sealed_end(bytes);
        let name = format!("{LOG}/2026-12-15-equipe-{sum}.json");
        atelier.write(&name, bytes);
        let mut told = ToldEdition::default();
        let read = DeliveryLog::open(&atelier.root()).and_then(|log| {
            let compared = told.compared(&log, (&edition, Audience::Equipe), &|_| {
                unreachable!("a team reads its own delivery alone")
            });
            compared.map(drop)
        });
        std::fs::remove_file(atelier.root().join(name)).expect("removed");
        read.is_ok()
    })
}
