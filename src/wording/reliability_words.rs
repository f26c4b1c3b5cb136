//! What is said of a questionnaire's consistency and of a trainee's agreement with the master.

use crate::figures::reliability::{
    LEAST_ANSWERS, LEAST_ELEMENTS, LEAST_FOR_OMEGA, LEAST_VISITS, QuestionnaireScale, Trainee,
};

/// Under this alpha questions do not make one scale.
const LOW_ALPHA: f64 = 0.6;

/// What keeps a questionnaire's coefficients from being read, empty when nothing does.
pub(crate) fn warning(scale: &QuestionnaireScale) -> String {
    let alpha = match &scale.alpha {
        Err(reason) => return format!("non calculable : {}", reason.label()),
        Ok(a) => a.alpha,
    };
    let omega = scale.omega.as_ref().map_err(|r| *r).and_then(|o| o.omega);
    match omega {
        _ if scale.is_fragile() => {
            format!("moins de {LEAST_ANSWERS} réponses complètes : ne concluez rien")
        }
        _ if alpha < 0.0 => "coefficient négatif : une question est sans doute inversée".to_owned(),
        _ if alpha < LOW_ALPHA => "les questions ne forment pas une seule échelle".to_owned(),
        Err(_) if scale.complete < LEAST_FOR_OMEGA => {
            format!("oméga donné à partir de {LEAST_FOR_OMEGA} réponses complètes")
        }
        Err(reason) => format!("oméga non calculable : {}", reason.label()),
        Ok(_) => String::new(),
    }
}

/// What to tell a trainee.
pub(crate) fn verdict(trainee: &Trainee) -> String {
    let pass = match &trainee.calibration {
        Ok(c) => c.pass,
        Err(reason) => return format!("non calculable : {}", reason.label()),
    };
    match (trainee.is_certified(), pass) {
        (true, _) => "prêt à observer seul".to_owned(),
        (false, true) => format!(
            "accord suffisant, sur trop peu : il faut {LEAST_ELEMENTS} éléments et {LEAST_VISITS} visites"
        ),
        (false, false) => "à reprendre en binôme".to_owned(),
    }
}
