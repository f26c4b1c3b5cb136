//! Sentences and figures that an earlier edition got wrong, each as it must be now.

use lopdf::Document;

use super::delivered;
use crate::atelier::{Atelier, files, is};

fn plain(text: &str) -> String {
    text.replace(['\u{a0}', '\u{202f}'], " ")
}

fn page(atelier: &Atelier, name: &str) -> String {
    plain(&std::fs::read_to_string(delivered(atelier, "C2").join(name)).expect("a page"))
}

/// A question to which agreeing is unfavourable says who agrees, in every format.
#[test]
fn who_agrees_with_a_reversed_question_is_said_in_every_format() {
    let atelier = Atelier::demo();
    let asked = [
        "rapport",
        "--campagne",
        "C2",
        "--public",
        "equipe",
        "--format",
        "html,pdf,xlsx,docx",
        "--date",
        "2026-12-15",
    ];
    assert_eq!(atelier.run(&asked).code, 0);
    let folder = delivered(&atelier, "C2");
    let mut tried = 0;
    for name in files(&folder)
        .into_iter()
        .filter(|n| n.starts_with("equipes/") && is(n, "html"))
    {
        let page = page(&atelier, &name);
        if !page.contains("Mon travail m’épuise") {
            continue;
        }
        let is_told = |row: &&str| {
            let asked = row.contains("Mon travail m’épuise.</th>");
            asked
                && [" sur ", " %", "ou plus"]
                    .iter()
                    .any(|told| row.contains(told))
        };
        let rows: Vec<&str> = page.split("<tr").collect();
        if !rows.iter().any(is_told) {
            continue;
        }
        tried += 1;
        let worse = "Être d’accord est défavorable pour « Mon travail m’épuise »";
        assert!(page.contains(worse), "{name}");
        // « 67 % de réponses favorables » of those who disagree would say the opposite.
        for after in page.split("« Mon travail m’épuise »").skip(1) {
            let next: String = after.chars().take(40).collect();
            assert!(!next.contains("favorables"), "{name} : {next}");
        }
        // The side that agrees is at the right of every row: the last modality of the heading.
        let heads = page.matches("<th scope=\"col\" class=\"c\">Tout à fait d’accord</th><th scope=\"col\" class=\"c\">Pas du tout").count();
        assert_eq!(heads, 0, "{name}");
        for format in ["xlsx", "docx"] {
            let file = folder.join(name.replace(".html", &format!(".{format}")));
            let bytes = std::fs::read(file).expect("a file");
            let mut archive = zip::ZipArchive::new(std::io::Cursor::new(bytes)).expect("a zip");
            let mut text = String::new();
            for i in 0..archive.len() {
                let mut part = archive.by_index(i).expect("a part");
                let _ = std::io::Read::read_to_string(&mut part, &mut text);
            }
            let text = plain(&text);
            // The word processor's file holds what is printed: the questionnaire of the team is annexed.
            let asked = text.contains("Mon travail m’épuise");
            let said = text.contains("Être d’accord est défavorable");
            assert!(said || !asked, "{name} {format}");
            assert!(asked || format == "docx", "{name} {format}");
        }
    }
    assert!(tried >= 5, "{tried}");
}

/// « n = 5 à 9 » beside 43, 43 and 14 % would be seven answers, and one person.
#[test]
fn few_answers_are_never_told_in_percents() {
    let atelier = Atelier::demo();
    let folder = delivered(&atelier, "C2");
    let mut banded = 0;
    for name in files(&folder).into_iter().filter(|n| is(n, "html")) {
        let page = page(&atelier, &name);
        for row in page.split("<tr>").skip(1) {
            let row = row.split("</tr>").next().unwrap_or_default();
            let few = row.contains(">5 à 9</td>") || row.contains(">10 à 19</td>");
            if few {
                banded += 1;
                assert!(!row.contains(" %"), "{name} : {row}");
            }
        }
    }
    assert!(banded > 50, "{banded}");
}

