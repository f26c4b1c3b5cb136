//! Campaigns told apart, and the one that pages open on.

use super::campaigns_pages::{filled, send, settings};
use super::served::Served;
use crate::atelier::Atelier;

#[test]
fn a_name_that_another_campaign_bears_is_refused_and_pages_open_on_the_campaign_of_today() {
    let atelier = Atelier::demo();
    let served = Served::on(Some(&atelier.root()));
    let page = served.get("/campagnes/creer").text();
    let named = settings(&atelier);
    let label = named.split("label = \"").nth(1).unwrap_or("");
    let label = label.split('"').next().unwrap_or("").to_uppercase();
    let ahead = [
        ("label", &*label),
        ("debut", "2060-04-26"),
        ("fin", "2060-07-02"),
        ("referentiel", "v2"),
        ("geste", "garder"),
    ];
    let refused = send(&served, "/campagnes/garder", &filled(&page, &ahead)).text();
    assert!(
        refused.contains("est déjà le nom de C1") && refused.contains("value=\"2060-04-26\""),
        "{refused}"
    );
    assert_eq!(settings(&atelier), named, "nothing is written");

    // A folder where two bear it already: each list says which is which, and pages open on the one that has begun.
    let twice = format!(
        "{named}\n[[campagnes]]\nid = \"C9\"\nlabel = \"{label}\"\ndebut = \"2060-04-26\"\nfin = \"2060-07-02\"\nreferentiel = \"v2\"\n"
    );
    atelier.write("observatoire.toml", twice.as_bytes());
    for address in ["/", "/resultats", "/rapports", "/saisir", "/recevoir"] {
        let opened = served.get(address).text();
        let chosen = opened.split(" selected").next().unwrap_or("");
        assert!(
            !chosen.ends_with("<option value=\"C9\""),
            "{address} : {opened}"
        );
    }
    let first = served.get("/").text().replace("&#x2f;", "/");
    assert!(
        first.contains("(C9, du 26/04/2060 au 02/07/2060)") && first.contains("(C1, du "),
        "{first}"
    );
    // Named, it opens; nothing came for it, and nothing is said to compare.
    let listed = served.get("/campagnes").text().replace('\u{a0}', " ");
    assert!(
        listed.contains("Rien n’est encore arrivé pour C9 : rien ne se compare encore."),
        "{listed}"
    );
}
