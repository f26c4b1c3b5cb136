//! The dossier of an experiment: what was expected and when, the pilot beside the others, what cannot be concluded, people's
//! words kept as they were typed.

use crate::atelier::Atelier;

/// Where people write what it takes elsewhere.
const TEXT: &str = concat!("ctg/textes/05-exp1", ".md");

/// The text of a page, without tags nor no-break spaces.
fn page(demo: &Atelier, audience: &str) -> String {
    let asked = [
        "ctg",
        "experimentation",
        "EXP1",
        "--campagne",
        "C2",
        "--format",
        "html",
        "--public",
        audience,
        "--date",
        "2026-12-15",
    ];
    let answer = demo.run(&asked);
    assert_eq!(answer.code, 0, "{}", answer.stderr);
    let name = format!("reports/ctg/experimentation/experimentation-EXP1-{audience}.html");
    let page = std::fs::read_to_string(demo.root().join(name)).expect("a page");
    let body = page.split("<body").nth(1).expect("a body").to_owned();
    let mut text = String::new();
    let mut inside = false;
    for c in body.chars() {
        match c {
            '<' => inside = true,
            '>' => {
                inside = false;
                text.push(' ');
            }
            '\u{a0}' | '\u{202f}' => text.push(' '),
            c if !inside => text.push(c),
            _ => {}
        }
    }
    text
}

fn sign(demo: &Atelier, before: &str, after: &str) {
    let path = demo.root().join("ctg/convention.toml");
    let own = std::fs::read_to_string(&path).expect("a convention");
    let changed = own.replacen(before, after, 1);
    assert_ne!(own, changed, "{before}");
    demo.write("ctg/convention.toml", changed.as_bytes());
}

#[test]
fn the_dossier_says_what_was_expected_and_what_cannot_be_concluded() {
    let demo = Atelier::demo();
    demo.write(TEXT, "Deux heures par mois, **à deux**.\n".as_bytes());
    let told = page(&demo, "copil");
    for says in [
        "Ensemble pour grandir !",
        "Les effets attendus ont été écrits le 15 avril 2026, après le début de l’essai",
        "un seul accueil a essayé",
        "E1 Retours des équipes",
        "60 % ou plus",
        "Ce qui a bougé sans être attendu",
        "Deux heures par mois,",
        "☐ généraliser",
    ] {
        assert!(told.contains(says), "{says}: {told}");
    }
    // Expected: LIE-3, PRO-3, REL-2, each with its sentence.
    for code in ["LIE-3 :", "PRO-3 :", "REL-2 :"] {
        assert!(told.contains(code), "{code}: {told}");
    }
    // Words of an accusation, a serious finding: nowhere.
    for never in ["SEC-7", "REL-5", "accident"] {
        assert!(!told.contains(never), "{never}");
    }
    let typed = std::fs::read(demo.root().join(TEXT)).expect("a text");
    assert_eq!(typed, "Deux heures par mois, **à deux**.\n".as_bytes());
    let everybody = demo.run(&["ctg", "experimentation", "EXP1", "--public", "habitants"]);
    assert_eq!(everybody.code, 2);
    let unknown = demo.run(&["ctg", "experimentation", "EXP2"]);
    assert!(unknown.stderr.contains("EXP1"), "{}", unknown.stderr);
}

/// The service signs what it wrote: a name in it is told to who prints it, and stays.
#[test]
fn a_name_in_the_text_of_an_experiment_is_told() {
    let demo = Atelier::demo();
    let typed = "Deux heures par mois.\nAppelez Mme Martin au 06 12 34 56 78.\n";
    demo.write(TEXT, typed.as_bytes());
    for (audience, is_told) in [("copil", true), ("equipe_projet", false)] {
        let asked = [
            "ctg",
            "experimentation",
            "EXP1",
            "--format",
            "html",
            "--public",
            audience,
        ];
        let answer = demo.run(&asked);
        assert_eq!(answer.code, 0, "{}", answer.stderr);
        let told = answer.stderr + &answer.stdout;
        assert_eq!(told.contains("CTG-287"), is_told, "{audience}: {told}");
    }
}

/// What was written once its results could be known is no test.
#[test]
fn what_was_expected_too_late_is_exploratory() {
    let demo = Atelier::demo();
    sign(
        &demo,
        "fixe_le = \"2026-04-15\"",
        "fixe_le = \"2027-02-01\"",
    );
    let told = page(&demo, "copil");
    assert!(told.contains("ils se lisent comme exploratoires"), "{told}");
    assert!(
        told.contains("Les effets attendus, exploratoires"),
        "{told}"
    );
    sign(&demo, "fixe_le = \"2027-02-01\"", "");
    let told = page(&demo, "copil");
    assert!(told.contains("n’est pas noté (fixe_le)"), "{told}");
}

/// How many persons came, in bands, twice, beside a share of those who came to the same meetings, is who came: it is not told
/// there, by what was signed alone, and is told where no share reads meetings of its kinds.
#[test]
fn participants_are_not_told_beside_a_share_of_the_same_meetings() {
    let demo = Atelier::demo();
    let types = "\ntypes = [\"formation\", \"temps_echange\", \"groupe_travail\"]\nexperimentation = \"EXP1\"";
    assert!(!page(&demo, "copil").contains("participants :"));
    sign(
        &demo,
        types,
        "\ntypes = [\"formation\", \"temps_echange\"]\nexperimentation = \"EXP1\"",
    );
    assert!(page(&demo, "copil").contains("participants : 5 à 9"));
    // The project team reads its own registers.
    assert!(page(&demo, "equipe_projet").contains("participants :"));
    // A share of meetings of every kind reads these too.
    let path = demo.root().join("ctg/convention.toml");
    let text = std::fs::read_to_string(&path).expect("a convention");
    let (head, rest) = text
        .split_once("calcul = \"participation\"\n")
        .expect("a share");
    let (_, rest) = rest.split_once('\n').expect("its kinds");
    std::fs::write(&path, format!("{head}calcul = \"participation\"\n{rest}")).expect("written");
    assert!(!page(&demo, "copil").contains("participants :"));
}
