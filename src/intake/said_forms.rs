//! What people said of forms before, changed or taken back: written where a first answer is, in the workbook of the
//! form; what its file of text agreed on is left there as a question.

use std::path::Path;

use toml_edit::{DocumentMut, Item, Table, value};

use super::correspondence_answers::Accepted;
use super::correspondence_files::{self, FOLDER, accepted_before, on_disk};
use super::correspondence_workbook;
use crate::base::error::{Error, Result};
use crate::base::files::write_file;
use crate::base::text::fold;
use crate::intake::sources::correspondence::{Correspondence, MappedColumn, MappedWord};
use crate::vocabulary::config::Observatory;
use crate::vocabulary::referentiel::Referentiel;

/// What is said anew of one form.
#[derive(Debug, Clone, Default)]
pub(crate) struct SaidAgain {
    /// Headings that are said anew, or left unsaid.
    pub(crate) headings: Vec<String>,
    /// What they are now; those that are not here are asked again.
    pub(crate) columns: Vec<MappedColumn>,
    /// Words that are said anew, or left unsaid, as they were said.
    pub(crate) unsaid: Vec<MappedWord>,
    /// What they are worth now.
    pub(crate) words: Vec<MappedWord>,
}

impl SaidAgain {
    pub(crate) fn is_empty(&self) -> bool {
        self.headings.is_empty() && self.unsaid.is_empty()
    }
}

/// The forms of which somebody said something, with what is said.
///
/// # Errors
///
/// A file that cannot be read, or contradicts the workbook beside it.
pub(crate) fn said_forms(observatory: &Observatory) -> Result<Vec<Correspondence>> {
    let mut all = correspondence_files::load(observatory, None)?;
    for form in &mut all {
        form.columns.retain(|c| c.confirmed);
        form.words.retain(|w| w.confirmed && !w.worth.is_empty());
    }
    all.retain(|form| !form.is_empty());
    Ok(all)
}

/// Says anew what was said of a form, or leaves it to be asked.
///
/// # Errors
///
/// A form that is no longer there; a file that cannot be read or written.
pub(crate) fn say_again(
    observatory: &Observatory,
    referentiel: &Referentiel,
    form: &Correspondence,
    again: &SaidAgain,
) -> Result<()> {
    let path = observatory.root.join(FOLDER).join(form.file_name());
    let stored = on_disk(&path)?.ok_or_else(|| {
        Error::Usage("Cette correspondance n’est plus là : rien n’a été écrit.".to_owned())
    })?;
    let text = left_open(&path, &stored.text, again)?;
    let mapping = Correspondence::parse(&text)
        .map_err(|e| Error::Config(format!("{} : {e}", path.display())))?;
    let later = Accepted::said(&mapping, again.columns.clone(), again.words.clone());
    let accepted = match accepted_before(&path)? {
        Some(before) => before
            .without(&again.headings, &again.unsaid)
            .replaced_by(later),
        None => later,
    };
    let mapping = accepted.over(mapping)?;
    let workbook = correspondence_workbook::write(&mapping, referentiel)?;
    // The workbook first: open in Excel, it keeps everything as it was.
    write_file(&path.with_extension("xlsx"), &workbook)?;
    if text != stored.text {
        write_file(&path, text.as_bytes())?;
    }
    Ok(())
}

/// The file of text in which what is said anew waits for an answer; its own lines and remarks stay as they are.
fn left_open(path: &Path, text: &str, again: &SaidAgain) -> Result<String> {
    let mut document: DocumentMut = text
        .parse()
        .map_err(|e| Error::Config(format!("{} : {e}", path.display())))?;
    let is_text = |table: &Table, key: &str, wanted: &str| {
        let held = table.get(key).and_then(Item::as_str).unwrap_or("");
        fold(held) == fold(wanted)
    };
    let headings = |table: &Table| again.headings.iter().any(|h| is_text(table, "titre", h));
    let words = |table: &Table| {
        again.unsaid.iter().any(|w| {
            let written = table.get("lu").and_then(Item::as_str).unwrap_or("");
            written.trim() == w.written.trim()
                && is_text(table, "question", &w.question)
                && is_text(table, "echelle", &w.scale)
        })
    };
    open_tables(&mut document, "colonnes", &headings);
    open_tables(&mut document, "valeurs", &words);
    Ok(document.to_string())
}

fn open_tables(document: &mut DocumentMut, key: &str, is_said_anew: &dyn Fn(&Table) -> bool) {
    let tables = document.get_mut(key);
    let tables = tables.and_then(Item::as_array_of_tables_mut);
    for table in tables.into_iter().flat_map(|all| all.iter_mut()) {
        if is_said_anew(table) {
            table["confirme"] = value(false);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_said_anew_waits_in_the_text_and_its_remarks_stay() {
        let text = "outil = \"tableau\"\nforme = \"0123456789abcdef\"\n\n# vu avec Anne\n[[colonnes]]\ntitre = \"Mon avis\"\nvers = \"REL-1-FAM-1\"\n\n[[valeurs]]\nlu = \"Un peu\"\nvaut = \"2\"\nechelle = \"oui3\"\n\n[[valeurs]]\nlu = \"Un peu\"\nvaut = \"2\"\n";
        let again = SaidAgain {
            headings: vec!["MON AVIS".to_owned()],
            unsaid: vec![MappedWord {
                scale: "oui3".to_owned(),
                ..MappedWord::awaited("", "Un peu".to_owned())
            }],
            ..SaidAgain::default()
        };
        let open = left_open(Path::new("x.toml"), text, &again).expect("text");
        assert!(open.contains("# vu avec Anne"), "{open}");
        let read = Correspondence::parse(&open).expect("a correspondence");
        assert_eq!(read.target("Mon avis"), None);
        assert_eq!(read.worth_in("", "Un peu", "oui3"), Some("2"), "of all");
        assert!(!read.words[0].confirmed && read.words[1].confirmed);
    }
}
