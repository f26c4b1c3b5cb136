//! Numbers of persons and shares of few, as they may be told (`docs/confidentiality.md` §8): what one number hides, no
//! sum of others gives back.

use super::ctg_audience::CtgAudience;
use crate::base::text::{Datum, integer, rounded, share_of};
use crate::disclosure::decide::near_unanimity;

/// From how many persons something is said of them.
pub(super) const FEW: usize = 5;

/// « moins de 5 », « 10 à 14 », « environ 40 »; the number itself for the équipe projet.
pub(super) fn persons_words(n: usize, audience: CtgAudience) -> String {
    persons(n, audience).text
}

/// The same, for a table.
///
/// Numbers of persons are told within five, none of them as zero: a number that is hidden is then the difference of
/// numbers that are each known within five, and whatever is added up and taken away, several remain possible.
pub(super) fn persons(n: usize, audience: CtgAudience) -> Datum {
    let from = n / FEW * FEW;
    match n {
        _ if audience.reads_all() => Datum::count(n),
        0..FEW => Datum::words("moins de 5"),
        FEW..20 => Datum::words(format!("{from} à {}", from + FEW - 1)),
        _ => Datum {
            text: format!("environ {}", integer(from as i64)),
            ..Datum::count(from)
        },
    }
}

/// A share of persons or of services that came: in fifths under ten, in tenths beyond; « 80 % ou plus », « 20 % ou
/// moins » where nearly all or nearly none are in it, so that what each did stays open. None under five.
///
/// Never more digits, however many they are: a year less its quarters would else give a quarter back to the unit.
pub(super) fn share(n: usize, of: usize) -> Option<Datum> {
    if of < FEW {
        return None;
    }
    let nearly = near_unanimity(of);
    let value = n as f64 / of as f64;
    if value >= nearly - 1e-9 {
        let words = Datum::share(nearly);
        return Some(Datum {
            text: format!("{} ou plus", words.text),
            ..words
        });
    }
    if value <= 1.0 - nearly + 1e-9 {
        let words = Datum::share(1.0 - nearly);
        return Some(Datum {
            text: format!("{} ou moins", words.text),
            ..words
        });
    }
    let out_of = if of < 10 { 5 } else { 10 };
    let told = rounded(value * f64::from(out_of), 0) / f64::from(out_of);
    let words = share_of(told, out_of as usize);
    let datum = Datum::share(told);
    Some(Datum {
        text: if out_of == 5 {
            words
        } else {
            format!("environ {}", datum.text)
        },
        ..datum
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn few_are_untold_and_others_known_within_five() {
        let told = |n| persons_words(n, CtgAudience::Copil);
        assert_eq!(
            [told(0), told(4), told(5), told(13), told(42)],
            ["moins de 5", "moins de 5", "5 à 9", "10 à 14", "environ 40"]
        );
        assert_eq!(persons_words(3, CtgAudience::EquipeProjet), "3");
    }

    #[test]
    fn all_and_none_read_like_nearly_all_and_nearly_none() {
        assert_eq!(share(4, 4), None);
        for of in 5..60 {
            let of_all = share(of, of).expect("told").text;
            assert!(of_all.ends_with("ou plus"), "{of_all}");
            assert_eq!(share(of - 2, of).expect("told").text, of_all, "{of}");
            let of_none = share(0, of).expect("told").text;
            assert!(of_none.ends_with("ou moins"), "{of_none}");
            assert_eq!(share(2, of).expect("told").text, of_none, "{of}");
        }
    }
}
