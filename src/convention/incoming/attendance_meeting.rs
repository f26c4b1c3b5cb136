//! The meeting that an attendance list is of: named by who imports it, else by the date and the title that the sheet
//! bears. Never guessed.

use super::attendance_table::AttendanceList;
use super::made_lines::IncomingSetting;
use crate::base::diagnostics::{Code, Diagnostic, Location};
use crate::base::text::{dates_in, fold, iso_date};
use crate::convention::convention_words::{ClosedWord, TempsKind};
use crate::convention::register_columns::{Register, TempsColumn};
use crate::convention::registers::RegisterRow;

/// Titles shorter than this are found anywhere.
const SHORTEST: usize = 8;
/// Words shorter than this tell one meeting from another too seldom.
const SHORTEST_WORD: usize = 4;
/// Letters that two words of one root share: « passerelle », « passerelles ».
const ROOT: usize = 5;

/// What any list says above its table, whatever its meeting.
const OF_ANY_LIST: &[&str] = &[
    "feuille",
    "feuil",
    "sheet",
    "tableau",
    "classeur",
    "emargement",
    "liste",
    "presence",
    "presences",
    "presents",
    "participants",
    "participant",
    "participation",
    "signature",
    "signatures",
    "date",
    "heure",
    "heures",
    "horaire",
    "horaires",
    "lieu",
    "salle",
    "objet",
    "reunion",
    "rencontre",
    "seance",
    "convention",
    "territoriale",
    "globale",
    "communaute",
    "communes",
    "lundi",
    "mardi",
    "mercredi",
    "jour",
    "jeudi",
    "vendredi",
    "samedi",
    "dimanche",
    "janvier",
    "fevrier",
    "mars",
    "avril",
    "juin",
    "juillet",
    "aout",
    "septembre",
    "octobre",
    "novembre",
    "decembre",
    "pour",
    "avec",
    "dans",
    "matin",
    "apres",
    "midi",
    "soir",
    "annee",
    "trimestre",
];

/// The meeting of a list.
///
/// # Errors
///
/// None or several fit, or what the list says is not that of the meeting of its day: what to write so that it is known.
pub(super) fn meeting_of<'a>(
    setting: &IncomingSetting<'a>,
    list: &AttendanceList,
    at: &Location,
) -> Result<&'a RegisterRow, Box<Diagnostic>> {
    let all = setting.registers.rows(Register::Temps);
    let found = match setting.choices.meeting.as_deref() {
        Some(id) => (all.iter().find(|row| row.id.eq_ignore_ascii_case(id))).ok_or_else(|| {
            (
                format!("le temps « {id} » n’existe pas dans le suivi."),
                nearest(all),
            )
        }),
        None => Said::by(list, &letterhead(setting)).meeting(all),
    };
    found.map_err(|(message, near)| {
        let refused = Diagnostic::new(Code::AttendanceMeeting, at.clone(), message);
        Box::new(refused.with_remedy(remedy(&near)))
    })
}

/// Why no meeting is taken, and those that come nearest.
type Refused<'a> = (String, Vec<&'a RegisterRow>);

/// What a list says of its meeting.
struct Said {
    /// Texts above the table, folded, the name of the sheet included.
    texts: Vec<String>,
    /// Words that tell it from another.
    words: Vec<String>,
    kinds: Vec<TempsKind>,
    days: Vec<String>,
}

impl Said {
    fn by(list: &AttendanceList, letterhead: &[String]) -> Self {
        let texts: Vec<String> = list.above.iter().map(|t| fold(t)).collect();
        let words = texts.iter().flat_map(|t| telling_words(t));
        Self {
            words: words.filter(|w| !letterhead.contains(w)).collect(),
            kinds: kinds_in(&texts),
            days: days(list),
            texts,
        }
    }

