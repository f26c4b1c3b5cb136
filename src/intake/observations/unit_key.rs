//! What a later import replaces as a whole, as a type; its text is the one that stores have held
//! since format 1, and part of what respondents' hashes are made from.

use std::fmt;
use std::str::FromStr;
use std::sync::Arc;

use crate::base::day::Day;
use crate::base::text::fold;
use crate::intake::sources::dated_corrections::corrected_element;
use crate::intake::sources::notes::is_note;
use crate::vocabulary::referentiel::SourceCode;

/// A unit: replaced whole by a later import of the same campaign that holds the same unit.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) enum UnitKey {
    /// The grid of one observer at one visit, both folded.
    Visit {
        /// Structure code.
        structure: Arc<str>,
        /// Visit, without case or accents.
        visit: String,
        /// Observer's code in lower case, or `consensus`.
        observer: String,
    },
    /// The one grid of a structure: self-assessment, interview of the direction.
    Grid {
        /// Structure code.
        structure: Arc<str>,
        /// Who speaks.
        source: SourceCode,
        /// Code, in lower case, of who marked the interview again beside the first; none for the first.
        second_coder: Option<String>,
    },
    /// The questionnaire of a structure by one tool.
    Questionnaire {
        /// Structure code.
        structure: Arc<str>,
        /// Who speaks.
        source: SourceCode,
        /// Tool that read it.
        tool: String,
        /// The file, where the tool gives no response id by which to know an answer again.
        file: Option<String>,
    },
    /// A structure's sessions of one day.
    Sessions {
        /// Structure code.
        structure: Arc<str>,
        /// The day; none when it could not be read.
        day: Option<Day>,
    },
    /// Another table of a structure: `poste`, `denominateurs`.
    Table {
        /// Structure code.
        structure: Arc<str>,
        /// First word of its lines.
        table: String,
    },
    /// One interview, remark or correction: a later file adds to them.
    Note {
        /// Structure code.
        structure: Arc<str>,
        /// Identity of the note, « entretien 3fa2… », « correction SEC-7-OBS-1 ».
        note: String,
    },
}

impl UnitKey {
    /// The grid of a source that has one, or one marked again by a second coder, whose code may be empty.
    pub(crate) fn grid(structure: Arc<str>, source: SourceCode, second_coder: &str) -> Self {
        Self::Grid {
            structure,
            source,
            second_coder: Some(fold(second_coder)).filter(|coder| !coder.is_empty()),
        }
    }

    /// The unit of a line of activity data or of a note, by the identity of the line.
    pub(crate) fn of_line(structure: Arc<str>, line: &str, day: Option<Day>) -> Self {
        if line.starts_with("seance") {
            return Self::Sessions { structure, day };
        }
        if is_note(line) || corrected_element(line).is_some() {
            let note = line.to_owned();
            return Self::Note { structure, note };
        }
        let table = line.split(' ').next().unwrap_or("").to_owned();
        Self::Table { structure, table }
    }

    /// Structure code.
    pub(crate) fn structure(&self) -> &Arc<str> {
        match self {
            Self::Visit { structure, .. }
            | Self::Grid { structure, .. }
            | Self::Questionnaire { structure, .. }
            | Self::Sessions { structure, .. }
            | Self::Table { structure, .. }
            | Self::Note { structure, .. } => structure,
        }
    }

    /// Who speaks.
    pub(crate) fn source(&self) -> SourceCode {
        match self {
            Self::Visit { .. } => SourceCode::Obs,
            Self::Grid { source, .. } | Self::Questionnaire { source, .. } => *source,
            Self::Sessions { .. } | Self::Table { .. } | Self::Note { .. } => SourceCode::Don,
        }
    }
}

impl fmt::Display for UnitKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}|{}", self.source(), self.structure())?;
        match self {
            Self::Visit {
                visit, observer, ..
            } => write!(f, "|{visit}|{observer}"),
            Self::Grid { second_coder, .. } => match second_coder {
                Some(coder) => write!(f, "|{coder}"),
                None => Ok(()),
            },
            Self::Questionnaire { tool, file, .. } => match file {
                Some(file) => write!(f, "|{tool}|{file}"),
                None => write!(f, "|{tool}"),
            },
            Self::Sessions { day, .. } => match day {
                Some(day) => write!(f, "|seances|{day}"),
                None => write!(f, "|seances|"),
            },
            Self::Table { table, .. } => write!(f, "|{table}"),
            Self::Note { note, .. } => write!(f, "|{note}"),
        }
    }
}

