//! The follow-up of a quarter, on two pages (`docs/ctg.md` §4): where each axe stands, what moved, what is late and
//! whose move it is, what is asked of those who decide; then every action on a line.

use super::action_counts::{StateBefore, axis_sentences, status_counts};
use super::action_table::{abrogated_actions, action_rows, who};
use super::ctg_head::convention_line;
use super::ctg_keys::CtgKeys;
use super::due_dates::{due_dates, next_due};
use super::indicator_rows::indicator_rows;
use crate::base::day::Day;
use crate::base::text::{count, list};
use crate::disclosure::{CtgAction, CtgChange, CtgIndicator, CtgMeeting, CtgMove, CtgView};
use crate::reports::document::{Block, Document, Head, ListItem, ReportSection};

/// Lines of a list on page one; the others are counted.
const SHOWN: usize = 5;

/// A quarter: what is known at its end, and at the end of the one before.
pub(crate) struct QuarterReport<'a> {
    /// « 2e trimestre 2026 ».
    pub name: String,
    /// First day.
    pub from: Day,
    /// Until when échéances are listed.
    pub until: Day,
    /// The state.
    pub view: &'a CtgView,
    /// Its keys.
    pub keys: CtgKeys,
    /// The state at the end of the quarter before.
    pub before: StateBefore<'a>,
    /// Indicators that rest on the registers alone: those of any day can be told again.
    pub indicators: Vec<CtgIndicator>,
}

impl QuarterReport<'_> {
    /// The document.
    pub(crate) fn document(&self, head: Head) -> Document {
        let mut sections = vec![self.axes()];
        sections.extend(self.moved());
        if self.view.audience.reads_follow_up() {
            sections.push(self.late());
            sections.push(self.decisions());
        }
        sections.push(self.actions());
        let rows = indicator_rows("Les indicateurs du tableau de suivi", &self.indicators);
        sections.extend(rows.map(|rows| {
            let note = "Ceux de l’observatoire, des questionnaires et du territoire sont dans leurs propres documents : ils ne viennent pas du tableau de suivi.";
            ReportSection::new("Les indicateurs", "Indicateurs", vec![rows, Block::note(note)])
                .annexed()
        }));
        Document { head, sections }
    }

    fn axes(&self) -> ReportSection {
        let before = (!self.before.view.actions.is_empty()).then_some(&self.before);
        let mut blocks = vec![axis_sentences(self.view, &self.keys)];
        blocks.push(status_counts(self.view, &self.keys, before));
        if before.is_none() {
            blocks.push(Block::note(format!(
                "Rien n’était encore saisi au {} : ce qui change d’un trimestre à l’autre se lira à partir du prochain.",
                self.before.day
            )));
        }
        ReportSection::new("Où en est chaque axe", "Axes", blocks)
    }

    /// What moved; nothing where there is nothing to compare with.
    fn moved(&self) -> Option<ReportSection> {
        let mut blocks = Vec::new();
        blocks.extend(self.held());
        if !self.before.view.actions.is_empty() {
            let moves = self.view.moved_since(self.before.view);
            blocks.extend(told(&moves, &self.keys));
            if moves.is_empty() {
                blocks.push(Block::text(format!(
                    "Aucune action, aucune décision n’a changé depuis le {}.",
                    self.before.day
                )));
            }
        }
        (!blocks.is_empty()).then(|| ReportSection::new("Ce qui a bougé", "Ce qui a bougé", blocks))
    }

    /// « Sept temps se sont tenus : deux groupes de travail… »
    fn held(&self) -> Option<Block> {
        if !self.view.audience.reads_follow_up() {
            return None;
        }
        let held = self.view.meetings.iter();
        let held: Vec<&CtgMeeting> = held
            .filter(|m| self.from <= m.date && m.date <= self.view.day)
            .collect();
        let mut kinds: Vec<(&str, usize)> = Vec::new();
        for meeting in &held {
            match kinds.iter_mut().find(|(kind, _)| *kind == meeting.kind) {
                Some((_, n)) => *n += 1,
                None => kinds.push((meeting.kind, 1)),
            }
        }
        let kinds: Vec<String> = (kinds.iter())
            .map(|(kind, n)| format!("{kind}\u{a0}({n})"))
            .collect();
        if held.is_empty() {
            return Some(self.none_held());
        }
        let verb = if held.len() == 1 {
            "s’est tenu"
        } else {
            "se sont tenus"
        };
        Some(
            Block::text(format!(
                "{} {verb} dans le trimestre : {}.",
                count(held.len(), "temps", "temps"),
                list(&kinds)
            ))
            .keyed(self.keys.keys("TEMPS")),
        )
    }

    /// Nothing was held that anybody wrote down; what is to come in the quarter was.
    fn none_held(&self) -> Block {
        let view = self.view;
        let over = self.from.months_after(3).unwrap_or(view.day);
        let to_come = view.meetings.iter();
        let to_come = to_come.filter(|m| view.day < m.date && m.date < over);
        let to_come: Vec<String> = to_come
            .map(|m| format!("{} le {}", m.kind, m.date.long()))
            .collect();
        if to_come.is_empty() {
            return Block::note(
                "Aucun temps n’est saisi pour ce trimestre : on ne sait pas s’il n’y en a pas eu.",
            );
        }
        Block::note(format!(
            "Aucun temps tenu n’est saisi pour ce trimestre ; à venir : {}.",
            list(&to_come)
        ))
    }

    fn late(&self) -> ReportSection {
        let mut late: Vec<&CtgAction> = (self.view.running())
            .filter(|a| a.days_late.is_some() || a.is_dormant)
            .collect();
        late.sort_by_key(|a| std::cmp::Reverse(a.days_late));
        let items: Vec<ListItem> = late.iter().map(|a| self.late_line(a)).collect();
        let blocks = if items.is_empty() {
            vec![Block::text(
                "Aucune action n’a passé son échéance, aucune ne dort.",
            )]
        } else {
            shortened(items)
        };
        ReportSection::new("Ce qui est en retard, et à qui c’est", "Retards", blocks)
    }

    fn late_line(&self, action: &CtgAction) -> ListItem {
        let since = match action.days_late {
            Some(days) => format!("{} de retard", count(days, "jour", "jours")),
            None => "sans changement depuis plus de 90 jours".to_owned(),
        };
        let turn = if action.carriers.is_empty() {
            "personne ne la porte".to_owned()
        } else {
            format!("à : {}", who(&action.carriers))
        };
        let difficulty = if action.difficulty.is_empty() {
            String::new()
        } else {
            format!(" Difficulté : {}.", action.difficulty.trim_end_matches('.'))
        };
        ListItem {
            strong: action.text.clone(),
            text: format!("{since} ; {turn}.{difficulty}"),
            keys: self.keys.keys(&action.id),
            ..ListItem::default()
        }
    }

    fn decisions(&self) -> ReportSection {
        let asked = self.view.running().filter(|a| !a.decision.is_empty());
        let items: Vec<ListItem> = asked
            .map(|a| ListItem {
                strong: a.decision.clone(),
                text: format!("{}, pour l’action « {} »", a.fiches.join(", "), a.text),
                keys: self.keys.keys(&a.id),
                ..ListItem::default()
            })
            .collect();
        let mut blocks = if items.is_empty() {
            vec![Block::text(
                "Aucune décision n’est demandée dans le tableau de suivi.",
            )]
        } else {
            vec![Block::items(items)]
        };
        let without: Vec<ListItem> = (self.view.decisions.iter())
            .filter(|d| d.is_without_sequel)
            .map(|d| ListItem {
                text: format!(
                    "{} : prévue pour le {}, rien ne dit ce qu’elle est devenue ({}).",
                    d.text,
                    d.due.map_or_else(String::new, Day::short),
                    who(&d.carriers)
                ),
                keys: self.keys.keys(&d.id),
                ..ListItem::default()
            })
            .collect();
        if !without.is_empty() {
            blocks.push(Block::heading("Décisions prises, sans suite"));
            blocks.extend(shortened(without));
        }
        ReportSection::new("Décisions demandées", "Décisions", blocks)
    }

    fn actions(&self) -> ReportSection {
        let mut blocks = Vec::new();
        blocks.extend(action_rows(self.view, &self.keys));
        blocks.extend(abrogated_actions(self.view, &self.keys));
        blocks.extend(next_due(self.view));
        if self.view.audience.reads_follow_up() {
            blocks.extend(due_dates(self.view, &self.keys, self.until));
        }
        if self.view.withheld > 0 {
            blocks.push(Block::note(format!(
                "{} : le programme y a vu un nom, un contact, la santé de quelqu’un ou un fait grave.",
                count(
                    self.view.withheld,
                    "texte saisi n’est pas montré ici",
                    "textes saisis ne sont pas montrés ici"
                )
            )));
        }
        blocks.push(convention_line(self.view));
        ReportSection {
            page_break: true,
            ..ReportSection::new("Les actions et les échéances", "Actions", blocks)
        }
    }
}

