//! One improvement action, typed, and what its dates say on a given day.

use super::action_words::{DocumentKind, Status, Urgency, Word, YesNo};
use super::field::{ActionField, ActionRecord};
use crate::base::day::Day;
use crate::vocabulary::referentiel::ActionKind;

/// An improvement action (`docs/domain.md` §10). An empty text says nothing.
#[derive(Debug, Clone, PartialEq)]
pub struct Action {
    /// `R01-C1-02`: structure, campaign of origin, rank.
    pub id: String,
    /// Structure code.
    pub structure: String,
    /// Campaign of origin.
    pub campagne: String,
    /// Day on which it was proposed; for one that a team brought itself, the end of its campaign.
    pub issued: Day,
    /// Whether the program proposed it.
    pub is_proposed: bool,
    /// Whether it was proposed and no team has taken it up: « proposée », of which nothing is expected.
    pub is_draft: bool,
    /// Codes of the critères it serves, the main one first.
    pub criteres: Vec<String>,
    /// How pressing it is.
    pub priorite: Urgency,
    /// What was found, with its evidence.
    pub constat: String,
    /// What is aimed at.
    pub objectif: String,
    /// What will be done.
    pub action: String,
    /// What it changes.
    pub kind: Option<ActionKind>,
    /// Who leads: a function, never a person's name.
    pub responsable: String,
    /// Who helps: coordination, CEMÉA, Francas, school…
    pub appui: String,
    /// Cost, in euros.
    pub cout: Option<f64>,
    /// First day.
    pub debut: Option<Day>,
    /// Deadline.
    pub echeance: Option<Day>,
    /// What will tell that it worked.
    pub indicateur: String,
    /// Value of the indicator that is aimed at.
    pub cible: String,
    /// Where it stands, as its team last wrote it.
    pub statut: Status,
    /// Day it was done, or given up.
    pub close: Option<Day>,
    /// Why it was given up.
    pub raison: String,
    /// Whether the recommendation is written into the projet pédagogique or de fonctionnement.
    pub integration: Integration,
    /// What the HAS asks of each impératif.
    pub questions: Questions,
}

/// A recommendation written into a project.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Integration {
    /// What the team answers; none when it did not.
    pub integree: Option<bool>,
    /// Title of the document.
    pub document: String,
    /// What kind of document its team says that it is; none when nobody chose.
    pub kind: Option<DocumentKind>,
    /// Page or heading.
    pub page: String,
    /// Day.
    pub date: Option<Day>,
}

/// What is asked of each impératif that is not met (form of the HAS).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Questions {
    /// Does the organiser know?
    pub organisateur: Option<bool>,
    /// Are the causes analysed?
    pub causes: Option<bool>,
    /// Is the measure identified?
    pub mesure: Option<bool>,
    /// Are a pilot and a date set?
    pub pilote: Option<bool>,
}

impl Action {
    /// An action from what is kept of it; the journal only holds what was checked.
    pub(super) fn from_record(id: &str, record: &ActionRecord, issued: Day) -> Self {
        let text = |field: ActionField| record.get(&field).cloned().unwrap_or_default();
        let yes = |field: ActionField| {
            let answer = YesNo::read(&text(field));
            answer.map(|a| a == YesNo::Yes)
        };
        let day = |field| text(field).parse().ok();
        let criteres = text(ActionField::Criteres);
        let codes = criteres.split(',').map(str::trim).filter(|c| !c.is_empty());
        Self {
            id: id.to_owned(),
            structure: text(ActionField::Structure),
            campagne: text(ActionField::Campagne),
            issued,
            is_proposed: false,
            is_draft: false,
            criteres: codes.map(str::to_owned).collect(),
            priorite: Urgency::read(&text(ActionField::Priorite)).unwrap_or(Urgency::Moyenne),
            constat: text(ActionField::Constat),
            objectif: text(ActionField::Objectif),
            action: text(ActionField::Action),
            kind: ActionKind::read(&text(ActionField::Type)),
            responsable: text(ActionField::Responsable),
            appui: text(ActionField::Appui),
            cout: text(ActionField::Cout).parse().ok(),
            debut: day(ActionField::Debut),
            echeance: day(ActionField::Echeance),
            indicateur: text(ActionField::Indicateur),
            cible: text(ActionField::Cible),
            statut: Status::read(&text(ActionField::Statut)).unwrap_or(Status::ToLaunch),
            close: day(ActionField::Close),
            raison: text(ActionField::Raison),
            integration: Integration {
                integree: yes(ActionField::Integree),
                document: text(ActionField::Document),
                kind: DocumentKind::read(&text(ActionField::TypeDocument)),
                page: text(ActionField::Page),
                date: day(ActionField::DateIntegration),
            },
            questions: Questions {
                organisateur: yes(ActionField::Organisateur),
                causes: yes(ActionField::Causes),
                mesure: yes(ActionField::Mesure),
                pilote: yes(ActionField::Pilote),
            },
        }
    }

