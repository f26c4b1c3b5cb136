//! The weight of an axe in a composite, as people write it: `REL=2`.

use std::str::FromStr;

/// An axe and its weight.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct CompositeWeight {
    /// Code of the axe.
    pub axe: String,
    /// Positive.
    pub weight: f64,
}

impl FromStr for CompositeWeight {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        read(text).ok_or_else(|| format!("« {text} » : écrivez AXE=POIDS, par exemple REL=2"))
    }
}

fn read(text: &str) -> Option<CompositeWeight> {
    let (axe, weight) = text.split_once('=')?;
    let weight: f64 = weight.trim().replace(',', ".").parse().ok()?;
    (weight.is_finite() && weight > 0.0).then(|| CompositeWeight {
        axe: axe.trim().to_uppercase(),
        weight,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_weight_is_positive_and_may_have_a_comma() {
        let read = " rel = 1,5".parse();
        let expected = CompositeWeight {
            axe: "REL".to_owned(),
            weight: 1.5,
        };
        assert_eq!(read, Ok(expected));
        for wrong in ["REL", "REL=0", "REL=-1", "REL=inf", "REL="] {
            assert!(wrong.parse::<CompositeWeight>().is_err(), "{wrong}");
        }
    }
}