/// The text is that of no unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct NoSuchUnit;

impl FromStr for UnitKey {
    type Err = NoSuchUnit;

    fn from_str(text: &str) -> Result<Self, NoSuchUnit> {
        let (source, rest) = text.split_once('|').ok_or(NoSuchUnit)?;
        let source: SourceCode = source.parse().map_err(|()| NoSuchUnit)?;
        let (structure, rest) = match rest.split_once('|') {
            Some((structure, rest)) => (Arc::from(structure), Some(rest)),
            None => (Arc::from(rest), None),
        };
        match (source, rest) {
            (SourceCode::Obs, Some(rest)) => {
                // A visit may hold a bar; an observer is a code.
                let (visit, observer) = rest.rsplit_once('|').ok_or(NoSuchUnit)?;
                Ok(Self::Visit {
                    structure,
                    visit: visit.to_owned(),
                    observer: observer.to_owned(),
                })
            }
            (SourceCode::Aut | SourceCode::Dir, None) => Ok(Self::grid(structure, source, "")),
            (SourceCode::Dir, Some(coder)) if !coder.is_empty() => {
                Ok(Self::grid(structure, source, coder))
            }
            (SourceCode::Don, Some(rest)) => match rest.strip_prefix("seances|") {
                Some("") => Ok(Self::Sessions {
                    structure,
                    day: None,
                }),
                Some(day) => Ok(Self::Sessions {
                    structure,
                    day: Some(day.parse().map_err(|_| NoSuchUnit)?),
                }),
                None => Ok(Self::of_line(structure, rest, None)),
            },
            (source, Some(rest)) if source.is_questionnaire() => {
                let (tool, file) = match rest.split_once('|') {
                    Some((tool, file)) => (tool, Some(file.to_owned())),
                    None => (rest, None),
                };
                Ok(Self::Questionnaire {
                    structure,
                    source,
                    tool: tool.to_owned(),
                    file,
                })
            }
            _ => Err(NoSuchUnit),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_text_of_a_unit_reads_back() {
        for text in [
            "OBS|R01|1|o1",
            "OBS|R01|mardi|matin|consensus",
            "AUT|R01",
            "DIR|R01",
            "DIR|R01|o2",
            "FAM|R01|kobo",
            "ENF|R01|tableau|Enfants | C1.csv",
            "DON|R01|seances|2026-05-12",
            "DON|R01|seances|",
            "DON|R01|poste",
            "DON|R01|denominateurs",
            "DON|R01|",
            "DON|R01|entretien 3fa2",
            "DON|R01|correction SEC-7-OBS-1",
        ] {
            let unit: UnitKey = text.parse().expect(text);
            assert_eq!(unit.to_string(), text);
            assert_eq!(&**unit.structure(), "R01");
            assert_eq!(unit.source().as_str(), &text[..3]);
        }
        for text in [
            "",
            "OBS",
            "OBS|R01",
            "XYZ|R01",
            "AUT|R01|1",
            "DON|R01|seances|mai",
        ] {
            assert_eq!(text.parse::<UnitKey>(), Err(NoSuchUnit), "{text}");
        }
    }

    #[test]
    fn a_line_falls_in_the_unit_that_a_later_import_replaces() {
        let day = "2026-05-12".parse().ok();
        let unit = |line: &str| UnitKey::of_line("R01".into(), line, day).to_string();
        assert_eq!(unit("seance 2026-05-12 soir"), "DON|R01|seances|2026-05-12");
        assert_eq!(unit("poste 003"), "DON|R01|poste");
        assert_eq!(unit("denominateurs"), "DON|R01|denominateurs");
        assert_eq!(unit("remarque 3fa2"), "DON|R01|remarque 3fa2");
    }
}
