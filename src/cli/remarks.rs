//! Remarks by cause, for a person: what is wrong many times for one reason is said once, with how many
//! times and where; errors come first, what is only good to know comes last, apart. `--json` has them
//! all, one by one.

use std::collections::HashMap;

use crate::base::diagnostics::{Code, Diagnostic, Severity};
use crate::base::text::count;

/// Up to so many remarks of a code are printed one by one.
const ONE_BY_ONE: usize = 4;
/// Causes named under a code.
const NAMED: usize = 6;
/// Places named behind a cause.
const PLACES: usize = 3;

/// A line to print.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct RemarkLine {
    /// How serious what it says is.
    pub severity: Severity,
    /// Its text, one line.
    pub text: String,
}

/// The lines of all remarks, the worst first; errors alone when nothing else is wanted.
pub(super) fn lines(all: &[Diagnostic], errors_alone: bool) -> Vec<RemarkLine> {
    let kept = all
        .iter()
        .filter(|d| !errors_alone || d.severity() == Severity::Error);
    let mut groups: Vec<RemarkGroup> = Vec::new();
    let mut known: HashMap<Code, usize> = HashMap::new();
    for diagnostic in kept {
        let at = *known.entry(diagnostic.code).or_insert_with(|| {
            groups.push(RemarkGroup::of(diagnostic.code));
            groups.len() - 1
        });
        groups[at].all.push(diagnostic);
    }
    groups.sort_by_key(|g| (g.code.severity(), std::cmp::Reverse(g.all.len())));
    let mut lines: Vec<RemarkLine> = Vec::new();
    for group in &groups {
        let severity = group.code.severity();
        let is_first_info = severity == Severity::Info
            && lines.last().is_some_and(|l| l.severity != Severity::Info);
        if is_first_info {
            lines.push(RemarkLine {
                severity,
                text: "À savoir :".to_owned(),
            });
        }
        let said = group.said().into_iter();
        lines.extend(said.map(|text| RemarkLine { severity, text }));
    }
    lines
}

/// Remarks of one code.
struct RemarkGroup<'a> {
    code: Code,
    all: Vec<&'a Diagnostic>,
}

/// What is said in the same words, and where.
struct Cause<'a> {
    message: &'a str,
    remedy: &'a str,
    places: Vec<String>,
}

impl<'a> RemarkGroup<'a> {
    fn of(code: Code) -> Self {
        Self {
            code,
            all: Vec::new(),
        }
    }

    fn said(&self) -> Vec<String> {
        if self.all.len() <= ONE_BY_ONE {
            return self.all.iter().map(ToString::to_string).collect();
        }
        let causes = self.causes();
        let shared = causes.first().map_or("", |c| c.remedy);
        let shared = if causes.iter().all(|c| c.remedy == shared) {
            shared
        } else {
            ""
        };
        let mut head = format!(
            "{} {} · {} : {}",
            self.code.severity(),
            self.code,
            self.code.title(),
            count(self.all.len(), "fois", "fois"),
        );
        if causes.len() > 1 {
            head = format!("{head}, {}", count(causes.len(), "cause", "causes"));
        }
        head.push('.');
        if !shared.is_empty() {
            head = format!("{head} {shared}");
        }
        let mut lines = vec![head];
        lines.extend(causes.iter().take(NAMED).map(|c| c.line(shared.is_empty())));
        let rest = causes.get(NAMED..).unwrap_or_default();
        if !rest.is_empty() {
            let times: usize = rest.iter().map(|c| c.places.len()).sum();
            lines.push(format!(
                "  … et {}, {}. Liste entière : --json.",
                count(rest.len(), "autre cause", "autres causes"),
                count(times, "fois", "fois")
            ));
        }
        lines
    }

