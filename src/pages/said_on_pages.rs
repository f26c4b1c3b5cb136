//! What actions say to a person at a terminal, in the words of the page: where to click instead of which option to
//! type. Options stay in what the terminal prints.

use super::file_words::without_files;

/// Words of the terminal, and of the page; longer ones first.
const WORDS: &[(&str, &str)] = &[
    (
        "Faites-le entrer avec « observatoire ctg importer », suivi de son nom.",
        "Retirez-le d’ici, et déposez-le dans la page « Convention », « Classeurs, listes, agendas ».",
    ),
    (
        "Inscrivez-le au registre (observatoire exporter registre en donne la fiche), puis notez inscrit_le et reference.",
        "Inscrivez-le au registre des traitements, puis notez-en la date et la référence dans ctg/echanges.toml.",
    ),
    (
        "Reprenez le lien que donne « observatoire territoire »",
        "Reprenez le lien de la page « Réglages », « Territoire »",
    ),
    (
        "Relancez avec --temps et l’identifiant du temps",
        "Choisissez ci-dessous de quel temps est cette liste",
    ),
    ("relancez avec --tous-presents", "cochez-le ci-dessous"),
    (
        "Relancez avec --type (par exemple --type coordination) si tous sont du même type ; sinon avec --propositions a-confirmer.xlsx, remplissez la colonne « Type » et importez ce classeur.",
        "Choisissez ci-dessous leur type, si tous ont le même ; sinon prenez-les dans un classeur, remplissez sa colonne « Type » et déposez-le.",
    ),
    (
        "Si toutes les ressemblances du fichier sont justes, relancez avec --confirmer : elles seront retenues ;",
        "Si toutes les ressemblances du fichier sont justes, cochez-le ci-dessous : elles seront retenues ;",
    ),
    (
        "Exportez le suivi sans « --date », reportez-y vos changements, et importez ce classeur-là.",
        "Prenez ici le classeur d’aujourd’hui, reportez-y vos changements, puis déposez-le.",
    ),
    // Said once for all files.
    (
        "Si c’est une réponse donnée à un titre de ce fichier, changez-la dans le classeur de sa correspondance, dans grids/correspondances, puis relancez l’import ; sinon, corrigez le code, ou dites l’instrument avec --source.",
        "Si c’est une réponse que vous avez donnée à un titre de ce fichier, changez-la dans la page « Correspondances », sous « Ce que vous avez déjà répondu » ; sinon, corrigez le code, ou dites qui a répondu sous « Dire ce que le fichier ne dit pas ».",
    ),
    (
        "dans la liste à corriger (« importer » avec --liste) ou dans le classeur proposé dans grids/correspondances ; puis relancez.",
        "dans la page « Correspondances », puis revenez à « Recevoir ».",
    ),
    (
        "dans la liste à corriger (« importer » avec --liste), ou complétez la correspondance proposée dans grids/correspondances ; puis relancez l’import.",
        "dans la page « Correspondances », puis revenez à « Recevoir ».",
    ),
    (
        "dans la liste à corriger (« importer » avec --liste), ou dans grids/correspondances.",
        "dans la page « Correspondances ».",
    ),
    (
        "Remplissez la grille, ou la correspondance de ce fichier dans grids/correspondances, ou retirez-le de l’import.",
        "Remplissez la grille, répondez dans la page « Correspondances » si elle demande quelque chose de ce fichier, ou retirez-le de la liste.",
    ),
    (
        "complétez la correspondance proposée dans grids/correspondances.",
        "répondez dans la page « Correspondances ».",
    ),
    (
        "la liste à corriger (« importer » avec --liste)",
        "la page « Correspondances »",
    ),
    (", en mettant son code à la place de CODE", ""),
    (", à la place de CODE", ""),
    (
        "Le nom reste sur ce poste, dans data/observateurs.csv.",
        "Le nom reste sur ce poste.",
    ),
    (
        " Une simple ressemblance s’accepte aussi avec --accepter-proches.",
        "",
    ),
    (
        "relancez avec --ignorer suivi de son titre",
        "dites qu’elle ne compte pas dans la page « Correspondances »",
    ),
    (
        "relancez avec --ignorer suivi de son texte",
        "dites qu’elle ne compte pas dans la page « Correspondances »",
    ),
    (
        "se laisse de côté avec --ignorer suivi de son titre",
        "se laisse de côté dans la page « Correspondances »",
    ),
    (
        "Une fois remplie, donnez-la à la commande « corriger » : observatoire corriger, suivi du nom de ce classeur. Puis relancez l’import des autres fichiers.",
        "Répondez plutôt dans la page « Correspondances », et retirez ce classeur de la liste.",
    ),
    // What a file does not say.
    (
        "relancez avec --outil grille-main (c’est une grille) ou --outil tableau (une ligne par personne)",
        "choisissez, sous « Dire ce que le fichier ne dit pas », l’outil : une grille, ou un tableau (une ligne par personne)",
    ),
    (
        "précisez l’outil avec --outil",
        "dites de quel outil il vient sous « Dire ce que le fichier ne dit pas »",
    ),
    (
        "dites lequel : --source FAM (familles), ENF, EQP ou ENS, avec --outil tableau",
        "dites lequel sous « Dire ce que le fichier ne dit pas » : qui a répondu, et l’outil « tableau »",
    ),
    (
        "relancez avec --structure CODE",
        "choisissez-le sous « Dire ce que le fichier ne dit pas »",
    ),
    (
        "vérifiez aussi l’instrument (--source)",
        "vérifiez aussi qui a répondu",
    ),
    ("(dites --source AUT)", "(dites-le sous « Qui a répondu »)"),
    (
        "ajoutez --source OBS ou --confirmer",
        "dites-le sous « Qui a répondu », ou cochez « J’ai vérifié » avant de faire entrer",
    ),
    (
        "la commande dit --structure ",
        "vous avez choisi l’accueil ",
    ),
    ("la commande dit --source ", "vous avez choisi la source "),
    ("Retirez l’option", "Retirez ce choix"),
    (
        "Vérifiez --campagne et le fichier",
        "Vérifiez la campagne choisie et le fichier",
    ),
    // What a person answers for.
    (
        "relancez avec --confirmer",
        "cochez « J’ai vérifié » avant de faire entrer",
    ),
    (
        "ajoutez --confirmer",
        "cochez « J’ai vérifié » avant de faire entrer",
    ),
    (
        "Relancez « purger » avec --confirmer.",
        "Confirmez la purge.",
    ),
    ("« purger --simulation »", "« purger »"),
    (
        "Relancez l’import et répondez oui pour que",
        "Cochez « J’ai vérifié » avant de faire entrer pour que",
    ),
    // Other commands.
    ("par « observatoire plan exporter »", "par la page « Plan »"),
    (
        "avec « observatoire plan importer »",
        "depuis la page « Plan »",
    ),
    (
        "le classeur qu’écrit « importer … --liste »",
        "un classeur que la page n’écrit pas",
    ),
    ("--colonne « ", "Colonne « "),
    ("(« observatoire grille »)", "(page « Formulaires »)"),
    ("« observatoire importer » avec ", "déposez à nouveau "),
    (
        "« observatoire init DOSSIER », ou indiquez-le avec --dossier",
        "« Créer », ou ouvrez le vôtre",
    ),
    ("précisez --type", "choisissez un type"),
    ("choisissez avec --depuis un jour", "choisissez un jour"),
    (
        "Donnez à --sortie le nom d’un fichier à créer",
        "Choisissez le nom d’un fichier à créer",
    ),
    ("Donnez un autre nom à --sortie", "Choisissez un autre nom"),
    ("Donnez à --sortie un autre nom", "Choisissez un autre nom"),
    (
        "Donnez un autre nom avec --sortie",
        "Choisissez un autre nom",
    ),
    // Files are dropped again.
    (
        "et relancez l’import",
        "ici, ou dans le fichier que vous déposerez à nouveau",
    ),
    ("puis relancez l’import", "puis revenez à « Recevoir »"),
    ("puis relancez", "puis déposez-le à nouveau"),
];