    /// What is kept of it.
    pub fn record(&self) -> ActionRecord {
        let all = ActionField::ALL.iter().map(|f| (*f, self.text(*f)));
        all.filter(|(_, text)| !text.is_empty()).collect()
    }

    /// A field as it is kept.
    pub fn text(&self, field: ActionField) -> String {
        let yes = |answer: Option<bool>| match answer {
            Some(true) => YesNo::Yes.label().to_owned(),
            Some(false) => YesNo::No.label().to_owned(),
            None => String::new(),
        };
        let iso = |day: Option<Day>| day.map(|d| d.to_string()).unwrap_or_default();
        let (integration, questions) = (&self.integration, &self.questions);
        match field {
            ActionField::Structure => self.structure.clone(),
            ActionField::Campagne => self.campagne.clone(),
            ActionField::Criteres => self.criteres.join(", "),
            ActionField::Priorite => self.priorite.label().to_owned(),
            ActionField::Constat => self.constat.clone(),
            ActionField::Objectif => self.objectif.clone(),
            ActionField::Action => self.action.clone(),
            ActionField::Type => self.kind.map_or("", ActionKind::label).to_owned(),
            ActionField::Responsable => self.responsable.clone(),
            ActionField::Appui => self.appui.clone(),
            ActionField::Cout => self.cout.map(|c| c.to_string()).unwrap_or_default(),
            ActionField::Debut => iso(self.debut),
            ActionField::Echeance => iso(self.echeance),
            ActionField::Indicateur => self.indicateur.clone(),
            ActionField::Cible => self.cible.clone(),
            ActionField::Statut => self.statut.label().to_owned(),
            ActionField::Close => iso(self.close),
            ActionField::Raison => self.raison.clone(),
            ActionField::Integree => yes(integration.integree),
            ActionField::Document => integration.document.clone(),
            ActionField::TypeDocument => {
                let kind = integration.kind.map(DocumentKind::label);
                kind.unwrap_or_default().to_owned()
            }
            ActionField::Page => integration.page.clone(),
            ActionField::DateIntegration => iso(integration.date),
            ActionField::Organisateur => yes(questions.organisateur),
            ActionField::Causes => yes(questions.causes),
            ActionField::Mesure => yes(questions.mesure),
            ActionField::Pilote => yes(questions.pilote),
        }
    }

    /// Whether it was there on a day: proposed by then, or brought by a team whose campaign was over.
    pub fn is_issued(&self, day: Day) -> bool {
        self.issued < day || (self.is_proposed && self.issued == day)
    }

    /// Where it stands on a day, in the words of a list: « proposée » until a team takes it up.
    pub fn status_word(&self, day: Day) -> &'static str {
        match self.status_at(day) {
            Status::ToLaunch if self.is_draft => "proposée",
            status => status.label(),
        }
    }

    /// Where it stood on a day: what was closed later was not closed yet, what starts later had
    /// not begun. An abandonment without a day holds for every day.
    pub fn status_at(&self, day: Day) -> Status {
        let later = |date: Option<Day>| date.is_some_and(|date| date > day);
        match self.statut {
            status if status.is_closed() && !later(self.close) => status,
            Status::ToLaunch => Status::ToLaunch,
            _ if later(self.debut) => Status::ToLaunch,
            _ => Status::Running,
        }
    }

    /// Whether its deadline had come, that day included; what no team has taken up is not due.
    pub fn is_due(&self, day: Day) -> bool {
        !self.is_draft && self.echeance.is_some_and(|due| due <= day)
    }

    /// Whether it is late on a day: the deadline is over and it is neither done nor given up. What was
    /// not proposed yet, or what no team has taken up, is never late.
    pub fn late(&self, day: Day) -> bool {
        let over = self.echeance.is_some_and(|due| due < day);
        over && !self.is_draft && self.is_issued(day) && !self.status_at(day).is_closed()
    }

    /// Whether it was done at its deadline or before, as known on a day.
    pub fn closed_in_time(&self, day: Day) -> bool {
        let done = self.close.filter(|_| self.status_at(day) == Status::Done);
        let in_time = |due: Day| due <= day && done.is_some_and(|close| close <= due);
        self.echeance.is_some_and(in_time)
    }

    /// Whether its recommendation was part of a projet pédagogique or de fonctionnement on a day: said so, with
    /// the document, the page and a date.
    pub fn is_integrated(&self, day: Day) -> bool {
        let proof = &self.integration;
        let dated = proof.date.is_some_and(|date| date <= day);
        proof.is_found() && proof.document_kind().counts() && dated
    }

    /// Whether it is written into another document, where it is kept and not counted.
    pub fn is_written_elsewhere(&self) -> bool {
        let proof = &self.integration;
        proof.integree == Some(true)
            && !proof.document.is_empty()
            && !proof.document_kind().counts()
    }
}