    fn meeting<'a>(&self, all: &'a [RegisterRow]) -> Result<&'a RegisterRow, Refused<'a>> {
        let titled: Vec<&RegisterRow> = all.iter().filter(|row| self.is_title_of(row)).collect();
        if self.days.is_empty() {
            return undated(all, titled);
        }
        let is_of_day =
            |row: &&RegisterRow| self.days.iter().any(|d| d == row.text(TempsColumn::Date));
        let dated: Vec<&RegisterRow> = all.iter().filter(is_of_day).collect();
        let both: Vec<&RegisterRow> = dated
            .iter()
            .copied()
            .filter(|row| self.is_title_of(row))
            .collect();
        let of_kind: Vec<&RegisterRow> = (dated.iter().copied())
            .filter(|row| {
                row.word::<TempsKind>(TempsColumn::Type)
                    .is_some_and(|k| self.kinds.contains(&k))
            })
            .collect();
        match (dated.as_slice(), both.as_slice(), of_kind.as_slice()) {
            (_, [only], _) => Ok(only),
            ([], ..) => Err((
                format!("aucun temps du suivi n’est daté du {}.", said(&self.days)),
                nearest_to(all, &self.days),
            )),
            // The title of another meeting is a contradiction, not a detail.
            (_, [], _) if !titled.is_empty() => Err((
                "sa date est celle d’un temps, et son intitulé celui d’un autre.".to_owned(),
                dated,
            )),
            ([only], [], _) | (_, [], [only]) => match self.contradiction(only) {
                Some(why) => Err((why, dated)),
                None => Ok(only),
            },
            _ => Err((
                format!("plusieurs temps sont datés du {}.", said(&self.days)),
                dated,
            )),
        }
    }

    fn is_title_of(&self, row: &RegisterRow) -> bool {
        let title = fold(row.text(TempsColumn::Intitule));
        title.len() >= SHORTEST && self.texts.iter().any(|t| t.contains(&title))
    }

    /// Why a list of the day of a meeting may be of another that the follow-up does not know: it says another kind, or
    /// nothing that it says is found again. A list that bears its date alone tells nothing apart.
    fn contradiction(&self, row: &RegisterRow) -> Option<String> {
        let title = row.text(TempsColumn::Intitule);
        let kind = row.word::<TempsKind>(TempsColumn::Type);
        let is_of_kind = kind.is_some_and(|k| self.kinds.contains(&k));
        if let (false, Some(other)) = (is_of_kind, self.kinds.first()) {
            let kind = kind.map_or("sans type", |k| k.label());
            return Some(format!(
                "sa date est celle de « {title} » ({kind}), et elle dit « {} ».",
                other.label()
            ));
        }
        let columns = [
            TempsColumn::Intitule,
            TempsColumn::Thematique,
            TempsColumn::Structures,
            TempsColumn::Fiches,
        ];
        let known: Vec<String> = columns
            .iter()
            .flat_map(|c| telling_words(&fold(row.text(*c))))
            .collect();
        let is_shared = self
            .words
            .iter()
            .any(|w| known.iter().any(|k| is_same_root(w, k)));
        (!self.words.is_empty() && !is_of_kind && !is_shared).then(|| {
            format!("sa date est celle de « {title} », et rien de ce qu’elle porte en titre ne s’y retrouve.")
        })
    }
}

/// By its title alone.
fn undated<'a>(
    all: &'a [RegisterRow],
    titled: Vec<&'a RegisterRow>,
) -> Result<&'a RegisterRow, Refused<'a>> {
    match titled.as_slice() {
        [only] => Ok(only),
        [] => Err((
            "rien n’y dit de quel temps est cette liste : ni date, ni intitulé.".to_owned(),
            nearest(all),
        )),
        _ => Err((
            "l’intitulé qu’elle porte est celui de plusieurs temps, et elle n’a pas de date."
                .to_owned(),
            titled,
        )),
    }
}

/// Words of who signs and of the territory: above any list, they tell no meeting from another.
fn letterhead(setting: &IncomingSetting) -> Vec<String> {
    let convention = setting.convention;
    let territory = &setting.observatory.settings.territory.nom;
    let names = convention
        .signatories
        .iter()
        .chain([&convention.title, territory]);
    names.flat_map(|name| telling_words(&fold(name))).collect()
}

