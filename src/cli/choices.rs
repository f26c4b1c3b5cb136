//! The closed lists that options take: their words, what the help says of each, and what they mean to
//! the program. Written here and not by a derive on the types, which know nothing of a command line.

use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};

use crate::actions::exporter::Exported;
use crate::actions::grille::{FormFormat, FormSubject};
use crate::base::tabular::FileFormat;
use crate::base::text::{fold, suggest};
use crate::convention::ExchangeSide;
use crate::convention::{ClosedWord, TempsKind};
use crate::decide::plans::{Quarter, Status, Word};
use crate::disclosure::CtgAudience;
use crate::guides::FieldGuide;
use crate::reports::ReportFormat;
use crate::vocabulary::Audience;
use crate::vocabulary::referentiel::{SourceCode, StructureType, VisitMoment};

/// A word that an option takes.
pub(super) struct OptionWord<T: 'static> {
    pub(super) value: T,
    pub(super) word: &'static str,
    pub(super) help: &'static str,
}

const AUDIENCES: &[OptionWord<Audience>] = &[
    OptionWord {
        value: Audience::Equipe,
        word: "equipe",
        help: "L’équipe d’un accueil",
    },
    OptionWord {
        value: Audience::Elus,
        word: "elus",
        help: "Les élus et le comité de pilotage",
    },
    OptionWord {
        value: Audience::Familles,
        word: "familles",
        help: "Les familles, et donc tout le monde",
    },
    OptionWord {
        value: Audience::Renouvellement,
        word: "renouvellement",
        help: "Les élus et les partenaires, pour renouveler les conventions",
    },
    OptionWord {
        value: Audience::Pratiques,
        word: "pratiques",
        help: "Toutes les équipes : le livret des bonnes pratiques",
    },
    OptionWord {
        value: Audience::Departement,
        word: "departement",
        help: "Qui additionne plusieurs territoires : des agrégats diffusables, aucun rapport",
    },
];

const REPORT_FORMATS: &[OptionWord<ReportFormat>] = &[
    OptionWord {
        value: ReportFormat::Html,
        word: "html",
        help: "Une page, à ouvrir dans un navigateur",
    },
    OptionWord {
        value: ReportFormat::Pdf,
        word: "pdf",
        help: "À imprimer ou à envoyer, lisible par une synthèse vocale (PDF/UA-1)",
    },
    OptionWord {
        value: ReportFormat::Xlsx,
        word: "xlsx",
        help: "Classeur Excel, chiffres et graphiques",
    },
    OptionWord {
        value: ReportFormat::Docx,
        word: "docx",
        help: "Word, à reprendre : textes et tableaux, les graphiques par leurs chiffres",
    },
];

const FIELD_GUIDES: &[OptionWord<FieldGuide>] = &[
    OptionWord {
        value: FieldGuide::Preparation,
        word: "preparation",
        help: "Préparer une campagne : combien de visites et de réponses, pour voir quoi",
    },
    OptionWord {
        value: FieldGuide::Dossier,
        word: "dossier",
        help: "Préparer la visite d’un accueil : les documents à rassembler, chez qui, et ce qui a déjà été vu",
    },
    OptionWord {
        value: FieldGuide::Visite,
        word: "visite",
        help: "Observer : se préparer, regarder moment par moment, noter",
    },
    OptionWord {
        value: FieldGuide::Entretien,
        word: "entretien",
        help: "Mener l’entretien avec la direction : pièces, questions, preuves",
    },
    OptionWord {
        value: FieldGuide::Atelier,
        word: "atelier",
        help: "Animer l’atelier avec les enfants",
    },
    OptionWord {
        value: FieldGuide::Lecture,
        word: "lecture",
        help: "Lire les résultats en équipe, et choisir quoi faire",
    },
];

const FILE_FORMATS: &[OptionWord<FileFormat>] = &[
    OptionWord {
        value: FileFormat::Csv,
        word: "csv",
        help: "Texte séparé par des virgules, point décimal, UTF-8",
    },
    OptionWord {
        value: FileFormat::Xlsx,
        word: "xlsx",
        help: "Classeur Excel",
    },
    OptionWord {
        value: FileFormat::Parquet,
        word: "parquet",
        help: "Pour les outils d’analyse",
    },
    OptionWord {
        value: FileFormat::Json,
        word: "json",
        help: "Pour un programme",
    },
];

