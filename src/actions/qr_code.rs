//! The link of an online form as a code that a telephone reads: drawn here, nothing is fetched.

use std::fmt::Write as _;

use qrcode::{Color, EcLevel, QrCode};

use crate::base::error::{Error, Result};

/// Longest link: above, a printed code is too dense for an old telephone.
const LONGEST: usize = 300;
/// White margin that readers need, in modules (ISO/IEC 18004).
const QUIET: usize = 4;

/// A code, drawn.
#[derive(Debug)]
pub(crate) struct DrawnCode {
    /// The link, as it is in the code.
    pub(crate) link: String,
    /// The site that it leads to.
    pub(crate) site: String,
    /// The drawing; its title says the link.
    pub(crate) svg: String,
}

/// Draws the code of a link.
///
/// # Errors
///
/// What is no link of a web page, is too long, or bears a password.
pub(crate) fn draw_code(typed: &str) -> Result<DrawnCode> {
    let said = |why: &str| Err(Error::Usage(format!("« {} » {why}", typed.trim())));
    let Ok(link) = url::Url::parse(typed.trim()) else {
        return said("n’est pas un lien : collez celui que l’outil donne, comme https://…");
    };
    let site = match (link.scheme(), link.host_str()) {
        ("https" | "http", Some(site)) => site.to_owned(),
        _ => return said("ne mène pas à une page du web : un lien commence par https://."),
    };
    if !link.username().is_empty() || link.password().is_some() {
        return said("contient un identifiant : il ne doit pas se lire sur une affiche.");
    }
    let link = link.to_string();
    if link.len() > LONGEST {
        return said(&format!(
            "est trop long ({} signes, {LONGEST} au plus) : demandez un lien court à l’outil.",
            link.len()
        ));
    }
    let code = QrCode::with_error_correction_level(link.as_bytes(), EcLevel::M);
    let Ok(code) = code else {
        return said("ne tient pas dans un code : demandez un lien court à l’outil.");
    };
    let svg = drawing(&code, &link);
    Ok(DrawnCode { link, site, svg })
}

/// One black path on white, a module a unit.
fn drawing(code: &QrCode, link: &str) -> String {
    let width = code.width();
    let whole = width + 2 * QUIET;
    let mut path = String::new();
    for (rank, color) in code.to_colors().into_iter().enumerate() {
        if color == Color::Dark {
            let (x, y) = (rank % width + QUIET, rank / width + QUIET);
            let _ = write!(path, "M{x} {y}h1v1h-1z");
        }
    }
    let title = link.replace('&', "&amp;").replace('<', "&lt;");
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {whole} {whole}\" width=\"320\" height=\"320\" shape-rendering=\"crispEdges\" role=\"img\"><title>{title}</title><path fill=\"#fff\" d=\"M0 0h{whole}v{whole}H0z\"/><path fill=\"#000\" d=\"{path}\"/></svg>\n"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_alone_are_drawn() {
        let drawn = draw_code(" https://enquetes.exemple.fr/index.php/123456?lang=fr&r=2 ")
            .expect("a link");
        assert_eq!(drawn.site, "enquetes.exemple.fr");
        assert!(drawn.svg.contains("lang=fr&amp;r=2") && drawn.svg.contains("fill=\"#000\""));
        for wrong in [
            "enquetes.exemple.fr",
            "javascript:alert(1)",
            "file:///C:/Users",
            "https://marie:secret@exemple.fr/",
            "",
        ] {
            assert!(draw_code(wrong).is_err(), "{wrong}");
        }
        let long = format!("https://exemple.fr/{}", "a".repeat(LONGEST));
        assert!(draw_code(&long).is_err());
    }
}