/// What begins so, up to a mark, is said so.
const BEGUN: &[(&str, &[&str], &str)] = &[
    (
        "une correspondance à relire serait écrite dans grids/correspondances/",
        &["."],
        "ce que ce fichier demande se répond dans la page « Correspondances »",
    ),
    (
        "correspondance à remplir dans Excel : grids/correspondances/",
        &["."],
        "ce que ce fichier demande se répond dans la page « Correspondances »",
    ),
    (", ou dans grids/correspondances/", &[", puis"], ""),
    (
        " : observatoire reconnaitre ",
        &[" ; ", "\u{a0}; ", ". ", "."],
        " dans la page « Correspondances »",
    ),
    (
        " : observatoire annuler ",
        &[" ; ", "\u{a0}; ", ". ", "."],
        " par « Annuler », sous « Ce qui est entré »",
    ),
    (
        "« observatoire annuler",
        &["»"],
        "« Annuler », sous « Ce qui est entré\u{a0}",
    ),
    (
        "relancez avec --ignorer \"",
        &["\" ", "\".", "\",", "\"\u{a0}", "\""],
        "dites qu’elle ne compte pas dans la page « Correspondances »",
    ),
    (
        "relancez avec --source ",
        &[" ; ", "\u{a0}; ", ", ", " "],
        "dites-le sous « Qui a répondu »",
    ),
    (
        "relancez avec --campagne ",
        &[" ; ", "\u{a0}; ", ", "],
        "déposez-les dans cette campagne-là",
    ),
    (
        "précisez --outil",
        &["."],
        "dites lequel sous « Dire ce que le fichier ne dit pas »",
    ),
];

