//! In which sections people write, and what each file is called.

use super::text_parts::TextPart;
use super::text_starters::starter;
use crate::base::text::{fold, safe_file_name};
use crate::convention::Convention;

/// Where these files are, under the folder of the observatory.
pub const TEXTS_FOLDER: &str = "ctg/textes";
/// Longest code in the name of a file.
const LONGEST: usize = 60;

/// A file of the folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BilanTextFile {
    /// The section.
    pub part: TextPart,
    /// Name of the file: `04-changements.md`.
    pub file: String,
    /// What is written in it where there is none.
    pub starter: String,
}

impl BilanTextFile {
    /// The file, from the folder of the observatory.
    pub fn path(&self) -> String {
        format!("{TEXTS_FOLDER}/{}", self.file)
    }
}

/// Every section in which people write, in order.
pub fn text_places(convention: &Convention) -> Vec<BilanTextFile> {
    let mut parts = vec![TextPart::Essentials, TextPart::Means];
    let fiches = convention.fiches.iter();
    parts.extend(fiches.map(|f| TextPart::Fiche(f.code.clone())));
    parts.push(TextPart::Changes);
    let experiments = convention.experiments.iter();
    parts.extend(experiments.map(|e| TextPart::Experiment(e.code.clone())));
    parts.extend([
        TextPart::Governance,
        TextPart::Words,
        TextPart::Approach,
        TextPart::Next,
    ]);
    let places = parts.into_iter().map(|part| BilanTextFile {
        file: format!("{}.md", stem(&part)),
        starter: starter(&part, convention),
        part,
    });
    places.collect()
}

fn stem(part: &TextPart) -> String {
    match part {
        TextPart::Essentials => "01-essentiel".to_owned(),
        TextPart::Means => "02-moyens".to_owned(),
        TextPart::Fiche(code) => format!("03-{}", in_name(code)),
        TextPart::Changes => "04-changements".to_owned(),
        TextPart::Experiment(code) => format!("05-{}", in_name(code)),
        TextPart::Governance => "06-gouvernance".to_owned(),
        TextPart::Words => "07-paroles".to_owned(),
        TextPart::Approach => "08-demarche".to_owned(),
        TextPart::Next => "09-suite".to_owned(),
    }
}

/// A code in the name of a file: without accents nor capitals, which not every disk tells apart.
fn in_name(code: &str) -> String {
    let plain = fold(code).replace(' ', "-");
    safe_file_name(&plain, LONGEST, "fiche")
}
