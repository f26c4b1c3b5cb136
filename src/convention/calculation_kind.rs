//! Kinds of calculation: an indicator is declared in `ctg/convention.toml`, never coded; each kind admits some
//! parameters and no other (`docs/ctg.md` §3).

use super::convention_words::ClosedWord;

/// How an indicator is computed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum CalculationKind {
    /// Meetings held.
    MeetingCount,
    /// Services present out of services invited.
    Participation,
    /// Functions present in the instances that they are members of.
    FunctionPresence,
    /// Distinct organisations that came.
    DistinctCount,
    /// Kinds of partners that came out of those listed.
    Diversity,
    /// A document that exists, and was sent.
    DocumentExists,
    /// Meetings whose compte rendu was sent.
    DocumentShare,
    /// Structures with a proof.
    StructureShare,
    /// Functions that do something, out of those filled.
    FunctionShare,
    /// Actions and meetings where two services appear together.
    Collaborations,
    /// Where actions stand.
    Actions,
    /// Decisions that were followed.
    Decisions,
    /// What was spent out of what was planned.
    Spending,
    /// Practices taken up.
    PracticeCount,
    /// Favourable answers of a small questionnaire.
    Favourable,
    /// A figure of the observatory.
    Observatory,
    /// A territorial series.
    Context,
    /// Access to the accueils.
    Access,
    /// Typed in `Relevés`.
    Declared,
}

impl ClosedWord for CalculationKind {
    const ALL: &'static [Self] = &[
        Self::MeetingCount,
        Self::Participation,
        Self::FunctionPresence,
        Self::DistinctCount,
        Self::Diversity,
        Self::DocumentExists,
        Self::DocumentShare,
        Self::StructureShare,
        Self::FunctionShare,
        Self::Collaborations,
        Self::Actions,
        Self::Decisions,
        Self::Spending,
        Self::PracticeCount,
        Self::Favourable,
        Self::Observatory,
        Self::Context,
        Self::Access,
        Self::Declared,
    ];

    fn key(self) -> &'static str {
        match self {
            Self::MeetingCount => "compte_temps",
            Self::Participation => "participation",
            Self::FunctionPresence => "presence_fonctions",
            Self::DistinctCount => "compte_distinct",
            Self::Diversity => "diversite",
            Self::DocumentExists => "existence_document",
            Self::DocumentShare => "part_documents",
            Self::StructureShare => "part_structures",
            Self::FunctionShare => "part_fonctions",
            Self::Collaborations => "collaborations",
            Self::Actions => "actions",
            Self::Decisions => "decisions",
            Self::Spending => "execution",
            Self::PracticeCount => "compte_pratiques",
            Self::Favourable => "favorable",
            Self::Observatory => "observatoire",
            Self::Context => "contexte",
            Self::Access => "maillage",
            Self::Declared => "releve",
        }
    }

    fn label(self) -> &'static str {
        self.key()
    }
}

impl CalculationKind {
    /// Keys of `[[indicateurs]]` that only some kinds read, and those that this one reads.
    pub(super) fn parameters(self) -> &'static [&'static str] {
        match self {
            Self::MeetingCount => &[
                "types",
                "thematique",
                "experimentation",
                "anime_par",
                "fiches",
            ],
            Self::Participation => &["types", "organismes"],
            Self::FunctionPresence => &["types", "nature_fonction"],
            Self::DistinctCount | Self::Diversity => &["types"],
            Self::DocumentExists => &["document"],
            Self::DocumentShare => &["types", "delai_jours"],
            Self::StructureShare => &["document", "experimentation", "hors_pilotes"],
            Self::FunctionShare => &["nature_fonction", "document"],
            Self::Collaborations => &["nature_fonction", "services"],
            Self::Actions | Self::Decisions | Self::Spending => &["fiches"],
            Self::PracticeCount => &["experimentation", "hors_pilotes"],
            Self::Favourable => &["enquete", "item"],
            Self::Observatory => &["figure"],
            Self::Context => &["serie"],
            Self::Access => &["mesure"],
            Self::Declared => &[],
        }
    }

    /// Whether it reads the registers alone, whose state is known of any day.
    pub fn reads_registers_alone(self) -> bool {
        !matches!(
            self,
            Self::Observatory | Self::Favourable | Self::Context | Self::Access
        )
    }

    /// What is said of a kind whose sources this version does not read yet; none for the others.
    pub(super) fn not_yet(self) -> Option<&'static str> {
        match self {
            Self::Context => Some(
                "les séries territoriales (data/contexte.csv) ne sont pas encore lues par le programme",
            ),
            Self::Access => {
                Some("le maillage (data/communes.csv) n’est pas encore calculé par le programme")
            }
            _ => None,
        }
    }

    /// What it counts and divides, in one sentence.
    pub fn rule(self) -> &'static str {
        match self {
            Self::MeetingCount => "nombre de temps tenus dans la période",
            Self::Participation => {
                "services présents ÷ services invités, additionnés sur les temps retenus ; un service compte une fois par temps, un excusé n’est pas présent"
            }
            Self::FunctionPresence => {
                "présences de ces fonctions ÷ (temps × fonctions pourvues, membres de l’instance)"
            }
            Self::DistinctCount => "organismes différents venus au moins une fois",
            Self::Diversity => {
                "types de partenaires venus au moins une fois ÷ types inscrits dans « Partenaires »"
            }
            Self::DocumentExists => {
                "1 si le document existe et a été diffusé, 0,5 s’il existe sans avoir été diffusé, 0 sinon"
            }
            Self::DocumentShare => {
                "temps dont le compte rendu est diffusé ÷ temps tenus depuis plus que le délai"
            }
            Self::StructureShare => "structures qui ont la preuve ÷ structures concernées",
            Self::FunctionShare => {
                "fonctions qui l’utilisent (ou documents diffusés) ÷ fonctions pourvues"
            }
            Self::Collaborations => {
                "actions, et temps dont aucune fiche n’est celle d’une de ces actions, où les deux apparaissent"
            }
            Self::Actions => "actions réalisées ÷ actions des fiches en vigueur",
            Self::Decisions => {
                "décisions faites ou engagées ÷ décisions dont l’échéance est dans la période et passée"
            }
            Self::Spending => "coût réel ÷ coût prévu, sur les actions qui ont les deux",
            Self::PracticeCount => {
                "couples (pratique, adoptant) avec une preuve datée dans la période, l’adoptant n’étant pas l’origine"
            }
            Self::Favourable => {
                "réponses favorables (les deux premières de l’échelle, sauf si l’enquête en dit une autre part) ÷ réponses données ; rien sous cinq réponses"
            }
            Self::Observatory => "chiffre de l’observatoire, repris tel quel",
            Self::Context => "série territoriale",
            Self::Access => "mesure d’accès aux accueils",
            Self::Declared => "valeur déclarée dans « Relevés »",
        }
    }
}