/// Said where nothing else is left of a text.
const ELSEWHERE: &str = "Cela ne se fait pas sur cette page.";

/// A text of an action, as a page says it.
pub(crate) fn page_words(text: &str) -> String {
    let mut said = text.to_owned();
    for (terminal, page) in WORDS {
        if said.contains(terminal) {
            said = said.replace(terminal, page);
        }
    }
    for (begins, ends, page) in BEGUN {
        said = swapped(&said, begins, ends, page);
    }
    if names_a_command(&said) {
        said = without_commands(&said);
    }
    without_files(said)
}

fn swapped(text: &str, begins: &str, ends: &[&str], page: &str) -> String {
    let mut said = String::new();
    let mut rest = text;
    while let Some(at) = rest.find(begins) {
        said.push_str(&rest[..at]);
        said.push_str(page);
        let after = &rest[at + begins.len()..];
        rest = &after[end_of(after, ends).unwrap_or(after.len())..];
    }
    said.push_str(rest);
    said
}

/// Where what began is over. Names of files hold dots, and semicolons once they are quoted.
fn end_of(after: &str, ends: &[&str]) -> Option<usize> {
    let ends_there = |at: usize, end: &str| {
        let next = after[at + end.len()..].chars().next();
        end != "." || next.is_none_or(char::is_whitespace)
    };
    if ends.iter().any(|end| end.starts_with('"')) {
        // What is quoted ends with its quote.
        let found = ends.iter().filter_map(|end| {
            let at = after.find(end)?;
            Some(at + usize::from(end.starts_with('"')))
        });
        return found.min();
    }
    let mut quoted = false;
    for (at, c) in after.char_indices() {
        quoted ^= c == '"';
        let mut here = ends.iter().filter(|end| after[at..].starts_with(**end));
        if !quoted && here.any(|end| ends_there(at, end)) {
            return Some(at);
        }
    }
    None
}

/// Whether it names an option, or a command to type.
fn names_a_command(text: &str) -> bool {
    let is_letter = |rest: &str| rest.starts_with(|c: char| c.is_ascii_lowercase());
    let option = text
        .match_indices("--")
        .any(|(at, m)| is_letter(&text[at + m.len()..]));
    let pasted = "observatoire ";
    let verbs = [
        "accueils",
        "annuler",
        "comparer",
        "corriger",
        "demo",
        "expliquer",
        "exporter",
        "grille",
        "guide",
        "importer",
        "imports",
        "init",
        "plan",
        "purger",
        "rapport",
        "reconnaitre",
        "referentiel",
        "restaurer",
        "sauvegarder",
        "verifier",
    ];
    option
        || text.match_indices(pasted).any(|(at, m)| {
            let rest = &text[at + m.len()..];
            verbs.iter().any(|verb| rest.starts_with(verb))
        })
}

