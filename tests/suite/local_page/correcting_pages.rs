//! **À corriger**: the sheet around a faulty cell, a value typed in its place, traced down to the figure, taken back.

use std::io::Write;

use observatoire::vocabulary::referentiel::SourceCode;

use super::served::{Response, Served};
use crate::atelier::Atelier;
use crate::fixtures::form;

fn read(served: &Served, answer: Response) -> String {
    let text = served.follow(answer).text();
    text.replace(['\u{a0}', '\u{202f}'], " ")
}

fn dropped(served: &Served, name: &str, bytes: &[u8]) -> String {
    let answer = served.drop_files("/recevoir/deposer", &[("campagne", "C1")], &[(name, bytes)]);
    read(served, answer)
}

fn to_correct(served: &Served) -> String {
    read(served, served.get("/a-corriger?campagne=C1"))
}

/// What a hidden field of the first form that corrects holds.
fn hidden(page: &str, name: &str) -> String {
    let form = page
        .split("action=\"/a-corriger/corriger\"")
        .nth(1)
        .unwrap_or("");
    let after = form
        .split(&format!("name=\"{name}\" value=\""))
        .nth(1)
        .unwrap_or("");
    after.split('"').next().unwrap_or("").to_owned()
}

/// Sends the first form that corrects, with a value and some fields changed.
fn correct(served: &Served, value: &str, changed: &[(&str, &str)]) -> Response {
    let page = to_correct(served);
    let names = [
        "campagne", "rang", "sha256", "feuille", "visee", "cellule", "vu",
    ];
    let fields = names.map(|name| {
        let other = changed.iter().find(|(n, _)| *n == name);
        let hidden =
            |page: &str, name: &str| hidden(page, if name == "cellule" { "visee" } else { name });
        (
            name,
            other.map_or_else(|| hidden(&page, name), |(_, v)| (*v).to_owned()),
        )
    });
    let mut all: Vec<(&str, &str)> = fields.iter().map(|(n, v)| (*n, v.as_str())).collect();
    all.push(("valeur", value));
    served.post("/a-corriger/corriger", &all)
}

fn enter(served: &Served) -> String {
    let page = served.get("/recevoir?campagne=C1").text();
    let form = page.split("action=\"/recevoir/entrer\"").nth(1);
    let vu = form.and_then(|f| f.split("name=\"vu\" value=\"").nth(1));
    let vu = vu.and_then(|v| v.split('"').next()).unwrap_or("");
    let fields = [("campagne", "C1"), ("vu", vu), ("confirme", "oui")];
    read(served, served.post("/recevoir/entrer", &fields))
}

/// All that the store wrote in words.
fn manifests(atelier: &Atelier) -> String {
    let root = atelier.root();
    let named = crate::atelier::files(&root).into_iter();
    let named = named.filter(|n| n.starts_with("data") && n.contains(".json"));
    named
        .map(|n| std::fs::read_to_string(root.join(n)).unwrap_or_default())
        .collect()
}

#[test]
fn a_cell_is_shown_in_its_sheet_corrected_traced_and_explained() {
    let atelier = Atelier::blank();
    let served = Served::on(Some(&atelier.root()));
    let grid = form(SourceCode::Obs, "1", "O1", &[("REL-1-OBS-1", "7", "vu")]);
    let looked = dropped(&served, "Grille R01.xlsx", &grid);
    assert!(
        looked.contains("href=\"/a-corriger?campagne=C1#f"),
        "{looked}"
    );
    let page = to_correct(&served);
    assert!(page.contains("n’entrera pas : 1 erreur"), "{page}");
    assert_eq!(page.matches("class=\"visee\"").count(), 1, "{page}");
    assert!(page.contains("REL-1-OBS-1") && page.contains("<th scope=\"col\">E</th>"));
    assert!(page.contains("list=\"niveaux\"") && page.contains("/recevoir/renvoi/C1/"));

    // Refused: what the file says already, a cell that no remark names, what no cell holds, another file.
    let cell = hidden(&page, "visee");
    for (value, changed) in [
        ("7", ("feuille", "Grille")),
        ("3", ("cellule", "AA99")),
        (&*"3".repeat(3_000), ("feuille", "Grille")),
        ("3", ("rang", "../000001")),
    ] {
        let answer = correct(&served, value, &[changed]);
        assert_eq!(answer.status, 400, "{changed:?}: {}", answer.text());
    }
    let stale = correct(&served, "3", &[("vu", "0")]);
    assert!(read(&served, stale).contains("rien n’est changé"));
    let changed = correct(&served, "3", &[("sha256", "0")]);
    assert!(read(&served, changed).contains("Ce fichier a changé"));
    assert!(enter(&served).contains("n’entrera pas") || to_correct(&served).contains("1 erreur"));

    let done = read(&served, correct(&served, "3", &[]));
    let told = format!("Cellule {cell} lue « 3 » au lieu de « 7 », corrigée à la main le");
    assert!(done.contains(&told), "{done}");
    assert!(
        done.contains("Corrigé ici") && done.contains("peut entrer"),
        "{done}"
    );
    let entered = enter(&served);
    assert!(entered.contains("1 fichier est entré (I001)"), "{entered}");
    assert!(manifests(&atelier).contains("\"cellules_corrigees\""));
    let said = atelier.run(&["expliquer", "C1/R01/REL-1-OBS-1"]).stdout;
    let said = said.replace(['\u{a0}', '\u{202f}'], " ");
    let at = format!("{cell} (import I001, lue « 3 » au lieu de « 7 », corrigée à la main le");
    assert!(said.contains(&at), "{said}");
}

