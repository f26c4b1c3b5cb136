//! What was signed, by forms alone: from the model to a convention of her own, what is refused, what others changed meanwhile,
//! what is put back.

use super::served::{Response, Served};
use crate::atelier::Atelier;

const SIGNED: &str = "ctg/convention.toml";
const PAGE: &str = "/ctg/convention";
const KEEP: &str = "/ctg/convention/bloc";
const REMOVE: &str = "/ctg/convention/retirer";

/// Name and value of fields, as a browser sends them.
type Sent = Vec<(String, String)>;

fn read(served: &Served, response: Response) -> String {
    let text = served.follow(response).text();
    text.replace(['\u{a0}', '\u{202f}'], " ")
        .replace("&#x2f;", "/")
        .replace("&#x27;", "'")
        .replace("&quot;", "\"")
        .replace("&amp;", "&")
}

fn text(atelier: &Atelier) -> String {
    std::fs::read_to_string(atelier.root().join(SIGNED)).expect("there")
}

/// The form of a block, some fields typed over what it shows.
fn form(served: &Served, block: &str, typed: &[(&str, &str)]) -> Sent {
    served.form(&format!("{PAGE}?bloc={block}"), KEEP, typed)
}

fn new_form(served: &Served, part: &str, typed: &[(&str, &str)]) -> Sent {
    served.form(&format!("{PAGE}?nouveau={part}"), KEEP, typed)
}

fn post(served: &Served, to: &str, fields: &Sent) -> String {
    let fields: Vec<(&str, &str)> = fields
        .iter()
        .map(|(n, v)| (n.as_str(), v.as_str()))
        .collect();
    read(served, served.post(to, &fields))
}

fn kept(served: &Served, fields: &Sent) {
    let said = post(served, KEEP, fields);
    assert!(said.contains("C’est écrit"), "{fields:?}\n{said}");
}

fn removed(served: &Served, block: &str) -> String {
    let asked = format!("{PAGE}?bloc={block}&retirer=oui");
    post(served, REMOVE, &served.form(&asked, REMOVE, &[]))
}

/// Addresses of the blocks of a part, in the order of the page.
fn blocks(served: &Served, part: &str) -> Vec<String> {
    let page = read(served, served.get(PAGE));
    let link = format!("?bloc={part}-");
    let links = page.split(&link).skip(1);
    let ids = links.map(|rest| rest.split(['"', '&']).next().unwrap_or_default());
    let mut all: Vec<String> = Vec::new();
    for id in ids.map(|id| format!("{part}-{id}")) {
        if !all.contains(&id) {
            all.push(id);
        }
    }
    all
}

/// What the model left to be named, dated and coded; a fiche and an indicator more.
fn named_and_added(served: &Served) {
    for (block, typed) in [
        (
            "convention",
            &[
                ("c_intitule", "CTG du Val d’Orme 2024-2028"),
                (
                    "c_signataires",
                    "Caf de l’Eure\r\nCommunauté de communes du Val d’Orme\r\n",
                ),
                ("c_debut", "2024-01-01"),
                ("c_fin", "2028-12-31"),
            ][..],
        ),
        (
            "avenants-1",
            &[
                ("c_date", "2025-12-15"),
                ("c_objet", "Observatoire et passerelles"),
            ],
        ),
        (
            "echeances-bilan_final-2026-11-30",
            &[("c_type", "bilan_intermediaire"), ("c_date", "2026-06-30")],
        ),
        (
            "fiches-F4",
            &[
                ("c_code", "JEUNES"),
                ("c_intitule", "Aller vers les jeunes"),
                ("c_axe", "A1"),
                ("c_champ", "jeunesse"),
                ("c_responsables", "service jeunesse\r\nCCThématique"),
            ],
        ),
    ] {
        kept(served, &form(served, block, typed));
    }
    kept(
        served,
        &new_form(
            served,
            "fiches",
            &[
                ("c_code", "DROITS"),
                ("c_intitule", "L’accès aux droits"),
                ("c_axe", "A2"),
                ("c_etat", "ajoutee"),
                ("c_avenant", "1"),
            ],
        ),
    );
    let indicator = [
        ("c_code", "D1"),
        ("c_libelle", "Familles qui connaissent leurs droits"),
        ("c_fiche", "DROITS"),
        ("c_unite", "%"),
        ("c_cible", "0,8"),
        ("c_reference.valeur", "45 %"),
        ("c_reference.date", "2025-12-31"),
    ];
    kept(served, &new_form(served, "indicateurs", &indicator));
}

