//! Templates: embedded in the binary, each overridden by a file of the same name in the folder's
//! `reports/modeles`.

use std::fmt::Write;
use std::path::Path;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use minijinja::{AutoEscape, Environment, UndefinedBehavior};
use serde::Serialize;

use crate::base::error::{Error, Result};
use crate::base::text::{nbsp, visible};
use crate::vocabulary::config::Brand;

macro_rules! embedded {
    ($($name:literal),* $(,)?) => {
        &[$(($name, include_str!(concat!("../../reports/modeles/", $name)))),*]
    };
}

const EMBEDDED: &[(&str, &str)] = embedded![
    "base.html",
    "blocs.html",
    "equipe.html",
    "elus.html",
    "ctg.html",
    "familles.html",
    "renouvellement.html",
    "pratiques.html",
    "index.html",
    "style.css",
    "tableaux.js",
    "rapport.typ",
];

/// The logo as a data address, empty without logo.
fn address(brand: &Brand) -> String {
    let Some(logo) = &brand.logo else {
        return String::new();
    };
    let kind = match logo.extension.as_str() {
        "svg" => "svg+xml",
        "jpg" => "jpeg",
        other => other,
    };
    format!("data:image/{kind};base64,{}", STANDARD.encode(&logo.bytes))
}

const REGULAR: &[u8] = include_bytes!("../../reports/modeles/polices/atkinson-next-400.woff2");
const BOLD: &[u8] = include_bytes!("../../reports/modeles/polices/atkinson-next-700.woff2");

/// Where the style sheet goes in a page: it is laid in last, since it is the same for hundreds of pages, half
/// of each, and nothing in it is set or checked again. No text of a page can hold it: « / » is escaped there.
const STYLE: &str = "/*feuille de style*/";
/// The same for the script that sorts and filters tables.
const SCRIPT: &str = "/*tableaux*/";

/// All templates, compiled once.
pub struct Templates {
    environment: Environment<'static>,
    style: String,
    script: String,
    logo: String,
    brand: Brand,
    typst: String,
}

impl Templates {
    /// The embedded templates, those of `folder` in their place when they exist.
    ///
    /// # Errors
    ///
    /// A template that cannot be read, or with a mistake of syntax.
    pub fn load(folder: &Path, brand: Brand) -> Result<Self> {
        Self::of(Some(folder), brand)
    }

    /// The embedded templates alone, for pages that belong to no folder.
    ///
    /// # Errors
    ///
    /// None: the tests read every one of them.
    pub(crate) fn embedded() -> Result<Self> {
        Self::of(None, Brand::default())
    }

    fn of(folder: Option<&Path>, brand: Brand) -> Result<Self> {
        let mut environment = Environment::new();
        environment.set_undefined_behavior(UndefinedBehavior::Strict);
        environment.set_auto_escape_callback(|_| AutoEscape::Html);
        let (mut style, mut script, mut typst) = (String::new(), String::new(), String::new());
        for (name, embedded) in EMBEDDED {
            let own = folder.map(|f| f.join(name)).filter(|f| f.is_file());
            let text = match own {
                Some(own) => crate::vocabulary::config::read_text(&own)?,
                None => (*embedded).to_owned(),
            };
            match *name {
                "style.css" => style = format!("{}{text}", faces()),
                "rapport.typ" => typst = text,
                "tableaux.js" => script = text,
                name => environment
                    .add_template_owned(name, text)
                    .map_err(|e| mistake(&e))?,
            }
        }
        if let Some(colour) = &brand.couleur {
            let _ = writeln!(style, ":root{{--accent:{colour}}}");
        }
        Ok(Self {
            environment,
            style: visible(&style).into_owned(),
            script: visible(&script).into_owned(),
            logo: address(&brand),
            brand,
            typst,
        })
    }

    /// A page from its content.
    pub(super) fn render<T: Serialize>(&self, name: &str, content: &T) -> Result<String> {
        let template = self
            .environment
            .get_template(name)
            .map_err(|e| mistake(&e))?;
        let (style, script, logo) = (STYLE, SCRIPT, &self.logo);
        template
            .render(minijinja::context! { style, script, logo, page => minijinja::value::Serde(content) })
            .map(|page| {
                let page = typeset(&visible(&page));
                page.replace(STYLE, &self.style).replace(SCRIPT, &self.script)
            })
            .map_err(|e| mistake(&e))
    }

    /// What the collectivité puts on its reports.
    pub(super) fn brand(&self) -> &Brand {
        &self.brand
    }

    /// The template of PDF reports, and what the collectivité puts on them.
    #[cfg(feature = "pdf")]
    pub(super) fn typst(&self) -> (&str, &Brand) {
        (&self.typst, &self.brand)
    }
}