/// The clauses that name no command.
fn without_commands(text: &str) -> String {
    let sentences = text.split_inclusive(". ").filter_map(|sentence| {
        let end = sentence.trim_end().ends_with('.');
        let clauses = sentence.trim_end().trim_end_matches('.').split(" ; ");
        let kept: Vec<&str> = clauses.filter(|c| !names_a_command(c)).collect();
        let stop = if end { "." } else { "" };
        (!kept.is_empty()).then(|| format!("{}{stop}", kept.join(" ; ")))
    });
    match sentences.collect::<Vec<_>>().join(" ") {
        none if none.is_empty() => ELSEWHERE.to_owned(),
        kept => kept,
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;
    use crate::base::diagnostics::Code;

    /// Texts between quotes of the sources of a folder, tests and comments aside.
    fn texts(dir: &Path, all: &mut Vec<String>) {
        for entry in std::fs::read_dir(dir).expect("a folder").flatten() {
            let path = entry.path();
            if path.is_dir() {
                texts(&path, all);
            } else if !path.to_string_lossy().contains("tests") {
                let text = std::fs::read_to_string(&path).expect("text");
                let code = text.split("#[cfg(test)]").next().unwrap_or_default();
                let lines = code.lines().filter(|l| !l.trim_start().starts_with("//"));
                let code = lines
                    .collect::<Vec<_>>()
                    .join("\n")
                    .replace("\\\"", "\u{1}");
                let quoted = code.split('"').skip(1).step_by(2);
                all.extend(quoted.map(|t| t.replace('\u{1}', "\"")));
            }
        }
    }

    fn of(folder: &str) -> Vec<String> {
        let mut all = Vec::new();
        texts(
            &Path::new(env!("CARGO_MANIFEST_DIR"))
                .join("src")
                .join(folder),
            &mut all,
        );
        // Sentences alone: a word of a command is put together elsewhere.
        all.retain(|t| names_a_command(t) && t.contains(' ') && t.len() > 20);
        all
    }

    #[test]
    fn no_page_tells_anybody_to_type_an_option() {
        let remedies = Code::ALL.iter().map(|c| c.remedy().to_owned());
        for text in remedies
            .chain(of("intake"))
            .chain(of("campaign"))
            .chain(of("vocabulary"))
        {
            let said = page_words(&text);
            assert!(!names_a_command(&said), "{text}\n{said}");
            assert!(
                text.is_empty() == said.is_empty() && said != ELSEWHERE,
                "{text}\n{said}"
            );
            assert!(!said.contains("relancez l’import"), "{said}");
        }
        for text in of("actions") {
            let said = page_words(&text);
            assert!(
                !names_a_command(&said) && !said.is_empty(),
                "{text}\n{said}"
            );
        }
    }

    #[test]
    fn what_is_to_be_typed_becomes_where_to_click() {
        for (terminal, page) in [
            (
                "Si c’est une correction, retirez d’abord l’ancien fichier : observatoire annuler I003 --fichier \"Séances ; mai. v2.xlsx\" ; si ce sont bien deux collectes, ajoutez --confirmer.",
                "Si c’est une correction, retirez d’abord l’ancien fichier par « Annuler », sous « Ce qui est entré » ; si ce sont bien deux collectes, cochez « J’ai vérifié » avant de faire entrer.",
            ),
            (
                "Reconnu une fois pour toutes : observatoire reconnaitre Bac.2026 --structure R01. Sinon, corrigez le fichier.",
                "Reconnu une fois pour toutes dans la page « Correspondances ». Sinon, corrigez le fichier.",
            ),
            (
                "Si oui, dites-le une fois pour toutes : observatoire reconnaitre \"Le Bac\" --structure R01 ; puis relancez l’import. Sinon, corrigez le fichier.",
                "Si oui, dites-le une fois pour toutes dans la page « Correspondances » ; puis revenez à « Recevoir ». Sinon, corrigez le fichier.",
            ),
            (
                "Si elle ne compte pas, relancez avec --ignorer \"Ma colonne\" : c’est retenu. Sinon, dites ce qu’elle est.",
                "Si elle ne compte pas, dites qu’elle ne compte pas dans la page « Correspondances » : c’est retenu. Sinon, dites ce qu’elle est.",
            ),
            (
                "Si c’est vrai, relancez avec --source DIR ; sinon renommez la feuille, ou ajoutez --confirmer.",
                "Si c’est vrai, dites-le sous « Qui a répondu » ; sinon renommez la feuille, ou cochez « J’ai vérifié » avant de faire entrer.",
            ),
            (
                "Corrigez la cellule et rien d’autre.",
                "Corrigez la cellule et rien d’autre.",
            ),
            ("Corrigez-la ; puis essayez --nouveau.", "Corrigez-la."),
            ("Essayez --nouveau.", ELSEWHERE),
        ] {
            assert_eq!(page_words(terminal), page);
        }
    }
}
