//! One cell against one scale: a level, a reasoned absence, or an error that says what is admitted.

use crate::base::diagnostics::Code;
use crate::base::sheets::UNCOMPUTED;
use crate::base::text::{fold, iso_date, short};
use crate::vocabulary::referentiel::{Absence, Element, MICRO, Scale};

/// Status of an answer; tables hold it by its rank: an order that is never changed, only added to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, strum::FromRepr)]
#[repr(u32)]
pub enum Statut {
    /// Scored.
    Note,
    /// Non concerné: leaves the mean and the coverage.
    Nc,
    /// Non observé that day: leaves the mean, counts against coverage.
    No,
    /// Ne sait pas.
    Nsp,
    /// Nothing written.
    Vide,
}

impl Statut {
    /// Word of the long table.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Note => "note",
            Self::Nc => "nc",
            Self::No => "no",
            Self::Nsp => "nsp",
            Self::Vide => "vide",
        }
    }

    /// The status of a word of the long table.
    pub(crate) fn of(word: &str) -> Option<Self> {
        let all = [Self::Note, Self::Nc, Self::No, Self::Nsp, Self::Vide];
        all.into_iter().find(|s| s.as_str() == word)
    }

    /// What a person reads.
    pub fn label(self) -> &'static str {
        match self {
            Self::Note => "noté",
            Self::Nc => "non concerné",
            Self::No => "non observé",
            Self::Nsp => "ne sait pas",
            Self::Vide => "sans réponse",
        }
    }
}

/// A cell, typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Typed {
    /// Status.
    pub statut: Statut,
    /// Level in micro-levels.
    pub micro: Option<i32>,
    /// Position in the scale, polarity applied.
    pub modality: Option<u32>,
}

impl Typed {
    pub(super) fn absent(statut: Statut) -> Self {
        Self {
            statut,
            micro: None,
            modality: None,
        }
    }
}

/// Types a cell against the scale of an élément. The scale's own words win over the general ones.
///
/// # Errors
///
/// The code of the diagnostic and its French sentence.
pub(super) fn type_cell(
    raw: &str,
    comment: &str,
    element: &Element,
    imperatif: bool,
    scale: &Scale,
) -> Result<Typed, (Code, String)> {
    if raw.is_empty() {
        return Ok(Typed::absent(Statut::Vide));
    }
    if let Some(position) = scale.find(raw) {
        return Ok(scored(position, element, scale));
    }
    if let Some(position) = element.anchored_level(scale, raw) {
        return Ok(scored(position, element, scale));
    }
    if scale.is_finding() && ["nc", "n.c", "n/c"].contains(&fold(raw).trim_end_matches('.')) {
        let message = format!(
            "« {raw} » sur « {} » : « non conforme » (NF) ou « non concerné » (SO) ?",
            element.code
        );
        return Err((Code::ValueOutOfScale, message));
    }
    let statut = match Absence::of(raw).filter(|a| scale.admits(*a)) {
        Some(Absence::Nc) => Statut::Nc,
        Some(Absence::No) => Statut::No,
        Some(Absence::Nsp) => Statut::Nsp,
        None => {
            return Err((
                Code::ValueOutOfScale,
                out_of_scale(raw, element, scale, imperatif),
            ));
        }
    };
    if statut == Statut::Nc && imperatif {
        let message = format!(
            "« NC » sur « {} », élément d’un critère impératif.",
            element.code
        );
        return Err((Code::NcOnImperatif, message));
    }
    if statut == Statut::Nc && comment.trim().is_empty() {
        let message = format!("« NC » sur « {} » sans motif écrit.", element.code);
        return Err((Code::NcWithoutReason, message));
    }
    Ok(Typed::absent(statut))
}

/// What an élément makes of a modality, by its position in the scale.
pub(crate) fn scored(position: usize, element: &Element, scale: &Scale) -> Typed {
    let flip = |micro: i64| {
        if element.negative {
            5 * MICRO - micro
        } else {
            micro
        }
    };
    let rank = if element.negative {
        scale.modalities.len() - 1 - position
    } else {
        position
    };
    Typed {
        statut: Statut::Note,
        micro: scale.modalities[position]
            .micro
            .filter(|_| scale.converted)
            .map(|micro| flip(micro) as i32),
        modality: Some(rank as u32),
    }
}

fn out_of_scale(raw: &str, element: &Element, scale: &Scale, imperatif: bool) -> String {
    let mut allowed: Vec<&str> = scale.modalities.iter().map(|m| m.code.as_str()).collect();
    if scale.nc && !imperatif {
        allowed.push(if scale.is_finding() { "SO" } else { "NC" });
    }
    if scale.no {
        allowed.push("NO");
    }
    if scale.nsp {
        allowed.push("NSP");
    }
    let shown = short(raw, 40);
    format!(
        "« {shown} » n’existe pas dans l’échelle de « {} » ({}){}.",
        element.code,
        allowed.join(", "),
        what_happened(raw).to_owned() + &finding_figures(raw, scale)
    )
}

/// What the other figures are read as on a scale of facts: emptied, the middle ones would leave the best alone.
fn finding_figures(raw: &str, scale: &Scale) -> String {
    let is_figure = ["1", "2", "3", "4"].contains(&raw.trim());
    let read = ["1", "4"].map(|figure| {
        let at = scale.find(figure)?;
        let label = &scale.modalities[at].label;
        Some(format!("« {figure} » y est lu « {label} »"))
    });
    match read {
        [Some(low), Some(high)] if is_figure && scale.is_finding() => format!(
            " : {low}, {high}, et rien n’est entre les deux ; décidez ligne par ligne, sans laisser la case vide (il ne resterait que les bonnes notes)"
        ),
        _ => String::new(),
    }
}

/// What probably happened to a note that no longer reads as one.
fn what_happened(raw: &str) -> &'static str {
    let digit = |c: char| c.is_ascii_digit();
    let lone = raw.chars().filter(|c| digit(*c)).count() == 1;
    let letters = raw.chars().any(char::is_alphabetic);
    if raw == UNCOMPUTED {
        " : ouvrez le classeur dans Excel ou LibreOffice, laissez-le calculer, et enregistrez-le"
    } else if iso_date(raw).is_some() {
        " : Excel a sans doute changé la note en date (« 3/4 » devient le 3 avril) ; retapez-la"
    } else if lone && letters {
        " : écrivez la note seule, et le reste en commentaire"
    } else if lone && raw.chars().any(|c| "+-–—−_".contains(c)) {
        " : un signe accompagne la note ; écrivez-la seule"
    } else {
        ""
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::vocabulary::referentiel::{embedded, parse};

    #[test]
    fn a_figure_between_two_facts_says_what_the_others_are_read_as() {
        let r = parse("v2", embedded()).expect("the référentiel");
        let fact = r.elements.iter().find(|e| {
            let scale = &r.scales[e.scale];
            scale.is_finding() && scale.find("4").is_some()
        });
        let fact = fact.expect("a fact");
        let scale = &r.scales[fact.scale];
        let said = type_cell("3", "", fact, false, scale)
            .expect_err("refused")
            .1;
        assert!(
            said.contains("« 1 » y est lu « Non conforme »") && said.contains("sans laisser"),
            "{said}"
        );
        let word = type_cell("bof", "", fact, false, scale)
            .expect_err("refused")
            .1;
        assert!(!word.contains("y est lu"), "{word}");
    }
}