/// Words of a folded text that tell a meeting from another.
fn telling_words(text: &str) -> Vec<String> {
    let words = text.split(|c: char| !c.is_alphabetic());
    let telling = words.filter(|w| w.chars().count() >= SHORTEST_WORD && !OF_ANY_LIST.contains(w));
    telling.map(str::to_owned).collect()
}

fn is_same_root(a: &str, b: &str) -> bool {
    a == b
        || a.chars().count() >= ROOT
            && b.chars().count() >= ROOT
            && a.chars().take(ROOT).eq(b.chars().take(ROOT))
}

/// Kinds of meeting that texts say, by whole words: « information » says no « formation », and an enlarged committee is
/// not the committee.
fn kinds_in(texts: &[String]) -> Vec<TempsKind> {
    let says = |kind: &TempsKind| {
        let label = format!(" {} ", fold(kind.label()));
        let is_word = |c: char| if c.is_alphanumeric() { c } else { ' ' };
        texts
            .iter()
            .any(|t| format!(" {} ", t.chars().map(is_word).collect::<String>()).contains(&label))
    };
    let said: Vec<TempsKind> = TempsKind::ALL.iter().copied().filter(says).collect();
    let is_part = |kind: &TempsKind| {
        said.iter()
            .any(|other| other != kind && other.label().contains(kind.label()))
    };
    said.iter().copied().filter(|kind| !is_part(kind)).collect()
}

fn said(days: &[String]) -> String {
    let shown: Vec<String> = days
        .iter()
        .map(|d| crate::base::text::date_short(d))
        .collect();
    shown.join(", ")
}

/// Dates of what stands above the table.
fn days(list: &AttendanceList) -> Vec<String> {
    let mut days: Vec<String> = list
        .above
        .iter()
        .flat_map(|text| {
            let alone = iso_date(text);
            dates_in(text).into_iter().chain(alone)
        })
        .collect();
    days.sort();
    days.dedup();
    days
}

/// « --temps T-012 (12/05/2026, « Passerelles 2 ») ».
fn remedy(near: &[&RegisterRow]) -> String {
    let shown: Vec<String> = near
        .iter()
        .take(4)
        .map(|row| {
            let day = row
                .day(TempsColumn::Date)
                .map_or_else(String::new, crate::base::day::Day::short);
            format!(
                "{} ({day}, « {} »)",
                row.id,
                row.text(TempsColumn::Intitule)
            )
        })
        .collect();
    let choice = if shown.is_empty() {
        String::new()
    } else {
        format!(" Ceux qui s’en approchent : {}.", shown.join(" ; "))
    };
    format!(
        "Relancez avec --temps et l’identifiant du temps ; s’il n’est pas au suivi, ajoutez-l’y d’abord.{choice}"
    )
}

/// The last meetings held.
fn nearest(all: &[RegisterRow]) -> Vec<&RegisterRow> {
    let mut rows: Vec<&RegisterRow> = all.iter().collect();
    rows.sort_by_key(|row| std::cmp::Reverse(row.day(TempsColumn::Date)));
    rows
}

/// Those of the days around.
fn nearest_to<'a>(all: &'a [RegisterRow], days: &[String]) -> Vec<&'a RegisterRow> {
    let Some(wanted) = days
        .first()
        .and_then(|d| d.parse::<crate::base::day::Day>().ok())
    else {
        return nearest(all);
    };
    let mut rows: Vec<&RegisterRow> = all
        .iter()
        .filter(|row| row.day(TempsColumn::Date).is_some())
        .collect();
    let gap = |row: &RegisterRow| {
        row.day(TempsColumn::Date)
            .map_or(i32::MAX, |d| (d.number() - wanted.number()).abs())
    };
    rows.sort_by_key(|row| gap(row));
    rows
}
