//! The activity indicators I01–I23, as a référentiel may name them (`docs/domain.md` §5), and O1–O3, which the
//! convention territoriale globale asks of its observatory and no référentiel may score.

/// What an activity indicator is counted in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, strum::IntoStaticStr)]
pub enum ActivityUnit {
    /// A share, 0 to 1, printed in percents.
    #[strum(serialize = "%")]
    Share,
    /// So many times.
    #[strum(serialize = "rapport")]
    Ratio,
    /// Hours.
    #[strum(serialize = "h")]
    Hours,
    /// Children.
    #[strum(serialize = "enfants")]
    Children,
    /// Times per hundred days open.
    #[strum(serialize = "pour 100 jours")]
    PerHundredDays,
    /// Accidents.
    #[strum(serialize = "accidents")]
    Accidents,
}

impl ActivityUnit {
    /// What a person reads.
    pub fn as_str(self) -> &'static str {
        self.into()
    }
}

macro_rules! activities {
    ($($code:ident $unit:ident $label:literal $formula:literal;)*) => {
        /// An activity indicator.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        #[derive(strum::IntoStaticStr, strum::EnumString, strum::VariantArray)]
        pub enum ActivityCode {
            $(#[doc = $label] $code,)*
        }

        impl ActivityCode {
            /// What a person reads.
            pub fn label(self) -> &'static str {
                match self { $(Self::$code => $label,)* }
            }

            /// What it is counted in.
            pub fn unit(self) -> ActivityUnit {
                match self { $(Self::$code => ActivityUnit::$unit,)* }
            }

            /// What is divided by what, or counted.
            pub fn formula(self) -> &'static str {
                match self { $(Self::$code => $formula,)* }
            }
        }
    };
}

// Code, unit, label, formula: in the order of every table.
activities! {
    I01 Share "Taux d’occupation"
        "heures réalisées / heures de capacité ouverte";
    I02 Share "Taux de fréquentation"
        "présences / inscriptions";
    I03 Share "Couverture"
        "enfants accueillis / enfants scolarisés de 3 à 11 ans";
    I04 Share "Séances conformes au taux d’encadrement"
        "séances où les animateurs suffisent / séances examinées (CASF R.227-15 et R.227-16)";
    I05a Ratio "Marge d’encadrement, médiane"
        "animateurs présents / requis, médiane des séances";
    I05b Ratio "Marge d’encadrement, minimum"
        "animateurs présents / requis, plus petite valeur";
    I06a Share "Qualifiés sur l’effectif requis"
        "qualifiés présents / animateurs requis (CASF R.227-12)";
    I06b Share "Diplômés dans l’équipe"
        "postes diplômés / postes occupés";
    I06c Share "Séances conformes à la qualification"
        "séances où qualifiés et non-qualifiés respectent R.227-12 / séances examinées";
    I07a Share "Non-qualifiés sur l’effectif requis"
        "non-qualifiés présents / animateurs requis";
    I07b Share "Non-diplômés dans l’équipe"
        "postes sans diplôme / postes occupés";
    I08 Share "Renouvellement de l’équipe"
        "départs sur douze mois / effectif moyen";
    I09 Share "Stabilité vue de l’enfant"
        "séances avec un référent connu / séances observées";
    I10 Hours "Heures de préparation payées"
        "heures de préparation / animateurs";
    I11 Share "Participation aux formations"
        "animateurs formés dans l’année / animateurs";
    I12a Share "Participation de l’équipe à la campagne"
        "auto-évaluation rendue (1) ou non (0)";
    I12b Share "Participation des animateurs à la campagne"
        "réponses d’animateurs / animateurs";
    I13a Children "Bénéficiaires de l’AEEH"
        "déclaration Caf";
    I13b Hours "Heures d’accueil d’enfants bénéficiaires de l’AEEH"
        "déclaration Caf";
    I14 Share "Accueils préparés par un protocole"
        "protocoles écrits / enfants concernés";
    I15 Share "Participation des familles"
        "familles présentes à un temps fort ou une instance / familles";
    I16 Share "Taux de réponse des familles"
        "réponses / familles utilisatrices";
    I17 PerHundredDays "Sorties et intervenants"
        "100 × sorties et intervenants / jours ouverts";
    I18 Accidents "Accidents déclarés"
        "déclarations de la période";
    I19 Share "Refus faute de place"
        "demandes refusées / demandes";
    I20 Share "Recommandations intégrées au projet"
        "recommandations intégrées / émises";
    I21 Share "Actions closes à l’échéance"
        "actions closes à temps / échues";
    I22 Share "Séances dans la capacité autorisée"
        "séances où les enfants présents tiennent dans les places autorisées / séances examinées (CSP L.2324-1, CASF R.227-1)";
    I23 Share "Direction qualifiée selon la taille de l’accueil"
        "diplôme professionnel quand plus de 80 jours et plus de 80 mineurs : 1 ou 0 (CASF R.227-14)";
    O1 Share "Participation des équipes aux formations de l’observatoire"
        "équipes présentes à une formation de l’observatoire / équipes invitées";
    O2 Share "Participation des équipes aux campagnes d’observation"
        "équipes dont tous les retours attendus sont là / équipes dont un retour est attendu ; les réponses individuelles comptent comme un retour dès que la moitié de l’équipe a répondu";
    O2b Share "Participation des équipes aux campagnes, au moins un retour"
        "équipes dont un retour attendu au moins est là / équipes dont un retour est attendu";
    O3 Share "Recommandations intégrées aux projets"
        "recommandations écrites dans un projet pédagogique ou de fonctionnement (document, page, date) / émises par les plans";
}

/// What O1 waits for, as reports say it.
pub const TRAININGS_UNKNOWN: &str = "les registres de la convention (formations tenues, équipes invitées, équipes présentes) ne sont pas encore tenus dans l’observatoire";

impl ActivityCode {
    /// Every indicator, in the order of the tables.
    pub fn all() -> impl Iterator<Item = Self> + Clone {
        <Self as strum::VariantArray>::VARIANTS.iter().copied()
    }

    /// Those that the convention territoriale globale asks for, in the order of its tables.
    pub const OF_CONVENTION: [Self; 4] = [Self::O1, Self::O2, Self::O2b, Self::O3];

    /// Whether the convention asks for it. It tells of the observatory, and so scores no accueil.
    pub fn is_of_convention(self) -> bool {
        Self::OF_CONVENTION.contains(&self)
    }

    /// The code as référentiels and reports write it: `I04`.
    pub fn as_str(self) -> &'static str {
        self.into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_written_as_they_are_read() {
        assert_eq!(ActivityCode::all().count(), 33);
        assert!(ActivityCode::O3.is_of_convention() && !ActivityCode::I20.is_of_convention());
        for code in ActivityCode::all() {
            assert_eq!(code.as_str().parse(), Ok(code));
        }
        assert_eq!(ActivityCode::I05a.as_str(), "I05a");
        assert!("i04".parse::<ActivityCode>().is_err());
        assert_eq!(ActivityCode::I17.unit().as_str(), "pour 100 jours");
    }
}
