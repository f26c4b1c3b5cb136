//! A meeting of the convention: the agenda that its state makes, and the skeleton of its compte rendu, whose table of
//! decisions is read back.

use super::action_table::who;
use super::ctg_keys::CtgKeys;
use super::due_dates::{due_dates, next_due};
use crate::base::day::Day;
use crate::base::tabular::{Heading, Table};
use crate::base::text::{Datum, count, list};
use crate::disclosure::{CtgAction, CtgDecision, CtgFiche, CtgMeeting, CtgView};
use crate::reports::document::{Block, Document, Head, ListItem, ReportSection};

/// Blank lines of the table of decisions.
const BLANK: usize = 8;
/// What stands where something is to be written.
const TO_WRITE: &str = "[à compléter]";

/// A meeting, and what is known that day.
pub(crate) struct MeetingPages<'a> {
    /// The meeting.
    pub meeting: &'a CtgMeeting,
    /// The last one of its kind before it.
    pub last: Option<&'a CtgMeeting>,
    /// The state.
    pub view: &'a CtgView,
    /// Its keys.
    pub keys: CtgKeys,
    /// Until when échéances are listed.
    pub until: Day,
    /// Headings of the table of decisions, as its register reads them: the meeting first.
    pub decision_columns: &'a [&'static str],
}

