//! The fields of `ctg/convention.toml` that people change, part by part: words, kind, help, whether needed.

use super::convention_parts::ConventionPart;
use crate::convention::{
    ClosedWord, DeadlineKind, FicheState, IndicatorNature, Rhythm, Sense, UsualDomain,
};

/// A closed list: its keys with their labels, and the key that a text means.
#[derive(Debug, Clone, Copy)]
pub(crate) struct WordsOffered {
    pub(super) all: fn() -> Vec<(&'static str, &'static str)>,
    pub(super) read: fn(&str) -> Option<&'static str>,
}

/// What a field holds.
#[derive(Debug, Clone, Copy)]
pub(crate) enum FieldHolds {
    /// One line.
    Text,
    /// A code that is given once; the program proposes one, from these letters.
    Code(&'static str),
    /// A few sentences.
    LongText,
    /// Several texts, one a line.
    Lines,
    /// A day.
    Day,
    /// A whole number.
    Whole,
    /// A number, with its comma.
    Decimal,
    /// Yes or no.
    YesNo,
    /// A word of a list.
    Word(WordsOffered),
    /// The code of an axe.
    Axis,
    /// The code of a fiche.
    Fiche,
    /// The number of an avenant.
    Amendment,
    /// Codes of accueils.
    Pilots,
    /// Codes of critères, or of a whole axe of the référentiel.
    Criteres,
}

/// A field of a part.
#[derive(Debug, Clone, Copy)]
pub(crate) struct ConventionField {
    /// Its key in the file; `reference.valeur` stands within `reference`.
    pub(crate) key: &'static str,
    /// As people call it.
    pub(crate) label: &'static str,
    /// What it holds.
    pub(crate) holds: FieldHolds,
    /// Whether a block cannot do without.
    pub(crate) needed: bool,
    /// A word beside the label; empty when the label says it all.
    pub(crate) help: &'static str,
    /// Whether the list of blocks shows it.
    pub(crate) listed: bool,
}

fn keys_of<W: ClosedWord>() -> Vec<(&'static str, &'static str)> {
    W::ALL.iter().map(|w| (w.key(), w.label())).collect()
}

fn key_meant<W: ClosedWord>(text: &str) -> Option<&'static str> {
    W::read(text).map(ClosedWord::key)
}

const fn word<W: ClosedWord>() -> FieldHolds {
    FieldHolds::Word(WordsOffered {
        all: keys_of::<W>,
        read: key_meant::<W>,
    })
}

const fn field(key: &'static str, label: &'static str, holds: FieldHolds) -> ConventionField {
    ConventionField {
        key,
        label,
        holds,
        needed: false,
        help: "",
        listed: false,
    }
}

impl ConventionField {
    const fn needed(mut self) -> Self {
        self.needed = true;
        self
    }

    const fn listed(mut self) -> Self {
        self.listed = true;
        self
    }

    const fn help(mut self, help: &'static str) -> Self {
        self.help = help;
        self
    }
}

const CODE: &str = "court, sans accent ni espace\u{a0}: le suivi et le bilan s’en servent";
const ONE_A_LINE: &str = "un par ligne";
const FUNCTIONS: &str = "un par ligne : des services ou des fonctions, jamais des personnes";
const SHARE: &str = "pour une part : 0,8 ou 80 %";

static HEAD: [ConventionField; 5] = [
    field("intitule", "Intitulé", FieldHolds::Text)
        .needed()
        .listed(),
    field("signataires", "Signataires", FieldHolds::Lines)
        .help(ONE_A_LINE)
        .listed(),
    field("debut", "Premier jour", FieldHolds::Day)
        .needed()
        .listed(),
    field("fin", "Dernier jour", FieldHolds::Day)
        .needed()
        .listed(),
    field(
        "schema_petite_enfance",
        "Vaut schéma local de la petite enfance",
        FieldHolds::YesNo,
    )
    .help("oui : les bilans vont aussi au comité départemental des services aux familles")
    .listed(),
];

static AMENDMENTS: [ConventionField; 3] = [
    field("numero", "Numéro", FieldHolds::Whole).needed(),
    field("date", "Signé le", FieldHolds::Day).needed().listed(),
    field("objet", "Objet", FieldHolds::Text).listed(),
];

