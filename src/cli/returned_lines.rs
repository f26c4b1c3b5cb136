//! What became of the workbooks to send back, in words and for programs.

use serde_json::{Value, json};

use crate::actions::importer::ImportOutcome;
use crate::actions::returned_workbook::{ReturnFate, ReturnOutcome, ReturnedFile};
use crate::base::text::count;

/// One line a file that has something wrong.
pub(super) fn returned_of(outcome: &ImportOutcome) -> String {
    let Some(returned) = outcome.returned.as_ref().filter(|r| !r.files.is_empty()) else {
        return String::new();
    };
    let lines = returned.files.iter().map(|f| format!("  {}\n", f.told()));
    format!("\nÀ renvoyer\n{}", lines.collect::<String>())
}

/// « À renvoyer : 3 classeurs dans renvois ; 1 fichier ne peut pas être marqué. »
pub(super) fn return_line(outcome: &ImportOutcome) -> String {
    let Some(returned) = &outcome.returned else {
        return String::new();
    };
    if returned.files.is_empty() {
        return "\nÀ renvoyer : rien, aucun fichier n’a de remarque.".to_owned();
    }
    let unmarked = returned.files.len() - returned.made();
    let rest = match unmarked {
        0 => String::new(),
        n => format!(
            " ; {}",
            count(
                n,
                "fichier ne peut pas être marqué",
                "fichiers ne peuvent pas être marqués"
            )
        ),
    };
    format!(
        "\nÀ renvoyer : {} dans {}{rest}.",
        count(returned.made(), "classeur", "classeurs"),
        returned.dir.display()
    )
}

/// For programs: a name that is not kept is not told.
pub(super) fn returned_json(returned: &ReturnOutcome) -> Value {
    let files = returned.files.iter().map(file_json);
    json!({
        "dossier": returned.dir.display().to_string(),
        "classeurs": returned.made(),
        "fichiers": files.collect::<Vec<Value>>(),
    })
}

fn file_json(file: &ReturnedFile) -> Value {
    match &file.fate {
        ReturnFate::Made {
            path,
            stood,
            cells,
            unnoted,
            elsewhere,
        } => {
            let name = path.file_name().map(|n| n.to_string_lossy().into_owned());
            json!({
                "fichier": file.name,
                "sha256": file.sha256,
                "classeur": name.filter(|_| file.given.is_none()),
                "cellules": cells,
                "sans_note": unnoted,
                "hors_cellule": elsewhere,
                "deja_la": stood,
            })
        }
        ReturnFate::Unmarked { why, remarks } => json!({
            "fichier": file.name,
                "sha256": file.sha256,
            "classeur": null,
            "raison": why,
            "remarques": remarks,
        }),
    }
}