/// French typography in what is read: between tags, the style sheet left alone; what stands in a box to be typed in is
/// somebody's, and comes back as it was.
pub(crate) fn typeset(page: &str) -> String {
    let mut out = String::with_capacity(page.len() + 1024);
    let mut rest = page;
    while let Some(open) = rest.find('<') {
        set(&rest[..open], &mut out);
        let tag = &rest[open..];
        let end = if tag.starts_with("<style") {
            tag.find("</style>").map(|i| i + "</style>".len())
        } else if tag.starts_with("<script") {
            tag.find("</script>").map(|i| i + "</script>".len())
        } else if tag.starts_with("<code") {
            // A path, a file name, a code: what is copied from the page is what it is.
            tag.find("</code>").map(|i| i + "</code>".len())
        } else if tag.starts_with("<textarea") {
            tag.find("</textarea>").map(|i| i + "</textarea>".len())
        } else {
            tag.find('>').map(|i| i + 1)
        };
        let close = end.unwrap_or(tag.len());
        out.push_str(&tag[..close]);
        rest = &tag[close..];
    }
    set(rest, &mut out);
    out
}

/// Adds a text between two tags.
fn set(text: &str, out: &mut String) {
    if text.contains("&#x27;") && !names_a_place(text) {
        out.push_str(&nbsp(&text.replace("&#x27;", "’")));
    } else {
        out.push_str(&nbsp(text));
    }
}

/// What ends the names of files that people open.
const FILE_ENDS: [&str; 11] = [
    ".xlsx", ".xls", ".ods", ".csv", ".tsv", ".docx", ".pdf", ".html", ".zip", ".toml", ".md",
];

/// Whether a text between two tags holds a path or the name of a file: its apostrophes are those of the disk, and
/// would lead nowhere otherwise. « / » is « &#x2f; » by then; that of a date stands within a word.
fn names_a_place(text: &str) -> bool {
    let from_root = text.split_whitespace().any(|word| {
        let word = word.trim_start_matches(['«', '(', '“', '"']);
        word.starts_with("&#x2f;") || word.starts_with("\\\\") || {
            let mut letters = word.chars();
            let drive = letters.next().is_some_and(|c| c.is_ascii_alphabetic());
            drive && letters.as_str().starts_with(":\\")
        }
    });
    from_root || {
        let small = text.to_lowercase();
        FILE_ENDS.iter().any(|end| small.contains(end))
    }
}

/// A mistake in a template: file, line, and what the engine says.
fn mistake(error: &minijinja::Error) -> Error {
    let file = error.name().unwrap_or("modèle");
    let place = match (error.line(), error.range()) {
        (Some(line), Some(range)) => {
            let column = error
                .template_source()
                .map(|source| crate::base::toml_error::line_column(source, range.start).1);
            column.map_or_else(
                || format!(", ligne {line}"),
                |c| format!(", ligne {line}, colonne {c}"),
            )
        }
        (Some(line), None) => format!(", ligne {line}"),
        _ => String::new(),
    };
    Error::Render(format!(
        "reports/modeles/{file}{place} : {}. Corrigez le modèle, ou supprimez-le pour reprendre celui du programme.",
        error
            .detail()
            .map_or_else(|| error.kind().to_string(), str::to_owned)
    ))
}

/// The embedded face, so that a page alone looks the same everywhere.
fn faces() -> String {
    [(400, REGULAR), (700, BOLD)]
        .map(|(weight, bytes)| {
            format!(
                "@font-face{{font-family:'Atkinson Hyperlegible Next';font-weight:{weight};font-display:swap;src:url(data:font/woff2;base64,{}) format('woff2')}}\n",
                STANDARD.encode(bytes)
            )
        })
        .concat()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn typography_stays_out_of_tags_and_styles() {
        let page = "<style>a : b</style><p title=\"a : b\">l&#x27;eau : « x » ?</p>";
        let set = "<style>a : b</style><p title=\"a : b\">l’eau\u{a0}: «\u{a0}x\u{a0}»\u{a0}?</p>";
        assert_eq!(typeset(page), set);
        let typed = "<textarea rows=\"2\">l&#x27;eau ; « x » ?</textarea>";
        assert_eq!(typeset(typed), typed);
    }

    #[test]
    fn what_is_copied_from_a_page_leads_where_it_says() {
        for place in [
            "Dossier : &#x2f;home&#x2f;u&#x2f;Val d&#x27;Orne",
            "<code>Val d&#x27;Orne ; ici</code>",
            "C:\\Users\\u\\Val d&#x27;Orne",
            "L&#x27;été.XLSX",
        ] {
            assert!(typeset(place).contains("d&#x27;Orne") || place.contains("XLSX"));
            assert!(!typeset(place).contains('’'), "{place}");
        }
        let dated = "le 12&#x2f;05&#x2f;2026, l&#x27;eau";
        assert_eq!(typeset(dated), "le 12&#x2f;05&#x2f;2026, l’eau");
    }

    #[test]
    fn a_mistake_in_a_template_is_placed() {
        let folder = tempfile::tempdir().expect("folder");
        std::fs::write(
            folder.path().join("index.html"),
            "<p>\n{{ page.tete.titre }\n",
        )
        .expect("written");
        let error = Templates::load(folder.path(), Brand::default())
            .err()
            .expect("refused")
            .to_string();
        assert!(error.contains("index.html, ligne 2"), "{error}");
    }
}
