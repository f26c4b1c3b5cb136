//! Any file of the store that is flipped, cut, emptied, swapped or gone: no figure is made from it, it
//! is named by whoever reads it, and always by `verifier --profond`. Many more:
//! `ALTERATIONS=2000 cargo test … integrity`.

use std::path::PathBuf;

use observatoire::vocabulary::referentiel::SourceCode;
use rand::seq::IndexedRandom as _;
use rand::{RngExt as _, SeedableRng as _};
use rand_chacha::ChaCha8Rng;

use crate::atelier::{Answer, Atelier, files};
use crate::fixtures::form;

/// Alterations in the suite.
const FEW: usize = 60;

/// What is asked, which together reads every kind of file of the store.
const ASKED: [&[&str]; 2] = [
    &["indicateurs", "--campagne", "C1"],
    &["exporter", "observations"],
];

/// The same, and plans, and what was delivered.
const ALL_ASKED: [&[&str]; 4] = [
    ASKED[0],
    ASKED[1],
    &["plan", "lister", "--date", "2026-12-15"],
    &["verifier", "--public", "elus", "--date", "2026-12-15"],
];

/// Two imports and one taken back, folded.
pub fn made() -> Atelier {
    let atelier = Atelier::blank();
    let families = "structure,date,REL-1-FAM-1,REL-1-FAM-2,commentaire
R01,2026-05-12,3,4,Merci
R01,2026-05-12,2,,
R02,2026-05-13,1,3,
";
    let sessions = "structure,date,plage,duree_h,presents_moins6,presents_6plus,animateurs
R01,2026-05-12,matin,4,8,12,3
";
    for (name, bytes) in [
        ("O1.xlsx", form(SourceCode::Obs, "1", "O1", &[])),
        ("familles.csv", families.as_bytes().to_vec()),
        ("seances.csv", sessions.as_bytes().to_vec()),
        ("O2.xlsx", form(SourceCode::Obs, "1", "O2", &[])),
    ] {
        let path = atelier.write(&format!("reçus/{name}"), &bytes);
        let more = ["importer", &path, "--campagne", "C1"];
        let source = ["--source", "FAM"];
        let source = if name.starts_with("familles") {
            &source[..]
        } else {
            &[]
        };
        let answer = atelier.run(&[&more[..], source].concat());
        assert_eq!(answer.code, 0, "{name}: {}", answer.stderr);
    }
    assert_eq!(atelier.run(&["annuler", "I004"]).code, 0);
    for asked in ASKED {
        assert_eq!(atelier.run(asked).code, 0);
    }
    atelier
}

/// The same with a plan and two deliveries.
fn delivered() -> Atelier {
    let atelier = made();
    for more in [
        &[
            "plan",
            "proposer",
            "--campagne",
            "C1",
            "--date",
            "2026-12-01",
        ][..],
        &[
            "rapport",
            "--public",
            "elus",
            "--format",
            "html",
            "--date",
            "2026-12-01",
        ],
        &[
            "rapport",
            "--public",
            "familles",
            "--format",
            "html",
            "--date",
            "2026-12-02",
        ],
    ] {
        let answer = atelier.run(more);
        assert_eq!(answer.code, 0, "{more:?}: {}", answer.stderr);
    }
    atelier
}

/// Files that hold something, by their path.
fn kept(atelier: &Atelier) -> Vec<(String, Vec<u8>)> {
    let root = atelier.root();
    let all = files(&root.join("data")).into_iter();
    let folders = ["store/", "reperes/", "plans/", "livraisons/"];
    let of_store = all.filter(|f| folders.iter().any(|folder| f.starts_with(folder)));
    let read = of_store.map(|f| {
        let bytes = std::fs::read(root.join("data").join(&f)).expect("readable");
        (format!("data/{f}"), bytes)
    });
    read.filter(|(_, bytes)| !bytes.is_empty()).collect()
}

