//! From an empty folder to the PDF of the élus, as a coordinator does it: her list of twelve accueils, twenty grids that
//! teams made by hand, an export of Forms with a question of her own; one cell corrected on the page, one workbook sent
//! back and received again. Clicks, typed words and dropped files alone.

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use observatoire::vocabulary::referentiel::{Element, Referentiel, SourceCode, parse};
use rust_xlsxwriter::{Format, Workbook};

use super::browser::Browser;
use super::served::Served;
use crate::atelier::{Atelier, files};

/// The accueils of her list, some by the names that teams give them.
const PLACES: [&str; 12] = [
    "ALSH L'Île aux Enfants",
    "Les P'tits Loups",
    "Centre des Pins",
    "Périscolaire Jules Ferry",
    "Maison de l’enfance",
    "Périscolaire Bourg-Neuf",
    "ALSH Les Érables",
    "Périscolaire Thil",
    "Accueil du mercredi",
    "Périscolaire Verneuil",
    "Périscolaire Les Haies",
    "La Ruche",
];
const OWN: &str = "Par quel moyen venez-vous ?";

fn referentiel() -> Referentiel {
    let text = include_str!("../../../grids/referentiel-v2.toml");
    parse("v2", text).expect("the référentiel")
}

/// Éléments of a source that are rated from 1 to 4.
fn rated(r: &Referentiel, source: SourceCode) -> Vec<&Element> {
    let graded = |e: &&Element| {
        let scale = &r.scales[e.scale];
        e.source == source && !e.headcount && !scale.is_finding() && scale.modalities.len() == 4
    };
    r.elements.iter().filter(graded).collect()
}

/// A grid as a team makes it: a title over merged cells, themes merged, crosses under notes. `twice`: a line that bears
/// two crosses.
fn grid(asked: &[&Element], place: &str, observer: &str, shift: usize, twice: bool) -> Vec<u8> {
    let mut book = Workbook::new();
    let bold = Format::new().set_bold();
    let sheet = book.add_worksheet();
    sheet.set_name("Observation").expect("named");
    sheet
        .merge_range(0, 0, 0, 7, "Notre grille d’observation", &bold)
        .expect("merged");
    sheet.write_row(1, 0, ["Accueil :", place]).expect("a row");
    sheet
        .write_row(2, 0, ["Observateur :", observer])
        .expect("a row");
    let headings = [
        "Thème",
        "Ce que l’on regarde",
        "1",
        "2",
        "3",
        "4",
        "N.O.",
        "Remarques",
    ];
    sheet.write_row(4, 0, headings).expect("a row");
    let last = 4 + asked.len() as u32;
    sheet
        .merge_range(5, 0, last, 0, "Vie quotidienne", &bold)
        .expect("merged");
    for (rank, element) in asked.iter().enumerate() {
        let row = 5 + rank as u32;
        sheet
            .write_string(row, 1, element.label.to_uppercase())
            .expect("a cell");
        let note = (rank + shift) % 3 + 1;
        sheet
            .write_string(row, 2 + note as u16, "X")
            .expect("a cell");
        if twice && rank == 1 {
            sheet.write_string(row, 2, "X").expect("a cell");
        }
    }
    book.save_to_buffer().expect("a workbook")
}

/// An export of Microsoft Forms: accueils by their names, questions in their words, one of her own.
fn answers(asked: &[&Element], r: &Referentiel) -> Vec<u8> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    let head = ["ID", "Heure de début", "Heure de fin", "Votre accueil"];
    sheet.write_row(0, 0, head).expect("a row");
    let labels = asked.iter().map(|e| e.label.as_str());
    sheet
        .write_row(0, 4, labels.chain([OWN, "Votre numéro de téléphone"]))
        .expect("a row");
    let own = 4 + asked.len() as u16;
    for n in 0..96_u32 {
        let place = PLACES[n as usize % PLACES.len()];
        let row = n + 1;
        let number = row.to_string();
        let cells = [
            number.as_str(),
            "14/10/2026 10:04",
            "14/10/2026 10:09",
            place,
        ];
        sheet.write_row(row, 0, cells).expect("a row");
        for (rank, element) in asked.iter().enumerate() {
            let modality = (n as usize + rank) % 3 + 1;
            let label = &r.scales[element.scale].modalities[modality].label;
            sheet
                .write_string(row, 4 + rank as u16, label)
                .expect("a cell");
        }
        let means = ["En voiture", "À pied", "À vélo"][n as usize / 4 % 3];
        sheet.write_string(row, own, means).expect("a cell");
        sheet
            .write_string(row, own + 1, "06 12 34 56 78")
            .expect("a cell");
    }
    book.save_to_buffer().expect("a workbook")
}