    /// The most frequent first, then in the order met.
    fn causes(&self) -> Vec<Cause<'a>> {
        let mut causes: Vec<Cause> = Vec::new();
        let mut known: HashMap<(&str, &str), usize> = HashMap::new();
        for diagnostic in &self.all {
            let words = (diagnostic.message.as_str(), &*diagnostic.remedy);
            let at = *known.entry(words).or_insert_with(|| {
                causes.push(Cause {
                    message: words.0,
                    remedy: words.1,
                    places: Vec::new(),
                });
                causes.len() - 1
            });
            causes[at].places.push(diagnostic.at.to_string());
        }
        causes.sort_by_key(|c| std::cmp::Reverse(c.places.len()));
        causes
    }
}

impl Cause<'_> {
    /// « – « Jean Moulin » n’est pas au registre. (38 fois : Grille.xlsx › B4, …) »
    fn line(&self, with_remedy: bool) -> String {
        let mut text = format!("  – {}", self.message);
        if with_remedy && !self.remedy.is_empty() {
            text = format!("{text} {}", self.remedy);
        }
        let mut named: Vec<&str> = Vec::new();
        for place in self.places.iter().filter(|place| !place.is_empty()) {
            if named.len() < PLACES && !named.contains(&place.as_str()) {
                named.push(place);
            }
        }
        let more = if self.places.len() > named.len() {
            ", …"
        } else {
            ""
        };
        match (self.places.len(), named.is_empty()) {
            (1, true) => text,
            (1, false) => format!("{text} ({})", named.join(", ")),
            (n, true) => format!("{text} ({n} fois)"),
            (n, false) => format!("{text} ({n} fois : {}{more})", named.join(", ")),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::diagnostics::{CellRef, Location};

    fn remark(code: Code, row: u32, message: &str) -> Diagnostic {
        let at = Location::cell("Grille.xlsx", "Réponses", CellRef::new(row, 1));
        Diagnostic::new(code, at, message)
    }

    #[test]
    fn many_lines_of_one_cause_are_one_line() {
        let unknown = Code::StructureUnknown;
        let mut all: Vec<Diagnostic> = Vec::new();
        for row in 0..30 {
            all.push(remark(
                unknown,
                row,
                "« Jean Moulin » n’est pas au registre.",
            ));
        }
        for name in 0..11 {
            all.push(remark(
                unknown,
                40 + name,
                &format!("« Accueil {name} » n’est pas au registre."),
            ));
        }
        let said: Vec<String> = lines(&all, false).into_iter().map(|l| l.text).collect();
        assert_eq!(said.len(), 1 + NAMED + 1, "{said:#?}");
        assert!(
            said[0].contains("41\u{a0}fois, 12\u{a0}causes"),
            "{}",
            said[0]
        );
        assert!(said[0].ends_with(unknown.remedy()), "{}", said[0]);
        assert!(
            said[1].contains("Jean Moulin")
                && said[1].contains("30 fois : Grille.xlsx › Réponses › B1,"),
            "{}",
            said[1]
        );
        assert_eq!(
            said[7],
            "  … et 6\u{a0}autres causes, 6\u{a0}fois. Liste entière : --json."
        );
    }

    #[test]
    fn errors_come_first_and_what_is_good_to_know_apart() {
        let all = vec![
            remark(Code::NotForPublication, 0, "Une note."),
            remark(Code::StructureByName, 1, "Une alerte."),
            remark(Code::StructureUnknown, 2, "Une erreur."),
        ];
        let severities: Vec<Severity> = all.iter().map(Diagnostic::severity).collect();
        let said = lines(&all, false);
        assert!(said.is_sorted_by_key(|l| l.severity), "{said:?}");
        assert_eq!(said.first().map(|l| l.severity), Some(Severity::Error));
        assert!(said.iter().any(|l| l.text == "À savoir :"));
        assert_eq!(
            lines(&all, true).len(),
            severities.iter().filter(|s| **s == Severity::Error).count()
        );
        // Alone, they need no heading.
        assert_eq!(lines(&all[..1], false).len(), 1);
    }
}