#[derive(Debug, Clone, Copy, PartialEq)]
enum Alteration {
    Flip,
    Cut,
    Empty,
    Swap,
    Remove,
}

/// Alters one file, and says which it is and how.
struct Altered<'a> {
    path: &'a str,
    how: Alteration,
}

impl Altered<'_> {
    fn name(&self) -> &str {
        self.path.rsplit('/').next().unwrap_or(self.path)
    }

    /// Whether nobody can miss it: what can be deleted without loss is made again, or only remembered.
    fn leaves_no_trace(&self) -> bool {
        self.how == Alteration::Remove
            && (self.name() == "agregats.json" || self.path.starts_with("data/reperes"))
    }
}

fn alter(dice: &mut ChaCha8Rng, all: &[(String, Vec<u8>)], altered: &Altered) -> Option<Vec<u8>> {
    let (_, bytes) = all.iter().find(|(p, _)| p == altered.path).expect("a file");
    let mut new = bytes.clone();
    match altered.how {
        Alteration::Flip => {
            let at = dice.random_range(0..new.len());
            new[at] ^= 1 << dice.random_range(0..8);
        }
        Alteration::Cut => new.truncate(dice.random_range(1..new.len().max(2))),
        Alteration::Empty => new.clear(),
        Alteration::Swap => {
            let same = |p: &str| p.rsplit('/').next() == Some(altered.name());
            let others: Vec<_> = all.iter().filter(|(p, b)| same(p) && b != bytes).collect();
            new = others.choose(dice).map(|(_, b)| b.clone())?;
        }
        Alteration::Remove => {}
    }
    Some(new)
}

/// Everything as it was, what was folded again included.
fn put_back(atelier: &Atelier, all: &[(String, Vec<u8>)]) {
    for (path, bytes) in all {
        if std::fs::read(atelier.root().join(path)).is_ok_and(|now| now == *bytes) {
            continue;
        }
        atelier.write(path, bytes);
    }
}

/// Names what it found, and is not silent.
fn names(answer: &Answer, altered: &Altered) -> bool {
    let name = altered.name().trim_end_matches(".toml");
    // One that is gone is named by what its bytes came to, whatever label went before.
    let sum = name.rsplit('-').next().unwrap_or(name);
    answer.stderr.contains(name) || (sum.len() > 16 && answer.stderr.contains(sum))
}

#[test]
fn no_altered_file_is_used_and_each_is_named() {
    let atelier = delivered();
    let all = kept(&atelier);
    let before: Vec<String> = ALL_ASKED.iter().map(|a| atelier.run(a).stdout).collect();
    let sound = atelier.run(&["verifier", "--profond"]);
    assert_eq!(sound.code, 0, "{}", sound.stderr);
    assert!(sound.stdout.contains("fichiers relus"), "{}", sound.stdout);
    let wanted = std::env::var("ALTERATIONS")
        .ok()
        .and_then(|n| n.parse().ok());
    let wanted = wanted.unwrap_or(FEW);
    let mut dice = ChaCha8Rng::seed_from_u64(14);
    let hows = [
        Alteration::Flip,
        Alteration::Flip,
        Alteration::Flip,
        Alteration::Cut,
        Alteration::Empty,
        Alteration::Swap,
        Alteration::Remove,
    ];
    let (mut tried, mut refused, mut made_again) = (0, 0, 0);
    let mut failures = Vec::new();
    while tried < wanted {
        let (path, _) = all.choose(&mut dice).expect("files");
        let how = *hows.choose(&mut dice).expect("ways");
        let altered = Altered { path, how };
        let Some(bytes) = alter(&mut dice, &all, &altered) else {
            continue;
        };
        tried += 1;
        let whole: PathBuf = atelier.root().join(path);
        if how == Alteration::Remove {
            std::fs::remove_file(&whole).expect("removed");
        } else {
            std::fs::write(&whole, bytes).expect("written");
        }
        let deep = atelier.run(&["verifier", "--profond"]);
        let silent = deep.code != 1 || !names(&deep, &altered);
        if silent && !altered.leaves_no_trace() {
            failures.push(format!(
                "{path} {how:?}: --profond {} {}",
                deep.code, deep.stderr
            ));
        }
        for (asked, expected) in ALL_ASKED.iter().zip(&before) {
            let answer = atelier.run(asked);
            match answer.code {
                3 if names(&answer, &altered) => refused += 1,
                0 if answer.stdout == *expected => {
                    made_again += usize::from(answer.stderr.contains("BAS-105"));
                }
                _ => failures.push(format!("{path} {how:?}: {asked:?} {}", answer.stderr)),
            }
        }
        put_back(&atelier, &all);
    }
    println!(
        "{tried} alterations: {refused} readings refused with the name, {made_again} folded again"
    );
    assert!(failures.is_empty(), "{}", failures.join("\n"));
    assert!(refused > 0 && made_again > 0);
}