/// The values that were typed, as the file keeps them, and what the model says beside those that were not.
fn holds_what_was_typed(own: &str) {
    for line in [
        "cible = 0.8\n",
        "calcul = \"releve\"\n",
        "reference = { valeur = 0.45, date = \"2025-12-31\" }\n",
        "signataires = [\"Caf de l’Eure\", \"Communauté de communes du Val d’Orme\"]\n",
        "avenant = 1\n",
        "responsables = [\"service jeunesse\", \"CCThématique\"]\n",
        // What the model says beside a value that was not touched.
        "schema_petite_enfance = false        # true : les bilans vont",
        "# Un avenant par bloc ; son numéro sert aux fiches",
    ] {
        assert!(own.contains(line), "{line}\n{own}");
    }
}

#[test]
fn a_convention_of_her_own_is_made_of_the_model_by_forms_alone() {
    let atelier = Atelier::demo();
    std::fs::remove_file(atelier.root().join(SIGNED)).expect("removed");
    // The follow-up of the example names fiches: a territory that begins has none.
    for kept in ["data/ctg", "data/reperes"] {
        std::fs::remove_dir_all(atelier.root().join(kept)).expect("removed");
    }
    let served = Served::on(Some(&atelier.root()));
    let begun = read(&served, served.post("/ctg/commencer", &[]));
    assert!(
        begun.contains("Le modèle est écrit") && begun.contains("À nommer"),
        "{begun}"
    );
    let model = text(&atelier);
    // A form sent back untouched writes nothing.
    let same = post(&served, KEEP, &form(&served, "fiches-OBSERVATOIRE", &[]));
    assert!(same.contains("Rien n’a changé"), "{same}");
    assert_eq!(text(&atelier), model);

    named_and_added(&served);

    // The model's own fiche cannot go while something rests on it; what does is said, and leads to its form.
    let before = text(&atelier);
    let rests = removed(&served, "fiches-PASSERELLES");
    assert!(
        rests.contains("Rien n’a été écrit. Quelque chose repose encore dessus")
            && rests.contains("?bloc=indicateurs-E1\">Indicateur E1</a>")
            && rests.contains("?bloc=experimentations-EXP1"),
        "{rests}"
    );
    assert_eq!(text(&atelier), before);
    for block in blocks(&served, "indicateurs")
        .iter()
        .filter(|id| *id != "indicateurs-D1")
    {
        assert!(removed(&served, block).contains("C’est retiré"), "{block}");
    }
    for block in [
        "experimentations-EXP1",
        "fiches-OBSERVATOIRE",
        "fiches-PASSERELLES",
        "fiches-GOUVERNANCE",
    ] {
        assert!(removed(&served, block).contains("C’est retiré"), "{block}");
    }

    holds_what_was_typed(&text(&atelier));
    let page = read(&served, served.get(PAGE));
    assert!(
        !page.contains("À nommer") && page.contains("<td>80 %</td>"),
        "{page}"
    );
    assert_eq!(
        blocks(&served, "fiches"),
        ["fiches-JEUNES", "fiches-DROITS"]
    );
    drop(served);
    let run = atelier.run(&["ctg", "indicateurs"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    let told = run.stdout;
    assert!(told.contains("D1") && !told.contains("G07"), "{told}");
}

#[test]
fn what_does_not_hold_together_stays_in_the_form() {
    let atelier = Atelier::demo();
    let served = Served::on(Some(&atelier.root()));
    let before = text(&atelier);
    let fiche = blocks(&served, "fiches").remove(0);
    for (block, typed, said) in [
        (
            "convention",
            ("c_fin", "2001-01-01"),
            "La convention finit avant de commencer",
        ),
        ("convention", ("c_intitule", "  "), "Il manque : intitulé"),
        (
            fiche.as_str(),
            ("c_code", "Pas un code"),
            "des lettres sans accent",
        ),
        ("indicateurs-G07", ("c_cible", "70"), "Tapez 0,8 ou 80 %"),
        (fiche.as_str(), ("c_axe", "A9"), "n’est plus dans la liste"),
    ] {
        let told = post(&served, KEEP, &form(&served, block, &[typed]));
        let stays = typed.1.trim().is_empty() || told.contains(&format!("\"{}\"", typed.1));
        assert!(
            told.contains("Rien n’a été écrit") && told.contains(said) && stays,
            "{block}, {typed:?}: {told}"
        );
    }
    // A code that the follow-up names does not go from under it.
    let told = post(
        &served,
        KEEP,
        &form(&served, &fiche, &[("c_code", "AUTRE")]),
    );
    assert!(
        told.contains("Le suivi nomme") && told.contains("abrogée"),
        "{told}"
    );
    assert_eq!(text(&atelier), before);
    for wrong in [
        "bloc=fiches-INCONNUE",
        "nouveau=convention",
        "nouveau=autre",
        "bloc=../x",
    ] {
        assert_eq!(
            served.get(&format!("{PAGE}?{wrong}")).status,
            400,
            "{wrong}"
        );
    }
    let bare = [("bloc", "convention"), ("vu", "")];
    assert_ne!(served.post(REMOVE, &bare).status, 303);
    assert_eq!(text(&atelier), before);
}

#[test]
fn what_others_changed_meanwhile_is_shown_beside_and_what_was_there_comes_back() {
    let atelier = Atelier::demo();
    let served = Served::on(Some(&atelier.root()));
    let before = text(&atelier);
    let late = form(&served, "indicateurs-G07", &[("c_libelle", "Le mien")]);
    let removal = served.form(
        &format!("{PAGE}?bloc=indicateurs-G07&retirer=oui"),
        REMOVE,
        &[],
    );
    kept(
        &served,
        &form(
            &served,
            "indicateurs-G07",
            &[("c_libelle", "Le leur"), ("c_cible", "")],
        ),
    );
    let theirs = text(&atelier);
    assert!(
        theirs.contains("\"Le leur\"") && !theirs.contains("cible = 0.7\n"),
        "{theirs}"
    );
    let told = post(&served, KEEP, &late);
    assert!(
        told.contains("d’autres ont changé ce fichier")
            && told.contains("value=\"Le mien\"")
            && told.contains("Écrit dans le fichier : « Le leur »"),
        "{told}"
    );
    let told = post(&served, REMOVE, &removal);
    assert!(told.contains("d’autres ont changé ce fichier"), "{told}");
    assert_eq!(text(&atelier), theirs);
    let back = "/ctg/convention/remettre";
    let put = post(&served, back, &served.form(PAGE, back, &[]));
    assert!(put.contains("Le fichier d’avant est remis"), "{put}");
    assert_eq!(text(&atelier), before);
    // A block that went meanwhile is said to be gone.
    kept(
        &served,
        &form(&served, "indicateurs-G07", &[("c_code", "G77")]),
    );
    let gone = post(&served, KEEP, &late);
    assert!(gone.contains("n’est plus là"), "{gone}");
    // No TOML at all: the file itself, with its fault, and no form.
    atelier.write(SIGNED, b"[convention\nintitule = 3");
    let page = read(&served, served.get(PAGE));
    assert!(
        page.contains("Ce fichier ne tient pas")
            && page.contains("<textarea")
            && !page.contains("?bloc="),
        "{page}"
    );
}

#[test]
fn the_convention_that_could_come_next_has_the_same_forms() {
    let atelier = Atelier::demo();
    let served = Served::on(Some(&atelier.root()));
    let signed = text(&atelier);
    let asked = [
        ("document", "bilan"),
        ("type", "point_etape"),
        ("public", "copil"),
        ("format", "html"),
        ("prochaine", "oui"),
    ];
    read(&served, served.post("/ctg/documents/ecrire", &asked));
    let page = "/ctg/convention/prochaine";
    let shown = read(&served, served.get(page));
    assert!(
        shown.contains("href=\"/ctg/convention/prochaine?bloc=convention\""),
        "{shown}"
    );
    let typed = [("c_intitule", "CTG 2027-2031")];
    kept(
        &served,
        &served.form(&format!("{page}?bloc=convention"), KEEP, &typed),
    );
    let next = std::fs::read_to_string(atelier.root().join("ctg/prochaine-convention.toml"))
        .expect("there");
    assert!(next.contains("intitule = \"CTG 2027-2031\""), "{next}");
    assert_eq!(text(&atelier), signed, "what was signed stays");
}