impl MeetingPages<'_> {
    /// « COPIL d’automne », or its kind.
    pub(crate) fn name(&self) -> String {
        if self.meeting.title.is_empty() {
            format!("{} du {}", self.meeting.kind, self.meeting.date.long())
        } else {
            self.meeting.title.clone()
        }
    }

    /// What is put on the table, in order.
    pub(crate) fn agenda(&self, head: Head) -> Document {
        let mut sections = vec![ReportSection::new(
            "Ordre du jour",
            "Ordre du jour",
            vec![Block::items(
                self.points().into_iter().map(ListItem::plain).collect(),
            )],
        )];
        sections.extend(self.last_decisions());
        sections.push(self.fiches());
        sections.push(self.asked());
        let mut due: Vec<Block> = next_due(self.view).into_iter().collect();
        due.extend(due_dates(self.view, &self.keys, self.until));
        if !due.is_empty() {
            sections.push(ReportSection::new("Échéances", "Échéances", due));
        }
        Document { head, sections }
    }

    /// What is to be written during the meeting; the table of decisions is read back.
    pub(crate) fn minutes(&self, head: Head) -> Document {
        let facts = vec![Block::note(format!(
            "Ce qui est entre crochets est à écrire. Le tableau « Décisions » se reprend dans le suivi par « observatoire ctg importer » ; le reste du document n’est pas lu. Ni nom ni coordonnées : des fonctions et des services. Les présences se saisissent dans le classeur « presences-{} ».",
            self.meeting.id
        ))];
        let mut sections = vec![ReportSection::new("Avant d’écrire", "Avant", facts)];
        for point in self.points() {
            sections.push(ReportSection::new(&point, "", vec![Block::text(TO_WRITE)]));
        }
        sections.push(ReportSection::new(
            "Décisions",
            "Décisions",
            vec![self.blank_decisions()],
        ));
        sections.push(ReportSection::new(
            "Prochaine réunion",
            "Suite",
            vec![Block::text(TO_WRITE)],
        ));
        Document { head, sections }
    }

    /// The points of the agenda, from the state.
    fn points(&self) -> Vec<String> {
        let mut points = Vec::new();
        let followed = self.decisions_of_last();
        if let (Some(last), false) = (self.last, followed.is_empty()) {
            points.push(format!(
                "Suites de « {} » ({})",
                name_of(last),
                count(followed.len(), "décision", "décisions")
            ));
        }
        points.extend(
            self.own_fiches()
                .map(|f| format!("Où en est la fiche « {} »", f.title)),
        );
        let asked = self.asking().count();
        if asked > 0 {
            points.push(format!(
                "À décider ({})",
                count(asked, "décision demandée", "décisions demandées")
            ));
        }
        let late = self.own_actions().filter(|a| a.days_late.is_some()).count();
        if late > 0 {
            points.push(format!(
                "Ce qui est en retard ({})",
                count(late, "action", "actions")
            ));
        }
        if self.view.to_come().next().is_some() {
            points.push("Prochaines échéances".to_owned());
        }
        points
    }

    /// Fiches that the meeting is about; all those in force where it names none.
    fn own_fiches(&self) -> impl Iterator<Item = &CtgFiche> {
        let named = &self.meeting.fiches;
        let all = self.view.fiches.iter().filter(|f| !f.is_abrogated);
        all.filter(move |f| named.is_empty() || named.contains(&f.code))
    }

    fn own_actions(&self) -> impl Iterator<Item = &CtgAction> {
        let named = &self.meeting.fiches;
        self.view
            .running()
            .filter(move |a| named.is_empty() || a.fiches.iter().any(|code| named.contains(code)))
    }

    /// Whatever the fiches of the meeting, what waits for a decision is put to it.
    fn asking(&self) -> impl Iterator<Item = &CtgAction> {
        self.view
            .running()
            .filter(|a| !a.decision.is_empty() && !a.is_closed)
    }

    fn decisions_of_last(&self) -> Vec<&CtgDecision> {
        let Some(last) = self.last else {
            return Vec::new();
        };
        let all = self.view.decisions.iter();
        all.filter(|d| d.meeting == last.id).collect()
    }

    fn last_decisions(&self) -> Option<ReportSection> {
        let last = self.last?;
        let own = self.decisions_of_last();
        let mut blocks = Vec::new();
        if !own.is_empty() {
            blocks.push(Block::Table(self.decision_table(
                &format!(
                    "Décisions de « {} », le {}",
                    name_of(last),
                    last.date.short()
                ),
                &own,
            )));
        }
        let others: Vec<&CtgDecision> = (self.view.decisions.iter())
            .filter(|d| d.is_without_sequel && d.meeting != last.id)
            .collect();
        if !others.is_empty() {
            blocks.push(Block::Table(self.decision_table(
                "Plus anciennes, dont la date est passée sans suite",
                &others,
            )));
        }
        (!blocks.is_empty()).then(|| ReportSection::new("Décisions et suites", "Décisions", blocks))
    }

    fn decision_table(&self, title: &str, decisions: &[&CtgDecision]) -> Table<Datum> {
        let columns = vec![
            Heading::words("Décision").wide(4.5),
            Heading::words("Portée par").wide(2.2),
            Heading::words("Pour le").wide(1.3),
            Heading::words("Suite").wide(1.4),
        ];
        let rows = decisions.iter().map(|d| {
            vec![
                Datum::words(&d.text),
                Datum::words(who(&d.carriers)),
                d.due.map_or_else(Datum::none, |d| Datum::words(d.short())),
                Datum::words(d.sequel).keyed(self.keys.key(&d.id)),
            ]
        });
        Table::new(title, columns, rows.collect())
    }

    fn fiches(&self) -> ReportSection {
        let items = self.own_fiches().map(|fiche| {
            let own: Vec<&CtgAction> = (self.view.running())
                .filter(|a| a.fiches.contains(&fiche.code))
                .collect();
            ListItem {
                strong: fiche.title.clone(),
                text: fiche_sentence(&own),
                keys: self.keys.keys(&format!("ACTIONS:{}", fiche.code)),
                ..ListItem::default()
            }
        });
        ReportSection::new(
            "Où en est chaque fiche",
            "Fiches",
            vec![Block::items(items.collect())],
        )
    }

    fn asked(&self) -> ReportSection {
        let items: Vec<ListItem> = (self.asking())
            .map(|a| ListItem {
                strong: a.decision.clone(),
                text: format!("{}, pour l’action « {} »", a.fiches.join(", "), a.text),
                keys: self.keys.keys(&a.id),
                ..ListItem::default()
            })
            .collect();
        let block = if items.is_empty() {
            Block::text("Aucune décision n’est demandée dans le tableau de suivi.")
        } else {
            Block::items(items)
        };
        ReportSection::new("À décider", "À décider", vec![block])
    }

    /// One line a decision, the meeting named already.
    fn blank_decisions(&self) -> Block {
        let wide = [1.0, 4.0, 1.6, 2.0, 1.4, 1.2];
        let columns = self.decision_columns.iter().zip(wide);
        let columns: Vec<Heading> = columns
            .map(|(name, w)| Heading::words(*name).wide(w))
            .collect();
        let line = || {
            let mut row = vec![Datum::words(&self.meeting.id)];
            row.resize(columns.len(), Datum::words(""));
            row
        };
        let rows = (0..BLANK).map(|_| line()).collect();
        let fiches: Vec<&str> = self.own_fiches().map(|f| f.code.as_str()).collect();
        Block::Table(Table::new("Décisions", columns, rows).noted(format!(
            "Fiche : {}. Échéance : jour/mois/année. Statut : à lancer, en cours, réalisée, suspendue, abandonnée ; vide, elle est à lancer. Une ligne laissée vide n’est pas lue.",
            list(&fiches)
        )))
    }
}

fn name_of(meeting: &CtgMeeting) -> String {
    if meeting.title.is_empty() {
        meeting.kind.to_owned()
    } else {
        meeting.title.clone()
    }
}

/// « trois actions sur sept sont réalisées ; deux sont en retard : … ».
fn fiche_sentence(actions: &[&CtgAction]) -> String {
    if actions.is_empty() {
        return "aucune action n’est inscrite.".to_owned();
    }
    let done = actions.iter().filter(|a| a.is_done).count();
    let late: Vec<String> = (actions.iter())
        .filter_map(|a| {
            let days = count(a.days_late?, "jour", "jours");
            Some(format!("{} ({days})", a.text))
        })
        .collect();
    let done = match (done, actions.len()) {
        (0, _) => "aucune action n’est réalisée".to_owned(),
        (n, all) if n == all => "toutes les actions sont réalisées".to_owned(),
        (1, all) => format!("une action sur {all} est réalisée"),
        (n, all) => format!("{n} actions sur {all} sont réalisées"),
    };
    if late.is_empty() {
        format!("{done}.")
    } else {
        format!("{done} ; en retard : {}.", list(&late))
    }
}