/// Damaged tables are refused with the commands that mend them, and these do.
#[test]
fn a_damaged_import_is_mended_by_the_commands_that_are_said() {
    let atelier = made();
    let before: Vec<String> = ASKED.iter().map(|a| atelier.run(a).stdout).collect();
    let all = kept(&atelier);
    let manifest = |name: &str| {
        let mut manifests = all.iter().filter(|(p, _)| p.contains("manifestes/"));
        let found = manifests.find(|(_, b)| String::from_utf8_lossy(b).contains(name));
        String::from_utf8_lossy(&found.expect("a manifest").1).into_owned()
    };
    let said = manifest("familles.csv");
    let value: serde_json::Value = serde_json::from_str(&said).expect("JSON");
    let content = value["action"]["import"]["contenu"]
        .as_str()
        .expect("a folder");
    let path = format!("data/store/imports/{content}/unites.parquet");
    atelier.write(&path, b"PAR1 cut in the middle");
    let refused = atelier.run(ASKED[0]);
    assert_eq!(refused.code, 3);
    for word in [
        "unites.parquet",
        "I002",
        "observatoire annuler I002",
        "familles.csv",
        "C1",
    ] {
        assert!(refused.stderr.contains(word), "{word}: {}", refused.stderr);
    }
    assert_eq!(atelier.run(&["annuler", "I002"]).code, 0);
    let file = atelier.root().join("reçus/familles.csv");
    let file = file.to_string_lossy();
    let again = ["importer", &file, "--campagne", "C1", "--source", "FAM"];
    let answer = atelier.run(&again);
    assert_eq!(answer.code, 0, "{}", answer.stderr);
    for (asked, expected) in ASKED.iter().zip(&before) {
        assert_eq!(atelier.run(asked).stdout.replace("I005", "I002"), *expected);
    }
}

#[test]
fn a_store_that_was_deleted_is_not_an_empty_one() {
    let atelier = made();
    std::fs::remove_dir_all(atelier.root().join("data/store")).expect("removed");
    for asked in [
        &["indicateurs"][..],
        &["rapport", "--public", "elus"],
        &["annuler", "I001"],
    ] {
        let answer = atelier.run(asked);
        assert_eq!(answer.code, 3, "{asked:?}: {}", answer.stderr);
        assert!(answer.stderr.contains("manque"), "{}", answer.stderr);
    }
    let deep = atelier.run(&["verifier", "--profond"]);
    assert_eq!(deep.code, 1, "{}", deep.stderr);
    // Whoever deleted it on purpose deletes what remembers it too.
    std::fs::remove_dir_all(atelier.root().join("data/reperes")).expect("removed");
    assert_eq!(atelier.run(&["indicateurs"]).code, 0);
}

