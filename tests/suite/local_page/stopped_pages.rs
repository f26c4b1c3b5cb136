//! The program killed while a page writes: the folder is as before or as after, never between, and the page reopens. Each
//! gesture fills the form as the page shows it.
//!
//! The suite kills each gesture twice; `OBSERVATOIRE_ARRETS=50` kills each so many times.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::OnceLock;
use std::time::{Duration, Instant};

use super::served::Served;
use crate::atelier::{Atelier, files};

/// A gesture: the page that bears its form, where the form leads, what is typed over what it shows.
struct Gesture {
    name: &'static str,
    page: &'static str,
    to: &'static str,
    typed: &'static [(&'static str, &'static str)],
    /// Words of the form, where several of the page lead there.
    holding: &'static str,
    /// What is done before the form is there.
    before: fn(&Served),
    /// Whether what it writes is several files, each whole: stopped, some are there.
    is_delivery: bool,
}

impl Gesture {
    /// Where the form of the page leads: what it does to a référentiel is said on a page between.
    fn form(&self) -> &'static str {
        match self.to {
            "/referentiel/garder" => "/referentiel/regarder",
            to => to,
        }
    }
}

const fn gesture(
    name: &'static str,
    page: &'static str,
    to: &'static str,
    typed: &'static [(&'static str, &'static str)],
) -> Gesture {
    Gesture {
        name,
        page,
        to,
        typed,
        holding: "",
        before: |_| {},
        is_delivery: false,
    }
}

const DROP: &str = "/ctg/classeurs/deposer";

/// A line that somebody added to the workbook of the follow-up.
fn drop_workbook(served: &Served) {
    // Once: a workbook says when it was made.
    static BOOK: OnceLock<Vec<u8>> = OnceLock::new();
    let made = || super::ctg_pages::one_meeting_book("2026-11-21", "COPIL", "Un COPIL du classeur");
    served.drop_files(DROP, &[], &[("Un temps.xlsx", BOOK.get_or_init(made))]);
}

/// A list that says neither its meeting nor who came, and what was answered.
fn drop_list(served: &Served) {
    let list = "Nom;Structure;Service\nMartinelli;CDC;coopération enfance\nRoumier;FOY;\n";
    served.drop_files(DROP, &[], &[("liste.csv", list.as_bytes())]);
    let said = [
        ("rang", "000001"),
        ("temps", "T-031"),
        ("tous_presents", "oui"),
    ];
    served.post("/ctg/classeurs/dire", &said);
}

