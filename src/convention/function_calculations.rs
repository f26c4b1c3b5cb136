//! What functions do: present in the instances that they are members of, using a tool, working with a service.

use std::collections::BTreeSet;

use super::calculation::Calculation;
use super::computed_indicator::{Found, SeenRow};
use super::convention_words::{FunctionNature, OuiNon, TempsKind};
use super::meetings::SeenService;
use super::register_columns::{
    ActionsColumn, DocumentsColumn, FonctionsColumn, Register, TempsColumn,
};
use super::registers::RegisterRow;
use crate::base::text::fold;

/// What the number of functions that someone holds is called beside a share of them.
pub(crate) const FILLED_FUNCTIONS: &str = "fonctions pourvues";

/// Meetings × functions, members of the instance, that came.
pub(super) fn presence(c: &Calculation) -> Found {
    let Some(nature) = c.parameters.nature else {
        return Found::none("la nature de fonction manque");
    };
    let filled = c.table.filled(nature);
    let is_member = |f: &RegisterRow, kind: Option<TempsKind>| {
        let mut instances = f.list(FonctionsColumn::Instances).into_iter();
        kind.is_some_and(|kind| {
            instances.any(|i| super::convention_words::ClosedWord::read(i) == Some(kind))
        })
    };
    let (mut came, mut expected, mut meetings) = (0, 0, 0);
    let (mut rows, mut seats) = (Vec::new(), Vec::new());
    for meeting in c.kept() {
        let members: Vec<&&RegisterRow> = filled
            .iter()
            .filter(|f| is_member(f, meeting.kind))
            .collect();
        if members.is_empty() {
            continue;
        }
        let holds = |s: &&SeenService| members.iter().any(|f| s.named.contains(&f.id));
        seats.extend(
            meeting
                .services
                .iter()
                .filter(holds)
                .map(|s| meeting.seat(s)),
        );
        let has_come =
            |f: &RegisterRow| meeting.services.iter().any(|s| s.functions.contains(&f.id));
        let present = members.iter().filter(|f| has_come(f)).count();
        came += present;
        expected += members.len();
        meetings += 1;
        rows.push(SeenRow {
            register: Register::Temps,
            id: meeting.row.id.clone(),
            says: format!(
                "{} : {present} présence(s) sur {} fonction(s) membre(s).",
                meeting.told(),
                members.len()
            ),
        });
    }
    let members = filled
        .iter()
        .filter(|f| !f.text(FonctionsColumn::Instances).is_empty())
        .count();
    let empty = "aucun temps de ces instances n’a de membre de cette nature dans la période";
    Found::share(
        f64::from(came as u32),
        f64::from(expected as u32),
        meetings,
        empty,
    )
    .beside(FILLED_FUNCTIONS, filled.len() as f64)
    .beside("fonctions membres d’une instance", members as f64)
    .seated(seats)
    .seen(rows)
}

/// Functions that use « CTG dans ma poche », or documents sent, out of the functions filled.
pub(super) fn share(c: &Calculation) -> Found {
    let Some(nature) = c.parameters.nature else {
        return Found::none("la nature de fonction manque");
    };
    let filled = c.table.filled(nature);
    let empty = "aucune fonction de cette nature n’est pourvue";
    if !c.parameters.documents.is_empty() {
        let documents = sent_documents(c);
        let rows = documents.iter().map(|d| SeenRow {
            register: Register::Documents,
            id: d.id.clone(),
            says: d.text(DocumentsColumn::Titre).to_owned(),
        });
        let rows = rows.collect();
        return Found::share(
            documents.len() as f64,
            filled.len() as f64,
            filled.len(),
            empty,
        )
        .seen(rows);
    }
    let end = c.period.end();
    let uses = |f: &&&RegisterRow| {
        f.word(FonctionsColumn::Poche) == Some(OuiNon::Oui)
            && f.day(FonctionsColumn::PocheDepuis)
                .is_none_or(|since| since <= end)
    };
    let users: Vec<&&RegisterRow> = filled.iter().filter(uses).collect();
    let rows = filled.iter().map(|f| SeenRow {
        register: Register::Fonctions,
        id: f.id.clone(),
        says: format!(
            "{} : {}",
            f.text(FonctionsColumn::Intitule),
            if users.iter().any(|u| u.id == f.id) {
                "l’utilise"
            } else {
                "ne l’utilise pas"
            }
        ),
    });
    let rows = rows.collect();
    Found::share(users.len() as f64, filled.len() as f64, filled.len(), empty).seen(rows)
}

