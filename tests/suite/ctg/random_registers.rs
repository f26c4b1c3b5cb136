//! Registers at random: few words, so that lines meet; gaps everywhere.

use observatoire::convention::{
    ActionsColumn as A, DecisionsColumn as D, DocumentsColumn as Doc, FonctionsColumn as F, NewRow,
    PartenairesColumn as Par, PratiquesColumn as P, PresencesColumn as Pre, Register,
    RelevesColumn as Rel, TempsColumn as T, WordList,
};

/// A small generator: the same seed gives the same registers.
pub struct Dice(u64);

impl Dice {
    pub fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1)
    }

    pub fn below(&mut self, n: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        ((self.0 >> 33) as usize) % n
    }

    fn pick<'a>(&mut self, from: &[&'a str]) -> &'a str {
        from[self.below(from.len())]
    }

    /// One in so many is empty.
    fn maybe<'a>(&mut self, from: &[&'a str], gap: usize) -> &'a str {
        if self.below(gap) == 0 {
            ""
        } else {
            self.pick(from)
        }
    }

    fn day(&mut self, gap: usize) -> String {
        if self.below(gap) == 0 {
            return String::new();
        }
        let year = 2025 + self.below(2);
        format!("{year}-{:02}-{:02}", 1 + self.below(12), 1 + self.below(28))
    }

    fn number(&mut self, most: usize, gap: usize) -> String {
        if self.below(gap) == 0 {
            String::new()
        } else {
            self.below(most).to_string()
        }
    }
}

const FICHES: [&str; 5] = [
    "OBSERVATOIRE",
    "PASSERELLES",
    "GOUVERNANCE",
    "PASSERELLES, GOUVERNANCE",
    "LUDOTHEQUE",
];
const ORGANISATIONS: [&str; 5] = ["CAF", "CDC", "École du Val", "ASSO", "Inconnu"];
const SERVICES: [&str; 4] = ["service enfance", "service jeunesse", "Service Enfance", ""];
const FUNCTIONS: [&str; 5] = ["F1", "F2", "F3", "Coopération enfance", ""];

/// Some registers.
pub fn registers(seed: u64) -> Vec<NewRow> {
    let mut dice = Dice::new(seed);
    let mut rows = Vec::new();
    people(&mut dice, &mut rows);
    let meetings = dice.below(14);
    for i in 0..meetings {
        rows.push(meeting(&mut dice, i));
    }
    for i in 0..dice.below(40) {
        let temps = format!("T-{:03}", 1 + dice.below(meetings.max(1)));
        rows.push(
            NewRow::new(Register::Presences, &format!("PRE-{:03}", i + 1))
                .with(Pre::Temps, temps)
                .with(Pre::Organisme, dice.pick(&ORGANISATIONS))
                .with(Pre::Service, dice.pick(&SERVICES))
                .with(Pre::Fonction, dice.pick(&FUNCTIONS))
                .with(Pre::Invite, dice.pick(&["oui", "non", ""]))
                .with(Pre::Nombre, dice.number(3, 3))
                .with(Pre::Statut, dice.maybe(&WordList::Attendance.labels(), 4)),
        );
    }
    papers(&mut dice, &mut rows, meetings);
    rows
}

fn people(dice: &mut Dice, rows: &mut Vec<NewRow>) {
    for (code, title) in [
        ("F1", "Coopération enfance"),
        ("F2", "Coopération jeunesse"),
        ("F3", "Coordination"),
    ] {
        rows.push(
            NewRow::new(Register::Fonctions, code)
                .with(F::Intitule, title)
                .with(
                    F::Nature,
                    dice.pick(&["CCThématique", "équipe projet", "CCThématique"]),
                )
                .with(
                    F::Instances,
                    dice.maybe(&["COPIL", "COPIL, comité technique", "commission"], 4),
                )
                .with(F::Poche, dice.maybe(&["oui", "non"], 4))
                .with(F::PocheDepuis, dice.day(2))
                .with(F::Pourvu, dice.pick(&["oui", "oui", "non"])),
        );
    }
    for (code, name) in [
        ("CAF", "Caisse"),
        ("CDC", "Communauté"),
        ("ECO", "École du Val"),
        ("ASSO", "Association"),
    ] {
        rows.push(
            NewRow::new(Register::Partenaires, code)
                .with(Par::Nom, name)
                .with(Par::Type, dice.pick(&WordList::PartnerKind.labels()))
                .with(Par::Depuis, dice.day(2))
                .with(Par::Jusqua, dice.day(2)),
        );
    }
}