const GESTURES: &[Gesture] = &[
    gesture(
        "un accueil changé",
        "/accueils?code=R01",
        "/accueils/garder",
        &[("secteur", "Nord")],
    ),
    gesture(
        "un accueil ajouté",
        "/accueils",
        "/accueils/ajouter",
        &[("code", "R77"), ("nom", "La Source"), ("type", "mixte")],
    ),
    gesture(
        "un accueil fermé",
        "/accueils?code=R01",
        "/accueils/fermer",
        &[("jour", "2027-07-31")],
    ),
    gesture(
        "une campagne créée",
        "/campagnes/creer",
        "/campagnes/garder",
        &[
            ("geste", "garder"),
            ("label", "Printemps 2027"),
            ("debut", "2027-04-26"),
            ("fin", "2027-07-02"),
        ],
    ),
    gesture(
        "une campagne changée",
        "/campagnes/modifier?campagne=C2",
        "/campagnes/garder",
        &[("geste", "garder"), ("label", "Automne, bilan")],
    ),
    gesture(
        "une cible",
        "/referentiel/REL-2",
        "/referentiel/garder",
        &[
            ("geste", "cible"),
            ("niveau", "3,4"),
            ("decision", "2026-11-20"),
            ("instance", "COPIL"),
        ],
    ),
    gesture(
        "un critère mis à part",
        "/referentiel/ENV-2",
        "/referentiel/garder",
        &[
            ("geste", "sans-objet"),
            ("motif", "Aucun extérieur cette année."),
            ("decision", "2026-11-20"),
            ("instance", "COPIL"),
        ],
    ),
    gesture(
        "une action changée",
        "/plan/action/R01-C1-01",
        "/plan/garder",
        &[("c_responsable", "direction"), ("c_appui", "coordination")],
    ),
    gesture(
        "une action ajoutée",
        "/plan/nouvelle",
        "/plan/ajouter",
        &[
            ("c_structure", "R01"),
            ("c_campagne", "C2"),
            ("c_priorite", "haute"),
            ("c_constat", "Niveau 2,3."),
            ("c_action", "Une demi-journée de formation"),
            ("c_statut", "à lancer"),
            ("critere", "REL-2"),
        ],
    ),
    gesture(
        "un numéro à appeler",
        "/reglages",
        "/reglages/garder",
        &[("protection.organisateur", "02 99 00 00 00")],
    ),
    gesture(
        "une durée de conservation",
        "/reglages",
        "/reglages/garder",
        &[("conservation_mois", "30")],
    ),
    gesture(
        "une saisie de questionnaires",
        "/saisir?campagne=C2",
        "/saisir/commencer",
        &[("structure", "R02"), ("source", "FAM")],
    ),
    gesture(
        "une action proposée",
        "/plan/proposer?campagne=C2",
        "/plan/proposer/ecrire",
        &[],
    ),
    gesture("une modification annulée", "/plan", "/plan/annuler", &[]),
    gesture(
        "une saisie commencée",
        "/saisir?campagne=C2",
        "/saisir/commencer",
        &[("structure", "R01"), ("source", "OBS")],
    ),
    gesture(
        "le territoire renommé",
        "/reglages",
        "/reglages/garder",
        &[("territoire.nom", "Pays d’ici")],
    ),
    gesture(
        "un observateur",
        "/reglages",
        "/reglages/observateur",
        &[("code", "O9"), ("nom", "Dominique Fontaine")],
    ),
    gesture(
        "les délais du plan",
        "/reglages",
        "/reglages/garder",
        &[("plan.haute_jours", "80")],
    ),
    gesture(
        "un import annulé",
        "/recevoir?campagne=C2&annuler=I002",
        "/recevoir/annuler",
        &[],
    ),
    Gesture {
        is_delivery: true,
        ..gesture(
            "des rapports",
            "/rapports?campagne=C2",
            "/rapports/ecrire",
            &[("public", "familles"), ("format", "html")],
        )
    },
    gesture(
        "CTG : une réunion notée",
        "/ctg/registre/temps",
        "/ctg/ligne",
        &[
            ("c_date", "2026-11-20"),
            ("c_type", "COPIL"),
            ("c_intitule", "COPIL de novembre"),
        ],
    ),
    Gesture {
        holding: "name=\"id\" value=\"T-001\"",
        ..gesture(
            "CTG : une ligne changée",
            "/ctg/registre/temps?ligne=T-001",
            "/ctg/ligne",
            &[("c_invites", "14"), ("c_remarque", "Salle changée")],
        )
    },
    gesture(
        "CTG : une ligne retirée",
        "/ctg/registre/temps?ligne=T-001",
        "/ctg/ligne/retirer",
        &[],
    ),
    Gesture {
        before: drop_workbook,
        ..gesture(
            "CTG : un classeur rapporté",
            "/ctg/classeurs",
            "/ctg/classeurs/entrer",
            &[],
        )
    },
    Gesture {
        before: drop_list,
        ..gesture(
            "CTG : une feuille d’émargement",
            "/ctg/classeurs",
            "/ctg/classeurs/entrer",
            &[],
        )
    },
    gesture(
        "CTG : un texte du bilan",
        "/ctg/textes/04-changements.md",
        "/ctg/textes/garder",
        &[("texte", "Le soir, deux accueils de plus.\r\n")],
    ),
    gesture(
        "CTG : ce qui a été signé",
        "/ctg/convention",
        "/ctg/convention/garder",
        &[(
            "texte",
            "[convention]\r\nintitule = \"Essai\"\r\nsignataires = [\"Caf\"]\r\ndebut = \"2024-01-01\"\r\nfin = \"2027-12-31\"\r\n",
        )],
    ),
    gesture(
        "CTG : une fiche signée",
        "/ctg/convention?bloc=fiches-OBSERVATOIRE",
        "/ctg/convention/bloc",
        &[
            ("c_intitule", "L’observatoire"),
            ("c_echeance", "2026-10-31"),
        ],
    ),
    gesture(
        "CTG : un indicateur retiré",
        "/ctg/convention?bloc=indicateurs-G07&retirer=oui",
        "/ctg/convention/retirer",
        &[],
    ),
    gesture(
        "CTG : une demande de données",
        "/ctg/echanges",
        "/ctg/echanges/nouveau",
        &[
            ("sens", "sortant"),
            ("demandeur", "La Caf"),
            ("detenteur", "La communauté de communes"),
            ("objet", "Les places par commune"),
        ],
    ),
    gesture(
        "CTG : ce qui est ressaisi",
        "/ctg/poche",
        "/ctg/poche/fait",
        &[],
    ),
    Gesture {
        holding: "value=\"E01\"",
        is_delivery: true,
        ..gesture(
            "CTG : un échange préparé",
            "/ctg/echanges",
            "/ctg/echanges/exporter",
            &[("format", "csv")],
        )
    },
    Gesture {
        is_delivery: true,
        ..gesture(
            "CTG : un document",
            "/ctg/documents",
            "/ctg/documents/ecrire",
            &[("trimestre", "2026-T3"), ("format", "html")],
        )
    },
];