/// Documents of the kinds asked, dated in the period and sent.
fn sent_documents<'a>(c: &Calculation<'a>) -> Vec<&'a RegisterRow> {
    let documents = c.input.registers.rows(Register::Documents).iter();
    let kept = documents.filter(|d| {
        let kind = d.word(DocumentsColumn::Type);
        let is_of_kind = kind.is_some_and(|k| c.parameters.documents.contains(&k));
        let sent = d.day(DocumentsColumn::Diffuse);
        is_of_kind
            && d.day(DocumentsColumn::Date)
                .is_some_and(|day| c.period.holds(day))
            && sent.is_some_and(|day| day <= c.period.end())
    });
    kept.collect()
}

/// What collaborations of actions are called beside all of them.
pub(crate) const OF_ACTIONS: &str = "actions";

/// Actions, and meetings of none of their fiches, where a function of a nature and a service appear together.
pub(super) fn collaborations(c: &Calculation) -> Found {
    let Some(nature) = c.parameters.nature else {
        return Found::none("la nature de fonction manque");
    };
    let services: Vec<String> = c.parameters.services.iter().map(|s| fold(s)).collect();
    let mut rows = Vec::new();
    let mut fiches: BTreeSet<&str> = BTreeSet::new();
    for row in c.input.registers.rows(Register::Actions) {
        if runs(c, row) && together(c, row, nature, &services) {
            fiches.extend(row.list(ActionsColumn::Fiche));
            rows.push(SeenRow {
                register: Register::Actions,
                id: row.id.clone(),
                says: row.text(ActionsColumn::Action).to_owned(),
            });
        }
    }
    let actions = rows.len();
    let is_own = |s: &&SeenService| {
        services.contains(&fold(&s.service)) || services.contains(&fold(&s.organisation))
    };
    let is_of_nature = |f: &String| c.table.nature(f) == Some(nature);
    let mut seats = Vec::new();
    for meeting in c.kept() {
        let fiches_of = meeting.row.list(TempsColumn::Fiches);
        if fiches_of.iter().any(|f| fiches.contains(f)) {
            continue;
        }
        let named = || meeting.services.iter();
        if named().any(|s| is_own(&s)) && named().flat_map(|s| &s.named).any(is_of_nature) {
            seats.push(format!("{}·ensemble", meeting.row.id));
        }
        let came = || named().filter(|s| s.is_present);
        if came().any(|s| is_own(&s)) && came().flat_map(|s| &s.functions).any(is_of_nature) {
            rows.push(SeenRow {
                register: Register::Temps,
                id: meeting.row.id.clone(),
                says: meeting.told(),
            });
        }
    }
    let found = Found::count(rows.len())
        .seated(seats)
        .beside(OF_ACTIONS, actions as f64)
        .beside("temps", (rows.len() - actions) as f64);
    c.counted(found.seen(rows))
}

/// Whether an action runs during the period.
fn runs(c: &Calculation, row: &RegisterRow) -> bool {
    let begins = row.day(ActionsColumn::Debut);
    begins.is_some_and(|d| d <= c.period.end())
        && row
            .day(ActionsColumn::Echeance)
            .is_none_or(|d| d >= c.period.from)
}

fn together(
    c: &Calculation,
    row: &RegisterRow,
    nature: FunctionNature,
    services: &[String],
) -> bool {
    let columns = [ActionsColumn::Responsable, ActionsColumn::Appui];
    let named: Vec<&str> = columns
        .iter()
        .flat_map(|column| row.list(*column))
        .collect();
    named.iter().any(|n| c.table.nature(n) == Some(nature))
        && named.iter().any(|n| services.contains(&fold(n)))
}
