//! An example under the help of each command, ready to paste.

/// A command and what a person might type.
pub(super) struct CommandExamples {
    /// The words that name the command.
    pub path: &'static [&'static str],
    /// What follows « observatoire ».
    pub lines: &'static [&'static str],
}

/// Every command that runs.
pub(super) const EXAMPLES: &[CommandExamples] = &[
    of(&["ouvrir"], &["ouvrir", "ouvrir \"Observatoire CTG\""]),
    of(&["demo"], &["demo essai"]),
    of(&["init"], &["init \"Observatoire CTG\""]),
    of(
        &["simuler"],
        &["simuler essai --structures 35 --campagnes 2 --graine 1"],
    ),
    of(
        &["referentiel", "lire"],
        &[
            "referentiel lire --critere REL-2",
            "referentiel lire --ecarts",
        ],
    ),
    of(
        &["referentiel", "objectif"],
        &["referentiel objectif REL-2 3,2 --decision 2026-03-12 --instance COPIL"],
    ),
    of(
        &["referentiel", "sans-objet"],
        &["referentiel sans-objet ENV-2 --motif \"Aucun extérieur cette année\" --simulation"],
    ),
    of(
        &["referentiel", "reprendre"],
        &["referentiel reprendre ENV-2 --decision 2027-03-12"],
    ),
    of(
        &["referentiel", "reformuler"],
        &[
            "referentiel reformuler REL-2-OBS-1 \"Les adultes se baissent pour parler à un enfant.\" --simulation",
        ],
    ),
    of(
        &["referentiel", "ajouter"],
        &[
            "referentiel ajouter REL-2 \"Un adulte salue l’enfant qui revient.\" --source OBS --echelle frequence4",
        ],
    ),
    of(
        &["referentiel", "retirer"],
        &["referentiel retirer REL-2-OBS-L1 --depuis 2027-09-01"],
    ),
    of(
        &["grille"],
        &[
            "grille OBS --structure R01",
            "grille FAM --format limesurvey",
            "grille ENF --format pdf",
        ],
    ),
    of(
        &["importer"],
        &[
            "importer \"data/brut/Grilles reçues\" --campagne C1 --simulation",
            "importer \"data/brut/Grilles reçues\" --campagne C1 --simulation --liste \"à corriger.xlsx\"",
            "importer \"data/brut/Grilles reçues\" --campagne C1 --simulation --renvoyer renvois",
            "importer \"data/brut/Grilles reçues\" --campagne C1",
        ],
    ),
    of(&["corriger"], &["corriger \"à corriger.xlsx\""]),
    of(
        &["reconnaitre"],
        &[
            "reconnaitre \"Jean Moulin\" --structure P01",
            "reconnaitre \"M. D.\" --observateur O1",
        ],
    ),
    of(
        &["accueils"],
        &[
            "accueils \"Nos accueils.xlsx\"",
            "accueils \"Nos accueils.xlsx\" --colonne \"Pôle=secteur\" --type periscolaire --confirmer",
        ],
    ),
    of(&["imports"], &["imports", "imports --campagne C1"]),
    of(
        &["annuler"],
        &["annuler I003", "annuler I003 --fichier \"Grille R01.xlsx\""],
    ),
    of(
        &["purger"],
        &[
            "purger --simulation",
            "purger --avant 2027-12-31 --confirmer",
        ],
    ),
    of(
        &["sauvegarder"],
        &[
            "sauvegarder",
            "sauvegarder --sans-rapports --sortie \"D:/Sauvegardes/observatoire.zip\"",
        ],
    ),
    of(
        &["restaurer"],
        &[
            "restaurer \"Sauvegarde Observatoire 2026-11-28.zip\" \"Essai de restauration\"",
            "restaurer \"Sauvegarde Observatoire 2026-11-28.zip\" --confirmer",
        ],
    ),
    of(
        &["verifier"],
        &[
            "verifier",
            "verifier --public familles",
            "verifier --profond",
        ],
    ),
    of(
        &["indicateurs"],
        &[
            "indicateurs --format xlsx --sortie indicateurs.xlsx",
            "indicateurs --campagne C1 C2 --sortie indicateurs.csv",
        ],
    ),
    of(
        &["exporter"],
        &[
            "exporter observations --sortie reponses.csv",
            "exporter referentiel --format xlsx --sortie referentiel.xlsx",
            "exporter registre --format docx,xlsx --sortie registre.docx",
            "exporter notices --sortie notices",
            "exporter --echange E01 --sortie e01.csv",
        ],
    ),
    of(
        &["comparer"],
        &[
            "comparer C1 C2 --format xlsx --sortie comparaison.xlsx",
            "comparer --structures --campagne C2",
        ],
    ),
    of(
        &["puissance"],
        &["puissance", "puissance --secondes-visites 3 --familles 30"],
    ),
    of(
        &["fidelite"],
        &[
            "fidelite --campagne C1",
            "fidelite --formation --reference O1",
        ],
    ),
    of(
        &["rapport"],
        &[
            "rapport",
            "rapport --public equipe --structure R01 --format pdf",
            "rapport --dossiers",
        ],
    ),
    of(
        &["guide"],
        &[
            "guide --sortie guide.pdf",
            "guide visite --structure P01",
            "guide entretien --format docx",
        ],
    ),
    of(
        &["plan", "proposer"],
        &["plan proposer --campagne C1 --simulation"],
    ),
    of(
        &["plan", "exporter"],
        &["plan exporter --structure R01 --sortie \"Plan R01.xlsx\""],
    ),
    of(&["plan", "importer"], &["plan importer \"Plan R01.xlsx\""]),
    of(
        &["plan", "lister"],
        &["plan lister --retard", "plan lister --structure R01"],
    ),
    of(
        &["plan", "suivi"],
        &["plan suivi --format xlsx --sortie suivi.xlsx"],
    ),
    of(&["plan", "effet"], &["plan effet --campagne C2"]),
    of(&["plan", "historique"], &["plan historique R01-C1-02"]),
    of(&["ctg", "init"], &["ctg init"]),
    of(
        &["ctg", "exporter"],
        &[
            "ctg exporter --sortie suivi.xlsx",
            "ctg exporter --sortie gouvernance.xlsx --fiche GOUVERNANCE",
        ],
    ),
    of(
        &["ctg", "importer"],
        &[
            "ctg importer suivi.xlsx --simulation",
            "ctg importer emargement.xlsx --temps T-012",
            "ctg importer agenda.ics --type coordination",
        ],
    ),
    of(
        &["ctg", "gouvernance"],
        &["ctg gouvernance --annee 2026 --public copil"],
    ),
    of(
        &["ctg", "enquetes"],
        &["ctg enquetes", "ctg enquetes --annuler E001"],
    ),
    of(
        &["ctg", "indicateurs"],
        &[
            "ctg indicateurs --periode 2026-T2",
            "ctg indicateurs --date 2026-06-30 --sortie indicateurs.xlsx",
        ],
    ),
    of(
        &["ctg", "experimentation"],
        &["ctg experimentation EXP1 --campagne C2 --format html,pdf"],
    ),
    of(
        &["ctg", "bilan"],
        &["ctg bilan --type final --format docx,pdf"],
    ),
    of(&["ctg", "territoire"], &["ctg territoire --annee 2026"]),
    of(
        &["ctg", "suivi"],
        &["ctg suivi --trimestre 2026-T2 --public copil"],
    ),
    of(&["ctg", "seance"], &["ctg seance T-024"]),
    of(
        &["ctg", "verifier"],
        &["ctg verifier", "ctg verifier --date 2026-11-30"],
    ),
    of(
        &["ctg", "poche"],
        &["ctg poche", "ctg poche --depuis 2026-06-30"],
    ),
    of(
        &["territoire"],
        &["territoire", "territoire --epci \"Roumois Seine\""],
    ),
    of(
        &["echange", "nouveau"],
        &[
            "echange nouveau --demandeur \"Caf\" --detenteur \"Communauté de communes\" --objet \"Recommandations intégrées\"",
        ],
    ),
    of(&["echange", "lister"], &["echange lister"]),
    of(
        &["echange", "fiche"],
        &["echange fiche E01 --format docx,pdf"],
    ),
    of(&["echange", "verifier"], &["echange verifier"]),
    of(
        &["expliquer"],
        &[
            "expliquer C1/R01/REL-2",
            "expliquer VAL-401",
            "expliquer CTG/G07/2026-T4",
            "expliquer OBS",
        ],
    ),
];

