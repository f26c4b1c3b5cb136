//! Files that were dropped: on the disk as they come, no larger than `importer` reads, under names that lead
//! nowhere.

use std::io::Write;

use axum::extract::Multipart;
use axum::extract::multipart::Field;
use tempfile::NamedTempFile;

use crate::base::error::{Error, Result};
use crate::base::text::safe_file_name;
use crate::pages::dropped_file::Upload;

/// The same as `importer`: what a collection may hold.
const MAX_FILE: u64 = 256 << 20;
/// All files of a request together.
const MAX_ALL: u64 = 1 << 30;
/// Text of a field.
const MAX_TEXT: usize = 1 << 20;
/// Fields and files of a request.
const MAX_PARTS: usize = 5_000;
/// Letters of a name.
const LONGEST_NAME: usize = 120;

/// What a form with files held.
#[derive(Debug, Default)]
pub(super) struct FormParts {
    pub(super) fields: Vec<(String, String)>,
    pub(super) files: Vec<Upload>,
}

/// Reads a form with files.
///
/// # Errors
///
/// What exceeds a bound, a connection that is cut, a disk that is full.
pub(super) async fn read_parts(mut form: Multipart) -> Result<FormParts> {
    let mut parts = FormParts::default();
    let mut room = MAX_ALL;
    for _ in 0..MAX_PARTS {
        let Some(field) = form.next_field().await.map_err(cut)? else {
            return Ok(parts);
        };
        let name = field.name().unwrap_or_default().to_owned();
        match field.file_name().map(str::to_owned) {
            // A browser sends an empty file where none was chosen.
            Some(given) if given.is_empty() => {}
            Some(given) => parts.files.push(file(field, &given, &mut room).await?),
            None => parts.fields.push((name, text(field).await?)),
        }
    }
    Err(Error::Usage(format!(
        "Plus de {MAX_PARTS} fichiers à la fois : déposez-les en plusieurs fois."
    )))
}

async fn file(mut field: Field<'_>, given: &str, room: &mut u64) -> Result<Upload> {
    let mut file = NamedTempFile::new().map_err(Error::io(std::env::temp_dir(), "écriture"))?;
    let mut size = 0;
    while let Some(chunk) = field.chunk().await.map_err(cut)? {
        size += chunk.len() as u64;
        if size > MAX_FILE {
            return Err(Error::Usage(format!(
                "« {given} » dépasse 256 Mio : ce n’est pas une grille. Rien n’a été reçu."
            )));
        }
        *room = room.checked_sub(chunk.len() as u64).ok_or_else(|| {
            Error::Usage("Ces fichiers dépassent ensemble 1 Gio : déposez-les en plusieurs fois. Rien n’a été reçu.".to_owned())
        })?;
        let path = file.path().to_owned();
        file.write_all(&chunk)
            .map_err(Error::io(path, "écriture"))?;
    }
    Ok(Upload {
        name: plain_name(given),
        file,
    })
}

async fn text(mut field: Field<'_>) -> Result<String> {
    let mut bytes = Vec::new();
    while let Some(chunk) = field.chunk().await.map_err(cut)? {
        if bytes.len() + chunk.len() > MAX_TEXT {
            return Err(Error::Usage(
                "Un texte dépasse ce qu’un formulaire peut contenir (1 Mio).".to_owned(),
            ));
        }
        bytes.extend_from_slice(&chunk);
    }
    String::from_utf8(bytes)
        .map_err(|_| Error::Usage("Un texte du formulaire n’est pas lisible.".to_owned()))
}

fn cut(_: axum::extract::multipart::MultipartError) -> Error {
    Error::Usage(
        "L’envoi s’est interrompu avant la fin : rien n’a été reçu. Recommencez.".to_owned(),
    )
}

/// What a browser calls it, without the folders that it may add.
fn plain_name(given: &str) -> String {
    let last = given.rsplit(['/', '\\']).next().unwrap_or(given);
    // Cut in the middle: the end says what kind of file it is.
    let (stem, end) = last.rsplit_once('.').unwrap_or((last, ""));
    let stem = safe_file_name(stem, LONGEST_NAME, "Fichier");
    match safe_file_name(end, 8, "") {
        end if end.is_empty() => stem,
        end => format!("{stem}.{end}"),
    }
}

#[cfg(test)]
mod tests {
    use super::plain_name;

    #[test]
    fn no_name_is_a_path() {
        for (given, kept) in [
            ("Grille R01.xlsx", "Grille R01.xlsx"),
            ("C:\\Users\\x\\Grille été.xlsx", "Grille été.xlsx"),
            ("../../etc/passwd", "passwd"),
            ("..", "Fichier"),
            ("a/..\\..", "Fichier"),
            ("con.xlsx", "Fichier con.xlsx"),
            ("a:b|c?.csv", "a-b-c-.csv"),
            (".htaccess", "Fichier.htaccess"),
        ] {
            assert_eq!(plain_name(given), kept, "{given}");
        }
        let long = format!("{}.xlsx", "é".repeat(500));
        assert!(
            plain_name(&long).chars().count() < 130
                && plain_name(&long).rsplit('.').next() == Some("xlsx")
        );
    }
}
