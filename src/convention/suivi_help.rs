//! What `Lisez-moi` says to those who fill the follow-up in.

/// How to fill the workbook in.
pub(super) const HELP: [(&str, &str); 14] = [
    (
        "Comment s’en servir",
        "Une ligne par chose : une réunion, une action, une décision. Remplissez, enregistrez, puis rendez le classeur à la coordination : elle l’importe, et seules les cases que vous avez changées changent. Plusieurs personnes peuvent remplir le leur en même temps.",
    ),
    (
        "Jamais de noms",
        "Aucun nom de personne, aucun courriel, aucun téléphone : des fonctions (direction, chargée de coopération…) et des services. Une colonne de noms ajoutée n’est jamais gardée.",
    ),
    (
        "Colonnes grisées",
        "Les identifiants, le retard, la suite et la dernière mise à jour sont donnés par le programme : elles ne se modifient pas et ne sont pas relues. La protection n’a pas de mot de passe.",
    ),
    (
        "Ajouter une ligne",
        "Sur une ligne libre, en bas, sans identifiant : le programme le donne. Pour un partenaire ou une fonction, vous pouvez écrire vous-même un code court.",
    ),
    (
        "Retirer une ligne",
        "Videz toutes ses cases, en laissant l’identifiant. Supprimer la ligne du classeur n’efface rien.",
    ),
    (
        "Temps",
        "Une ligne par réunion ou rencontre, avec sa date et son type. « Animé par » : le code ou l’intitulé d’une fonction de la feuille « Fonctions ».",
    ),
    (
        "Présences",
        "Une ligne par service. « Temps » : l’identifiant du temps, ou son intitulé exact s’il est nouveau. « Invité » vide vaut oui. Sans statut, un nombre de présents d’au moins 1 vaut « présent ».",
    ),
    (
        "Organisme",
        "Le même mot que dans la feuille « Partenaires » (code ou nom) : c’est elle qui donne son type.",
    ),
    (
        "Documents",
        "La date du document, et celle où il a été diffusé : sans diffusion, il existe sans avoir été partagé.",
    ),
    (
        "Décisions",
        "Une décision par ligne, son échéance et son statut. Faite ou engagée, elle est suivie d’effet.",
    ),
    (
        "Pratiques",
        "D’où vient la pratique, qui l’a adoptée, la preuve et sa date. Une ligne sans preuve datée n’est pas comptée.",
    ),
    (
        "Relevés",
        "Pour ce que rien d’autre ne calcule : la période s’écrit 2026-T2, 2026 ou C2. Un taux s’écrit entre 0 et 1, ou par son numérateur et son dénominateur.",
    ),
    (
        "Paroles",
        "Ce que l’on a entendu, sans dire de qui : qui parle (famille, équipe…), et l’accord pour citer.",
    ),
    (
        "À compléter",
        "Ce qui manque, ligne par ligne, le jour où ce classeur a été écrit ; un clic mène à la case.",
    ),
];
