//! The registers of the follow-up: one enum of columns each, under the names and headings that people fill.

use super::column_kinds::{ColumnSpec, RegisterHolds, WordList};

/// A column of a register.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SuiviField {
    pub(super) register: Register,
    rank: u8,
}

impl SuiviField {
    /// The column of a rank; the last one when there are fewer.
    pub(super) fn new(register: Register, rank: usize) -> Self {
        let last = register.columns().len() - 1;
        Self {
            register,
            rank: rank.min(last) as u8,
        }
    }

    /// The columns of a register.
    pub(crate) fn all(register: Register) -> impl Iterator<Item = Self> {
        (0..register.columns().len()).map(move |rank| Self::new(register, rank))
    }

    /// What is known of it.
    pub fn spec(self) -> &'static ColumnSpec {
        &self.register.columns()[usize::from(self.rank)]
    }
}

/// The columns of one register.
pub trait RegisterColumn: Copy + 'static {
    /// Its register.
    const REGISTER: Register;
    /// What is known of each.
    const SPECS: &'static [ColumnSpec];

    /// Rank among them.
    fn rank(self) -> usize;

    /// As a field of the journal.
    fn field(self) -> SuiviField {
        SuiviField::new(Self::REGISTER, self.rank())
    }
}

macro_rules! registers {
    ($($register:ident $sheet:literal $key:literal $prefix:literal $own:literal $column:ident {
        $($variant:ident $ckey:literal $heading:literal $holds:expr, $width:literal, $needed:literal;)*
    })*) => {
        /// A register: a sheet of the follow-up.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Register {
            $(#[doc = $sheet] $register,)*
        }

        impl Register {
            /// All of them, in the order of the workbook.
            pub const ALL: &'static [Self] = &[$(Self::$register,)*];

            /// Name of its sheet.
            pub fn sheet(self) -> &'static str {
                match self { $(Self::$register => $sheet,)* }
            }

            /// Name in the journal and in `--json`.
            pub fn key(self) -> &'static str {
                match self { $(Self::$register => $key,)* }
            }

            /// What its ids begin with.
            pub(super) fn prefix(self) -> &'static str {
                match self { $(Self::$register => $prefix,)* }
            }

            /// Whether people may give the code of a new line themselves.
            pub(crate) fn has_own_codes(self) -> bool {
                match self { $(Self::$register => $own,)* }
            }

            /// Its columns, the id apart.
            pub fn columns(self) -> &'static [ColumnSpec] {
                match self { $(Self::$register => $column::SPECS,)* }
            }
        }

        $(
            #[doc = $sheet]
            #[derive(Debug, Clone, Copy, PartialEq, Eq)]
            pub enum $column {
                $(#[doc = $heading] $variant,)*
            }

            impl RegisterColumn for $column {
                const REGISTER: Register = Register::$register;
                const SPECS: &'static [ColumnSpec] = &[$(ColumnSpec {
                    key: $ckey,
                    heading: $heading,
                    holds: $holds,
                    width: $width,
                    needed: $needed,
                },)*];

                fn rank(self) -> usize {
                    self as usize
                }
            }
        )*
    };
}

use RegisterHolds::{
    Computed, Day, Experiment, Fiches, Indicator, Number, Structures, Temps as TempsId, Text, Word,
    Words,
};
use WordList as L;

