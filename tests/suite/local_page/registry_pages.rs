//! What the page of accueils asks before it writes: answers that days set aside, what nobody said, near doubles of a list,
//! what leaves the registry.

use super::accueils_pages::{hidden, read, registry};
use super::served::Served;
use crate::atelier::Atelier;

#[test]
fn closing_an_accueil_that_answered_says_what_is_set_aside_and_asks() {
    let atelier = Atelier::demo();
    let served = Served::on(Some(&atelier.root()));
    let before = registry(&atelier);
    let close = [("code", "R01"), ("jour", "2026-01-05"), ("vu", "")];
    let asked = served.post("/accueils/fermer", &close).text();
    let asked = asked
        .replace(['\u{a0}', '\u{202f}'], " ")
        .replace("&#x2f;", "/");
    assert!(
        asked.contains("Rien n’est encore écrit") && asked.contains("mis à part"),
        "{asked}"
    );
    assert!(
        asked.contains("comptent de nouveau si la date est retirée"),
        "{asked}"
    );
    assert_eq!(registry(&atelier), before, "nothing is written yet");
    let mark = hidden(&asked, "mis_a_part");
    assert!(mark.starts_with("C1 {"), "{mark}");
    let mark = mark.replace("&quot;", "\"");
    let agreed = [&close[..], &[("mis_a_part", mark.as_str())]].concat();
    let done = read(&served, served.post("/accueils/fermer", &agreed));
    assert!(
        done.contains("R01 ferme après le 05/01/2026")
            && done.contains("Ses réponses restent gardées, mises à part des chiffres, pour : C1"),
        "{done}"
    );
    // What it found says why it is told no more.
    let away = served.get("/resultats/R01?campagne=C1").text();
    let away = away.replace('\u{a0}', " ").replace("&#x2f;", "/");
    assert!(
        away.contains("(R01) est fermé après le 05/01/2026") && away.contains("reste gardé"),
        "{away}"
    );
    // Emptied in its card, the day gives them back.
    let card = served.get("/accueils?code=R01").text();
    let seen = hidden(&card, "vu_fermeture");
    let open = [("code", "R01"), ("fermeture", ""), ("vu_fermeture", &*seen)];
    let back = read(&served, served.post("/accueils/garder", &open));
    assert!(back.contains("Il compte de nouveau dans"), "{back}");
    assert!(back.contains("05/01/2026 → vide"), "{back}");
}

#[test]
fn a_pedt_that_nobody_answered_is_no_no() {
    let atelier = Atelier::blank();
    let served = Served::on(Some(&atelier.root()));
    let new = [
        ("code", "R77"),
        ("nom", "Les Aulnes"),
        ("type", "mixte"),
        ("pedt", ""),
    ];
    read(&served, served.post("/accueils/ajouter", &new));
    let card = served.get("/accueils?code=R77").text();
    assert!(
        card.contains("<option value=\"\" selected>ne sait pas encore</option>"),
        "{card}"
    );
    let say = [("code", "R77"), ("pedt", "non"), ("vu_pedt", "")];
    let said = read(&served, served.post("/accueils/garder", &say));
    assert!(said.contains("Couvert par un PEDT : vide → non"), "{said}");
    let card = served.get("/accueils?code=R77").text();
    assert!(
        card.contains("<option value=\"non\" selected>non</option>"),
        "{card}"
    );
    // An accueil that is added has no type that nobody chose.
    let none = [("code", "R78"), ("nom", "Les Saules"), ("type", "")];
    let refused = read(&served, served.post("/accueils/ajouter", &none));
    assert!(refused.contains("Rien n’a été écrit"), "{refused}");
}

#[test]
fn a_list_is_asked_about_near_doubles_closed_accueils_and_years_alone() {
    let atelier = Atelier::blank();
    let served = Served::on(Some(&atelier.root()));
    let list = "Nom du centre\tCommune\tOuvert depuis\tRemarques\n\
        Accueil de loisirs La Ruche\tEcouché\t2009\t\n\
        La ruche (Ecouché)\t\tseptembre 2012\tFERMÉ depuis juillet 2025\n\
        La Ruche\tThil\t2015\tvu par téléphone\n";
    let pasted = served.drop_files("/accueils/liste/deposer", &[("texte", list)], &[]);
    let page = read(&served, pasted);
    assert!(
        page.contains("ressemble à « Accueil de loisirs La Ruche », plus haut"),
        "{page}"
    );
    assert_eq!(
        page.matches("plus haut dans votre liste").count(),
        1,
        "{page}"
    );
    assert!(
        page.contains("cet accueil est-il fermé ?") && page.contains("Fermé après le"),
        "{page}"
    );
    assert!(
        page.contains("« 2009 » ne dit pas le jour : la case « Ouvert depuis le » reste vide")
            && page.contains("01/09/2009"),
        "{page}"
    );
    // Said to be another one, it enters.
    let rank = page
        .split("name=\"n")
        .nth(1)
        .and_then(|rest| rest.split('"').next())
        .unwrap_or("")
        .to_owned();
    let (name, says) = (format!("n{rank}"), format!("l{rank}"));
    let other = [
        ("geste", "regarder"),
        ("type", "extrascolaire"),
        (name.as_str(), "La ruche (Ecouché)"),
        (says.as_str(), "nouveau"),
    ];
    let again = read(&served, served.post("/accueils/liste/entrer", &other));
    // It enters beside the first; the third, which might be the one that says no commune, is asked in its turn.
    assert!(again.contains("Faire entrer (2)"), "{again}");
    assert!(
        again.contains("ressemble à « La ruche (Ecouché) »"),
        "{again}"
    );
}

#[test]
fn an_accueil_leaves_the_registry_only_when_nothing_speaks_of_it() {
    let atelier = Atelier::demo();
    let served = Served::on(Some(&atelier.root()));
    let before = registry(&atelier);
    let card = read(&served, served.get("/accueils?code=R01"));
    assert!(
        card.contains("ne peut pas être retiré : des réponses sont entrées pour R01"),
        "{card}"
    );
    let gone = [("code", "R01"), ("confirme", "oui")];
    let refused = read(&served, served.post("/accueils/retirer", &gone));
    assert!(
        refused.contains("ne peut pas quitter le registre"),
        "{refused}"
    );
    assert_eq!(registry(&atelier), before);

    let new = [
        ("code", "R99"),
        ("nom", "Entré deux fois"),
        ("type", "mixte"),
    ];
    read(&served, served.post("/accueils/ajouter", &new));
    assert!(registry(&atelier).contains("R99"));
    let unsure = [("code", "R99")];
    assert_eq!(served.post("/accueils/retirer", &unsure).status, 400);
    let sure = [("code", "R99"), ("confirme", "oui")];
    let done = read(&served, served.post("/accueils/retirer", &sure));
    assert!(done.contains("R99 n’est plus au registre"), "{done}");
    assert_eq!(registry(&atelier), before, "to the byte");
}
