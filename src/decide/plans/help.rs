//! What `Lisez-moi` says to the teams.

/// How to fill the workbook in.
pub(super) const HELP: [(&str, &str); 17] = [
    (
        "Comment s’en servir",
        "Une ligne par action, dans la feuille « Plan ». Remplissez, enregistrez, puis rendez le classeur à la coordination : elle l’importe, et rien de ce qui était écrit avant n’est perdu.",
    ),
    (
        "Ajouter une action",
        "Sur une ligne libre, en bas : choisissez la structure et la campagne, laissez l’identifiant vide. Le programme le donne ; repartez ensuite d’un classeur exporté.",
    ),
    (
        "Colonnes grisées",
        "Identifiant, structure, accueil, campagne, retard et effet ne se modifient pas. La protection n’a pas de mot de passe.",
    ),
    (
        "Critères",
        "Le code du critère, par exemple REL-2 ; plusieurs codes se séparent par une virgule.",
    ),
    (
        "Priorité",
        "« impératif » : obligatoire, à traiter avant tout. « haute » et « moyenne » : à décider en équipe.",
    ),
    (
        "Constat, objectif, action",
        "Ce qui a été vu, ce qu’on vise, ce qu’on va faire. On parle de pratiques, jamais de personnes : aucun nom, ni d’enfant, ni d’adulte.",
    ),
    (
        "Responsable",
        "Une fonction (direction, référente handicap, coordination…), jamais un nom.",
    ),
    ("Coût", "En euros, un nombre seul. Vide : sans coût."),
    (
        "Début, échéance",
        "Des dates : 12/05/2026. Une action ni réalisée ni abandonnée après son échéance est « en retard » : cela se calcule, cela ne s’écrit pas.",
    ),
    (
        "Indicateur, cible",
        "À quoi verra-t-on que l’action a réussi, et quelle valeur vise-t-on ?",
    ),
    (
        "Statut",
        "À lancer, en cours, réalisée (avec sa date) ou abandonnée (avec sa raison).",
    ),
    (
        "Recommandation intégrée",
        "« oui » quand la recommandation est écrite dans le projet pédagogique ou de fonctionnement : indiquez alors le document, la page et la date.",
    ),
    (
        "Type du document",
        "Projet pédagogique, projet de fonctionnement, ou autre. Seuls les deux premiers comptent parmi les recommandations intégrées ; un livret d’accueil ou un règlement reste noté dans le plan. Vide : le type se lit dans le titre du document.",
    ),
    (
        "Impératifs",
        "Quatre questions : l’organisateur est-il informé ? les causes sont-elles analysées ? la mesure est-elle identifiée ? un pilote et une date sont-ils fixés ?",
    ),
    (
        "Effet mesuré",
        "Ce que montre la campagne suivante sur le critère. Un écart trop faible ne permet pas de conclure ; une progression n’est pas la preuve que l’action en est la cause.",
    ),
    (
        "Hors de l’observatoire",
        "Une situation grave ne se traite pas dans ce plan : prévenez l’organisateur et le SDJES ; en cas de danger pour un enfant, appelez le 119.",
    ),
    (
        "Effacer",
        "Vider une cellule efface ce qu’elle contenait ; l’historique garde l’ancienne valeur. Retirer une ligne ne change rien : une action s’abandonne, avec sa raison.",
    ),
];