registers! {
    Actions "Actions" "actions" "ACT" false ActionsColumn {
        Fiche "fiche" "Fiche" Fiches, 16.0, true;
        Action "action" "Action" Text, 36.0, true;
        Objectif "objectif" "Objectif opérationnel" Text, 30.0, false;
        Responsable "responsable" "Responsable (fonction)" Text, 18.0, false;
        Appui "appui" "Appui" Text, 16.0, false;
        Partenaires "partenaires" "Partenaires" Text, 18.0, false;
        Debut "debut" "Début" Day, 11.0, false;
        Echeance "echeance" "Échéance" Day, 11.0, false;
        Statut "statut" "Statut" Word(L::SuiviStatus), 12.0, false;
        EtapesFaites "etapes_faites" "Étapes faites" Number, 9.0, false;
        EtapesPrevues "etapes_prevues" "Étapes prévues" Number, 9.0, false;
        Appreciation "appreciation" "Appréciation" Word(L::Appreciation), 13.0, false;
        Fait "fait" "Ce qui a été fait ce trimestre" Text, 32.0, false;
        Difficulte "difficulte" "Difficulté" Text, 24.0, false;
        Decision "decision" "Décision demandée" Text, 24.0, false;
        Preuves "preuves" "Preuves (documents)" Text, 18.0, false;
        CoutPrevu "cout_prevu" "Coût prévu" Number, 11.0, false;
        CoutReel "cout_reel" "Coût réel" Number, 11.0, false;
        Financeurs "financeurs" "Financeurs" Text, 16.0, false;
        Retard "retard" "Retard" Computed, 10.0, false;
        MiseAJour "mise_a_jour" "Dernière mise à jour" Computed, 12.0, false;
    }
    Temps "Temps" "temps" "T" false TempsColumn {
        Date "date" "Date" Day, 11.0, true;
        Type "type" "Type" Word(L::TempsKind), 18.0, true;
        Intitule "intitule" "Intitulé" Text, 34.0, false;
        Fiches "fiches" "Fiches" Fiches, 18.0, false;
        Thematique "thematique" "Thématique" Text, 16.0, false;
        Structures "structures" "Structures" Structures, 14.0, false;
        Experimentation "experimentation" "Expérimentation" Experiment, 13.0, false;
        Duree "duree" "Durée (h)" Number, 8.0, false;
        AnimePar "anime_par" "Animé par (fonction)" Text, 18.0, false;
        Invites "invites" "Invités" Number, 8.0, false;
        Diffuse "diffuse_le" "Compte rendu diffusé le" Day, 12.0, false;
        DiffuseA "diffuse_a" "Diffusé à" Text, 18.0, false;
        Remarque "remarque" "Remarque" Text, 26.0, false;
    }
    Presences "Présences" "presences" "PRE" false PresencesColumn {
        Temps "temps" "Temps" TempsId, 12.0, true;
        Organisme "organisme" "Organisme" Text, 26.0, true;
        Service "service" "Service" Text, 24.0, false;
        Fonction "fonction" "Fonction" Text, 18.0, false;
        Invite "invite" "Invité" Word(L::OuiNon), 8.0, false;
        Nombre "presents" "Présents" Number, 9.0, false;
        Statut "statut" "Statut" Word(L::Attendance), 15.0, false;
    }
    Partenaires "Partenaires" "partenaires" "PAR" true PartenairesColumn {
        Nom "nom" "Organisme (nom)" Text, 30.0, true;
        Type "type" "Type" Word(L::PartnerKind), 20.0, true;
        Thematiques "thematiques" "Thématiques" Text, 24.0, false;
        Depuis "depuis" "Depuis" Day, 11.0, false;
        Jusqua "jusqu_a" "Jusqu’à" Day, 11.0, false;
    }
    Fonctions "Fonctions" "fonctions" "FON" true FonctionsColumn {
        Intitule "intitule" "Intitulé" Text, 32.0, true;
        Nature "nature" "Nature" Word(L::FunctionNature), 14.0, true;
        Thematique "thematique" "Thématique" Text, 16.0, false;
        Etp "etp" "ETP" Number, 8.0, false;
        Rattachee "rattachee_a" "Rattachée à" Text, 16.0, false;
        Instances "membre_de" "Membre de (instances)" Words(L::TempsKind), 26.0, false;
        Lettre "lettre_le" "Lettre de mission le" Day, 12.0, false;
        Poche "poche" "Utilise « CTG dans ma poche »" Word(L::OuiNon), 12.0, false;
        PocheDepuis "poche_depuis" "« CTG dans ma poche » depuis" Day, 12.0, false;
        Pourvu "pourvu" "Poste pourvu" Word(L::OuiNon), 9.0, false;
    }
    Documents "Documents" "documents" "DOC" false DocumentsColumn {
        Date "date" "Date" Day, 11.0, true;
        Type "type" "Type" Word(L::SuiviDocument), 20.0, true;
        Titre "titre" "Titre" Text, 34.0, false;
        Fiches "fiches" "Fiches" Fiches, 18.0, false;
        Temps "temps" "Temps" TempsId, 12.0, false;
        Structure "structure" "Structure" Structures, 10.0, false;
        Diffuse "diffuse_le" "Diffusé le" Day, 11.0, false;
        DiffuseA "diffuse_a" "Diffusé à" Text, 18.0, false;
        Ou "ou" "Où (chemin ou adresse)" Text, 30.0, false;
    }
    Decisions "Décisions" "decisions" "DEC" false DecisionsColumn {
        Temps "temps" "Temps" TempsId, 12.0, false;
        Texte "texte" "Texte" Text, 44.0, true;
        Fiche "fiche" "Fiche" Fiches, 16.0, false;
        Responsable "responsable" "Responsable (fonction)" Text, 18.0, false;
        Echeance "echeance" "Échéance" Day, 11.0, false;
        Statut "statut" "Statut" Word(L::SuiviStatus), 12.0, false;
        Suite "suite" "Suite" Computed, 14.0, false;
    }
    Pratiques "Pratiques" "pratiques" "PRA" false PratiquesColumn {
        Origine "origine" "Origine (structure ou service)" Text, 20.0, true;
        Pratique "pratique" "Pratique" Text, 38.0, true;
        Fiche "fiche" "Fiche" Fiches, 16.0, false;
        Experimentation "experimentation" "Expérimentation" Experiment, 13.0, false;
        Adoptants "adoptee_par" "Adoptée par" Text, 22.0, false;
        Depuis "depuis" "Depuis" Day, 11.0, false;
        Preuve "preuve" "Preuve" Word(L::PracticeProof), 14.0, false;
        DatePreuve "date_preuve" "Date de la preuve" Day, 12.0, false;
    }
    Releves "Relevés" "releves" "REV" false RelevesColumn {
        Indicateur "indicateur" "Indicateur" Indicator, 11.0, true;
        Periode "periode" "Période" Text, 11.0, true;
        Maille "maille" "Maille" Word(L::Grain), 12.0, false;
        Valeur "valeur" "Valeur" Number, 10.0, false;
        Numerateur "numerateur" "Numérateur" Number, 11.0, false;
        Denominateur "denominateur" "Dénominateur" Number, 12.0, false;
        Source "source" "Source" Text, 30.0, false;
        Remarque "remarque" "Remarque" Text, 30.0, false;
    }
    Paroles "Paroles" "paroles" "PAL" false ParolesColumn {
        Date "date" "Date" Day, 11.0, false;
        Qui "qui" "Qui" Word(L::Speaker), 12.0, true;
        Fiche "fiche" "Fiche ou changement" Text, 20.0, false;
        Themes "themes" "Thèmes" Text, 22.0, false;
        Propos "propos" "Propos" Text, 60.0, true;
        Accord "accord" "Accord pour citer" Word(L::OuiNon), 10.0, false;
    }
}