/// What a synchroniser leaves: copies, other names, halves; told, and nothing is counted twice.
#[test]
fn what_a_synchroniser_leaves_is_told_and_counts_once() {
    let atelier = made();
    let before: Vec<String> = ASKED.iter().map(|a| atelier.run(a).stdout).collect();
    let all = kept(&atelier);
    let (path, bytes) = (all.iter())
        .find(|(p, _)| p.contains("manifestes/"))
        .expect("one");
    let stem = path.trim_end_matches(".json");
    atelier.write(&format!("{stem}-PC2.json"), bytes);
    atelier.write(&format!("{stem} (1).json"), &bytes[..bytes.len() / 2]);
    atelier.write("data/store/manifestes/I001-PC2.json", b"{}");
    let (table, rows) = (all.iter())
        .find(|(p, _)| p.ends_with("reponses.parquet"))
        .expect("a table");
    std::fs::remove_file(atelier.root().join(table)).expect("removed");
    atelier.write(&table.replace(".parquet", " (conflit).parquet"), rows);
    let mut said = String::new();
    for (asked, expected) in ASKED.iter().zip(&before) {
        let answer = atelier.run(asked);
        assert_eq!(
            (answer.code, &answer.stdout),
            (0, expected),
            "{}",
            answer.stderr
        );
        said.push_str(&answer.stderr);
    }
    for word in [
        "-PC2.json",
        "(1).json",
        "I001-PC2.json",
        "(conflit).parquet",
        "BAS-101",
        "BAS-102",
        "BAS-103",
    ] {
        assert!(said.contains(word), "{word}: {said}");
    }
    // The only manifest of an import, under another name: it counts all the same.
    std::fs::remove_file(atelier.root().join(path)).expect("removed");
    let answer = atelier.run(ASKED[0]);
    assert_eq!(
        (answer.code, &answer.stdout),
        (0, &before[0]),
        "{}",
        answer.stderr
    );
}

/// A store that an earlier version wrote: no mark beside, no sums in what is folded, a bare key.
#[test]
fn a_store_without_seals_opens_and_is_followed_from_its_next_import() {
    let atelier = made();
    let before: Vec<String> = ASKED.iter().map(|a| atelier.run(a).stdout).collect();
    std::fs::remove_dir_all(atelier.root().join("data/reperes")).expect("removed");
    let own = atelier.root().join("data/store/cle-repondants-C1");
    let key = std::fs::read_to_string(&own).expect("a key");
    let digits = key.lines().next().expect("digits").to_owned();
    std::fs::remove_file(&own).expect("removed");
    atelier.write("data/store/cle-repondants", digits.as_bytes());
    for (path, bytes) in kept(&atelier)
        .iter()
        .filter(|(p, _)| p.ends_with("agregats.json"))
    {
        let sealed: serde_json::Value = serde_json::from_slice(bytes).expect("JSON");
        let hash = &sealed["contenu"]["referentiel"];
        let old = format!("{{\"format\": 1, \"referentiel\": {hash}}}");
        atelier.write(path, old.as_bytes());
    }
    for (asked, expected) in ASKED.iter().zip(&before) {
        let answer = atelier.run(asked);
        assert_eq!(
            (answer.code, &answer.stdout),
            (0, expected),
            "{}",
            answer.stderr
        );
        assert!(!answer.stderr.contains("BAS-"), "{}", answer.stderr);
    }
    let path = atelier.write("reçus/O3.xlsx", &form(SourceCode::Obs, "1", "O3", &[]));
    let import = ["importer", &path, "--campagne", "C1"];
    let answer = atelier.run(&import);
    assert_eq!(answer.code, 0, "{}", answer.stderr);
    assert!(answer.stderr.contains("BAS-106"), "{}", answer.stderr);
    assert_eq!(atelier.run(&["annuler", "I005"]).code, 0);
    assert!(atelier.root().join("data/reperes").is_dir());
    let sealed = std::fs::read_to_string(atelier.root().join("data/store/cle-repondants"));
    assert!(sealed.expect("a key").starts_with(&format!("{digits}\n")));
}