/// What she has on her disk.
struct HerFiles {
    list: PathBuf,
    grids: Vec<PathBuf>,
    export: PathBuf,
    /// A grid corrected by who filled it in, under the same name.
    mended: PathBuf,
}

fn her_files(dir: &Path) -> HerFiles {
    let r = referentiel();
    let asked: Vec<&Element> = rated(&r, SourceCode::Obs).into_iter().take(12).collect();
    let write = |name: String, bytes: Vec<u8>| {
        let path = dir.join(name);
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("made");
        std::fs::write(&path, bytes).expect("written");
        path
    };
    let grids = (0..20).map(|n| {
        let place = PLACES[n % PLACES.len()];
        let observer = if n < PLACES.len() { "O1" } else { "O2" };
        let bytes = grid(&asked, place, observer, n, n == 3 || n == 7);
        write(format!("Grille {:02} {observer}.xlsx", n + 1), bytes)
    });
    let grids = grids.collect();
    let families: Vec<&Element> = rated(&r, SourceCode::Fam).into_iter().take(5).collect();
    HerFiles {
        list: write("Nos accueils.xlsx".to_owned(), crate::own_list::by_hand()),
        grids,
        export: write(
            "Questionnaire familles (1-96).xlsx".to_owned(),
            answers(&families, &r),
        ),
        mended: write(
            "revenu/Grille 08 O1.xlsx".to_owned(),
            grid(&asked, PLACES[7], "O1", 7, false),
        ),
    }
}

/// Counts what she does.
struct Hands<'a> {
    browser: &'a Browser,
    clicks: std::cell::Cell<usize>,
    /// Addresses of the screens on which she did something.
    screens: std::cell::RefCell<std::collections::BTreeSet<String>>,
}

impl Hands<'_> {
    /// One more, on the screen that is there.
    fn counts(&self) {
        self.clicks.set(self.clicks.get() + 1);
        let here = self.browser.run("return location.pathname");
        self.screens.borrow_mut().insert(here);
    }

    fn press(&self, words: &str) {
        self.counts();
        self.browser.press_on(words);
    }

    fn click(&self, css: &str) {
        self.counts();
        self.browser.click(css);
    }

    fn choose(&self, css: &str, words: &str) {
        self.counts();
        self.browser.choose(css, words);
    }

    /// A screen that she reads.
    fn sees(&self, name: &str, words: &str) {
        self.browser.wait_for_words(words);
        self.browser.picture(&format!("parcours-{name}"));
    }
}

/// Everything is dropped, questions answered once, one cell corrected, one workbook sent back and received again.
fn what_teams_sent_enters(hands: &Hands, her: &HerFiles) {
    let browser = hands.browser;
    hands.press("Recevoir");
    let mut dropped: Vec<&Path> = her.grids.iter().map(PathBuf::as_path).collect();
    dropped.push(&her.export);
    browser.drop_files("input[type=file]", &dropped);
    hands.press("Regarder");
    hands.sees("attente", "Ce qui attend");
    hands.press("Répondre une fois pour tous les fichiers");
    hands.sees("correspondances", "Garder ces réponses");
    hands.choose("select[name^=c]", "question fermée");
    hands.press("Garder ces réponses");
    hands.sees("attente-2", "Ce qui attend");
    hands.press("À corriger");
    hands.sees("a-corriger", "Grille 04 O1.xlsx");
    // One cell is corrected here; one workbook goes back to who filled it in, and comes back right.
    let of = |name: &str| {
        let script = format!(
            "return [...document.querySelectorAll('section.a-corriger')].find(s => s.querySelector('h2').textContent.includes('{name}')).id"
        );
        browser.run(&script).trim_matches('"').to_owned()
    };
    let section = of("Grille 04 O1.xlsx");
    browser.fill(
        &format!("#{section} form.correction input[name=valeur]"),
        "",
    );
    hands.click(&format!("#{section} form.correction button"));
    hands.sees("corrige", "Corrigé ici");
    let section = of("Grille 08 O1.xlsx");
    hands.click(&format!("#{section} a[href^='/recevoir/renvoi/']"));
    hands.press("Recevoir");
    browser.drop_files("input[type=file]", &[&her.mended]);
    hands.press("Regarder");
    hands.sees("tout-peut-entrer", "21 fichiers peuvent entrer");
    if browser.has("input[name=confirme]") {
        hands.click("input[name=confirme]");
    }
    hands.press("Faire entrer 21");
    hands.sees("entres", "21 fichiers sont entrés");
}