const FORM_FORMATS: &[OptionWord<FormFormat>] = &[
    OptionWord {
        value: FormFormat::Xlsx,
        word: "xlsx",
        help: "Classeur Excel : un par accueil, ou un tableau de saisie pour un questionnaire",
    },
    OptionWord {
        value: FormFormat::Xlsform,
        word: "xlsform",
        help: "KoboToolbox et ODK",
    },
    OptionWord {
        value: FormFormat::Limesurvey,
        word: "limesurvey",
        help: "LimeSurvey : structure à importer, séparée par des tabulations",
    },
    OptionWord {
        value: FormFormat::Pdf,
        word: "pdf",
        help: "Papier : un par accueil ; les enfants entourent des visages",
    },
];

const EXPORTED: &[OptionWord<Exported>] = &[
    OptionWord {
        value: Exported::Observations,
        word: "observations",
        help: "La table des réponses, telle qu’elle est gardée",
    },
    OptionWord {
        value: Exported::Structures,
        word: "structures",
        help: "Le registre des structures",
    },
    OptionWord {
        value: Exported::Referentiel,
        word: "referentiel",
        help: "Le référentiel d’une campagne, élément par élément",
    },
    OptionWord {
        value: Exported::Aggregates,
        word: "agregats",
        help: "Les agrégats exacts des réponses, à additionner ailleurs (--sortie DOSSIER)",
    },
    OptionWord {
        value: Exported::Sql,
        word: "sql",
        help: "Les mêmes agrégats en SQL, pour un moteur de bases de données",
    },
    OptionWord {
        value: Exported::Register,
        word: "registre",
        help: "Le registre des traitements (RGPD, art. 30), durées et seuils des réglages",
    },
    OptionWord {
        value: Exported::Notices,
        word: "notices",
        help: "Les notices d’information : familles, enfants, équipes, partenaires (--sortie DOSSIER)",
    },
];

const CTG_AUDIENCES: &[OptionWord<CtgAudience>] = &[
    OptionWord {
        value: CtgAudience::EquipeProjet,
        word: "equipe_projet",
        help: "Celles et ceux qui tiennent le tableau de suivi : tout, sauf les propos sans accord",
    },
    OptionWord {
        value: CtgAudience::Copil,
        word: "copil",
        help: "Le comité de pilotage : rien qui montre une personne seule",
    },
    OptionWord {
        value: CtgAudience::Caf,
        word: "caf",
        help: "La Caf : comme le comité, avec le nombre de lignes de chaque chiffre, sans propos",
    },
    OptionWord {
        value: CtgAudience::Cdsf,
        word: "cdsf",
        help: "Le comité départemental des services aux familles : les fiches de la petite enfance",
    },
    OptionWord {
        value: CtgAudience::Habitants,
        word: "habitants",
        help: "Tout le monde : ce qui se fait, ce qui change",
    },
];

const EXCHANGE_SIDES: &[OptionWord<ExchangeSide>] = &[
    OptionWord {
        value: ExchangeSide::Outgoing,
        word: "sortant",
        help: "Nous transmettons",
    },
    OptionWord {
        value: ExchangeSide::Incoming,
        word: "entrant",
        help: "Nous demandons",
    },
];

/// Reads one of `words`; the help and the error list them all.
pub(super) fn one_of<T: Copy + Send + Sync>(
    words: &'static [OptionWord<T>],
) -> impl TypedValueParser<Value = T> {
    one_of_those(words, |_| true)
}

/// Reads one of the `words` that are wanted.
fn one_of_those<T: Copy + Send + Sync>(
    words: &'static [OptionWord<T>],
    wanted: fn(T) -> bool,
) -> impl TypedValueParser<Value = T> {
    let possible = words
        .iter()
        .filter(|w| wanted(w.value))
        .map(|w| PossibleValue::new(w.word).help(w.help));
    PossibleValuesParser::new(possible).try_map(move |given| {
        let chosen = words.iter().find(|w| w.word == given);
        chosen.map(|w| w.value).ok_or("mot inconnu")
    })
}

pub(super) fn audience() -> impl TypedValueParser<Value = Audience> {
    one_of(AUDIENCES)
}

/// Those whom reports are written for.
pub(super) fn report_audience() -> impl TypedValueParser<Value = Audience> {
    one_of_those(AUDIENCES, Audience::reads_reports)
}

/// Those whom documents of the convention are written for.
pub(super) fn ctg_audience() -> impl TypedValueParser<Value = CtgAudience> {
    one_of(CTG_AUDIENCES)
}

pub(super) fn report_format() -> impl TypedValueParser<Value = ReportFormat> {
    one_of(REPORT_FORMATS)
}

/// What is printed or reworded: neither a page nor a workbook.
pub(super) fn guide_format() -> impl TypedValueParser<Value = ReportFormat> {
    one_of_those(REPORT_FORMATS, |format| {
        matches!(format, ReportFormat::Pdf | ReportFormat::Docx)
    })
}

