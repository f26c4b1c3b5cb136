//! Why a statistic cannot be given: a stated reason, never NaN (`statistics.md` 0.2).

/// A machine-readable reason, with its French words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("{}", self.label())]
pub enum Reason {
    /// No value at all.
    NoData,
    /// A single value.
    One,
    /// Too few values or columns for the method.
    TooFew,
    /// All values are the same where variation is needed.
    Degenerate,
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
    /// The two groups do not overlap.
    CompleteSeparation,
    /// Nothing moved.
    NoChange,
    /// Every value is equal.
    AllEqual,
    /// A variable is constant.
    ConstantVariable,
    /// The matrix cannot be inverted.
    Singular,
    /// Too few sources, or a required one is missing.
    SourcesMissing,
    /// More answers than people.
    MoreThanPopulation,
    /// More questionnaires back than people eligible.
    ReturnedOverEligible,
    /// The number of eligible people is unknown.
    UnknownPopulation,
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
            Self::One => "n=1",
            Self::TooFew => "trop_peu",
            Self::Degenerate => "degenere",
            Self::NoVariation => "aucune_variation",
            Self::NoVarianceBetweenUnits => "aucune_variance_entre_unites",
            Self::NoPairableUnit => "aucune_unite_appariable",
            Self::ExpectedAgreementOne => "accord_attendu_egal_1",
            Self::NoTotalVariance => "variance_totale_nulle",
            Self::Heywood => "heywood",
            Self::CompleteSeparation => "separation_complete",
            Self::NoChange => "aucun_changement",
            Self::AllEqual => "toutes_valeurs_egales",
            Self::ConstantVariable => "variable_constante",
            Self::Singular => "matrice_singuliere",
            Self::SourcesMissing => "sources_insuffisantes",
            Self::MoreThanPopulation => "n_superieur_a_N",
            Self::ReturnedOverEligible => "retours_superieurs_a_effectif",
            Self::UnknownPopulation => "effectif_inconnu",
            Self::ExtremeCommonShare => "proportion_commune_extreme",
            Self::BadWeight => "poids_invalide",
            Self::BadValue => "valeur_invalide",
        }
    }

    /// What a person reads after « non calculable : ».
    pub fn label(self) -> &'static str {
        match self {
            Self::NoData => "aucune donnée",
            Self::One => "une seule valeur",
            Self::TooFew => "trop peu de valeurs",
            Self::Degenerate => "toutes les réponses sont identiques",
            Self::NoVariation => "les notes ne varient pas",
            Self::NoVarianceBetweenUnits => "les notes ne distinguent pas les accueils",
            Self::NoPairableUnit => "rien n’a été noté deux fois",
            Self::ExpectedAgreementOne => "toutes les notes sont dans la même modalité",
            Self::NoTotalVariance => "le total de l’échelle ne varie pas",
            Self::Heywood => "le modèle à un facteur ne convient pas à ces réponses",
            Self::CompleteSeparation => "les deux groupes ne se recouvrent pas",
            Self::NoChange => "aucun changement",
            Self::AllEqual => "toutes les valeurs sont égales",
            Self::ConstantVariable => "une des réponses ne varie pas",
            Self::Singular => "deux questions disent exactement la même chose",
            Self::SourcesMissing => "il manque une source",
            Self::MoreThanPopulation => "plus de réponses que de personnes",
            Self::ReturnedOverEligible => "plus de retours que de personnes concernées",
            Self::UnknownPopulation => "le nombre de personnes concernées n’est pas connu",
            Self::ExtremeCommonShare => "toutes les réponses vont dans le même sens",
            Self::BadWeight => "un poids est nul ou négatif",
            Self::BadValue => "une valeur est hors de l’échelle",
        }
    }
}

/// A statistic, or why there is none.
pub type Stat<T> = Result<T, Reason>;
