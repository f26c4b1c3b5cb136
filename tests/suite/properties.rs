//! Laws over generated inputs: any table of cells gives answers or diagnostics; statistics keep
//! the promises that their users lean on.

use observatoire::stats::interval::Interval;
use std::sync::Arc;

use observatoire::base::diagnostics::CellRef;
use observatoire::base::sheets::{Cell, Format, MergedArea, Row, Sheet, Value, Workbook, open};
use observatoire::intake::observations::{Campaigned, RespondentKey, normalise};
use observatoire::intake::sources::{Context, SOURCES, choose};
use observatoire::stats::multiplicity::{Correction, adjust};
use observatoire::stats::proportion::wilson;
use observatoire::stats::shrinkage::{Centre, shrink};
use observatoire::stats::sign_flip::sign_flip;
use observatoire::vocabulary::config::{Campaign, KnownObservers, Registry, parse_registry};
use observatoire::vocabulary::referentiel::regulation::{self, Regulation};
use observatoire::vocabulary::referentiel::{Referentiel, parse};

use crate::former::embedded_v1;
use proptest::prelude::*;

/// Words that importers look for, among others.
const WORDS: [&str; 66] = [
    "structure",
    "R01",
    "code",
    "Élément",
    "REL-2-OBS-1",
    "REL2OBS1",
    "SEC-1-OBS-1",
    "1",
    "2",
    "3",
    "4",
    "NC",
    "NO",
    "X",
    "visite",
    "observateur",
    "O1",
    "date",
    "12/05/2026",
    "id",
    "submitdate",
    "FAM[REL1FAM1]",
    "AO04",
    "presents_moins6",
    "presents_6plus",
    "animateurs",
    "plage",
    "familles",
    "propos",
    "thèmes",
    "remarque",
    "Total",
    "_uuid",
    "_submission_time",
    "_index",
    "_parent_index",
    "_submission__uuid",
    "SubmissionDate",
    "KEY",
    "PARENT_KEY",
    "Heure de début",
    "Heure de fin",
    "Horodateur",
    "Serial",
    "SID",
    "Submission Details",
    "Serial number",
    "Submission ID",
    "Completed",
    "Respondent ID",
    "ResponseId",
    "{\"ImportId\":\"a\"}",
    "#",
    "Submit Date (UTC)",
    "N°Obs",
    "Note",
    "Statut",
    "REL1FAM1/3",
    "REL1FAM1_2",
    "REL1OBS1[comment]",
    "Mon enfant est attendu et salué quand il arrive.",
    "Plutôt d’accord",
    "Autre",
    "Un adulte va vers chaque enfant qui arrive et le salue par son prénom.",
    "é\u{301}'\"",
    "",
];

fn value() -> impl Strategy<Value = Value> {
    prop_oneof![
        6 => (0..WORDS.len()).prop_map(|i| Value::Text(WORDS[i].to_owned())),
        2 => ".{0,12}".prop_map(Value::Text),
        2 => (-5.0..9.0_f64).prop_map(Value::Number),
        1 => any::<f64>().prop_map(Value::Number),
        1 => any::<bool>().prop_map(Value::Bool),
        1 => Just(Value::Date("2026-05-12".to_owned())),
        1 => Just(Value::Error("#REF!".to_owned())),
    ]
}

fn sheet() -> impl Strategy<Value = Sheet> {
    let row = prop::collection::btree_map(0_u32..9, value(), 0..9);
    let rows = prop::collection::btree_map(0_u32..14, row, 0..14);
    let merges = prop::collection::vec((0_u32..9, 0_u32..9, 0_u32..4, 0_u32..4), 0..3);
    let name = prop_oneof![Just(""), Just("Grille"), Just("R01"), Just("Visite")];
    (name, rows, merges, any::<bool>()).prop_map(|(name, rows, merges, hidden)| Sheet {
        name: Arc::from(name),
        hidden,
        rows: rows
            .into_iter()
            .map(|(index, cells)| Row {
                index,
                cells: cells
                    .into_iter()
                    .filter(|(_, v)| !v.text().is_empty())
                    .map(|(col, value)| Cell::new(col, value))
                    .collect(),
            })
            .filter(|r| !r.cells.is_empty())
            .collect(),
        comments: Vec::new(),
        uncopied: Vec::new(),
        page_words: Vec::new(),
        unopened: false,
        merges: merges
            .into_iter()
            .map(|(r, c, h, w)| MergedArea {
                first: CellRef::new(r, c),
                last: CellRef::new(r + h, c + w),
            })
            .collect(),
    })
}

fn referentiel() -> &'static Referentiel {
    static READ: std::sync::OnceLock<Referentiel> = std::sync::OnceLock::new();
    READ.get_or_init(|| parse("v1", embedded_v1()).expect("the référentiel"))
}

