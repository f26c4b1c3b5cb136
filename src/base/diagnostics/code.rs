//! Every diagnostic of the program: code, severity, title, remedy, and the long explanation that
//! `observatoire expliquer CODE` prints. One table, so that it can be proofread in one sitting.

use std::fmt;
use std::str::FromStr;

use serde::{Serialize, Serializer};

/// How serious a diagnostic is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// The file does not enter the store; or what must be mended before figures are whole.
    Error,
    /// Entered, but someone should look.
    Warning,
    /// Good to know: what was assumed or left out.
    Info,
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Error => "erreur",
            Self::Warning => "alerte",
            Self::Info => "info",
        })
    }
}

macro_rules! codes {
    ($($variant:ident $code:literal $severity:ident $title:literal $remedy:literal $long:literal;)*) => {
        /// A stable diagnostic code.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum Code {
            $(#[doc = $title] $variant,)*
        }

        impl Code {
            /// Every code, in the order of the table.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)*];

            /// The code as printed, `VAL-401`.
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $code,)* }
            }

            /// Severity of every diagnostic with this code.
            pub fn severity(self) -> Severity {
                match self { $(Self::$variant => Severity::$severity,)* }
            }

            /// A few French words.
            pub fn title(self) -> &'static str {
                match self { $(Self::$variant => $title,)* }
            }

            /// What to do, in one French sentence.
            pub fn remedy(self) -> &'static str {
                match self { $(Self::$variant => $remedy,)* }
            }

            /// The long explanation, for `expliquer`.
            pub fn explanation(self) -> &'static str {
                match self { $(Self::$variant => $long,)* }
            }
        }
    };
}