/// What is printed of a critère put forward is what was rated, not a sentence that nobody ticked.
#[test]
fn cards_print_what_was_rated() {
    let atelier = Atelier::demo();
    let folder = delivered(&atelier, "C2");
    let mut rated = 0;
    for name in files(&folder)
        .into_iter()
        .filter(|n| n.starts_with("equipes/") && is(n, "html"))
    {
        let page = page(&atelier, &name);
        for card in page.split("<div class=\"carte\">").skip(1) {
            let card = card.split("</div>").next().unwrap_or_default();
            if !card.contains("Ce qui a été noté :") {
                continue;
            }
            rated += 1;
            assert!(!card.contains("Repère le plus proche"), "{name}");
            // Each leads to what it rests on, on the same page.
            let link = card
                .split("href=\"#")
                .nth(1)
                .and_then(|l| l.split('"').next());
            let place = format!("id=\"{}\"", link.expect("a link"));
            assert_eq!(page.matches(&place).count(), 1, "{name}: {place}");
        }
    }
    assert!(rated > 30, "{rated}");
}

/// Every point to work on has a row in the plan, or one that is proposed.
#[test]
fn the_plan_answers_every_priority() {
    let atelier = Atelier::demo();
    let folder = delivered(&atelier, "C2");
    let mut points = 0;
    for name in files(&folder)
        .into_iter()
        .filter(|n| n.starts_with("equipes/") && is(n, "html"))
    {
        let page = page(&atelier, &name);
        let section = |from: &str| page.split(from).nth(1).and_then(|s| s.split("<h2>").next());
        let work = section("piste de progrès</h2>").or_else(|| section("pistes de progrès</h2>"));
        let plan = section("Notre plan d’amélioration</h2>").unwrap_or_default();
        for card in work.unwrap_or_default().split("<h3>").skip(1) {
            let code = card.split(' ').next().expect("a code");
            points += 1;
            assert!(plan.contains(code), "{name}: {code}");
        }
    }
    assert!(points > 20, "{points}");
}

/// Campaigns by their season, accueils by their name, no code and no version where families read.
#[test]
fn campaigns_and_accueils_are_called_as_people_call_them() {
    let atelier = Atelier::demo();
    let elected = page(&atelier, "elus/synthese-elus.html");
    for said in [
        "accueils sont comparés.",
        "n’était pas évalué au printemps 2026",
        "au printemps 2026 :",
    ] {
        assert!(elected.contains(said), "{said}");
    }
    assert!(!elected.contains("relevés à C1") && !elected.contains("atteint à C1"));
    let folder = delivered(&atelier, "C2");
    let families = files(&folder)
        .into_iter()
        .filter(|n| n.starts_with("familles/"));
    let mut pages = 0;
    for name in families.filter(|n| is(n, "pdf")) {
        let document = Document::load(folder.join(&name)).expect("a PDF");
        let all: Vec<u32> = document.get_pages().keys().copied().collect();
        let text = plain(&document.extract_text(&all).expect("text"));
        assert!(
            !text.contains("C2 ") && !text.contains("référentiel v"),
            "{name}"
        );
        pages += 1;
    }
    assert!(pages > 10, "{pages}");
}

/// A difference is drawn with what measuring leaves open, over the band of what does not count.
#[test]
fn differences_are_told_with_their_margin() {
    let atelier = Atelier::demo();
    let elected = page(&atelier, "elus/synthese-elus.html");
    let table = elected.split("Marge (±)").nth(1).expect("a margin");
    let table = table.split("</table>").next().unwrap_or_default();
    let told = table
        .split("<tr>")
        .skip(1)
        .filter(|row| row.contains(','))
        .count();
    assert!(told >= 6, "{table}");
    for said in [
        "trop petit pour compter",
        "Lecture :",
        "Champ :",
        "Source :",
    ] {
        assert!(elected.contains(said), "{said}");
    }
    // Each chart's figures can be kept without a server.
    let charts = elected.matches("<figure>").count();
    assert_eq!(elected.matches("href=\"data:text/csv").count(), charts);
}
