//! The closed words of a convention and of its follow-up: as files keep them (keys), as people read them (labels).

use crate::base::text::fold;

/// Declares a closed list: variant, key in files, label that people read.
macro_rules! closed_words {
    ($(#[$doc:meta])* $name:ident { $($variant:ident $key:literal $label:literal;)* }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name {
            $(#[doc = $label] $variant,)*
        }

        impl ClosedWord for $name {
            const ALL: &'static [Self] = &[$(Self::$variant,)*];

            fn key(self) -> &'static str {
                match self { $(Self::$variant => $key,)* }
            }

            fn label(self) -> &'static str {
                match self { $(Self::$variant => $label,)* }
            }
        }
    };
}

pub(super) use closed_words;

/// A word of a closed list.
pub trait ClosedWord: Copy + PartialEq + 'static {
    /// All of them, in order.
    const ALL: &'static [Self];

    /// As a file of settings says it.
    fn key(self) -> &'static str;

    /// As people read and write it.
    fn label(self) -> &'static str;

    /// The word that a cell or a key holds, whatever its case and accents.
    fn read(text: &str) -> Option<Self> {
        let mut all = Self::ALL.iter().copied();
        // Cells are kept as labels: most are one as they are.
        let as_is = all.clone().find(|word| word.label() == text);
        as_is.or_else(|| {
            let wanted = fold(text);
            all.find(|word| fold(word.label()) == wanted || fold(word.key()) == wanted)
        })
    }
}

closed_words! {
    /// Kind of a meeting.
    TempsKind {
        Copil "copil" "COPIL";
        ComiteTechnique "comite_technique" "comité technique";
        ComiteTechniqueElargi "comite_technique_elargi" "comité technique élargi";
        ComiteSuivi "comite_suivi" "comité de suivi";
        Commission "commission" "commission";
        GroupeTravail "groupe_travail" "groupe de travail";
        Coordination "coordination" "coordination";
        Formation "formation" "formation";
        TempsEchange "temps_echange" "temps d’échange";
        Intervention "intervention" "intervention";
        Accompagnement "accompagnement" "accompagnement";
        Restitution "restitution" "restitution";
        Visite "visite" "visite";
    }
}

closed_words! {
    /// Where an action or a decision stands.
    SuiviStatus {
        ToLaunch "a_lancer" "à lancer";
        Running "en_cours" "en cours";
        Done "realisee" "réalisée";
        Suspended "suspendue" "suspendue";
        Abandoned "abandonnee" "abandonnée";
    }
}

closed_words! {
    /// How an action is going, in the words of who carries it.
    Appreciation {
        AsPlanned "conforme" "conforme";
        ToWatch "a_surveiller" "à surveiller";
        InDifficulty "en_difficulte" "en difficulté";
    }
}

closed_words! {
    /// Whether a service came.
    Attendance {
        Present "present" "présent";
        Excused "excuse" "excusé";
        Absent "absent" "absent";
        Remote "visioconference" "visioconférence";
    }
}

closed_words! {
    /// Kind of a partner.
    PartnerKind {
        Institution "institution" "institution";
        Collectivite "collectivite" "collectivité";
        EducationNationale "education_nationale" "Éducation nationale";
        Association "association" "association";
        Gestionnaire "gestionnaire" "gestionnaire";
        Professionnel "professionnel" "professionnel";
        Habitants "habitants" "habitants";
    }
}

closed_words! {
    /// Nature of a function.
    FunctionNature {
        CcTerritorial "CCTerritorial" "CCTerritorial";
        CcThematique "CCThematique" "CCThématique";
        EquipeProjet "equipe_projet" "équipe projet";
        Elu "elu" "élu";
        Caf "caf" "Caf";
        Autre "autre" "autre";
    }
}

closed_words! {
    /// Kind of a document.
    SuiviDocument {
        CompteRendu "compte_rendu" "compte rendu";
        Bilan "bilan" "bilan";
        Organigramme "organigramme" "organigramme";
        Charte "charte" "charte";
        Convention "convention" "convention";
        ProjetPedagogique "projet_pedagogique" "projet pédagogique";
        ProjetFonctionnement "projet_fonctionnement" "projet de fonctionnement";
        BilanCct "bilan_cct" "bilan CCT";
        Support "support" "support";
    }
}

closed_words! {
    /// What proves that a practice was taken up.
    PracticeProof {
        Document "document" "document";
        Visite "visite" "visite";
        CompteRendu "compte_rendu" "compte rendu";
    }
}

closed_words! {
    /// Who speaks.
    Speaker {
        Elu "elu" "élu";
        Famille "famille" "famille";
        Enfant "enfant" "enfant";
        Equipe "equipe" "équipe";
        Partenaire "partenaire" "partenaire";
        Habitant "habitant" "habitant";
    }
}

closed_words! {
    /// What a declared value covers.
    Grain {
        Territoire "territoire" "territoire";
        Secteur "secteur" "secteur";
        Commune "commune" "commune";
        Structure "structure" "structure";
    }
}

closed_words! {
    /// Yes or no.
    OuiNon {
        Oui "oui" "oui";
        Non "non" "non";
    }
}

closed_words! {
    /// What became of a fiche.
    FicheState {
        Active "active" "active";
        Modified "modifiee" "modifiée";
        Added "ajoutee" "ajoutée";
        Abrogated "abrogee" "abrogée";
    }
}

closed_words! {
    /// Fields that conventions have; a file may name another.
    UsualDomain {
        PetiteEnfance "petite_enfance" "petite enfance";
        Enfance "enfance" "enfance";
        Jeunesse "jeunesse" "jeunesse";
        Parentalite "parentalite" "parentalité";
        AccesAuxDroits "acces_aux_droits" "accès aux droits";
        VieSociale "vie_sociale" "animation de la vie sociale";
        Logement "logement" "logement";
        Handicap "handicap" "handicap";
    }
}

closed_words! {
    /// What an indicator tells of.
    IndicatorNature {
        Realisation "realisation" "réalisation";
        Resultat "resultat" "résultat";
        Changement "changement" "changement";
    }
}

closed_words! {
    /// Over what an indicator is computed.
    Rhythm {
        Quarter "trimestre" "trimestre";
        Year "annee" "année";
        Campaign "campagne" "campagne";
        Convention "convention" "convention";
    }
}

closed_words! {
    /// What is due on a day.
    DeadlineKind {
        PointEtape "point_etape" "point d’étape";
        Intermediaire "bilan_intermediaire" "bilan intermédiaire";
        Final "bilan_final" "bilan final";
        Renouvellement "renouvellement" "renouvellement";
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_read_as_people_write_them() {
        assert_eq!(
            TempsKind::read("Groupe de Travail"),
            Some(TempsKind::GroupeTravail)
        );
        assert_eq!(
            TempsKind::read("groupe_travail"),
            Some(TempsKind::GroupeTravail)
        );
        assert_eq!(SuiviStatus::read("REALISEE"), Some(SuiviStatus::Done));
        assert_eq!(
            FunctionNature::read("CCThématique"),
            Some(FunctionNature::CcThematique)
        );
        assert_eq!(Attendance::read("venu"), None);
    }
}