codes! {
    FileEmpty "FIC-101" Error "Fichier vide"
        "Retrouvez l’original (messagerie, clé) et importez-le."
        "Le fichier ne contient aucun octet. C’est souvent une copie interrompue ou une pièce jointe mal enregistrée.";
    FileUnreadable "FIC-102" Error "Fichier illisible"
        "Ouvrez-le dans Excel ou LibreOffice et enregistrez-le au format .xlsx ; s’il ne s’ouvre pas, retrouvez l’original ; s’il ne tient pas de réponses, retirez-le de l’import."
        "Le contenu n’est pas celui d’un classeur ni d’un fichier texte en colonnes (CSV), quel que soit le nom du fichier. Le programme regarde le contenu, jamais l’extension.";
    FileProtected "FIC-103" Error "Fichier protégé par un mot de passe"
        "Ouvrez-le avec son mot de passe, retirez la protection (Fichier › Informations › Protéger) et enregistrez."
        "Personne ne peut lire un fichier protégé à l’ouverture sans son mot de passe. La protection des cellules, elle, ne gêne pas.";
    FileTooLarge "FIC-104" Error "Fichier démesuré"
        "Si c’est bien un classeur, copiez les seules lignes utiles dans un nouveau et importez celui-ci ; sinon, retirez ce fichier."
        "Le fichier dépasse ce qu’une collecte peut contenir : plus de 256 Mo une fois décompressé dans une partie, plus de 5 millions de cellules, ou une cellule hors de portée (ligne au-delà de 200 000, colonne au-delà de 2 000).";
    SheetMissing "FIC-105" Error "Feuille manquante"
        "Repartez de la grille fournie, sans renommer ni supprimer ses feuilles."
        "La grille fournie par le programme contient des feuilles dont il a besoin ; l’une d’elles a disparu ou a changé de nom.";
    ToolUnknown "FIC-106" Error "Tableau non reconnu"
        "Vérifiez qu’une ligne d’en-tête porte les codes des éléments, ou précisez l’outil avec --outil."
        "Le fichier se lit, mais il ne ressemble à aucun des outils connus : grille du programme, grille faite à la main, questionnaire avec une colonne par élément, séances, équipe ou dénominateurs.";
    LockFile "FIC-107" Info "Fichier temporaire d’Excel ignoré"
        "Fermez le classeur dans Excel s’il est encore ouvert, puis relancez l’import."
        "Quand Excel tient un classeur ouvert, il pose à côté un fichier « ~$… » qui ne contient aucune réponse. Le programme l’ignore et lit le classeur tel qu’il est enregistré.";
    EncodingAssumed "FIC-108" Info "Encodage reconnu"
        ""
        "Le fichier texte n’est pas en UTF-8 ; le programme a reconnu UTF-16 (marque d’ordre) ou supposé Windows-1252, l’encodage d’Excel en français. Si des accents sont faux dans les commentaires, enregistrez en « CSV UTF-8 ».";
    AlreadyImported "FIC-109" Info "Fichier déjà importé"
        ""
        "Exactement le même fichier a déjà été importé pour cette campagne : il n’y a rien à faire, rien n’est compté deux fois.";
    FileUnavailable "FIC-110" Error "Fichier inaccessible"
        "Fermez-le s’il est ouvert dans Excel, vérifiez vos droits, puis relancez."
        "Le système a refusé la lecture du fichier. Sous Windows, c’est le plus souvent Excel qui le tient ouvert.";
    FileWithoutAnswer "FIC-111" Error "Aucune réponse"
        "Remplissez la grille, ou la correspondance de ce fichier dans grids/correspondances, ou retirez-le de l’import."
        "Le fichier est bien reconnu, mais aucune réponse n’y figure, ou aucune colonne ne mène à un élément du référentiel. Une grille vierge n’est pas importée.";
    FileRenamed "FIC-112" Info "Nom de fichier non conservé"
        ""
        "Un nom de fichier qui semble désigner une personne (« Questionnaire Théo Martin ») n’est ni conservé ni imprimé : un nom neutre le remplace, le même chaque fois que ce fichier revient. « annuler --fichier » accepte l’un et l’autre. Les mots d’un accueil du registre sont gardés. Le fichier lui-même n’est pas renommé.";
    PurgedContent "FIC-113" Error "Contenu purgé"
        "Retirez ce fichier du dossier : le temps de garder ces réponses est passé, et leurs chiffres sont déjà là."
        "La durée de conservation de ces réponses est terminée : « purger » les a remplacées par des agrégats, sans retour possible. Le même fichier, ou d’autres réponses de la même source pour la même campagne, n’entrent plus : ils compteraient deux fois, et ramèneraient ce qui devait être oublié.";
    SheetUnread "FIC-114" Warning "Feuille non lue"
        "Vérifiez qu’elle ne tient aucune réponse ; sinon, donnez-lui les titres d’une grille, ou importez-la dans un fichier à part."
        "Une feuille du classeur porte quelque chose, et rien n’y a été reconnu : ni grille, ni tableau de réponses. Le reste du fichier entre ; ce qu’elle tient n’entre pas.";
    FilesLeftAside "FIC-115" Info "Fichiers d’un autre genre"
        ""
        "Dans un dossier, le programme lit les classeurs, les fichiers texte en colonnes (CSV) et leurs archives. Le reste (documents, images, fichiers sans extension) est compté par genre et laissé de côté. Un fichier nommé un à un est toujours lu, quelle que soit son extension.";
    ReadingStopped "FIC-116" Error "Lecture arrêtée"
        "Ouvrez-le dans Excel ou LibreOffice, enregistrez-le au format .xlsx (ou copiez ses lignes dans un nouveau classeur), puis importez celui-ci."
        "Les classeurs d’anciens formats, et ceux que leur contenu rend suspects, sont lus à part du reste : si l’un d’eux fait tomber sa lecture, ou ne la laisse pas finir, il n’emporte que lui. Un classeur valide se lit en moins d’une seconde ; celui-ci est abîmé, ou n’est pas ce que son nom dit.";
    ColumnSplit "FIC-117" Info "Tableau tout en colonne A"
        ""
        "Un texte tabulé ouvert dans un tableur sans être réparti, puis enregistré, tient tout dans sa première colonne, séparateurs compris. Il est lu comme le texte qu’il était : les colonnes que les messages désignent sont celles de ce texte.";
    ListGiven "FIC-118" Error "Liste à corriger"
        "Une fois remplie, donnez-la à la commande « corriger » : observatoire corriger, suivi du nom de ce classeur. Puis relancez l’import des autres fichiers."
        "« importer … --liste » écrit dans un classeur tout ce qui est à corriger. Ce que vous y dites des noms, des titres de colonnes et des réponses est retenu par « corriger », et vaut pour tous les fichiers.";
    GridOrTable "FIC-119" Error "Grille, ou tableau de réponses ?"
        "Dites-le une fois dans la liste à corriger (« importer » avec --liste) ; ou relancez avec --outil grille-main (c’est une grille) ou --outil tableau (une ligne par personne)."
        "Des lignes qui disent quelque chose, et des croix ou des notes à côté : c’est une grille faite à la main, ou un tableau de réponses à un questionnaire. Rien dans les titres ne permet d’en être sûr, et le programme ne choisit pas. La réponse se donne une fois : elle sert à tous les fichiers qui ont les mêmes titres.";
    OfConvention "FIC-120" Error "Fichier du suivi de la convention"
        "Faites-le entrer avec « observatoire ctg importer », suivi de son nom."
        "Le tableau de suivi, une liste d’émargement, un agenda, les réponses à une enquête de la convention, les effectifs des écoles ne sont pas des réponses sur un accueil : ils entrent par « ctg importer », et rien n’en est gardé ici.";
    StructureUnknown "STR-201" Error "Structure inconnue"
        "Corrigez le code dans le fichier, ou ajoutez la structure au registre data/structures.csv."
        "Le code ou le nom écrit dans le fichier n’est pas au registre. Le programme propose les accueils qui ont les mêmes mots ou un nom proche, mais ne devine jamais. Quand c’est un autre nom d’un accueil connu, « observatoire reconnaitre » l’écrit dans la colonne alias du registre, et il sera reconnu partout.";
    StructureByName "STR-202" Info "Structure reconnue par son nom"
        ""
        "Le fichier donne le nom, pas le code. Le nom est le même que celui du registre (ou que l’un de ses alias) aux majuscules, accents, tirets et « St/Saint » près : la structure est certaine.";
    StructureMissing "STR-203" Error "Structure absente du fichier"
        "Indiquez le code dans le fichier, ou relancez avec --structure CODE."
        "Aucune cellule ne dit de quelle structure parlent ces réponses.";
    StructureAmbiguous "STR-204" Error "Nom porté par plusieurs structures"
        "Remplacez le nom par le code de la structure."
        "Plusieurs structures du registre portent ce nom une fois les accents et tirets retirés.";
    StructureClosed "STR-205" Warning "Structure fermée pendant la campagne"
        "Vérifiez la date et la campagne, ou les dates d’ouverture et de fermeture du registre."
        "D’après le registre, cette structure n’est pas en activité pendant la campagne. Ses réponses sont gardées mais n’apparaissent pas parmi les structures actives.";
    StructureContradicted "STR-206" Error "Code et nom de deux structures"
        "Corrigez le code ou le nom dans le fichier : tous deux doivent désigner le même accueil."
        "Le fichier donne le code d’un accueil et le nom d’un autre, tous deux au registre. Le programme ne choisit pas : les réponses iraient peut-être à un accueil qui n’a pas été visité.";
    StructureNameUnlike "STR-207" Warning "Nom qui n’est pas celui du registre"
        "Vérifiez que le code est le bon ; si l’accueil a changé de nom, corrigez le registre."
        "Le code du fichier est au registre, mais le nom écrit à côté n’est pas celui de cette structure. Le code est suivi.";
    ElementUnknown "ELE-301" Error "Élément inconnu"
        "Corrigez ou complétez le code d’après le référentiel de la campagne ; vérifiez aussi l’instrument (--source), et que la grille est de la bonne version."
        "Le code n’existe pas dans le référentiel de la campagne. Un code écrit dans un fichier doit exister tel quel dans le référentiel ; sans code, un élément est reconnu à sa formulation.";
    ElementOutOfScope "ELE-302" Warning "Élément hors du champ de la structure"
        "Effacez la réponse, ou corrigez le type de la structure dans le registre."
        "Le référentiel dit que cet élément ne s’applique pas à ce type d’accueil. La réponse est gardée dans la base mais n’entre dans aucun calcul.";
    ElementTwice "ELE-303" Error "Élément présent deux fois"
        "Gardez une seule ligne (ou colonne) pour cet élément."
        "Le même code figure deux fois dans la même grille ou le même questionnaire : on ne saurait laquelle des deux réponses compter.";
    ColumnIgnored "ELE-304" Info "Contenu ignoré"
        ""
        "Ce contenu se trouve autour des réponses, et n’est ni un élément du référentiel ni une information attendue : il n’entre pas dans la base.";
    PersonalColumn "ELE-305" Info "Colonne personnelle écartée"
        ""
        "Nom, courriel, téléphone, adresse IP, jeton : le programme ne garde jamais ce qui désigne une personne. La colonne est écartée avant toute écriture.";
    LabelToConfirm "ELE-306" Error "Colonne à confirmer"
        "Répondez dans la liste à corriger (« importer » avec --liste), ou ouvrez le classeur proposé dans grids/correspondances, choisissez dans « Accepter » ce qui convient, enregistrez, puis relancez. Une simple ressemblance s’accepte aussi avec --accepter-proches."
        "L’en-tête ressemble à la formulation d’un élément sans lui être égal. Le programme propose, il ne devine pas : rien n’entre avant qu’une personne ait confirmé.";
    LabelAssumed "ELE-307" Info "Ligne ou colonne reconnue"
        ""
        "Le titre d’une colonne ou les mots d’une ligne ne sont pas ceux d’un élément, et sont lus comme lui : parce qu’ils lui ressemblent et que --accepter-proches l’a demandé, ou parce qu’une personne l’a dit des mêmes mots dans une autre grille. Relisez-les : deux grilles peuvent employer les mêmes mots pour deux choses.";
    MappingProposed "ELE-308" Info "Correspondance proposée"
        ""
        "Les colonnes (ou les lignes d’une grille) ne portent pas de code. Le classeur écrit dans grids/correspondances dit ce que leurs mots ont fait reconnaître, et les éléments qui leur ressemblent le plus : il se relit, se remplit dans Excel, et sert pour tous les fichiers qui ont les mêmes en-têtes. Le fichier .toml à côté dit la même chose, pour qui préfère un texte.";
    MappingAdopted "ELE-312" Info "Correspondance retenue"
        ""
        "Le classeur de correspondance que vous avez rempli est rangé dans grids/correspondances : ce qu’il accepte vaut pour tous les fichiers qui ont les mêmes titres.";
    ColumnNotUnderstood "ELE-309" Error "Colonne non comprise"
        "Si elle ne compte pas, relancez avec --ignorer suivi de son titre ; sinon, dites ce qu’elle est dans la liste à corriger (« importer » avec --liste), ou dans grids/correspondances."
        "Une colonne remplie se trouve parmi les réponses, et rien ne dit ce qu’elle tient : une note sous un titre inconnu, une question hors du référentiel, un reste d’une autre visite. Le fichier n’entre pas tant qu’une personne n’a pas dit ce qu’elle est, ou qu’elle ne compte pas. La réponse se donne une fois : elle est retenue dans grids/correspondances pour tous les fichiers qui ont les mêmes titres. « --ignorer toutes » le dit de toutes les colonnes non comprises.";
    LineNotUnderstood "ELE-310" Error "Ligne notée non comprise"
        "Dites à quel élément elle mène dans la liste à corriger (« importer » avec --liste), ou écrivez sur la ligne le code de l’élément ; si elle ne compte pas, relancez avec --ignorer suivi de son texte."
        "Une ligne de la grille ou du tableau porte une réponse, mais rien ne dit à quelle question, ni pour quel accueil. Les lignes de total, les titres et les légendes sont reconnus et laissés de côté.";
    ColumnAmbiguous "ELE-311" Error "Deux colonnes pour une"
        "Donnez à la bonne son titre seul (« Note », « Commentaire »), et un autre titre à l’autre ; puis relancez."
        "Deux colonnes portent le même titre, ou deux titres qui annoncent la même chose. Le programme ne choisit pas à votre place laquelle tient les réponses du jour.";
    ScaleToSay "ELE-313" Error "Notes d’une autre échelle"
        "Dites ce que vaut chaque note dans la liste à corriger (« importer » avec --liste), une fois pour tous les fichiers qui le disent dans les mêmes mots ; ou corrigez le fichier, si ce texte se trompe."
        "Un titre, une légende, un commentaire ou les notes elles-mêmes disent une autre échelle que celle du référentiel : dans l’autre sens (« 1 = très bien »), sur 5, sur 10, de 0 à 3, en pourcentage… Le programme ne convertit pas de lui-même : ce que vaut un 3 sur 5 se décide. Aucune note de cette colonne n’entre avant que toutes aient été dites.";
    CodeAgainstWords "ELE-314" Error "Code et formulation se contredisent"
        "Regardez dans le fichier lequel des deux est juste, corrigez l’autre, puis relancez."
        "Une ligne, ou une colonne, porte le code d’un élément et, à côté, la formulation d’un autre : lignes triées sans leurs codes, code recopié de travers. Le programme ne choisit pas lequel croire.";
    TablesStacked "ELE-315" Error "Plusieurs tableaux l’un sous l’autre"
        "Mettez chaque tableau sur sa feuille, avec son accueil, sa date et son observateur au-dessus ; effacez celui qui ne compte pas."
        "Plus bas sur la même feuille, d’autres titres de colonnes, ou un autre accueil, une autre date, un autre observateur annoncent un second tableau : une autre visite, un objectif, l’an passé. Lues comme la suite, ses notes seraient celles de la grille du dessus.";
    OwnQuestionRefused "ELE-316" Error "Question propre refusée"
        "Dites dans « Réponses admises » (reponses, dans le fichier .toml) les 2 à 12 réponses que votre formulaire propose ; si la colonne tient des phrases, dites « libre », et si elle ne compte pas, « ignorer »."
        "Une colonne dite « question » est une question fermée de votre questionnaire, hors du référentiel : elle admet quelques réponses courtes, que vous avez lues. Elle est refusée quand rien ne dit lesquelles, quand les cellules tiennent des phrases ou plusieurs réponses à la fois, quand une réponse peut désigner quelqu’un, ou quand moins de la moitié des cellules tiennent une des réponses dites. Un choix multiple se lit si l’outil donne une colonne par réponse : chacune est alors une question, oui ou non.";
    OwnQuestionRead "ELE-317" Info "Question propre lue"
        ""
        "Une question fermée de votre questionnaire, hors du référentiel, est lue telle que vous l’avez dite. Ses réponses sont montrées dans le rapport de chaque équipe et dans la synthèse, dans les mots de votre formulaire, sous les mêmes seuils que celles du référentiel ; elles n’entrent dans aucun indicateur. Une réponse qui n’est pas de celles admises est comptée sous « autre réponse », et ses mots ne sont pas gardés.";
    ValueOutOfScale "VAL-401" Error "Valeur hors de l’échelle"
        "Corrigez la cellule et relancez l’import."
        "La cellule contient autre chose que les modalités de l’échelle. Le programme n’arrondit pas, ne traduit pas « oui » en note et ne devine pas.";
    NcOnImperatif "VAL-402" Error "NC sur un critère impératif"
        "Notez l’élément de 1 à 4, ou NO s’il n’a pas pu être observé."
        "Un critère impératif concerne tous les accueils auxquels il s’applique : « non concerné » n’y est pas admis (même règle que la HAS).";
    NcWithoutReason "VAL-403" Error "NC sans motif"
        "Écrivez dans la colonne Commentaire pourquoi l’élément ne s’applique pas."
        "« Non concerné » retire l’élément du calcul : cela se justifie en quelques mots, lisibles par tous.";
    SeveralTicks "VAL-404" Error "Deux réponses sur une ligne"
        "Gardez une seule croix, ou une seule note."
        "Deux colonnes de l’échelle sont cochées pour le même élément, ou une croix et une note s’y ajoutent : le programme ne choisit pas à votre place.";
    NumberUnreadable "VAL-405" Error "Nombre illisible"
        "Écrivez un nombre, zéro ou plus, sans texte ni unité ; entier s’il compte des personnes."
        "Une colonne de données d’activité attend un nombre, zéro ou plus.";
    DateUnreadable "VAL-406" Error "Date illisible"
        "Écrivez la date sous la forme 12/05/2026 ; si un jour de la semaine l’accompagne, corrigez l’un ou l’autre."
        "La date n’est pas reconnue. Formes admises : 12/05/2026, 12 mai 2026, 2026-05-12, ou une vraie date Excel.";
    LineIgnored "VAL-407" Info "Ligne ignorée"
        ""
        "Ligne de titre, de total ou de légende : elle ne porte le code d’aucun élément et n’entre pas dans la base.";
    CountsInconsistent "VAL-408" Error "Comptes incohérents"
        "Vérifiez la ligne : les qualifiés, stagiaires et non qualifiés font partie des animateurs."
        "Les qualifiés, stagiaires et non qualifiés d’une séance ne peuvent pas dépasser le nombre d’animateurs présents.";
    SessionIncomplete "VAL-409" Warning "Ligne d’activité incomplète"
        "Complétez la ligne : temps (périscolaire ou extrascolaire), durée, enfants et animateurs présents."
        "Le taux d’encadrement d’une séance dépend du temps, de la durée, des enfants et des animateurs. S’il en manque un, la séance est gardée mais n’est pas examinée : le programme ne devine rien. Un poste dont la case du diplôme est vide n’est compté ni parmi les qualifiés ni parmi les autres.";
    DateAmbiguous "VAL-410" Warning "Dates qui se lisent dans les deux sens"
        "Si l’outil écrit le mois d’abord, réglez-le en français, ou exportez des dates comme 2026-05-12 ; sinon, rien à faire."
        "Toutes les dates de la colonne ont un jour et un mois de 12 au plus, écrits sans zéro devant, comme le font les outils réglés en anglais : 5/3/2026 est le 5 mars ou le 3 mai. Une seule date au-delà du 12 aurait suffi à le dire. Elles sont lues le jour d’abord.";
    RemarkAgainstNote "VAL-411" Warning "Une remarque revient sur la note"
        "Si la remarque a raison, corrigez la note (ou écrivez NO, NC) dans le fichier, puis importez-le de nouveau."
        "À côté d’une note, une remarque ou un commentaire de cellule dit qu’elle est une erreur, ou que rien n’a été vu. La note entre telle qu’elle est écrite : le programme ne lit pas de note dans une phrase.";
    ImpossibleMeasure "VAL-412" Error "Valeur impossible"
        "Corrigez la cellule, puis relancez l’import."
        "Une valeur d’un tableau d’activité ne peut pas être : une séance de plus de 24 heures (des minutes sous un titre d’heures ?), une quotité au-dessus de 1, une sortie avant l’entrée. Quand toute une colonne est en minutes ou en pour cent, la liste à corriger propose de la lire ainsi.";
    NotCorrectable "VAL-413" Error "Correction sans objet possible"
        "Écrivez le code d’un élément que la loi demande, ou d’un fait constaté (OBS ou DIR), et le jour où il a été corrigé ; retirez la ligne pour les autres."
        "Une ligne « corrigé le » dit qu’un fait constaté non conforme a été mis en règle depuis ; elle s’ajoute à la grille et ne la remplace pas. Une pratique se note à la visite suivante, un taux se corrige dans les données d’activité, un avis ne se corrige pas, et un fait de violence se traite hors de l’observatoire.";
    HeadcountUnclear "VAL-414" Warning "Comptage à vérifier"
        "Faites préciser la règle par le SDJES, ou complétez le registre (PEDT) et la date de la visite, puis réimportez la grille."
        "Le nombre d’adultes exigé pour les enfants comptés dépend de ce que le comptage ne dit pas (plus de cinq heures de suite, vacances, temps du PEDT) ou d’une lecture que personne n’a tranchée (âges mélangés). Le fait n’est ni conforme ni non conforme : il reste à vérifier.";
    CellCorrected "VAL-415" Info "Cellule corrigée à la main"
        ""
        "Une personne a corrigé une cellule sur la page « À corriger » : la valeur qu’elle a tapée est lue à la place de celle du fichier, qui reste tel quel. La trace (cellule, avant, après, jour) reste avec l’import, et « expliquer » la dit au pied du chiffre. Une valeur qui semble désigner une personne n’y est pas recopiée.";
    DuplicateGrid "VIS-501" Error "Deux contenus pour la même collecte"
        "Gardez le bon fichier et retirez l’autre."
        "Deux fichiers du même import portent la même structure, la même visite et le même observateur (ou la même réponse de questionnaire), avec des contenus différents. Aucun des deux n’entre.";
    Correction "VIS-502" Warning "Correction enregistrée"
        ""
        "Une grille déjà importée revient avec un autre contenu : la nouvelle remplace l’ancienne, et la liste des imports garde la trace des deux.";
    DateOutsideCampaign "VIS-503" Info "Date hors de la campagne"
        ""
        "La visite a eu lieu hors des dates indicatives de la campagne ; elle compte tout de même.";
    NumberAgainstNc "VIS-504" Warning "Une note et un NC pour le même élément"
        "Demandez aux deux observateurs si l’élément s’applique à cet accueil ; corrigez la grille de celui qui s’est trompé, puis réimportez-la."
        "Pendant la même visite, un observateur a noté l’élément et un autre l’a jugé non concerné. La note est gardée.";
    VisitIncomplete "VIS-505" Error "Visite mal identifiée"
        "Écrivez en tête de la grille un seul numéro de visite (« Visite : 1 ») et le code de l’observateur (« Observateur : O1 »), puis relancez."
        "Une grille d’observation doit dire de quelle visite et de quel observateur (un code : O1, O2…) elle vient ; sans cela deux grilles se confondraient.";
    DuplicateIgnored "VIS-506" Info "Copie identique ignorée"
        ""
        "La même collecte, avec le même contenu, figure deux fois : elle est comptée une fois.";
    VisitAssumed "VIS-507" Info "Visite supposée"
        ""
        "La grille ne porte pas de numéro de visite ; elle est lue comme celle de la visite 1. Si un même accueil est visité deux fois, écrivez « Visite : 2 » en tête de la seconde grille, sinon elle remplacerait la première.";
    SheetsAlike "VIS-508" Warning "Deux feuilles au même contenu"
        "Si l’une est une copie de l’autre, retirez-la et réimportez le fichier ; sinon, rien à faire."
        "Deux feuilles de questionnaires tiennent les mêmes réponses, ou l’une porte le nom qu’Excel donne à une copie (« Réponses (2) »). Ce sont peut-être d’autres répondants, qui ont répondu de même : toutes entrent. Si c’est une copie, ils comptent deux fois.";
    ObserverByName "VIS-509" Info "Observateur reconnu par son nom"
        ""
        "La grille écrit des initiales ou un nom, et data/observateurs.csv dit le code qu’ils désignent. Seul le code entre dans la base ; le nom reste dans ce fichier, sur ce poste.";
    OtherCampaignDate "VIS-510" Error "Dates d’une autre campagne"
        "Corrigez la date ou la campagne ; si tout est juste, relancez avec --confirmer."
        "Une grille est datée d’un jour d’une autre campagne, ou de plus de six mois avant ou après celle-ci ; ou bien la plupart des lignes d’un tableau le sont. C’est le plus souvent l’option --campagne qui est fausse : les chiffres de deux campagnes bougeraient sans que personne ne le voie. Les dates d’une campagne sont indicatives : une visite un peu tardive entre sans question.";
    OtherCampaignContent "VIS-511" Error "Contenu d’une autre campagne"
        "Vérifiez --campagne et le fichier ; si tout est juste, relancez avec --confirmer."
        "Le même fichier, ou une grille avec exactement les mêmes notes, a déjà été importé pour une autre campagne. La même collecte compterait pour deux, et l’évolution entre elles serait nulle.";
    SecondGrid "VIS-512" Error "Correction qui ferait une seconde collecte"
        "Retirez l’ancien fichier avec « observatoire annuler », puis relancez ; si ce sont bien deux collectes, ajoutez --confirmer."
        "Une grille se reconnaît à son accueil, sa visite et son observateur ; une journée de séances, à son accueil et sa date. Quand on corrige l’un d’eux, la collecte corrigée ne remplace pas l’ancienne : elle s’y ajouterait, et compterait deux fois. Celle-ci a les mêmes réponses qu’une autre, déjà importée sous un autre observateur, une autre visite ou une autre date.";
    VisitsApart "VIS-513" Error "Une visite, plusieurs jours"
        "Corrigez la date ou le numéro de la visite ; si ce sont deux visites, relancez avec --confirmer : elles seront numérotées d’après leur date."
        "Deux grilles du même accueil portent le même numéro de visite et ne sont pas du même jour, ou rien ne dit qu’elles le soient. Une double cotation, ce sont deux observateurs le même jour : elle sert à mesurer leur accord, et la marge de tous les chiffres en dépend. Deux visites prises pour une la fausseraient. Avec --confirmer, la plus ancienne garde son numéro et l’autre reçoit le suivant, ou celui de la visite déjà connue ce jour-là.";
    ClosedDay "VIS-514" Error "Jour de fermeture"
        "Corrigez la date ; si l’accueil était bien ouvert ce jour-là, relancez avec --confirmer."
        "Une visite, ou une séance où des enfants étaient présents, est datée d’un dimanche, d’un jour férié, d’avant l’ouverture de l’accueil ou d’après sa fermeture (d’après le registre), ou d’un autre jour que mercredi pour un accueil du mercredi en période scolaire. C’est presque toujours une date mal tapée.";
    Confirmed "VIS-515" Warning "Confirmé par une personne"
        ""
        "Avant d’écrire, le programme a posé une question (dates, visites, jour de fermeture…) et une personne a répondu oui, sur le moment ou avec --confirmer.";
    VisitNumbered "VIS-516" Warning "Visite numérotée d’après sa date"
        "Rien à faire si c’est bien une autre visite ; sinon, « observatoire annuler » retire l’import."
        "La grille porte le numéro d’une visite faite un autre jour. Elle compte comme une autre visite : celle qui est connue ce jour-là, ou la suivante.";
    TitleContradicts "VIS-517" Error "Titre et grille se contredisent"
        "Corrigez le titre ou la grille ; si la grille est bien celle du jour et de l’accueil qu’elle dit, ajoutez --confirmer."
        "Le titre d’une grille ou d’un tableau d’activité, le nom de sa feuille, de son fichier ou du dossier où il est rangé, dit autre chose que ce qui y est lu : des prévisions ou des inscrits, un exemple, un niveau visé, la visite d’une autre année, une auto-évaluation, un autre accueil, un autre jour. Un titre se recopie d’un fichier à l’autre et reste souvent faux ; mais s’il est vrai, ces notes ne sont pas celles qu’on croit. Une personne le dit.";
    NotesLost "VIS-518" Error "Réponses qui ne seraient plus vues"
        "Si ce fichier complète le premier, réunissez les deux dans un seul et importez-le ; si c’est une autre visite, donnez-lui son numéro ; s’il remplace bien le premier, ajoutez --confirmer."
        "Un import qui porte la même visite, le même jour de séances ou le même questionnaire qu’un import précédent en prend la place, tout entier. Si le nouveau contient moins que l’ancien, des réponses recueillies ne compteraient plus : c’est parfois voulu (une note retirée), souvent une visite notée dans deux fichiers. L’ancien contenu n’est pas effacé : « annuler » le fait revenir.";
    SessionTwice "VIS-519" Error "Séance présente deux fois"
        "Si c’est une copie, retirez-la ; si ce sont deux groupes du même moment, dites-le dans la colonne « site » (ou faites-en une seule ligne) ; sinon, ajoutez --confirmer : chacune comptera."
        "Deux lignes d’un même import portent le même accueil, le même jour, la même plage et le même site ; ou leurs plages se recouvrent, ou disent le même moment autrement (« Matin », « 7h30-8h30 »). Deux groupes, ou une ligne recopiée : le programme ne peut pas le savoir, et compterait les enfants deux fois.";
    SheetsJoined "VIS-520" Info "Feuilles réunies"
        ""
        "Une grille peut tenir sur plusieurs feuilles d’un même classeur, une par axe : même accueil, même visite, même observateur, même jour, aucun élément en commun. Elle est lue comme une seule grille ; chaque note garde la place de sa feuille.";
    LotTwice "VIS-521" Error "Réponses qui compteraient deux fois"
        "Ne gardez qu’un des deux lots ; si ce sont bien d’autres personnes, ajoutez --confirmer."
        "Un questionnaire dont l’outil ne donne pas d’identifiant ne se reconnaît qu’à ses réponses. Presque toutes celles-ci, d’au moins quatre questions et qui ne se ressemblent pas toutes, sont déjà là : dans un autre fichier du même import, sous un autre nom dans un import précédent, sur une autre feuille, ou un peu plus haut. C’est presque toujours le même lot, enregistré, trié ou collé une seconde fois.";
    AnswersLeft "VIS-522" Error "Feuille de réponses laissée de côté"
        "Si elle compte, enregistrez-la dans son propre fichier et importez les deux ; sinon retirez-la, ou ajoutez --confirmer."
        "Un classeur exporté d’un outil n’a qu’une feuille de réponses, et c’est celle-là qui est lue. Une autre feuille pose les mêmes questions et porte des lignes : une seconde enquête, des questionnaires saisis sur papier, une sauvegarde, un essai. Le programme ne choisit pas : une personne dit si elle compte.";
    LineUnlike "VIS-523" Error "Ligne qui n’est peut-être pas une réponse"
        "Retirez la ligne si elle résume les autres ou dit un objectif ; si c’est bien une réponse, ajoutez --confirmer."
        "Une ligne d’un tableau de réponses n’a pas ce que toutes les autres ont (identifiant, date, numéro), ou bien chaque accueil n’a qu’une ligne, sans date ni identifiant. Une moyenne, un objectif, un rappel de l’an passé s’écrivent ainsi parmi les réponses, et compteraient comme une personne de plus.";
    UnlikelyLine "VIS-524" Error "Ligne d’activité invraisemblable"
        "Corrigez la ligne (ou les titres, si deux colonnes sont inversées), puis relancez ; si elle dit bien ce qui s’est passé, ajoutez --confirmer."
        "Une séance, un poste ou un dénominateur dit des nombres qui ne vont pas ensemble, ou que rien d’autre ne rend probables : mille enfants, plus d’animateurs que d’enfants, des présents qui s’ajoutent d’une séance à l’autre, une durée que les heures de la plage démentent, une semaine à la place d’un jour, un jour de la semaine qui n’est pas celui de la date, une partie plus grande que son tout. Rien n’est impossible, et rien n’entre avant qu’une personne l’ait dit.";
    VisitUndated "VIS-525" Warning "Visite sans date"
        "Écrivez « Date : » et le jour de la visite en tête de la grille, puis réimportez-la."
        "Une grille d’observation sans date entre, et rien de ce qui dépend du jour ne se vérifie : qu’elle est bien de cette campagne, que l’accueil était ouvert, que deux observateurs étaient là le même jour. Deux visites sans date et du même numéro se remplacent.";
    CorrectionUnused "VIS-526" Warning "Correction qui ne change rien"
        "Vérifiez l’élément et le jour de la correction, et la grille : l’une des deux n’est peut-être pas la bonne."
        "Une ligne dit qu’un fait a été corrigé, et aucune grille ne l’a constaté non conforme, ou une grille plus récente le constate encore non conforme. Ce qui a été constaté reste tel quel.";
    CorrectionUnproved "VIS-527" Error "Correction sans preuve"
        "Écrivez dans la colonne Preuve ce qui le montre (affiche posée, registre, attestation) ; si une personne l’a vu de ses yeux, ajoutez --confirmer."
        "Une ligne « corrigé le » fait compter comme conforme un fait constaté non conforme, parfois sur un critère impératif. Sans preuve, ou avec un mot qui ne montre rien (« oui », « fait », « en cours »), un jour écrit suffirait : une personne répond de ce qui l’établit.";
    GridCopied "VIS-528" Warning "Notes d’un autre accueil"
        "Si c’est une copie, importez à sa place la grille du bon accueil, ou annulez cet import ; si les deux visites ont vraiment donné les mêmes notes, rien à faire."
        "Une grille d’au moins quinze notes, qui ne sont pas presque toutes la même, est note pour note celle d’un autre accueil de la même campagne. Deux visites, deux équipes, ne se ressemblent jamais à ce point (un entretien de direction, si : une même personne peut diriger deux accueils, et rien n’est demandé) : une grille a sans doute été enregistrée sous le nom d’un autre accueil, sans que ses notes soient changées. Elle entre : une personne regarde.";
    SecondCoderUnread "VIS-529" Error "Second codeur illisible"
        "Écrivez dans la case « Second codeur » le code de la personne, comme O2, jamais un nom ; laissez-la vide si cette grille est la première de l’entretien."
        "Un entretien codé par deux personnes a deux grilles : celle du second codeur porte son code, et ne remplace pas la première. Sans ce code, les deux se confondraient.";
    InterviewCopied "VIS-530" Warning "Second codage identique au premier"
        "Si les deux codeurs ont noté ensemble, ou l’un d’après l’autre, annulez cet import : l’accord ne mesurerait rien. S’ils ont vraiment noté chacun de leur côté, rien à faire."
        "Les notes du second codeur sont, une à une, celles de l’autre grille du même entretien. Deux personnes qui codent à l’aveugle s’écartent presque toujours quelque part ; des notes recopiées feraient croire l’entretien plus sûr qu’il n’est. La grille entre : une personne regarde.";
    RemarkableUndescribed "PRA-601" Warning "Pratique remarquable sans description"
        "Écrivez dans le commentaire ce qui a été vu, ou retirez la marque, puis réimportez le fichier."
        "La marque « remarquable » n’a pas de valeur chiffrée : elle ne vaut que par la pratique décrite. Sans description, elle n’entre pas dans le livret des bonnes pratiques ; la note de l’élément, elle, est gardée.";
    RemarkableImperatif "PRA-602" Info "Pratique remarquable sur un impératif"
        ""
        "Un critère impératif est atteint ou non : ses commentaires ne sont jamais diffusés. La marque « remarquable » n’y est pas retenue et n’entre pas dans le livret des bonnes pratiques ; la note, elle, est gardée.";
    SharingUnreadable "PRA-603" Warning "Marque ou accord illisible"
        "Écrivez x dans la colonne Remarquable, oui ou non pour l’accord, puis réimportez le fichier."
        "La colonne Remarquable attend une croix ; l’accord de l’équipe pour partager ses pratiques attend oui ou non. Tout autre mot est laissé de côté : sans un oui lisible, aucune pratique de l’accueil n’est partagée.";
    NotForPublication "IND-701" Info "Tableau de travail"
        ""
        "L’export est complet : il contient des effectifs faibles et des résultats par site qui ne doivent pas être diffusés. Pour diffuser, utilisez « rapport », qui masque ce qui doit l’être.";
    MixedAgeLimit "IND-702" Warning "Lecture de la règle d’âges mélangés"
        "Faites préciser la règle par la direction du service, puis fixez-la dans le fichier des paramètres réglementaires."
        "Le nombre d’animateurs requis n’est pas le même selon que l’on arrondit par tranche d’âge ou sur l’ensemble du groupe. Le chiffre suit le paramètre et porte la marque « limite ».";
    MeasureMissing "IND-703" Info "Donnée d’activité manquante"
        ""
        "Un indicateur d’activité ne peut pas être calculé : son dénominateur manque. Il est affiché « non calculable », jamais zéro.";
    DescriptionLeft "IND-704" Info "Description d’une autre main laissée"
        "Exportez dans un dossier à part pour avoir la description des colonnes."
        "À côté d’un export CSV, le programme écrit datapackage.json : le titre, le type et l’unité de chaque colonne. Quand un fichier de ce nom est déjà là et vient d’un autre outil, il n’est pas touché.";
    AnswersPurged "CON-751" Info "Réponses purgées"
        ""
        "La durée de conservation est terminée et « purger » a remplacé les réponses par des agrégats. Les chiffres restent, sauf ceux que trop peu de personnes portaient ; les cellules, les commentaires, les identifiants et les codes des observateurs n’existent plus.";
    RetentionOverdue "CON-752" Warning "Conservation terminée"
        "Regardez ce qui partirait avec « purger --simulation », puis purgez."
        "Les réponses ne se gardent pas au-delà de la durée annoncée aux personnes (conservation_mois et [conservation] dans observatoire.toml), comptée depuis la fin de la campagne. Une fois ce jour passé, « purger » les remplace par des agrégats.";
    PurgeUnfinished "CON-753" Warning "Purge à terminer"
        "Relancez « purger » avec --confirmer."
        "Une purge a été interrompue, ou un dossier synchronisé a rapporté ce qui était supprimé : les chiffres ne viennent plus de ces fichiers, mais ils sont encore sur le disque. La purge suivante les supprime.";
    CampaignUndescribed "CON-754" Warning "Campagne retirée des réglages"
        "Remettez-la dans observatoire.toml, ou laissez « purger » la traiter à son échéance, comptée depuis son dernier import."
        "La base contient des imports d’une campagne qui n’est plus décrite dans observatoire.toml. Aucun rapport ne la montre, mais ses réponses sont toujours là.";
    VersionBreak "CMP-801" Info "Rupture de version"
        ""
        "Le contenu du critère a changé entre les deux versions du référentiel : les deux valeurs sont montrées, mais leur différence n’est pas une évolution.";
    PanelChange "CMP-802" Info "Entrée ou sortie du panel"
        ""
        "La structure n’est active que dans l’une des deux campagnes : elle est citée, et n’entre pas dans l’évolution du territoire.";
    NoMargin "CMP-803" Info "Marge de mesure non estimée"
        "Faites noter au moins une visite sur cinq par deux observateurs."
        "Sans visite notée par deux observateurs, le programme ne connaît pas le bruit de mesure ; il s’en tient au changement minimal qui compte (0,3 niveau par défaut).";
    ObserverMargin "CMP-804" Info "Marge entre observateurs seulement"
        "Visitez quelques accueils deux fois dans la campagne : la marge comptera alors l’effet du jour."
        "La marge de mesure vient des visites notées par deux observateurs. Elle dit de combien deux personnes s’écartent devant la même scène, mais pas de combien un même accueil change d’un jour à l’autre. À partir de trois paires de visites d’un même accueil, le programme estime les deux.";
    MaskedAggregates "CMP-805" Info "Agrégats diffusables"
        "Pour les chiffres exacts, demandez au territoire ses agrégats entiers, s’il peut vous les confier."
        "Le territoire a exporté ses agrégats avec --diffusable : les réponses trop peu nombreuses, et celles qui permettraient de les retrouver, n’y sont pas, ni les visites observateur par observateur. Une source masquée se lit comme une source absente, et un niveau se calcule sans elle.";
    ComparedBackwards "CMP-806" Warning "Comparaison à rebours"
        "Donnez d’abord la campagne la plus ancienne : un progrès se lira comme un progrès."
        "La première campagne donnée commence après la seconde : ce qui a progressé se lirait comme un recul. « comparer » s’arrête, sauf si --confirmer dit que c’est voulu.";
    SourceBreak "CMP-807" Info "Rupture de série"
        ""
        "Les recommandations intégrées (I20) et les actions closes à l’échéance (I21) sont déclarées tant qu’aucun plan n’existe, puis tirées des plans. D’une source à l’autre, on ne compte pas la même chose : les deux valeurs restent lisibles, leur différence n’est pas une évolution.";
    ExpectedUnmeasured "CMP-808" Warning "Critère attendu que rien ne mesure"
        "Ajoutez le critère (criteres) ou la source (sources) au champ de la campagne dans observatoire.toml, ou retirez-le des attendus de l’expérimentation."
        "Une expérimentation dit d’avance les critères qu’elle attend de voir changer chez ses pilotes. Si la campagne, le type d’accueil ou les sources attendues laissent l’un d’eux sans valeur, personne ne pourra dire s’il a changé.";
    HiddenGivenBack "MAS-851" Error "Chiffre caché qui se retrouve"
        "Ne livrez pas les rapports de ce public ; envoyez cette ligne à la personne qui vous a remis le programme."
        "Avant de publier, le programme cherche chaque chiffre caché dans tout ce qu’un public lirait, avec les livraisons d’autres publics et de la campagne d’avant. Celui-là se laisse retrouver : c’est une faute du programme, les réponses de quelques personnes pourraient être devinées.";
    PlanUnrecognised "PLA-901" Error "Classeur qui n’est pas un plan"
        "Repartez d’un classeur écrit par « observatoire plan exporter », sans renommer ses colonnes."
        "Un plan se reconnaît à sa ligne de titres : Identifiant, Structure, Action, Statut, et les autres colonnes du classeur exporté. Aucune feuille du fichier n’en a.";
    ActionUnknown "PLA-902" Error "Action inconnue"
        "Reprenez l’identifiant du classeur exporté ; pour une action nouvelle, laissez-le vide."
        "L’identifiant d’une action est donné par le programme et ne change jamais. Celui de la ligne n’existe pas dans le plan : la ligne serait ajoutée à tort, ou prise pour une autre.";
    ActionTwice "PLA-903" Error "Action présente deux fois"
        "Gardez une seule ligne pour cette action, et un seul fichier par import."
        "Le même identifiant figure deux fois dans le fichier, ou deux fichiers du même import donnent à la même action des contenus différents : on ne saurait lequel garder.";
    ActionMoved "PLA-904" Error "Structure ou campagne modifiée"
        "Remettez la valeur d’origine ; pour un autre accueil, ajoutez une action sur une ligne libre."
        "La structure et la campagne d’origine d’une action ne changent pas : elles font partie de son identité et de son historique.";
    PlanCritere "PLA-905" Error "Critère inconnu"
        "Écrivez le code d’un critère du référentiel, par exemple REL-2 ; plusieurs codes se séparent par une virgule."
        "L’effet d’une action se lit sur son critère à la campagne suivante : le code doit exister dans le référentiel de la campagne d’origine.";
    PlanCampaign "PLA-906" Error "Campagne d’origine manquante ou inconnue"
        "Écrivez dans la colonne Campagne celle dont vient l’action."
        "Une action vient d’une campagne : c’est d’elle que l’on part pour lire son effet, et c’est sa fin qui dit quand la recommandation a été émise.";
    PlanWord "PLA-907" Error "Mot hors de la liste"
        "Choisissez un mot dans la liste déroulante de la cellule."
        "Le statut, le type, la priorité et les réponses oui/non se choisissent dans une liste. « En retard » ne s’écrit pas : le programme le calcule.";
    AbandonedWithoutReason "PLA-908" Error "Abandon sans raison"
        "Écrivez en quelques mots pourquoi l’action est abandonnée."
        "Une action abandonnée reste dans le plan avec sa raison : c’est ce qui permet d’en parler avec l’équipe et les élus.";
    DoneWithoutDate "PLA-909" Error "Réalisation sans date"
        "Écrivez le jour où l’action a été réalisée, par exemple 15/10/2026."
        "Sans date, on ne peut pas dire si l’action a été tenue à l’échéance, ni si la campagne suivante a pu en voir l’effet.";
    IntegratedWithoutProof "PLA-910" Error "Recommandation intégrée sans référence"
        "Indiquez le document, la page et la date ; sinon, répondez « non »."
        "Les recommandations intégrées aux projets pédagogiques ou de fonctionnement sont un indicateur de la convention territoriale globale : chacune doit pouvoir être retrouvée dans un document daté.";
    PlanPerson "PLA-911" Error "Personne désignée"
        "Écrivez une fonction (direction, référente, coordination…), sans nom, courriel ni téléphone."
        "Un plan circule : il ne désigne et ne joint personne. Le programme refuse un titre suivi d’un nom (Mme, M.), un courriel ou un téléphone.";
    PlanDates "PLA-912" Warning "Dates qui se contredisent"
        "Vérifiez les dates de la ligne."
        "L’échéance précède le début, ou l’action est dite réalisée (ou intégrée) un jour qui n’est pas encore venu. La ligne est gardée telle quelle.";
    PlanIncomplete "PLA-913" Warning "Action à compléter"
        "Complétez la ligne avec l’équipe."
        "Une action obligatoire ou commencée a besoin d’un énoncé, d’un critère, d’un responsable et d’une échéance pour être suivie.";
    ChangedMeanwhile "PLA-914" Warning "Modifiée de deux côtés"
        "Vérifiez laquelle est juste ; l’historique de l’action garde les deux."
        "Depuis que ce classeur a été exporté, la même case a changé, par un autre classeur ou sur la page Plan ; ou le fichier ne dit pas de quel export il vient, et l’on ne sait pas qui a changé la case en dernier. Sa valeur remplace l’autre, que l’historique garde.";
    ActionRecognised "PLA-915" Info "Action reconnue"
        "Repartez d’un classeur exporté : les identifiants y sont."
        "La ligne n’a pas d’identifiant, mais une action de la même structure, de la même campagne et du même critère a le même constat et le même énoncé : c’est elle.";
    PlanContested "PLA-916" Error "Une case du plan remplie par deux personnes en même temps"
        "Choisissez sur la page Plan ; ou exportez le plan, mettez la bonne valeur dans cette case, et importez-le de nouveau."
        "Deux postes ont rempli la même case du plan d’actions sans avoir vu ce que l’autre écrivait. Le programme ne choisit pas à votre place : ce que les deux avaient avant reste, jusqu’à ce qu’une personne ait choisi.";
    IntegratedElsewhere "PLA-917" Info "Recommandation gardée, non comptée"
        "Si ce document est un projet pédagogique ou de fonctionnement, choisissez-le dans la colonne « Type du document »."
        "La convention territoriale globale compte les recommandations écrites dans un projet pédagogique ou un projet de fonctionnement. Dans un autre document (livret d’accueil, règlement…), la recommandation reste dans le plan sans entrer dans ce nombre. Sans type choisi, il est reconnu aux mots du titre.";
    PlanEmptied "PLA-918" Warning "Case vide, sans savoir d’où vient le fichier"
        "Pour vider la case, exportez de nouveau le plan, videz-la et importez ce classeur ; ou videz-la sur la page Plan."
        "La feuille « Lisez-moi » manque, ou ne dit pas un état que ce dossier connaît : on ne sait pas si la case était déjà vide quand le classeur a été écrit, ou si quelqu’un l’a vidée. Ce qui est gardé reste.";
    ConventionDoubt "CTG-201" Warning "Convention à vérifier"
        "Vérifiez la ligne de ctg/convention.toml ; si elle est voulue, laissez-la."
        "Le fichier de la convention se lit, mais une ligne étonne : un indicateur d’une fiche abrogée, une échéance ou un avenant hors des dates de la convention, deux expérimentations en même temps chez le même pilote. Rien n’est corrigé à votre place.";
    SuiviUnrecognised "CTG-202" Error "Fichier que le suivi ne reconnaît pas"
        "Repartez d’un classeur écrit par « observatoire ctg exporter » ; une liste d’émargement nomme une structure ou un service et dit qui est venu, un export d’enquête porte les questions d’un fichier de ctg/enquetes."
        "Le tableau de suivi de la convention se reconnaît aux titres de ses feuilles (Actions, Temps, Présences…), une liste d’émargement à ses colonnes, un agenda à son contenu, les réponses d’une enquête à ses questions. Rien du fichier n’y ressemble.";
    SuiviSheetRenamed "CTG-203" Warning "Feuille renommée"
        "Remettez le nom d’origine : c’est lui qu’un autre lecteur cherchera."
        "Une feuille du tableau de suivi ne porte plus son nom, mais ses titres de colonnes sont ceux d’un registre : elle est lue comme ce registre.";
    SuiviTitleRows "CTG-204" Info "Lignes ajoutées au-dessus des titres"
        ""
        "Les titres de colonnes ne sont plus à leur ligne : des lignes (souvent un titre en cellules fusionnées) ont été ajoutées au-dessus. Elles ne sont pas lues ; les lignes du registre, si.";
    SuiviMergedCells "CTG-205" Error "Cellules fusionnées dans un registre"
        "Défusionnez ces cellules (Accueil › Fusionner) et écrivez la valeur dans chaque ligne."
        "Dans des cellules fusionnées, seule la première porte une valeur : les autres lignes paraîtraient vidées. Le programme n’efface rien sur une telle apparence.";
    SuiviColumnMissing "CTG-206" Warning "Colonne disparue"
        "Si elle a été renommée, remettez son titre ; sinon repartez d’un classeur exporté."
        "Une colonne du registre n’est plus dans la feuille. Ce qu’elle tenait reste tel quel : une colonne supprimée n’efface rien.";
    SuiviDateText "CTG-207" Info "Date écrite comme un texte"
        ""
        "La cellule tient un texte et non une date d’Excel, mais il se lit sans ambiguïté (12/05/2026, 12 mai 2026) : il est gardé comme une date.";
    SuiviWord "CTG-208" Error "Mot hors de la liste"
        "Choisissez un mot dans la liste déroulante de la cellule."
        "Types, statuts et réponses oui/non du tableau de suivi se choisissent dans une liste fermée : c’est ce qui permet de les compter.";
    SuiviReference "CTG-209" Error "Code qui n’existe pas"
        "Corrigez le code ; pour un temps nouveau, écrivez son intitulé exact."
        "La cellule renvoie à une fiche, une structure, une expérimentation, un indicateur ou un temps que rien ne décrit, ou que deux lignes décrivent. Une présence rattachée au mauvais temps fausserait un taux.";
    SuiviRowUnknown "CTG-210" Error "Identifiant inconnu"
        "Reprenez l’identifiant du classeur exporté ; pour une ligne nouvelle, laissez-le vide."
        "Les identifiants sont donnés par le programme. Celui de la ligne n’existe pas dans le suivi : la ligne serait ajoutée à tort, ou prise pour une autre.";
    SuiviRowTwice "CTG-211" Error "Ligne présente deux fois"
        "Gardez une seule ligne pour cet identifiant."
        "Le même identifiant figure deux fois dans la feuille : on ne saurait quelle ligne garder.";
    SuiviPerson "CTG-212" Error "Personne désignée"
        "Écrivez une fonction (direction, référente, chargée de coopération…), sans nom, courriel ni téléphone."
        "Le tableau de suivi circule : il ne désigne et ne joint personne. Le programme refuse un titre suivi d’un nom (Mme, M.), un courriel ou un téléphone.";
    SuiviMeanwhile "CTG-213" Warning "Case remplie de deux côtés"
        "Vérifiez la valeur gardée ; l’autre est dans le message, et reste dans le journal."
        "Depuis que ce classeur a été exporté, un autre import avait changé la même case ; ou le classeur ne dit pas de quel export il vient, et l’on ne sait pas qui a changé la case en dernier. La valeur de ce classeur remplace l’autre, que le journal garde.";
    SuiviRecognised "CTG-214" Info "Ligne reconnue"
        "Repartez d’un classeur exporté : les identifiants y sont."
        "La ligne n’a pas d’identifiant, mais le registre tient déjà une ligne qui dit la même chose (un temps de même date, type et intitulé, une présence du même service au même temps…) : c’est elle, elle n’est pas ajoutée une seconde fois. Ce que la ligne dit de plus entre.";
    SuiviContested "CTG-215" Error "Une case du suivi remplie par deux postes en même temps"
        "Choisissez sur la page CTG ; ou exportez le suivi, mettez la bonne valeur dans cette case, et importez-le de nouveau."
        "Deux postes ont rempli la même case du tableau de suivi sans avoir vu ce que l’autre écrivait. Le programme ne choisit pas à votre place : ce que les deux avaient avant reste, jusqu’à ce qu’une personne ait choisi.";
    SuiviIncomplete "CTG-216" Error "Ligne incomplète"
        "Remplissez cette colonne, ou videz toute la ligne."
        "Sans cette valeur, la ligne ne peut entrer dans aucun compte : un temps a une date et un type, une présence a un temps et un organisme, une décision a un texte.";
    SuiviRowRemoved "CTG-217" Info "Ligne retirée"
        "Si c’est une erreur, remettez-la depuis « Lignes retirées », page CTG ; ou ressaisissez-la sur une ligne libre, sans identifiant : un classeur exporté avant dit ce qu’elle contenait."
        "Toutes les cases de la ligne ont été vidées : elle ne compte plus. Supprimer une ligne du classeur, en revanche, n’efface rien.";
    SuiviFunctionUnknown "CTG-218" Warning "Fonction inconnue"
        "Inscrivez la fonction dans la feuille « Fonctions », ou corrigez le mot."
        "Un temps est dit animé par une fonction que la feuille « Fonctions » ne connaît pas : il ne comptera pas parmi ceux d’une nature de fonction.";
    SuiviLookedAt "CTG-219" Error "Classeur de consultation"
        "Exportez le suivi sans « --date », reportez-y vos changements, et importez ce classeur-là."
        "Un classeur exporté à une date passée montre ce que l’on savait ce jour-là. Rendu, il remettrait tout ce qui a changé depuis à ce qu’il était.";
    SuiviCodeTaken "CTG-220" Error "Code déjà donné"
        "Donnez un autre code à cette ligne ; ou exportez de nouveau le suivi, et complétez la ligne qui y est."
        "Depuis que ce classeur a été exporté, quelqu’un a donné ce code à une autre ligne. L’importer la remplacerait.";
    SuiviEmptied "CTG-221" Warning "Case vide, sans savoir d’où vient le classeur"
        "Pour vider la case, exportez de nouveau le suivi, videz-la et importez ce classeur."
        "La feuille « Lisez-moi » manque, ou ne dit pas un état que ce dossier connaît : on ne sait pas si la case était déjà vide quand le classeur a été écrit, ou si quelqu’un l’a vidée. Ce qui est gardé reste.";
    SuiviHiddenSheet "CTG-222" Warning "Feuille masquée, et lue"
        "Affichez la feuille (clic droit sur un onglet, « Afficher ») pour voir ce qui entre ; supprimez-la si elle ne doit pas entrer."
        "Une feuille masquée porte les titres d’un registre : ses lignes entrent dans le suivi sans que personne les ait sous les yeux.";
    AttendanceMeeting "CTG-240" Error "Liste d’émargement sans temps connu"
        "Relancez avec --temps et l’identifiant du temps."
        "Une liste d’émargement ne compte que rattachée à un temps du suivi. Le programme le reconnaît à la date et à l’intitulé que porte la feuille ; quand rien ne le dit, que plusieurs temps conviennent, ou que la date et l’intitulé se contredisent, il demande et ne choisit pas.";
    AttendanceUnmarked "CTG-241" Error "Liste d’émargement sans signature ni croix"
        "Ajoutez une colonne « Présent » (x, présent, excusé) ; si toutes les personnes de la liste sont venues, relancez avec --tous-presents."
        "Des signatures faites à la main sur le papier ne sont pas dans le fichier. Compter toute la liste comme présente, ou comme absente, serait inventer.";
    AttendanceUnread "CTG-242" Error "Présence illisible"
        "Écrivez présent, excusé, absent ou visioconférence, ou une croix dans une seule colonne."
        "Une case de la liste d’émargement ne dit pas si la personne est venue, ou deux cases de la ligne se contredisent.";
    AttendanceLeftOut "CTG-243" Warning "Personnes sans service"
        "Écrivez la structure ou le service de chaque ligne, puis réimportez la liste."
        "Les présences se comptent par service. Une ligne sans structure ni service n’est comptée nulle part ; le nom qu’elle porte n’est pas gardé.";
    AttendancePartner "CTG-244" Warning "Organisme hors de la feuille « Partenaires »"
        "Inscrivez l’organisme dans « Partenaires », ou corrigez son nom."
        "Un organisme de la liste d’émargement n’est pas inscrit parmi les partenaires : il compte parmi les présents, mais dans aucun type de partenaire.";
    AttendanceRead "CTG-245" Info "Liste d’émargement comptée"
        ""
        "Les noms, les courriels, les téléphones et les signatures de la liste ont été lus pour compter, et rien n’en est gardé : il reste un nombre par service.";
    CalendarKind "CTG-246" Error "Temps d’un agenda sans type"
        "Relancez avec --type (par exemple --type coordination) si tous sont du même type ; sinon avec --propositions a-confirmer.xlsx, remplissez la colonne « Type » et importez ce classeur."
        "Un agenda donne un intitulé, une date et une durée. Un COPIL, une coordination ou une visite ne comptent pas dans les mêmes indicateurs : une personne dit lequel.";
    CalendarLeftOut "CTG-247" Info "Événements d’un agenda laissés de côté"
        ""
        "Un événement annulé, marqué privé, ou sans jour lisible n’est pas proposé.";
    CalendarRepeats "CTG-248" Info "Événement qui se répète"
        "Effacez du suivi les dates où la réunion n’a pas eu lieu."
        "Une série qui a une fin (nombre de fois, dernière date) donne une ligne par date, moins celles qui en sont retirées. Une série sans fin n’en donne qu’une : le programme n’invente pas de réunions.";
    CalendarTitle "CTG-249" Warning "Intitulé laissé vide"
        "Écrivez un intitulé sans nom de personne dans le suivi."
        "L’intitulé d’un événement semble nommer ou joindre quelqu’un : la date, le type et la durée sont gardés, l’intitulé non.";
    CalendarKnown "CTG-250" Info "Temps déjà au suivi"
        ""
        "Un agenda exporté de nouveau contient ce qui avait déjà été repris : un temps de même date et de même intitulé n’est pas ajouté une seconde fois.";
    CommuneElsewhere "CTG-255" Warning "Commune d’un accueil hors du territoire"
        "Corrigez la commune ou le code Insee dans le registre ; si l’accueil est bien hors du territoire, laissez."
        "Les réglages disent quelles communes forment le territoire (« observatoire territoire --epci NOM » les écrit). La commune de cet accueil n’en est pas, ou son code Insee est celui d’une autre : ses enfants ne compteraient nulle part dans le maillage.";
    CommuneFormer "CTG-256" Info "Commune réunie à une autre"
        ""
        "Le nom ou le code écrit au registre est celui d’une commune qui fait partie d’une commune nouvelle ou d’une fusion : l’accueil est compté dans la commune d’aujourd’hui.";
    OutlinesTaken "CTG-257" Info "Contours des communes reçus"
        ""
        "Le fichier est rangé dans data/communes.geojson, et passe sous les cartes. Celui d’avant, s’il était différent, est gardé à côté sous sa date.";
    OutlinesRefused "CTG-258" Error "Contours refusés"
        "Reprenez le lien que donne « observatoire territoire », enregistrez la page telle quelle (Ctrl+S), et importez ce fichier."
        "Un fichier de contours est du GeoJSON, en degrés, avec un polygone par commune de ce territoire et son code Insee. Celui-ci n’en est pas un : rien n’est changé.";
    OutlinesMissing "CTG-259" Warning "Communes sans contour"
        "Reprenez le lien que donne « observatoire territoire », ou laissez : ces communes restent dans le tableau, sans surface sur la carte."
        "Le fichier de contours est celui du territoire, mais il y manque des communes que les réglages nomment : une commune nouvelle, un fichier d’une autre année, ou un enregistrement interrompu.";
    ExchangeDoubt "CTG-270" Warning "Échange de données à vérifier"
        "Vérifiez la ligne de ctg/echanges.toml ; si elle est voulue, laissez-la."
        "Le registre des échanges se lit, mais une ligne étonne : un avis daté d’après la décision, une décision sans date, une fin qui précède l’accord. Rien n’est corrigé à votre place.";
    ExchangeTooSoon "CTG-271" Error "Accord donné sans ce qu’il demande"
        "Demandez ce qui manque à qui doit le donner ; d’ici là, remettez la décision « en_attente »."
        "Tout ce qui n’est pas un total demande, avant l’accord, un avis d’opportunité, de faisabilité et de conformité, et l’avis du délégué à la protection des données de qui détient les données ; des données de santé, une analyse d’impact. Rien n’est transmis tant qu’un de ces points manque.";
    ExchangeUnregistered "CTG-272" Warning "Échange accordé, absent du registre des traitements"
        "Inscrivez-le au registre (observatoire exporter registre en donne la fiche), puis notez inscrit_le et reference."
        "Chaque échange accordé est un traitement de données : le responsable et son délégué à la protection des données le tiennent au registre (RGPD, art. 30).";
    ExchangeWaiting "CTG-273" Info "Échange en attente"
        ""
        "L’échange n’est pas décidé. Ce qui manque est dit avec le nom de qui doit le donner.";
    ExchangeOver "CTG-274" Warning "Échange terminé"
        "Demandez à qui a reçu les données la preuve qu’elles sont détruites, ou prolongez l’échange par une nouvelle décision."
        "La date de fin de l’échange est passée, ou les données transmises ont dépassé la durée pendant laquelle elles devaient être gardées : plus rien n’est transmis sous cet accord.";
    NearWording "CTG-251" Error "Ressemblance à confirmer"
        "Si toutes les ressemblances du fichier sont justes, relancez avec --confirmer : elles seront retenues ; sinon écrivez dans le fichier le libellé exact."
        "Un titre de colonne, ou un libellé d’action, ressemble à un de ceux qui sont connus sans lui être égal. Le programme propose, avec la proximité (1 : les mêmes mots) ; une personne confirme une fois, et la correspondance reste dans grids/correspondances.";
    IncomingWord "CTG-252" Error "Réponse ou statut non admis"
        "Corrigez la cellule, ou l’échelle de l’enquête si elle a changé."
        "Une réponse d’enquête hors de l’échelle, un statut inconnu ou un nombre illisible : le compter sous une autre réponse serait deviner.";
    IncomingLeftOut "CTG-253" Info "Contenu non repris"
        ""
        "Ce que le suivi ne sait pas où ranger, ou a déjà (questions absentes, réponses déjà reprises, colonnes sans correspondance, libellés sans action) est nommé, et rien n’en est gardé.";
    TextUnread "CTG-285" Warning "Texte du bilan qui ne se lit pas"
        "Enregistrez-le en UTF-8 : dans le Bloc-notes, Fichier › Enregistrer sous › Encodage : UTF-8."
        "Un fichier de ctg/textes n’est pas un texte en UTF-8, est trop long, ou ne s’ouvre pas. Le programme n’en devine pas l’encodage et ne le réécrit jamais : sa section reste à compléter.";
    TextStray "CTG-286" Warning "Texte qu’aucune section ne reprend"
        "Renommez-le comme le fichier de sa section, ou rangez-le ailleurs."
        "Un fichier de ctg/textes ne porte le nom d’aucune section du bilan : un double .txt ajouté par l’éditeur, une fiche renommée, une faute de frappe. Ce qui y est écrit ne serait imprimé nulle part.";
    TextScreened "CTG-287" Warning "Texte à relire avant de le diffuser"
        "Relisez cette ligne : retirez ce qui désigne ou joint une personne, ou assumez-le en signant."
        "Le bilan va à d’autres que l’équipe projet, et un texte écrit à la main semble nommer une personne, donner un contact ou raconter un fait grave. Il est imprimé tel quel : le service le signe, le programme n’y change rien.";
    NextUnclear "CTG-288" Warning "Suite d’une fiche mal écrite"
        "Écrivez « CODE : garder, parce que… » ; adapter, arrêter, ou ajouter pour une fiche nouvelle."
        "Une ligne de 09-suite.md parle d’une fiche sans dire si elle se garde, s’adapte, s’arrête ou s’ajoute, ou nomme une fiche qui n’existe pas. Elle est imprimée telle quelle, et n’entre pas dans la convention suivante.";
    SchoolsAside "CTG-296" Info "Écoles d’autres communes, laissées de côté"
        ""
        "data/ecoles.csv peut être le fichier ouvert de l’Éducation nationale, laissé tel quel : les écoles des communes que data/communes.csv ne nomme pas ne sont pas du territoire, et ne comptent pas. Si l’une devait compter, vérifiez le code ou le nom de sa commune. Ce fichier ouvert ne donne pas de code Insee : une école est de la commune qui porte ce nom dans le département de son numéro.";
    SchoolsChanged "CTG-297" Warning "Effectif d’une école qui change"
        "Vérifiez lequel des deux est le bon ; pour revenir à l’ancien, corrigez data/ecoles.csv."
        "Le fichier reçu donne un autre nombre d’élèves que celui qui était connu pour la même école et la même rentrée. Le nouveau remplace l’ancien ; data/ecoles.csv tel qu’il était est gardé dans data/ctg/versions.";
    WrittenSince "CTG-295" Info "Fichier qui a changé depuis le jour demandé"
        ""
        "L’état d’un jour passé est donné comme il était connu ce jour-là : la convention, les enquêtes, les séries, les contributions, les réglages et la liste des accueils sont alors lus dans la copie gardée à cette date (data/ctg/versions), et non dans le fichier d’aujourd’hui ; les imports faits depuis, les plans complétés depuis ne comptent pas encore. Pour l’état d’aujourd’hui, donnez la date du jour.";
    ContributionLine "CTG-264" Warning "Ligne de contribution laissée de côté"
        "Corrigez la ligne : six colonnes, et la confiance parmi établi, probable, possible, non établi."
        "ctg/textes/contributions.md porte un tableau que des personnes écrivent : changement, combien, fiches, preuves, autres explications, confiance. Une ligne d’une autre forme n’est pas devinée ; les autres sont imprimées, et le fichier n’est jamais réécrit.";
    TerritoryCell "CTG-263" Error "Cellule à corriger dans les données du territoire"
        "Corrigez cette cellule dans le fichier ; tant qu’il y en a une, le fichier entier ne compte pas."
        "data/contexte.csv et data/communes.csv se remplissent à la main, une ligne par valeur ou par commune. Une cellule qui ne se lit pas, une colonne qui manque, deux fois la même valeur : le fichier est laissé tel quel et rien n’en est compté.";
    FunctionCircle "CTG-254" Warning "Fonctions rattachées en rond"
        "Corrigez la colonne « Rattachée à » de la feuille « Fonctions » du suivi."
        "Une fonction est rattachée, par d’autres, à elle-même : l’organigramme ne peut pas la placer. Il coupe la boucle à sa première fonction, pour que toutes soient dessinées, et le dit.";
    StoreCopy "BAS-101" Warning "Copie laissée par un synchroniseur"
        "Effacez cette copie : l’original est là, et seul il compte."
        "OneDrive et ses pareils laissent parfois deux fois le même fichier (« -PC2 », « (1) », « conflit »). Le programme reconnaît un fichier de la base à ses octets : la copie ne compte pas une seconde fois, et une copie abîmée ne compte pas du tout.";
    StoreRenamed "BAS-102" Warning "Fichier de la base renommé"
        "Rendez-lui son nom quand la synchronisation est finie."
        "Un fichier de la base a changé de nom, mais ses octets sont ceux qui ont été écrits : il compte comme avant.";
    StoreForeign "BAS-103" Warning "Fichier étranger dans la base"
        "Rangez-le ailleurs : le dossier data/store n’est fait que pour le programme."
        "Un fichier que le programme n’a pas écrit se trouve parmi ceux de la base. Il est laissé où il est, et ne compte pas.";
    StoreUnnamed "BAS-104" Warning "Réponses dont l’import n’est pas enregistré"
        "Rien à faire si un import a été interrompu ou si la synchronisation n’est pas finie ; sinon, remettez depuis une sauvegarde le dossier data/store/manifestes, la liste des imports."
        "Le dossier tient les tables d’un import que rien n’a enregistré : un import interrompu, un import d’un autre poste dont le manifeste n’est pas encore arrivé, ou un manifeste perdu. Elles sont mises de côté : elles ne comptent pas, et ne sont jamais effacées ni déplacées, puisqu’un autre poste peut être en train de les écrire.";
    FoldedAgain "BAS-105" Warning "Agrégats abîmés, refaits depuis les réponses"
        "Rien à faire, si le disque va bien."
        "Les agrégats d’un import sont un résumé de ses réponses, gardé pour aller vite. Ceux-ci n’étaient plus ce qui avait été écrit : ils n’ont pas servi, et ont été refaits depuis les réponses, elles-mêmes vérifiées.";
    StoreFollowed "BAS-106" Info "Base désormais suivie"
        ""
        "Le programme retient, hors de la base (data/reperes), le dernier import que ce poste a vu : si un fichier de la base disparaît ou redevient ancien, il le dit au lieu de compter sans lui.";
    StoreDamaged "BAS-107" Error "Fichier de la base abîmé"
        "Remettez-le depuis une sauvegarde, ou demandez au logiciel de synchronisation sa version précédente."
        "Ce fichier n’est plus tel que le programme l’a écrit : le disque, une synchronisation interrompue, une main. Rien n’en est lu.";
    UnitContested "BAS-108" Error "Deux apports pour une même collecte"
        "Gardez l’un des deux : « observatoire annuler » avec l’identifiant de l’autre (I003, par exemple), ou importez de nouveau le bon fichier."
        "Deux postes ont importé la même grille, le même questionnaire ou la même table sans avoir vu l’import l’un de l’autre. Le programme ne choisit pas à votre place : ce que les deux avaient en commun reste compté, ni l’un ni l’autre apport ne l’est, jusqu’à ce qu’une personne ait choisi.";
    MarkDamaged "BAS-109" Warning "Repère illisible"
        "Effacez ce fichier : il sera refait au prochain import."
        "Un repère retient le dernier import qu’un poste a vu. Celui-ci n’est plus lisible : il ne peut plus dire si un import manque.";
    KeyRenewed "BAS-110" Warning "Clé des répondants refaite"
        "Si vous avez une sauvegarde, remettez data/store/cle-repondants avant d’importer encore."
        "Cette clé change l’identité d’un répondant en une empreinte que personne ne peut remonter. Elle manquait alors que des imports existent : une autre a été faite, et les répondants déjà importés ne seront pas reconnus s’ils reviennent.";
    RegistryCopied "BAS-111" Warning "Copie du registre laissée par un synchroniseur"
        "Reportez dans le registre les cases qui en viennent, puis effacez la copie : sans elle, elles ne comptent plus."
        "Deux personnes ont rempli le registre des structures en même temps, et le synchroniseur a gardé les deux fichiers. Le programme les réunit case par case, tant que la copie est là : ce qu’une seule a changé entre, ce que l’autre n’avait pas touché ne revient pas, et aucune ligne ne disparaît parce qu’elle manque à la copie.";
    RegistryContested "BAS-112" Error "Une case du registre remplie par deux personnes en même temps"
        "Choisissez : mettez la bonne valeur dans le registre, puis effacez la copie."
        "Deux personnes ont rempli la même case du registre des structures sans avoir vu ce que l’autre écrivait. Le programme ne choisit pas à votre place : ce que le registre disait avant reste, jusqu’à ce qu’une personne ait choisi.";
    RegistryTwice "BAS-113" Error "Deux registres des accueils"
        "Gardez le bon et retirez l’autre du dossier data. Pour importer quand même d’après structures.csv, relancez avec --confirmer."
        "Le dossier data contient structures.csv et structures.xlsx, qui ne disent pas la même chose. Le programme lit le CSV ; une personne remplit peut-être l’autre, et ce qu’elle y écrit ne compterait pas. L’import s’arrête jusqu’à ce qu’il n’en reste qu’un, ou qu’une personne confirme.";
    RegistryTwin "BAS-114" Warning "Registre en double"
        "Gardez-en un seul : le jour où l’on changera le classeur, rien n’en sera lu."
        "Le dossier data contient structures.csv et structures.xlsx, qui disent aujourd’hui la même chose. Seul le CSV est lu.";
    ReferentielChanged "BAS-115" Warning "Référentiel changé depuis la lecture des réponses"
        "Remettez le texte d’avant, ou donnez une nouvelle version au référentiel pour les campagnes à venir : les réponses gardent ainsi les phrases auxquelles on a répondu."
        "Des réponses ont été lues avec un autre texte du référentiel : une phrase, une échelle ou un élément ont changé depuis. Les chiffres de ces éléments seraient imprimés sous des mots que personne n’a lus. `expliquer` d’un élément redit la phrase qui était demandée.";
    CampaignsOverlap "BAS-116" Warning "Deux campagnes en même temps"
        "Changez les dates de l’une des deux, dans observatoire.toml ou sur la page Campagnes."
        "Deux campagnes ont des jours en commun. Un fichier dit de quelle campagne il est ; qui remplit un formulaire, ou lit un tableau d’activité, un de ces jours-là ne le sait pas, et la comparaison de l’une à l’autre mêle deux collectes.";
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for Code {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        let wanted = text.trim();
        Self::ALL
            .iter()
            .copied()
            .find(|c| c.as_str().eq_ignore_ascii_case(wanted))
            .ok_or(())
    }
}

impl Serialize for Code {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::Code;

    #[test]
    fn codes_are_unique_and_read_back() {
        for code in Code::ALL {
            assert_eq!(code.as_str().parse(), Ok(*code));
        }
    }
}