impl Integration {
    /// Said, with the document and the page to find it at.
    fn is_found(&self) -> bool {
        self.integree == Some(true) && !self.document.is_empty() && !self.page.is_empty()
    }

    /// The kind that its team chose, else what its title says.
    pub fn document_kind(&self) -> DocumentKind {
        self.kind
            .unwrap_or_else(|| DocumentKind::of_title(&self.document))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::day::on;

    fn action(pairs: &[(ActionField, &str)]) -> Action {
        let record = pairs.iter().map(|(f, t)| (*f, (*t).to_owned())).collect();
        Action::from_record("R01-C1-01", &record, on("2026-07-03"))
    }

    #[test]
    fn late_is_a_matter_of_days() {
        let open = action(&[
            (ActionField::Echeance, "2026-09-01"),
            (ActionField::Statut, "en cours"),
        ]);
        assert!(!open.late(on("2026-09-01")), "the day itself is not late");
        assert!(open.late(on("2026-09-02")));
        let done = [
            (ActionField::Echeance, "2026-09-01"),
            (ActionField::Statut, "réalisée"),
            (ActionField::Close, "2026-09-10"),
        ];
        let done = action(&done);
        assert!(done.late(on("2026-09-05")), "it was late until it was done");
        assert!(!done.late(on("2026-09-10")));
        assert!(!done.closed_in_time(on("2026-12-31")));
        let given_up = [
            (ActionField::Echeance, "2026-09-01"),
            (ActionField::Statut, "abandonnée"),
            (ActionField::Raison, "local rendu"),
        ];
        assert!(!action(&given_up).late(on("2026-12-31")));
        assert!(!action(&[(ActionField::Statut, "en cours")]).late(on("2030-01-01")));
    }

    #[test]
    fn a_status_is_that_of_the_day() {
        let done = action(&[
            (ActionField::Debut, "2026-09-15"),
            (ActionField::Statut, "réalisée"),
            (ActionField::Close, "2026-10-20"),
        ]);
        let at = |day| done.status_at(on(day));
        assert_eq!(at("2026-09-01"), Status::ToLaunch);
        assert_eq!(at("2026-09-30"), Status::Running);
        assert_eq!(at("2026-10-20"), Status::Done);
    }

    #[test]
    fn integrated_means_a_document_and_a_date() {
        let whole = [
            (ActionField::Integree, "oui"),
            (ActionField::Document, "Projet pédagogique 2026-2027"),
            (ActionField::Page, "12"),
            (ActionField::DateIntegration, "2026-09-20"),
        ];
        assert!(action(&whole).is_integrated(on("2026-09-20")));
        assert!(!action(&whole).is_integrated(on("2026-09-19")));
        assert!(!action(&whole[..1]).is_integrated(on("2026-12-31")));
        let without_page: Vec<_> = whole
            .into_iter()
            .filter(|p| p.0 != ActionField::Page)
            .collect();
        assert!(!action(&without_page).is_integrated(on("2026-12-31")));
    }

    #[test]
    fn only_a_projet_counts_chosen_or_named() {
        let written = |document: &'static str, kind: &'static str| {
            action(&[
                (ActionField::Integree, "oui"),
                (ActionField::Document, document),
                (ActionField::TypeDocument, kind),
                (ActionField::Page, "4"),
                (ActionField::DateIntegration, "2026-09-20"),
            ])
        };
        let day = on("2026-12-31");
        for (document, kind, counts) in [
            ("Projet de fonctionnement", "", true),
            ("Livret d’accueil", "", false),
            ("Livret d’accueil", "projet pédagogique", true),
            ("Projet pédagogique", "autre", false),
        ] {
            let action = written(document, kind);
            assert_eq!(action.is_integrated(day), counts, "{document} {kind}");
            assert_eq!(action.is_written_elsewhere(), !counts, "{document} {kind}");
        }
    }

    #[test]
    fn what_is_kept_comes_back() {
        let record: ActionRecord = [
            (ActionField::Structure, "R01"),
            (ActionField::Campagne, "C1"),
            (ActionField::Criteres, "SEC-5, ENV-1"),
            (ActionField::Priorite, "haute"),
            (ActionField::Type, "aménagement"),
            (ActionField::Cout, "120.5"),
            (ActionField::Statut, "en cours"),
            (ActionField::Pilote, "non"),
        ]
        .into_iter()
        .map(|(f, t)| (f, t.to_owned()))
        .collect();
        let read = Action::from_record("R01-C1-01", &record, on("2026-07-03"));
        assert_eq!(read.criteres, ["SEC-5", "ENV-1"]);
        assert_eq!(read.record(), record);
    }
}