const fn of(path: &'static [&'static str], lines: &'static [&'static str]) -> CommandExamples {
    CommandExamples { path, lines }
}

/// What stands under the help of a command; nothing under that of a group.
pub(super) fn under(path: &[String]) -> Option<String> {
    let found = EXAMPLES.iter().find(|e| e.path == path)?;
    let lines = found
        .lines
        .iter()
        .map(|line| format!("  observatoire {line}"));
    let heading = if found.lines.len() > 1 {
        "Exemples :"
    } else {
        "Exemple :"
    };
    Some(format!(
        "{heading}\n{}",
        lines.collect::<Vec<_>>().join("\n")
    ))
}

#[cfg(test)]
mod tests {
    use clap::{Command, CommandFactory};

    use super::*;
    use crate::cli::command_line::Cli;
    use crate::cli::usage;

    /// Words as a shell cuts them.
    fn words(line: &str) -> Vec<String> {
        let mut words = vec!["observatoire".to_owned()];
        for (i, part) in line.split('"').enumerate() {
            if i % 2 == 1 {
                words.push(part.to_owned());
            } else {
                words.extend(part.split_whitespace().map(str::to_owned));
            }
        }
        words
    }

    fn runs(command: &Command, path: &[String], all: &mut Vec<Vec<String>>) {
        if command.get_subcommands().next().is_none() {
            all.push(path.to_vec());
        }
        for sub in command.get_subcommands() {
            runs(sub, &[path, &[sub.get_name().to_owned()]].concat(), all);
        }
    }