pub(super) fn field_guide() -> impl TypedValueParser<Value = FieldGuide> {
    one_of(FIELD_GUIDES)
}

/// Which way data of an exchange go.
pub(super) fn exchange_side() -> impl TypedValueParser<Value = ExchangeSide> {
    one_of(EXCHANGE_SIDES)
}

pub(super) fn file_format() -> impl TypedValueParser<Value = FileFormat> {
    one_of(FILE_FORMATS)
}

pub(super) fn form_format() -> impl TypedValueParser<Value = FormFormat> {
    one_of(FORM_FORMATS)
}

pub(super) fn exported() -> impl TypedValueParser<Value = Exported> {
    one_of(EXPORTED)
}

/// `coordination`, « groupe de travail », whatever its case and accents.
pub(super) fn temps_kind() -> fn(&str) -> Result<TempsKind, String> {
    |text| {
        TempsKind::read(text).ok_or_else(|| {
            let keys: Vec<&str> = TempsKind::ALL.iter().map(|k| k.key()).collect();
            format!("type de temps inconnu ; admis : {}", keys.join(", "))
        })
    }
}

/// `OBS`, whatever its case.
pub(super) fn source(text: &str) -> Result<SourceCode, String> {
    text.parse().map_err(|()| {
        let names: Vec<&str> = SourceCode::ALL.iter().map(|s| s.as_str()).collect();
        format!("source inconnue ; admises : {}", names.join(", "))
    })
}

/// What a form is for.
pub(super) fn form_subject(text: &str) -> Result<FormSubject, String> {
    if fold(text) == "retours" {
        return Ok(FormSubject::Returns);
    }
    source(text)
        .map(FormSubject::Source)
        .map_err(|said| format!("{said}, RETOURS"))
}

/// A type of accueil.
pub(super) fn structure_type(text: &str) -> Result<StructureType, String> {
    text.parse().map_err(|()| {
        let names: Vec<&str> = StructureType::ALL.iter().map(|t| t.as_str()).collect();
        let near = suggest(text, names.iter().copied()).question();
        // Who prints it ends the sentence.
        let stop = if near.is_empty() { "" } else { "." };
        format!("type inconnu ; admis : {}{stop}{near}", names.join(", "))
    })
}

/// A level of the scale, with a comma or a point.
pub(super) fn scale_level(text: &str) -> Result<f64, String> {
    let read: Option<f64> = text.trim().replace(',', ".").parse().ok();
    let level = read.filter(|level| (1.0..=4.0).contains(level));
    level.ok_or_else(|| "une cible est un nombre de 1 à 4, « 3,2 »".to_owned())
}

/// A moment of a visit.
pub(super) fn visit_moment(text: &str) -> Result<VisitMoment, String> {
    let plain = fold(text).replace([' ', '-'], "_");
    plain.parse().map_err(|_| {
        let names: Vec<&str> = VisitMoment::ALL.iter().map(|m| m.as_str()).collect();
        format!("moment inconnu ; admis : {}", names.join(", "))
    })
}

/// The status of an action, with hyphens for spaces.
pub(super) fn status(text: &str) -> Result<Status, String> {
    let plain = text.replace(['-', '_'], " ");
    Status::read(&plain)
        .ok_or_else(|| format!("statut inconnu ; admis : {}", Status::labels().join(", ")))
}

/// `2026-T4`.
pub(super) fn quarter(text: &str) -> Result<Quarter, String> {
    text.parse()
        .map_err(|()| "écrivez l’année et le trimestre, par exemple 2026-T4".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_audience_has_the_word_of_the_settings() {
        let words: Vec<&str> = AUDIENCES.iter().map(|w| w.word).collect();
        assert_eq!(words, Audience::ALL.map(Audience::as_str));
        assert!(AUDIENCES.iter().all(|w| w.word == w.value.as_str()));
        let of_convention: Vec<_> = CTG_AUDIENCES.iter().map(|w| (w.word, w.value)).collect();
        assert_eq!(of_convention, CtgAudience::ALL.map(|a| (a.as_str(), a)));
    }

    #[test]
    fn a_format_has_the_word_of_its_extension_and_a_guide_its_own() {
        assert!(REPORT_FORMATS.iter().all(|w| w.word == w.value.extension()));
        let guides = FIELD_GUIDES.iter().map(|w| (w.word, w.value));
        assert!(guides.eq(FieldGuide::ALL.map(|guide| (guide.as_str(), guide))));
    }
}