fn fields<C: RegisterColumn>(columns: &[C]) -> Vec<SuiviField> {
    columns.iter().map(|column| column.field()).collect()
}

impl Register {
    /// Heading of the column of ids.
    pub fn id_heading(self) -> &'static str {
        if self.has_own_codes() {
            "Code"
        } else {
            "Identifiant"
        }
    }

    /// What tells one of its lines from all others, when it has no id.
    pub(super) fn identity(self) -> Vec<SuiviField> {
        match self {
            Self::Actions => fields(&[ActionsColumn::Fiche, ActionsColumn::Action]),
            Self::Temps => fields(&[TempsColumn::Date, TempsColumn::Type, TempsColumn::Intitule]),
            Self::Presences => fields(&[
                PresencesColumn::Temps,
                PresencesColumn::Organisme,
                PresencesColumn::Service,
                PresencesColumn::Fonction,
            ]),
            Self::Partenaires => fields(&[PartenairesColumn::Nom]),
            Self::Fonctions => fields(&[FonctionsColumn::Intitule, FonctionsColumn::Thematique]),
            Self::Documents => fields(&[
                DocumentsColumn::Date,
                DocumentsColumn::Type,
                DocumentsColumn::Titre,
                DocumentsColumn::Structure,
            ]),
            Self::Decisions => fields(&[DecisionsColumn::Temps, DecisionsColumn::Texte]),
            Self::Pratiques => fields(&[
                PratiquesColumn::Origine,
                PratiquesColumn::Pratique,
                PratiquesColumn::Adoptants,
            ]),
            Self::Releves => fields(&[
                RelevesColumn::Indicateur,
                RelevesColumn::Periode,
                RelevesColumn::Maille,
                RelevesColumn::Source,
            ]),
            Self::Paroles => fields(&[
                ParolesColumn::Date,
                ParolesColumn::Qui,
                ParolesColumn::Propos,
            ]),
        }
    }

    /// « ACT-007 »: the id of a rank.
    pub fn id(self, rank: usize) -> String {
        format!("{}-{rank:03}", self.prefix())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_and_keys_tell_registers_and_columns_apart() {
        for register in Register::ALL {
            let columns = register.columns();
            for (i, column) in columns.iter().enumerate() {
                let twin = |c: &ColumnSpec| c.key == column.key || c.heading == column.heading;
                assert!(!columns[..i].iter().any(twin), "{}", column.heading);
            }
        }
        assert_eq!(Register::Temps.id(7), "T-007");
    }
}