/// A campaign in which everything is expected, and a registry of two.
fn campaigned(tool: &str) -> Campaigned<'_> {
    static NOBODY: std::sync::OnceLock<KnownObservers> = std::sync::OnceLock::new();
    static HELD: std::sync::OnceLock<(Campaign, Registry, RespondentKey)> =
        std::sync::OnceLock::new();
    static LAW: std::sync::OnceLock<Regulation> = std::sync::OnceLock::new();
    let (campaign, registry, key) = HELD.get_or_init(|| {
        let registry =
            "code,nom,type,pedt\nR01,ALSH Les Colombages,mixte,oui\nP01,La Mare,periscolaire,non\n";
        let registry = parse_registry(std::path::Path::new("structures.csv"), registry.as_bytes());
        let campaign = Campaign {
            id: "C1".to_owned(),
            label: "C1".to_owned(),
            debut: "2026-04-27".parse().expect("a day"),
            fin: "2026-07-03".parse().expect("a day"),
            referentiel: "v1".to_owned(),
            criteres: Vec::new(),
            sources: Vec::new(),
        };
        (
            campaign,
            registry.expect("a registry"),
            RespondentKey::new([7; 32]),
        )
    });
    Campaigned {
        observers: NOBODY.get_or_init(KnownObservers::default),
        folder: None,
        campaign,
        referentiel: referentiel(),
        registry,
        regulation: LAW.get_or_init(|| {
            Regulation::parse(regulation::FILE_NAME, regulation::embedded())
                .expect("the shipped parameters")
        }),
        structure: None,
        key,
        tool,
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    /// Every importer, on any table, recognised or forced: never a panic, every answer placed.
    #[test]
    fn any_table_gives_answers_or_diagnostics(sheets in prop::collection::vec(sheet(), 0..3)) {
        let book = Workbook {
            file: Arc::from("au hasard.xlsx"),
            format: Format::Workbook,
            sheets,
        };
        let context = Context { referentiel: referentiel(), source: None, mappings: &[], accept_near: false, place_given: false, forced: false, days: None, ignored: &[] };
        let _ = choose(&book, &context, None);
        for source in SOURCES {
            let _ = source.recognises(&book, &context);
            let read = source.read(&book, &context);
            for record in &read.value.records {
                for answer in &record.answers {
                    prop_assert!(answer.cell.row < 20 && answer.cell.col < 20);
                }
            }
            let typed = normalise("au hasard.xlsx", &read.value, &campaigned(source.name()));
            let kept = typed.value.record_count();
            prop_assert!(kept <= read.value.records.len());
            let said = typed.diagnostics.len() + read.diagnostics.len();
            prop_assert!(kept == read.value.records.len() || said > 0, "nothing is lost in silence");
        }
    }

    /// Bytes of any kind: refused with a diagnostic or read, never a panic.
    #[test]
    fn any_bytes_are_read_or_refused(
        head in prop_oneof![
            Just(b"PK\x03\x04".to_vec()),
            Just(vec![0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]),
            Just(vec![0xFF, 0xFE]),
            Just(Vec::new()),
        ],
        tail in prop::collection::vec(any::<u8>(), 0..400),
    ) {
        let bytes = [head, tail].concat();
        if let Err(refusal) = open(std::path::Path::new("octets"), &bytes) {
            prop_assert!(!refusal.message.is_empty());
        }
    }

    /// An interval holds its share, stays within 0 and 1, and is never a point.
    #[test]
    fn an_interval_holds_its_share(n in 1_usize..400, part in 0.0..=1.0_f64) {
        let x = (part * n as f64).floor() as usize;
        let Interval { low, high } = wilson(x, n, 0.95).expect("an interval");
        let share = x as f64 / n as f64;
        prop_assert!((0.0..=share + 1e-12).contains(&low) && low < high);
        prop_assert!((share - 1e-12..=1.0).contains(&high));
    }

    /// Correcting never makes a p smaller, keeps the order, and Holm is at least as severe.
    #[test]
    fn corrections_only_make_claims_harder(p in prop::collection::vec(0.0..=1.0_f64, 1..30)) {
        let given: Vec<Option<f64>> = p.iter().copied().map(Some).collect();
        let holm = adjust(&given, Correction::Holm);
        let bh = adjust(&given, Correction::BenjaminiHochberg);
        for i in 0..p.len() {
            let (h, b) = (holm[i].expect("p"), bh[i].expect("p"));
            prop_assert!(h >= p[i] - 1e-12 && b >= p[i] - 1e-12 && h >= b - 1e-12 && h <= 1.0);
            for j in 0..p.len() {
                prop_assert!(p[i] > p[j] || h <= holm[j].expect("p") + 1e-12);
            }
        }
    }

    /// Shrinking moves towards the mean and never past it; order of centres does not matter.
    #[test]
    fn shrinking_moves_towards_the_mean(
        centres in prop::collection::vec((1.0..4.0_f64, 0.05..0.8_f64), 2..20),
    ) {
        let centres: Vec<Centre> = centres
            .into_iter()
            .map(|(value, se)| Centre { value, se })
            .collect();
        let found = shrink(&centres).expect("centres");
        for (centre, estimate) in centres.iter().zip(&found.estimates) {
            let (low, high) = (centre.value.min(found.mu), centre.value.max(found.mu));
            prop_assert!((low - 1e-9..=high + 1e-9).contains(estimate));
        }
        let mut turned = centres.clone();
        turned.reverse();
        let again = shrink(&turned).expect("centres");
        for (a, b) in found.estimates.iter().zip(again.estimates.iter().rev()) {
            prop_assert!((a - b).abs() < 1e-7);
        }
    }

    /// Turning every change around leaves the two-sided p alone.
    #[test]
    fn the_sign_of_all_changes_does_not_matter(
        changes in prop::collection::vec(-30_i32..30, 1..12),
    ) {
        let changes: Vec<f64> = changes.iter().map(|c| f64::from(*c) / 10.0).collect();
        let turned: Vec<f64> = changes.iter().map(|c| -c).collect();
        let (a, b) = (sign_flip(&changes).expect("p"), sign_flip(&turned).expect("p"));
        prop_assert!((a.p - b.p).abs() < 1e-9 && a.p >= a.attainable - 1e-9 && a.p <= 1.0);
    }
}
