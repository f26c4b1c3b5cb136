//! Questionnaires of other hands: what people were asked is printed in the words that they answered, with what it was
//! read as; words that may point at a person are kept nowhere.

use std::fmt::Write;

use std::path::PathBuf;

use crate::atelier::{Atelier, files, is};
use crate::correspondences::{Choice, cells, fill, names};

/// The workbook of correspondences that holds a heading.
fn workbook(atelier: &Atelier, heading: &str) -> PathBuf {
    let folder = atelier.root().join("grids/correspondances");
    let all = std::fs::read_dir(folder).expect("a folder").flatten();
    let books = all.map(|entry| entry.path());
    let mut books = books.filter(|path| is(&path.to_string_lossy(), "xlsx"));
    let holds = |path: &PathBuf| {
        names(path).contains(&"Colonnes".to_owned())
            && cells(path, "Colonnes").iter().any(|row| row[0] == heading)
    };
    books
        .find(holds)
        .unwrap_or_else(|| panic!("nobody asks « {heading} »"))
}

/// Imports twelve families of a structure who answered a question of another hand, read as an élément, beside one by its
/// code.
fn import(atelier: &Atelier, site: &str, heading: &str, element: &str) {
    let answers = ["4", "3", "4", "2", "3", "4", "3", "2", "4", "3", "1", "3"];
    let mut text = format!("Structure;{heading};REL-1-FAM-2\n");
    for answer in answers {
        let _ = writeln!(text, "{site};{answer};3");
    }
    let name = format!("reçus/{site} {element}.csv");
    let path = atelier.write(&name, text.as_bytes());
    let run = [
        "importer",
        &path,
        "--campagne",
        "C1",
        "--source",
        "FAM",
        "--confirmer",
    ];
    let first = atelier.run(&run);
    // A form that was answered for another structure asks nothing.
    if first.code == 0 {
        return;
    }
    let choice = Choice {
        sheet: "Colonnes",
        row: heading,
        under: "Autre code",
        value: element,
    };
    fill(&workbook(atelier, heading), &[choice]);
    let second = atelier.run(&run);
    assert_eq!(second.code, 0, "{}", second.stderr);
}

fn explained(atelier: &Atelier, what: &str) -> String {
    let said = atelier.run(&["expliquer", what]);
    assert_eq!(said.code, 0, "{}", said.stderr);
    plain(&said.stdout)
}

/// The same with plain spaces.
fn plain(text: &str) -> String {
    text.replace(['\u{a0}', '\u{202f}'], " ")
}

fn page(atelier: &Atelier, public: &str, name: &str) -> String {
    let run = [
        "rapport",
        "--campagne",
        "C1",
        "--public",
        public,
        "--format",
        "html",
    ];
    let made = atelier.run(&run);
    assert_eq!(made.code, 0, "{}", made.stderr);
    let folder = atelier.root().join("reports/rendus");
    let found = files(&folder).into_iter();
    let mut found = found.filter(|f| f.contains(name) && is(f, "html"));
    let found = found.next().unwrap_or_else(|| panic!("no {name}"));
    plain(&std::fs::read_to_string(folder.join(found)).expect("a page"))
}

/// Whether a file of the store, manifests among them, holds some words.
fn store_holds(atelier: &Atelier, words: &str) -> bool {
    let folder = atelier.root().join("data/store");
    files(&folder).into_iter().any(|name| {
        let bytes = std::fs::read(folder.join(name)).expect("readable");
        bytes
            .windows(words.len())
            .any(|part| part == words.as_bytes())
    })
}

const HAPPY: &str = "Votre enfant part-il content le matin";
const SMILING: &str = "Le retour à la maison se passe bien";

#[test]
fn a_question_is_printed_in_the_words_that_were_answered() {
    let atelier = Atelier::blank();
    import(&atelier, "R01", HAPPY, "REL-1-FAM-1");
    let said = explained(&atelier, "C1/R01/REL-1-FAM-1");
    assert!(
        said.contains(&format!(
            "question posée : « {HAPPY} », rapprochée de REL-1-FAM-1 «"
        )),
        "{said}"
    );
    let team = page(&atelier, "equipe", "equipe-R01");
    let note = format!("« {HAPPY} », rapprochée de REL-1-FAM-1");
    for words in [HAPPY, &note] {
        assert!(team.contains(words), "{words}\n{team}");
    }
    // Nobody asked it in the référentiel's words.
    let elsewhere = explained(&atelier, "C1/R02/REL-1-FAM-1");
    assert!(!elsewhere.contains("question posée"), "{elsewhere}");
}

