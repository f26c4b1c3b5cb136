//! What a run found, gathered by what a person can say of it: names, titles and words, causes.

use std::collections::{BTreeMap, BTreeSet};

use crate::base::diagnostics::{AskedName, Diagnostic, Severity};
use crate::intake::Intake;
use crate::intake::sources::correspondence::Correspondence;

/// What is to be corrected.
#[derive(Debug, Default)]
pub(crate) struct CorrectionList {
    /// Names that lead to nobody, the most frequent first.
    pub(super) names: Vec<NamedOften>,
    /// Columns and words that wait for someone, one file of correspondences each.
    pub(super) forms: Vec<Correspondence>,
    /// Words of the import that it is of, to run again once it is filled in.
    pub(super) import: Vec<String>,
    /// Every remark, by cause.
    pub(super) causes: Vec<ListedCause>,
}

/// A name, and how often it is written.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct NamedOften {
    pub(super) name: AskedName,
    pub(super) times: usize,
    pub(super) files: usize,
}

/// What is said in the same words, and where.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct ListedCause {
    pub(super) severity: Severity,
    pub(super) code: &'static str,
    pub(super) message: String,
    pub(super) remedy: String,
    pub(super) places: Vec<String>,
}

/// Remarks said in the same words.
type CauseKey<'a> = (Severity, &'static str, &'a str, &'a str);

impl CorrectionList {
    /// What a run found; `import`: the words of its command.
    pub(crate) fn of(intake: &Intake, import: Vec<String>) -> Self {
        let files = intake.files.iter().flat_map(|file| &file.diagnostics);
        let all: Vec<&Diagnostic> = files.chain(&intake.diagnostics).collect();
        Self {
            names: names(&all),
            forms: intake.awaited.clone(),
            import,
            causes: causes(&all),
        }
    }

    /// How many questions it asks that are answered in it.
    pub(crate) fn questions(&self) -> usize {
        let columns = |form: &Correspondence| form.columns.iter().filter(|c| !c.confirmed).count();
        let words = |form: &Correspondence| form.words.iter().filter(|w| !w.confirmed).count();
        let forms = self.forms.iter().map(|form| columns(form) + words(form));
        self.names.len() + forms.sum::<usize>()
    }

    /// How many causes it lists.
    pub(crate) fn causes(&self) -> usize {
        self.causes.len()
    }
}

fn names(all: &[&Diagnostic]) -> Vec<NamedOften> {
    let mut found: BTreeMap<&AskedName, (usize, BTreeSet<&str>)> = BTreeMap::new();
    for diagnostic in all {
        if let Some(name) = diagnostic.asks.as_deref() {
            let (times, files) = found.entry(name).or_default();
            *times += 1;
            files.insert(diagnostic.at.file.as_deref().unwrap_or(""));
        }
    }
    let mut names: Vec<NamedOften> = found
        .into_iter()
        .map(|(name, (times, files))| NamedOften {
            name: name.clone(),
            times,
            files: files.len(),
        })
        .collect();
    names.sort_by(|a, b| b.times.cmp(&a.times).then_with(|| a.name.cmp(&b.name)));
    names
}

fn causes(all: &[&Diagnostic]) -> Vec<ListedCause> {
    let mut found: BTreeMap<CauseKey, Vec<String>> = BTreeMap::new();
    for said in all {
        let key = (
            said.severity(),
            said.code.as_str(),
            said.message.as_str(),
            said.remedy.as_ref(),
        );
        found.entry(key).or_default().push(said.at.to_string());
    }
    let mut causes: Vec<ListedCause> = found
        .into_iter()
        .map(|((severity, code, message, remedy), places)| ListedCause {
            severity,
            code,
            message: message.to_owned(),
            remedy: remedy.to_owned(),
            places,
        })
        .collect();
    causes.sort_by_key(|cause| (cause.severity, std::cmp::Reverse(cause.places.len())));
    causes
}
