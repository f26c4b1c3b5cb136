//! How the log names a question at a place.

use crate::disclosure::cleared::FigurePlace;

/// Key of a question at a place.
pub(crate) fn figure_key(place: &FigurePlace, code: &str) -> String {
    let place = match place {
        FigurePlace::Site(code) => format!("accueil {code}"),
        FigurePlace::Sector(name) => format!("secteur {name}"),
        FigurePlace::Territory => "territoire".to_owned(),
    };
    format!("{place}/{code}")
}
