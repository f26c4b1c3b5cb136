//! What the collectivité puts on its reports: its logo, its colour.

use std::path::Path;

use super::settings::{SETTINGS_FILE, Territory};
use crate::base::error::{Error, Result};

/// Logo and colour of the collectivité.
#[derive(Debug, Clone, Default)]
pub struct Brand {
    /// Logo.
    pub logo: Option<Logo>,
    /// Colour of accents, `#1F4E79`.
    pub couleur: Option<String>,
}

/// The file of a logo.
#[derive(Debug, Clone)]
pub struct Logo {
    /// png, jpg, jpeg or svg.
    pub extension: String,
    /// Its content.
    pub bytes: Vec<u8>,
}

const EXTENSIONS: [&str; 4] = ["png", "jpg", "jpeg", "svg"];
/// A logo is repeated in every page: a heavier one makes every report heavy.
const HEAVIEST: usize = 2 * 1024 * 1024;
/// Least contrast of text on white (WCAG 2.1, 1.4.3; RGAA 3.2).
const CONTRAST: f64 = 4.5;

impl Brand {
    /// Reads what `[territoire]` says of it.
    ///
    /// # Errors
    ///
    /// A logo that is not there, of another kind or too heavy; a colour that is no `#RRVVBB` or too
    /// light to be read on white.
    pub fn read(root: &Path, territory: &Territory) -> Result<Self> {
        let couleur = match territory.couleur.as_str() {
            "" => None,
            colour => Some(checked_colour(colour)?),
        };
        let logo = match territory.logo.as_str() {
            "" => None,
            name => Some(read_logo(root, name)?),
        };
        Ok(Self { logo, couleur })
    }
}

fn refused(key: &str, said: &str, why: &str) -> Error {
    Error::Config(format!(
        "{SETTINGS_FILE} : territoire.{key} = \"{said}\" : {why}."
    ))
}

fn read_logo(root: &Path, name: &str) -> Result<Logo> {
    let path = root.join(name);
    let extension = path.extension().map(|e| e.to_string_lossy().to_lowercase());
    let extension = extension.filter(|e| EXTENSIONS.contains(&e.as_str()));
    let Some(extension) = extension else {
        return Err(refused(
            "logo",
            name,
            "le logo est un fichier png, jpg ou svg",
        ));
    };
    let bytes = std::fs::read(&path).map_err(Error::io(&path, "lecture"))?;
    if bytes.len() > HEAVIEST {
        return Err(refused(
            "logo",
            name,
            "le logo pèse plus de 2 Mo ; allégez-le",
        ));
    }
    let known = match extension.as_str() {
        "png" => bytes.starts_with(b"\x89PNG"),
        "svg" => std::str::from_utf8(&bytes).is_ok_and(|t| t.contains("<svg")),
        _ => bytes.starts_with(&[0xFF, 0xD8]),
    };
    if !known {
        return Err(refused(
            "logo",
            name,
            "le contenu du fichier ne correspond pas à son extension",
        ));
    }
    if extension == "svg" && std::str::from_utf8(&bytes).is_ok_and(acts_by_itself) {
        let why = "le dessin contient un script ; enregistrez-le sans, ou en png";
        return Err(refused("logo", name, why));
    }
    Ok(Logo { extension, bytes })
}

/// Whether a drawing does more than draw: who opens it alone would run it.
fn acts_by_itself(svg: &str) -> bool {
    let text = svg.to_lowercase();
    let listens = text.split(char::is_whitespace).any(|word| {
        let name = word.split('=').next().unwrap_or("");
        name.len() > 2
            && word.len() > name.len()
            && name
                .strip_prefix("on")
                .is_some_and(|rest| rest.chars().all(|c| c.is_ascii_alphabetic()))
    });
    listens
        || ["<script", "javascript:", "<foreignobject"]
            .iter()
            .any(|word| text.contains(word))
}

fn checked_colour(colour: &str) -> Result<String> {
    let digits = colour
        .strip_prefix('#')
        .filter(|d| d.len() == 6 && d.is_ascii());
    let channel = |i: usize| digits.and_then(|d| u8::from_str_radix(&d[i..i + 2], 16).ok());
    let (Some(r), Some(g), Some(b)) = (channel(0), channel(2), channel(4)) else {
        return Err(refused(
            "couleur",
            colour,
            "une couleur s’écrit #RRVVBB, par exemple #1F4E79",
        ));
    };
    let contrast = 1.05 / (luminance([r, g, b]) + 0.05);
    if contrast < CONTRAST {
        let why = format!(
            "trop claire pour être lue sur du blanc (contraste {}, il en faut au moins 4,5)",
            crate::base::text::decimal1(contrast)
        );
        return Err(refused("couleur", colour, &why));
    }
    Ok(colour.to_uppercase())
}

/// Relative luminance of an sRGB colour (WCAG 2.1).
fn luminance(channels: [u8; 3]) -> f64 {
    let linear = channels.map(|c| {
        let c = f64::from(c) / 255.0;
        if c <= 0.040_45 {
            c / 12.92
        } else {
            ((c + 0.055) / 1.055).powf(2.4)
        }
    });
    0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_colour_must_be_readable() {
        assert_eq!(checked_colour("#1f4e79").expect("dark"), "#1F4E79");
        for wrong in ["#FFD700", "1F4E79", "#12345", "#GGGGGG", "rouge", "#é1234"] {
            assert!(checked_colour(wrong).is_err(), "{wrong}");
        }
        // White on black, black on white: the two ends of the scale.
        assert!((luminance([255, 255, 255]) - 1.0).abs() < 1e-9);
        assert!(luminance([0, 0, 0]).abs() < 1e-9);
    }

    #[test]
    fn a_logo_is_what_it_says() {
        let folder = tempfile::tempdir().expect("folder");
        std::fs::write(folder.path().join("logo.png"), "du texte").expect("written");
        std::fs::write(folder.path().join("logo.svg"), "<svg/>").expect("written");
        assert!(read_logo(folder.path(), "logo.png").is_err());
        assert!(read_logo(folder.path(), "logo.bmp").is_err());
        assert!(read_logo(folder.path(), "absent.png").is_err());
        assert_eq!(
            read_logo(folder.path(), "logo.svg")
                .expect("read")
                .extension,
            "svg"
        );
    }
}