fn gestures() -> impl Iterator<Item = &'static Gesture> {
    let only = std::env::var("OBSERVATOIRE_VERBE").unwrap_or_default();
    GESTURES.iter().filter(move |g| g.name.contains(&only))
}

/// What a folder says: machine memory, locks and what the next command sweeps aside.
fn said(root: &Path) -> BTreeMap<String, Vec<u8>> {
    let all = files(root).into_iter();
    let kept = all.filter(|name| {
        // A copy of what was there is laid before anything changes; a delivery says beside what it replaces.
        let aside = [
            ".verrou",
            ".tmp",
            "/.livraison-",
            "/.observatoire-",
            ".avant-",
            "data/ctg/versions/",
        ];
        !name.starts_with("data/reperes") && !aside.iter().any(|a| name.contains(a))
    });
    kept.map(|name| {
        let bytes = std::fs::read(root.join(&name)).unwrap_or_default();
        (name, bytes)
    })
    .collect()
}

/// The form, filled: the bytes that are sent.
fn filled(served: &Served, gesture: &Gesture) -> Vec<u8> {
    (gesture.before)(served);
    let fields = served.form_holding(gesture.page, gesture.form(), gesture.holding, gesture.typed);
    let fields: Vec<(&str, &str)> = (fields.iter())
        .map(|(name, value)| (name.as_str(), value.as_str()))
        .collect();
    served.prepared(gesture.to, &fields)
}

/// The folder before and after, and how long the way is.
fn ends(gesture: &Gesture) -> ([BTreeMap<String, Vec<u8>>; 2], Duration) {
    let atelier = Atelier::demo();
    let before = said(&atelier.root());
    let served = Served::on(Some(&atelier.root()));
    let form = filled(&served, gesture);
    let start = Instant::now();
    let told = served.follow(served.raw(&form)).text();
    let long = start.elapsed();
    drop(served);
    let after = said(&atelier.root());
    assert!(before != after, "{} ne change rien : {told}", gesture.name);
    ([before, after], long)
}

/// Whether each file is as before or as after, and none is missing: what a delivery may leave, file by file.
fn is_between(found: &BTreeMap<String, Vec<u8>>, ends: &[BTreeMap<String, Vec<u8>>; 2]) -> bool {
    let known =
        |(name, bytes): (&String, &Vec<u8>)| ends.iter().any(|end| end.get(name) == Some(bytes));
    ends[0].keys().all(|name| found.contains_key(name)) && found.iter().all(known)
}

#[test]
fn a_program_killed_while_a_page_writes_leaves_before_or_after() {
    let asked = std::env::var("OBSERVATOIRE_ARRETS").ok();
    let times = asked.and_then(|n| n.parse::<u32>().ok()).unwrap_or(2);
    let (mut tried, mut running, mut lost) = (0, 0, Vec::new());
    for gesture in gestures() {
        let (ends, long) = ends(gesture);
        for k in 0..times {
            let atelier = Atelier::demo();
            let mut served = Served::on(Some(&atelier.root()));
            let form = filled(&served, gesture);
            let wait = long.mul_f64((f64::from(k) + 0.5) / f64::from(times));
            let over = std::thread::scope(|scope| {
                let sending = scope.spawn(|| served.tried(&form).is_some_and(|a| a.status != 0));
                std::thread::sleep(wait);
                let pid = served.child.id().to_string();
                let _ = std::process::Command::new("kill")
                    .args(["-9", &pid])
                    .status();
                sending.join().expect("sent")
            });
            served.kill();
            tried += 1;
            running += usize::from(!over);
            let found = said(&atelier.root());
            let whole = ends.contains(&found) || gesture.is_delivery && is_between(&found, &ends);
            if !whole {
                let strange = found
                    .iter()
                    .filter(|(name, bytes)| ends.iter().all(|end| end.get(*name) != Some(*bytes)));
                let gone = ends[0]
                    .iter()
                    .filter(|(name, _)| !found.contains_key(*name));
                let differ: Vec<&String> = strange.chain(gone).map(|(n, _)| n).take(5).collect();
                lost.push(format!("{} : {differ:?}", gesture.name));
            }
            // The page reopens where she was, and the folder is sound.
            let again = Served::on(Some(&atelier.root()));
            let page = again.get(gesture.page);
            // What was taken out has no page of its own any more, and that is said.
            let is_there = page.status == 200 || page.text().contains("n’est plus là");
            assert!(is_there, "{} : {}", gesture.name, page.text());
        }
    }
    println!(
        "{tried} arrêts, {running} en cours d’écriture, {} perdus",
        lost.len()
    );
    assert!(lost.is_empty(), "{lost:#?}");
}
