//! What a run found, gathered by what a person can say of it: names, titles and words, causes.

use std::collections::{BTreeMap, BTreeSet};

use crate::base::diagnostics::{AskedKind, AskedName, Code, Diagnostic, Severity};
use crate::base::text::fold;
use crate::intake::Intake;
use crate::intake::sources::correspondence::Correspondence;
use crate::vocabulary::config::observer_key;

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
type CauseKey<'a> = (Severity, &'static str, String, &'a str);

impl CorrectionList {
    /// What a run found; `import`: the words of its command.
    pub(crate) fn of(intake: &Intake, import: Vec<String>) -> Self {
        let files = intake.files.iter().flat_map(|file| &file.diagnostics);
        let all: Vec<&Diagnostic> = files.chain(&intake.diagnostics).collect();
        Self {
            names: names(&all),
            forms: intake.awaited.clone(),
            import,
            causes: causes(&all, &given_names(intake)),
        }
    }

    /// Names that lead to nobody, the most frequent first, with how many times each is written.
    pub(crate) fn names(&self) -> impl Iterator<Item = (&AskedName, usize)> {
        self.names.iter().map(|often| (&often.name, often.times))
    }

    /// Forms in which something waits for a person.
    pub(crate) fn forms(&self) -> &[Correspondence] {
        &self.forms
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

/// A name that is asked, with the files that write it.
struct AskedOften<'a> {
    name: &'a AskedName,
    times: usize,
    files: BTreeSet<&'a str>,
}

fn names(all: &[&Diagnostic]) -> Vec<NamedOften> {
    let mut found: BTreeMap<(AskedKind, String), AskedOften> = BTreeMap::new();
    for diagnostic in all {
        if let Some(name) = diagnostic.asks.as_deref() {
            // Asked once, however it is written: what is learnt of one writing is known of the others.
            let key = match name.kind {
                AskedKind::Structure => fold(&name.written),
                AskedKind::Observer => observer_key(&name.written),
            };
            let often = found.entry((name.kind, key)).or_insert(AskedOften {
                name,
                times: 0,
                files: BTreeSet::new(),
            });
            often.times += 1;
            often
                .files
                .insert(diagnostic.at.file.as_deref().unwrap_or(""));
        }
    }
    let mut names: Vec<NamedOften> = found
        .into_values()
        .map(|often| NamedOften {
            name: often.name.clone(),
            times: often.times,
            files: often.files.len(),
        })
        .collect();
    names.sort_by(|a, b| b.times.cmp(&a.times).then_with(|| a.name.cmp(&b.name)));
    names
}

/// Files that are kept under another name than their own, by that name: who corrects them looks for theirs.
fn given_names(intake: &Intake) -> BTreeMap<&str, &str> {
    let files = intake.files.iter();
    files
        .filter_map(|file| Some((file.name.as_str(), file.given.as_deref()?)))
        .collect()
}

/// Where something is said, under the name that the file bears on the disk.
fn place(said: &Diagnostic, given: &BTreeMap<&str, &str>) -> String {
    let at = said.at.to_string();
    let kept = said.at.file.as_deref().unwrap_or("");
    match (given.get(kept), at.strip_prefix(kept)) {
        (Some(given), Some(rest)) => format!("{given} (rangé sous « {kept} »){rest}"),
        _ => at,
    }
}

/// What is said, whichever élément it is said of: one word that no scale knows is one cause.
fn cause(said: &Diagnostic) -> String {
    const OF: &str = " dans l’échelle de « ";
    let message = &said.message;
    let cut = || {
        let (word, rest) = message.split_once(OF)?;
        let (_, scale) = rest.split_once(" »")?;
        Some(format!("{word} dans l’échelle{scale}"))
    };
    let is_word = said.code == Code::ValueOutOfScale;
    cut().filter(|_| is_word).unwrap_or_else(|| message.clone())
}

fn causes(all: &[&Diagnostic], given: &BTreeMap<&str, &str>) -> Vec<ListedCause> {
    let mut found: BTreeMap<CauseKey, Vec<String>> = BTreeMap::new();
    for said in all {
        let key = (
            said.severity(),
            said.code.as_str(),
            cause(said),
            said.remedy.as_ref(),
        );
        found.entry(key).or_default().push(place(said, given));
    }
    let mut causes: Vec<ListedCause> = found
        .into_iter()
        .map(|((severity, code, message, remedy), places)| ListedCause {
            severity,
            code,
            message,
            remedy: remedy.to_owned(),
            places,
        })
        .collect();
    causes.sort_by_key(|cause| (cause.severity, std::cmp::Reverse(cause.places.len())));
    causes
}