#[test]
fn from_an_empty_folder_to_the_pdf_with_what_teams_really_send() {
    let place = Atelier::empty();
    let disk = tempfile::tempdir().expect("a folder");
    let her = her_files(disk.path());
    let served = Served::on(None);
    let Some(browser) = Browser::open(&[]) else {
        return;
    };
    let start = Instant::now();
    browser.go(&format!("file://{}", served.handover.display()));
    browser.wait_for("form[action='/dossiers/creer']");
    let hands = Hands {
        browser: &browser,
        clicks: std::cell::Cell::new(0),
        screens: std::cell::RefCell::default(),
    };
    hands.sees("bienvenue", "Créer");
    let dir = place.root().join("Observatoire d’ici");
    browser.fill("input[name=territoire]", "Communauté de communes d’ici");
    let field = "form[action='/dossiers/creer'] input[name=dossier]";
    browser.fill(field, &dir.display().to_string());
    hands.press("Créer");
    hands.press("Mes accueils");
    hands.press("Faire entrer ma liste");
    browser.drop_files("input[type=file]", &[&her.list]);
    hands.press("Regarder");
    hands.sees("liste", "Nos accueils.xlsx");
    // « Garderie » says no type: she says which.
    hands.choose("select[name=type]", "accueil périscolaire");
    hands.press("Regarder avec ces choix");
    hands.press("Faire entrer (12)");
    browser.wait_for("a[href^='/accueils?code=']");
    what_teams_sent_enters(&hands, &her);
    hands.press("Rapports");
    hands.click("input[name=public][value=elus]");
    hands.choose("select[name=structure]", "tous");
    hands.press("Écrire les rapports");
    let waited = Instant::now();
    while !browser.has("details.groupe") && waited.elapsed() < Duration::from_mins(2) {
        std::thread::sleep(Duration::from_millis(200));
    }
    hands.sees("rapports", "Pour les élus");
    let written = files(&dir.join("reports/rendus/C1"));
    let pdf = written.iter().find(|n| n.ends_with("synthese-elus.pdf"));
    let pdf = dir
        .join("reports/rendus/C1")
        .join(pdf.expect("the PDF of the élus"));
    let bytes = std::fs::read(pdf).expect("it is there");
    assert!(bytes.starts_with(b"%PDF"));
    let screens = hands.screens.borrow();
    println!(
        "parcours entier : {} écrans, {} clics, {} s",
        screens.len(),
        hands.clicks.get(),
        start.elapsed().as_secs()
    );
    assert!(screens.len() <= 12, "{screens:?}");
    // Her own question is in the report, in her words; no telephone is anywhere.
    let told = files(&dir.join("reports/rendus/C1"));
    let page = told
        .iter()
        .find(|n| n.ends_with("synthese-elus.html"))
        .expect("a page");
    let page = std::fs::read_to_string(dir.join("reports/rendus/C1").join(page)).expect("text");
    assert!(
        page.contains("Par quel moyen venez-vous"),
        "her own question"
    );
    for name in files(&dir) {
        let bytes = std::fs::read(dir.join(&name)).expect("readable");
        let held = bytes.windows(14).any(|w| w == b"06 12 34 56 78");
        assert!(!held, "a telephone in {name}");
    }
}
