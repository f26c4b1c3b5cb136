//! What a cell of an attendance list says of who came: a word, a cross, a signature, a number.

use crate::base::sheets::Value;
use crate::base::text::fold;
use crate::convention::convention_words::Attendance;

/// What a cell says.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum AttendanceMark {
    /// Nothing is written, or a dash.
    Blank,
    /// A cross, a tick, « oui ».
    Cross,
    /// « non », « 0 ».
    No,
    /// A word of who came.
    Word(Attendance),
    /// A number above one.
    Number(f64),
    /// Anything else: a signature, where one is asked for.
    Ink,
}

impl AttendanceMark {
    /// What a cell says; none is blank.
    pub(super) fn of(value: Option<&Value>) -> Self {
        let Some(value) = value else {
            return Self::Blank;
        };
        match value {
            Value::Bool(true) => return Self::Cross,
            Value::Bool(false) => return Self::No,
            Value::Number(n) if *n == 0.0 => return Self::No,
            Value::Number(n) if (*n - 1.0).abs() < f64::EPSILON => return Self::Cross,
            Value::Number(n) if *n > 1.0 => return Self::Number(*n),
            _ => {}
        }
        let text = value.text();
        let folded = fold(&text);
        let bare = folded.trim_matches(|c: char| !c.is_alphanumeric());
        match bare {
            "" => match folded.chars().next() {
                Some('✓' | '✔' | '☑' | '☒' | '✗' | '✕' | '×' | '+') => Self::Cross,
                _ => Self::Blank,
            },
            "x" | "xx" | "oui" | "1" | "vu" | "o" | "ok" => Self::Cross,
            "non" | "0" => Self::No,
            "p" => Self::Word(Attendance::Present),
            "e" | "exc" | "excus" => Self::Word(Attendance::Excused),
            "a" | "abs" => Self::Word(Attendance::Absent),
            _ => word(bare).map_or(Self::Ink, Self::Word),
        }
    }

    /// Whether something is ticked, counted or signed.
    pub(super) fn is_made(self) -> bool {
        matches!(self, Self::Cross | Self::Number(_) | Self::Ink)
    }
}

/// « présente », « excusés », « absent (train) », « en visio ».
fn word(bare: &str) -> Option<Attendance> {
    let mut words = bare.split(|c: char| !c.is_alphanumeric());
    let first = words.next().unwrap_or("");
    let says = |w: &str| match w {
        _ if ["present", "presents", "presente", "presentes"].contains(&w) => {
            Some(Attendance::Present)
        }
        _ if w.starts_with("excuse") => Some(Attendance::Excused),
        _ if ["absent", "absents", "absente", "absentes"].contains(&w) => Some(Attendance::Absent),
        _ if w.starts_with("visio") || w == "distance" || w == "distanciel" => {
            Some(Attendance::Remote)
        }
        _ => None,
    };
    if ["en", "a", "par"].contains(&first) {
        return words.next().and_then(says);
    }
    says(first)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_read_as_people_make_them() {
        let of = |text: &str| AttendanceMark::of(Some(&Value::Text(text.to_owned())));
        assert_eq!(of(" X "), AttendanceMark::Cross);
        assert_eq!(of("✓"), AttendanceMark::Cross);
        assert_eq!(of("—"), AttendanceMark::Blank);
        assert_eq!(of("Excusée"), AttendanceMark::Word(Attendance::Excused));
        assert_eq!(of("en visio"), AttendanceMark::Word(Attendance::Remote));
        assert_eq!(
            of("absent (train)"),
            AttendanceMark::Word(Attendance::Absent)
        );
        assert_eq!(of("Cm"), AttendanceMark::Ink);
        assert_eq!(
            AttendanceMark::of(Some(&Value::Number(3.0))),
            AttendanceMark::Number(3.0)
        );
        assert_eq!(AttendanceMark::of(None), AttendanceMark::Blank);
    }
}
