//! Why a statistic cannot be given: a stated reason, never NaN (`docs/statistics.md` §0.2).

/// A machine-readable reason, with its French words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("{}", self.label())]
pub enum Reason {
    /// No value at all.
    NoData,
    /// Too few values or columns for the method.
    TooFew,
    /// Ratings never vary.
    NoVariation,
    /// Ratings vary, but not from one unit to another.
    NoVarianceBetweenUnits,
    /// No unit was rated twice.
    NoPairableUnit,
    /// Chance alone would agree always.
    ExpectedAgreementOne,
    /// The total of the scale never varies.
    NoTotalVariance,
    /// A factor explains more than the variance of an item.
    Heywood,
    /// A variable is constant.
    ConstantVariable,
    /// The pooled share is 0 or 1.
    ExtremeCommonShare,
    /// A weight is zero, negative or not finite.
    BadWeight,
    /// A value outside what the method accepts.
    BadValue,
}

impl Reason {
    /// Word of the reference vectors and of machine exports.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::NoData => "aucune_donnee",
            Self::TooFew => "trop_peu",
            Self::NoVariation => "aucune_variation",
            Self::NoVarianceBetweenUnits => "aucune_variance_entre_unites",
            Self::NoPairableUnit => "aucune_unite_appariable",
            Self::ExpectedAgreementOne => "accord_attendu_egal_1",
            Self::NoTotalVariance => "variance_totale_nulle",
            Self::Heywood => "heywood",
            Self::ConstantVariable => "variable_constante",
            Self::ExtremeCommonShare => "proportion_commune_extreme",
            Self::BadWeight => "poids_invalide",
            Self::BadValue => "valeur_invalide",
        }
    }

    /// What a person reads after « non calculable : ».
    pub fn label(self) -> &'static str {
        match self {
            Self::NoData => "aucune donnée",
            Self::TooFew => "trop peu de valeurs",
            Self::NoVariation => "les notes ne varient pas",
            Self::NoVarianceBetweenUnits => "les notes ne distinguent pas les accueils",
            Self::NoPairableUnit => "rien n’a été noté deux fois",
            Self::ExpectedAgreementOne => "toutes les notes sont dans la même modalité",
            Self::NoTotalVariance => "le total de l’échelle ne varie pas",
            Self::Heywood => "le modèle à un facteur ne convient pas à ces réponses",
            Self::ConstantVariable => "une des réponses ne varie pas",
            Self::ExtremeCommonShare => "toutes les réponses vont dans le même sens",
            Self::BadWeight => "un poids est nul ou négatif",
            Self::BadValue => "une valeur est hors de l’échelle",
        }
    }
}

/// A statistic, or why there is none.
pub type Stat<T> = Result<T, Reason>;