static DEADLINES: [ConventionField; 2] = [
    field("type", "Ce qui est dû", word::<DeadlineKind>()).needed(),
    field("date", "Pour le", FieldHolds::Day).needed().listed(),
];

static AXES: [ConventionField; 2] = [
    field("code", "Code", FieldHolds::Code("A"))
        .needed()
        .help(CODE),
    field("label", "Intitulé", FieldHolds::Text)
        .needed()
        .listed(),
];

static FICHES: [ConventionField; 14] = [
    field("code", "Code", FieldHolds::Code("F"))
        .needed()
        .help(CODE),
    field("intitule", "Intitulé", FieldHolds::Text)
        .needed()
        .listed(),
    field("axe", "Axe", FieldHolds::Axis).listed(),
    field("etat", "État", word::<FicheState>())
        .help("vide : active")
        .listed(),
    field("avenant", "Par l’avenant", FieldHolds::Amendment)
        .help("celui qui l’a ajoutée, modifiée ou abrogée"),
    field("champ", "Champ", word::<UsualDomain>()),
    field("echeance", "Échéance", FieldHolds::Day),
    field("public_cible", "Public visé", FieldHolds::Text),
    field("diagnostic", "Diagnostic", FieldHolds::LongText),
    field("objectifs", "Objectifs", FieldHolds::Lines).help(ONE_A_LINE),
    field(
        "resultats_attendus",
        "Résultats attendus",
        FieldHolds::Lines,
    )
    .help(ONE_A_LINE),
    field("responsables", "Qui la porte", FieldHolds::Lines).help(FUNCTIONS),
    field("partenaires", "Partenaires", FieldHolds::Lines).help(ONE_A_LINE),
    field(
        "criteres",
        "Ce que l’observatoire mesure de cette fiche",
        FieldHolds::Criteres,
    ),
];

static EXPERIMENTS: [ConventionField; 9] = [
    field("code", "Code", FieldHolds::Code("EXP"))
        .needed()
        .help(CODE),
    field("intitule", "Intitulé", FieldHolds::Text)
        .needed()
        .listed(),
    field("fiche", "Fiche", FieldHolds::Fiche).needed().listed(),
    field("debut", "Premier jour", FieldHolds::Day)
        .needed()
        .listed(),
    field("fin", "Dernier jour", FieldHolds::Day)
        .needed()
        .listed(),
    field("fixe_le", "Attendus écrits le", FieldHolds::Day)
        .help("le jour où ils l’ont été, avant d’en lire les effets : il est imprimé"),
    field("pilotes", "Accueils pilotes", FieldHolds::Pilots),
    field(
        "attendus",
        "Critères dont on attend qu’ils changent",
        FieldHolds::Criteres,
    ),
    field("etapes", "Étapes", FieldHolds::Lines).help("une par ligne"),
];

static INDICATORS: [ConventionField; 11] = [
    field("code", "Code", FieldHolds::Code("I"))
        .needed()
        .help(CODE),
    field("libelle", "Ce qu’il mesure", FieldHolds::Text)
        .needed()
        .listed(),
    field("fiche", "Fiche", FieldHolds::Fiche)
        .help("vide : toute la convention")
        .listed(),
    field("nature", "Nature", word::<IndicatorNature>()).help("vide : réalisation"),
    field("unite", "Unité", FieldHolds::Text).help("« % » pour une part ; sinon : réunions, h, €…"),
    field("periode", "Sur", word::<Rhythm>()).needed().listed(),
    field("sens", "Ce qui est mieux", word::<Sense>()),
    field("cible", "Cible", FieldHolds::Decimal)
        .help(SHARE)
        .listed(),
    field("reference.valeur", "Valeur de départ", FieldHolds::Decimal).help(SHARE),
    field("reference.date", "Valeur de départ : au", FieldHolds::Day),
    field(
        "reference.source",
        "Valeur de départ : d’après",
        FieldHolds::Text,
    ),
];

impl ConventionPart {
    /// Its fields, in the order of the form.
    pub(crate) fn fields(self) -> &'static [ConventionField] {
        match self {
            Self::Head => &HEAD,
            Self::Amendments => &AMENDMENTS,
            Self::Deadlines => &DEADLINES,
            Self::Axes => &AXES,
            Self::Fiches => &FICHES,
            Self::Experiments => &EXPERIMENTS,
            Self::Indicators => &INDICATORS,
        }
    }
}