/// Lines, at most so many of them; the rest is said.
fn shortened(mut items: Vec<ListItem>) -> Vec<Block> {
    let more = items.len().saturating_sub(SHOWN);
    items.truncate(SHOWN);
    let mut blocks = vec![Block::items(items)];
    if more > 0 {
        blocks.push(Block::note(format!(
            "Et {} : voir le tableau des actions.",
            count(more, "autre", "autres")
        )));
    }
    blocks
}

/// Moves by what they came to: done, begun, added, put off…
fn told(moves: &[CtgMove], keys: &CtgKeys) -> Vec<Block> {
    let mut items: Vec<(usize, ListItem)> =
        moves.iter().map(|m| (rank(m), line(m, keys))).collect();
    items.sort_by_key(|(rank, _)| *rank);
    let items: Vec<ListItem> = items.into_iter().map(|(_, item)| item).collect();
    if items.is_empty() {
        Vec::new()
    } else {
        shortened(items)
    }
}

fn rank(m: &CtgMove) -> usize {
    match &m.change {
        CtgChange::Status(_, "réalisée" | "faite") => 0,
        CtgChange::Status(_, "abandonnée" | "sans suite") => 1,
        CtgChange::Status(..) => 2,
        CtgChange::Due(..) => 3,
        CtgChange::Added => 4,
    }
}

fn line(m: &CtgMove, keys: &CtgKeys) -> ListItem {
    let what = if m.is_decision { "Décision, " } else { "" };
    let change = match &m.change {
        CtgChange::Added if m.is_decision => "prise".to_owned(),
        CtgChange::Added => "ajoutée".to_owned(),
        CtgChange::Status(then, now) => format!("{now} (était {then})"),
        CtgChange::Due(then, now) if then < now => {
            format!("reportée du {} au {}", then.short(), now.short())
        }
        CtgChange::Due(then, now) => {
            format!("avancée du {} au {}", then.short(), now.short())
        }
    };
    ListItem {
        strong: format!("{what}{}", m.text),
        text: format!("{change}."),
        keys: keys.keys(&m.id),
        ..ListItem::default()
    }
}
