//! Folders of an observatory, whichever there are: every file that a command keeps is checked by `verifier --profond`,
//! and a backup is of one moment.

use std::collections::BTreeMap;

use crate::atelier::{Atelier, files, is};
use crate::local_page::served::Served;

/// Whatever journal there is, of plans, of the convention, of deliveries; what was typed; what machines have seen: a
/// byte more in any of their files is named.
#[test]
fn one_byte_more_in_any_kept_file_is_named() {
    let demo = Atelier::demo();
    let served = Served::on(Some(&demo.root()));
    let started = [("campagne", "C1"), ("structure", "R01"), ("source", "OBS")];
    served.post("/saisir/commencer", &started);
    drop(served);
    let kept = files(&demo.root().join("data"));
    let is_kept = |name: &&String| is(name, "json") && name.contains('/');
    let mut folders: BTreeMap<&str, &String> = BTreeMap::new();
    for name in kept.iter().filter(is_kept) {
        let (folder, _) = name.rsplit_once('/').expect("a folder");
        folders.insert(folder, name);
    }
    for known in [
        "ctg/journal",
        "plans",
        "livraisons",
        "reperes/ctg",
        "saisies",
    ] {
        assert!(folders.contains_key(known), "{known}: {folders:?}");
    }
    let mut missed = Vec::new();
    for name in folders.values() {
        // Folded again whenever it is not what it was; what tells older programs that they cannot read it.
        if name.ends_with("agregats.json") || *name == "store/manifeste.json" {
            continue;
        }
        let path = demo.root().join("data").join(name);
        let before = std::fs::read(&path).expect("readable");
        std::fs::write(&path, [before.as_slice(), b" "].concat()).expect("written");
        let deep = demo.run(&["verifier", "--profond"]);
        let file = name.rsplit('/').next().expect("a name");
        if !deep.stderr.contains(file) || deep.stdout.contains("tel qu’il a été écrit") {
            missed.push(name);
        }
        std::fs::write(&path, before).expect("written");
    }
    assert!(missed.is_empty(), "{missed:?}");
}

/// A backup is of one moment: whatever folder a command locks while it writes is locked by a backup too.
#[test]
fn a_backup_waits_for_whoever_writes_in_any_folder() {
    let demo = Atelier::demo();
    let root = demo.root();
    let all = files(&root);
    let locks: Vec<&String> = all.iter().filter(|n| n.ends_with("/verrou")).collect();
    for known in ["data/ctg/journal/verrou", "data/plans/verrou"] {
        assert!(locks.iter().any(|name| *name == known), "{locks:?}");
    }
    for name in locks {
        let held = std::fs::File::options().write(true).open(root.join(name));
        let held = held.expect("a lock");
        held.lock().expect("free");
        let archive = root.join("../attend.zip");
        let mut backup = std::process::Command::new(env!("CARGO_BIN_EXE_observatoire"))
            .args([
                "--dossier",
                &root.to_string_lossy(),
                "sauvegarder",
                "--sortie",
            ])
            .arg(&archive)
            .stdout(std::process::Stdio::null())
            .stderr(std::process::Stdio::null())
            .spawn()
            .expect("the binary runs");
        std::thread::sleep(std::time::Duration::from_secs(3));
        let ended = backup.try_wait().expect("known");
        drop(held);
        assert!(ended.is_none(), "{name}: {ended:?}");
        assert!(backup.wait().expect("it ends").success(), "{name}");
    }
}
