//! Questionnaires that come with the program, to be cut down or rewritten.

/// A questionnaire as it is laid in `ctg/enquetes/`.
pub(crate) struct ShippedSurvey {
    /// Its file, under the folder of the observatory.
    pub file: &'static str,
    pub text: &'static str,
}

/// All of them.
pub(crate) const SHIPPED_SURVEYS: [ShippedSurvey; 4] = [
    ShippedSurvey {
        file: "ctg/enquetes/outils.toml",
        text: include_str!("../../../data/init/enquetes/outils.toml"),
    },
    ShippedSurvey {
        file: "ctg/enquetes/exp.toml",
        text: include_str!("../../../data/init/enquetes/exp.toml"),
    },
    ShippedSurvey {
        file: "ctg/enquetes/grandir_equipes.toml",
        text: include_str!("../../../data/init/enquetes/grandir_equipes.toml"),
    },
    ShippedSurvey {
        file: "ctg/enquetes/grandir_enfants.toml",
        text: include_str!("../../../data/init/enquetes/grandir_enfants.toml"),
    },
];

/// Which columns of the annual bilan of the CCT are wanted, as its questionnaire was in 2026.
pub(crate) const SHIPPED_REVIEW: ShippedSurvey = ShippedSurvey {
    file: "grids/correspondances/sphinx-cct-2026.toml",
    text: include_str!("../../../data/init/sphinx-cct-2026.toml"),
};

#[cfg(test)]
mod tests {
    use super::*;
    use crate::convention::parse_survey;

    #[test]
    fn they_hold_together() {
        for shipped in SHIPPED_SURVEYS {
            let survey = parse_survey(shipped.file, shipped.text).expect("it holds together");
            assert!(survey.items.len() >= 5, "{}", survey.code);
        }
    }
}