fn meeting(dice: &mut Dice, i: usize) -> NewRow {
    NewRow::new(Register::Temps, &format!("T-{:03}", i + 1))
        .with(T::Date, dice.day(9))
        .with(
            T::Type,
            dice.pick(&[
                "COPIL",
                "groupe de travail",
                "comité technique",
                "commission",
                "formation",
                "intervention",
            ]),
        )
        .with(T::Intitule, format!("Temps {i}"))
        .with(T::Fiches, dice.maybe(&FICHES, 4))
        .with(
            T::Thematique,
            dice.maybe(&["enfance", "Enfance", "jeunesse"], 3),
        )
        .with(T::Experimentation, dice.maybe(&["EXP1"], 2))
        .with(
            T::AnimePar,
            dice.maybe(&["F1", "F2, F3", "Coopération jeunesse"], 3),
        )
        .with(T::Diffuse, dice.day(2))
}

fn papers(dice: &mut Dice, rows: &mut Vec<NewRow>, meetings: usize) {
    for i in 0..dice.below(10) {
        let temps = format!("T-{:03}", 1 + dice.below(meetings.max(1)));
        rows.push(
            NewRow::new(Register::Documents, &format!("DOC-{:03}", i + 1))
                .with(Doc::Date, dice.day(9))
                .with(
                    Doc::Type,
                    dice.pick(&[
                        "compte rendu",
                        "organigramme",
                        "bilan CCT",
                        "projet pédagogique",
                        "projet de fonctionnement",
                    ]),
                )
                .with(Doc::Titre, format!("Document {i}"))
                .with(Doc::Fiches, dice.maybe(&FICHES, 3))
                .with(
                    Doc::Temps,
                    if dice.below(2) == 0 {
                        temps
                    } else {
                        String::new()
                    },
                )
                .with(Doc::Structure, dice.maybe(&["P01", "R01", "P01, R02"], 3))
                .with(Doc::Diffuse, dice.day(3)),
        );
    }
    for i in 0..dice.below(10) {
        rows.push(
            NewRow::new(Register::Actions, &format!("ACT-{:03}", i + 1))
                .with(A::Fiche, dice.pick(&FICHES))
                .with(A::Action, format!("Action {i}"))
                .with(
                    A::Responsable,
                    dice.maybe(&["F1", "F3", "Coopération jeunesse, service enfance"], 4),
                )
                .with(
                    A::Appui,
                    dice.maybe(&["service enfance", "Service Jeunesse", "F2"], 3),
                )
                .with(A::Debut, dice.day(4))
                .with(A::Echeance, dice.day(4))
                .with(A::Statut, dice.maybe(&WordList::SuiviStatus.labels(), 5))
                .with(A::CoutPrevu, dice.number(900, 3))
                .with(A::CoutReel, dice.number(900, 3)),
        );
        rows.push(
            NewRow::new(Register::Decisions, &format!("DEC-{:03}", i + 1))
                .with(D::Texte, format!("Décision {i}"))
                .with(D::Echeance, dice.day(5))
                .with(D::Statut, dice.maybe(&WordList::SuiviStatus.labels(), 4)),
        );
    }
    for i in 0..dice.below(8) {
        rows.push(
            NewRow::new(Register::Pratiques, &format!("PRA-{:03}", i + 1))
                .with(P::Origine, dice.pick(&["P01", "R01", "service enfance"]))
                .with(
                    P::Pratique,
                    dice.pick(&["Un cahier commun", "Un coin calme", "un coin calme"]),
                )
                .with(P::Experimentation, dice.maybe(&["EXP1"], 2))
                .with(
                    P::Adoptants,
                    dice.maybe(&["P01, R02", "R01", "Service Enfance, R02"], 5),
                )
                .with(P::Preuve, dice.maybe(&["visite", "document"], 4))
                .with(P::DatePreuve, dice.day(5)),
        );
        rows.push(
            NewRow::new(Register::Releves, &format!("REV-{:03}", i + 1))
                .with(Rel::Indicateur, "X15")
                .with(Rel::Periode, dice.pick(&["2025", "2026"]))
                .with(Rel::Maille, dice.maybe(&["territoire", "commune"], 2))
                .with(Rel::Valeur, dice.number(50, 2))
                .with(Rel::Numerateur, dice.number(50, 2))
                .with(Rel::Denominateur, dice.number(3, 2)),
        );
    }
}