    #[test]
    fn every_command_has_an_example_and_every_example_is_understood() {
        let command = usage::french(Cli::command());
        let mut all = Vec::new();
        runs(&command, &[], &mut all);
        assert!(all.len() > 20, "{all:?}");
        for path in all {
            assert!(under(&path).is_some(), "{path:?}");
        }
        for example in EXAMPLES {
            for line in example.lines {
                let read = command.clone().try_get_matches_from(words(line));
                assert!(read.is_ok(), "{line} : {:?}", read.err());
                assert!(line.starts_with(&example.path.join(" ")), "{line}");
            }
        }
    }

    /// What a person reads of a command: its help and that of every word that it takes.
    fn told(command: &Command, all: &mut Vec<String>) {
        all.extend(command.get_about().map(ToString::to_string));
        for argument in command.get_arguments() {
            all.extend(argument.get_help().map(ToString::to_string));
            all.extend(argument.get_long_help().map(ToString::to_string));
            for value in argument.get_possible_values() {
                all.extend(value.get_help().map(ToString::to_string));
            }
        }
        for sub in command.get_subcommands() {
            told(sub, all);
        }
    }

    #[test]
    fn no_english_is_left_in_the_help() {
        const ENGLISH: [&str; 14] = [
            "the", "with", "and", "of", "to", "file", "print", "folder", "is", "for", "from",
            "workbook", "write", "only",
        ];
        let mut all = Vec::new();
        told(&usage::french(Cli::command()), &mut all);
        assert!(all.len() > 100, "{}", all.len());
        for text in all {
            let words = text.split(|c: char| !c.is_alphabetic());
            let english: Vec<&str> = words.filter(|w| ENGLISH.contains(w)).collect();
            assert!(english.is_empty(), "{text} : {english:?}");
        }
    }
}