#[test]
fn a_correction_is_taken_back_and_leaves_with_its_file() {
    let atelier = Atelier::blank();
    let served = Served::on(Some(&atelier.root()));
    let table = |note: &str| format!("structure;visite;observateur;REL-1-OBS-1\nR01;1;O1;{note}\n");
    dropped(&served, "export.csv", table("7").as_bytes());
    let done = read(&served, correct(&served, "4", &[]));
    assert!(
        done.contains("peut entrer") && done.contains("D2"),
        "{done}"
    );
    // Nothing is let in that was looked at before.
    let rank = done
        .split("name=\"rang\" value=\"")
        .nth(1)
        .and_then(|r| r.split('"').next());
    let sha256 = done
        .split("name=\"sha256\" value=\"")
        .nth(1)
        .and_then(|r| r.split('"').next());
    let fields = [
        ("campagne", "C1"),
        ("rang", rank.expect("a rank")),
        ("sha256", sha256.expect("a hash")),
        ("feuille", ""),
        ("cellule", "D2"),
    ];
    let back = read(&served, served.post("/a-corriger/reprendre", &fields));
    assert!(
        back.contains("est reprise") && back.contains("n’entrera pas"),
        "{back}"
    );
    let twice = served.post("/a-corriger/reprendre", &fields);
    assert_eq!(twice.status, 400, "{}", twice.text());

    // Another file of that name is another file: what was typed for the first says nothing of it.
    read(&served, correct(&served, "4", &[]));
    let other = dropped(&served, "export.csv", table("8").as_bytes());
    assert!(
        other.contains("1 correction faite ici ne valait que pour l’ancien fichier"),
        "{other}"
    );
    let page = to_correct(&served);
    assert!(
        page.contains("n’entrera pas") && !page.contains("Corrigé ici"),
        "{page}"
    );
}

#[test]
fn what_points_at_a_person_is_not_kept_with_the_trace() {
    let atelier = Atelier::blank();
    let served = Served::on(Some(&atelier.root()));
    let table = "structure;visite;observateur;REL-1-OBS-1\nR01;1;Josiane Martineau;3\n";
    dropped(&served, "export.csv", table.as_bytes());
    let page = to_correct(&served);
    assert!(
        page.contains("Josiane Martineau"),
        "seen by who imports: {page}"
    );
    // The remark names the line by its first cell; the cell beside is the one to correct.
    let done = read(&served, correct(&served, "O1", &[("cellule", "C2")]));
    assert!(done.contains("peut entrer"), "{done}");
    let entered = enter(&served);
    assert!(entered.contains("est entré"), "{entered}");
    let kept = manifests(&atelier);
    assert!(
        kept.contains("cellules_corrigees") && !kept.contains("Martineau"),
        "{kept}"
    );
    for name in crate::atelier::files(&atelier.root()) {
        let bytes = std::fs::read(atelier.root().join(&name)).expect("readable");
        let named = bytes.windows(9).any(|w| w == b"Martineau");
        assert!(!named, "{name}");
    }
}

#[test]
fn a_file_of_an_archive_is_corrected_too() {
    let atelier = Atelier::blank();
    let served = Served::on(Some(&atelier.root()));
    let mut archive = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, note) in [("R01.xlsx", "7"), ("R02.xlsx", "3")] {
        let grid = form(
            SourceCode::Obs,
            "1",
            if note == "7" { "O1" } else { "O2" },
            &[("REL-1-OBS-1", note, "vu")],
        );
        archive
            .start_file(name, zip::write::SimpleFileOptions::default())
            .expect("a part");
        archive.write_all(&grid).expect("written");
    }
    let bytes = archive.finish().expect("an archive").into_inner();
    let looked = dropped(&served, "Grilles.zip", &bytes);
    assert!(
        looked.contains("Grilles.zip › R01.xlsx") && looked.contains("Grilles.zip › R02.xlsx"),
        "{looked}"
    );
    let done = read(&served, correct(&served, "2", &[]));
    assert!(done.contains("lue « 2 » au lieu de « 7 »"), "{done}");
    let entered = enter(&served);
    assert!(
        entered.contains("2 fichiers sont entrés") && !entered.contains("Ce qui attend"),
        "{entered}"
    );
}