#[test]
fn several_wordings_are_counted_and_listed() {
    let atelier = Atelier::blank();
    import(&atelier, "R01", HAPPY, "REL-1-FAM-1");
    import(&atelier, "R02", SMILING, "REL-1-FAM-1");
    import(&atelier, "P01", SMILING, "REL-1-FAM-1");
    let own = explained(&atelier, "C1/R02/REL-1-FAM-1");
    assert!(
        own.contains(&format!("question posée : « {SMILING} »")),
        "{own}"
    );
    let families = page(&atelier, "familles", "familles.html");
    assert!(families.contains("posée sous 2 formulations"), "{families}");
    assert!(!families.contains(HAPPY), "{families}");
}

/// A form of ours beside a foreign one, in the same structure: both wordings are told.
#[test]
fn the_words_of_the_referentiel_count_as_one() {
    let atelier = Atelier::blank();
    import(&atelier, "R01", HAPPY, "REL-1-FAM-1");
    let own = "Structure;REL-1-FAM-1\nR01;4\nR01;3\n";
    let path = atelier.write("reçus/les nôtres.csv", own.as_bytes());
    let added = atelier.run(&["importer", &path, "--campagne", "C1", "--confirmer"]);
    assert_eq!(added.code, 0, "{}", added.stderr);
    let said = explained(&atelier, "C1/R01/REL-1-FAM-1");
    for words in [
        "question posée sous 2 formulations",
        HAPPY,
        "les mots du référentiel",
    ] {
        assert!(said.contains(words), "{words}\n{said}");
    }
}

#[test]
fn a_heading_that_names_someone_is_kept_nowhere() {
    let atelier = Atelier::blank();
    let heading = "Madame Léa Martin accueille bien mon enfant";
    import(&atelier, "R01", heading, "REL-1-FAM-1");
    assert!(!store_holds(&atelier, "Martin"));
    let said = explained(&atelier, "C1/R01/REL-1-FAM-1");
    assert!(
        said.contains("qui ne sont pas gardés") && !said.contains("Martin"),
        "{said}"
    );
    assert!(!page(&atelier, "equipe", "equipe-R01").contains("Martin"));
}

#[test]
fn a_wording_leaves_with_its_answers() {
    let atelier = Atelier::blank();
    import(&atelier, "R01", HAPPY, "REL-1-FAM-1");
    assert!(store_holds(&atelier, HAPPY));
    let purged = atelier.run(&["purger", "--avant", "2040-01-01", "--confirmer"]);
    assert_eq!(purged.code, 0, "{}", purged.stderr);
    assert!(!store_holds(&atelier, HAPPY));
    let said = explained(&atelier, "C1/R01/REL-1-FAM-1");
    assert!(said.contains("qui ne sont pas gardés"), "{said}");

    let atelier = Atelier::blank();
    import(&atelier, "R01", HAPPY, "REL-1-FAM-1");
    let cancelled = atelier.run(&["annuler", "I001"]);
    assert_eq!(cancelled.code, 0, "{}", cancelled.stderr);
    let said = explained(&atelier, "C1/R01/REL-1-FAM-1");
    assert!(!said.contains(HAPPY), "{said}");
}

#[test]
fn few_who_answered_other_questions_are_no_few_answers_to_this_one() {
    let atelier = Atelier::blank();
    let text = "Structure;REL-1-FAM-1\nR01;4\nR01;3\nR01;4\n";
    let path = atelier.write("reçus/trois familles.csv", text.as_bytes());
    let run = [
        "importer",
        &path,
        "--campagne",
        "C1",
        "--source",
        "FAM",
        "--confirmer",
    ];
    let entered = atelier.run(&run);
    assert_eq!(entered.code, 0, "{}", entered.stderr);
    // Three families are few where they were asked; of what nobody was asked there is no answer.
    let few = explained(&atelier, "C1/R01/REL-1");
    assert!(
        few.contains("Pas de valeur : trop peu de répondants"),
        "{few}"
    );
    let unasked = explained(&atelier, "C1/R01/LIE-1");
    assert!(
        unasked.contains("Pas de valeur : aucune réponse")
            && !unasked.contains("trop peu de répondants")
            && unasked.contains("aucune à ces questions"),
        "{unasked}"
    );
}
