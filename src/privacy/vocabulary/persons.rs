//! What points at one person, and what speaks of all or of none.

/// Somebody is meant.
pub(super) const POINTING: &[&str] = &[
    "@a-moi _ _ @parente|@enfant|@adulte",
    "mon|ma|notre|son|sa|votre grand|grande|petit|petite|aine|ainee|dernier|derniere|deuxieme|second|seconde",
    "un|une|l|le|la|cet|cette|ce|chaque _ @parente|@enfant|@adulte",
    "un|une|l|cet|cette de @a-moi|nos|ses|leurs|vos|nous|vous",
    "un|une d entre",
    "un|une des enfant*|anim*|eleve*|petit*|grand*|gamin*|collegue*|parent*",
    "deux|trois|quatre|cinq|plusieurs|certain*|quelques _ enfant*|anim*|eleve*|petit*|grand*|gamin*|collegue*|parent*|papa*|maman*|fille*|garcon*|ados|jeune*|freres|soeurs|agents",
    "mes|nos enfant*|fils|fille*|grand*|petit*|jumeau*|jumelle*|collegue*",
    "nos|mes deux|trois",
    "je|j suis|ai|etais|avais|prends|fais|vais|sors|reprends|ne|vis|souffre|porte|peux|dois|reste|dors|tiens|craque|deprime|consulte",
    "chui|chuis|jai|jsuis|chu|jsui",
    "me|m a|ont|fait|dit|tape|frape|pousse",
    "mon|ma|mes dos|sante|tete|corps|grossesse|maladie|traitement|handicap|etat|medecin|mari|femme|opération|operation|genou*|epaule*|coeur|bras|jambe*|main*|oeil|yeux|oreille*|dent*|psy|diabete|asthme|dossier",
    "son|sa|ses|leur|leurs dos|sante|tete|corps|grossesse|maladie|traitement|handicap|etat|medecin|genou*|epaule*|coeur|bras|jambe*|oeil|yeux|oreille*|diabete|asthme|alergie*|crise*|trouble*|pai|medicament*|fauteuil|aesh|avs|appareil*|ventoline|lunette*|prothese*|medoc*|cachet*|piqure*",
    "elle|ele|lui",
    "il|ils a|est|ne|n|se|s|me|m|nous|lui|leur|va|vient|fait|etait|avait|porte|prend|doit|vit|sort|parle|crie|dort|boit|reste|refuse|tape|y|en|peut|veut|arrive|mange|rentre|supporte|entend|voit|marche",
    "@il est|a|fait|etait|avait|prend|porte|doit|ne|se|me|nous|lui",
    "quelqu|qqn",
    "celui|celle|ceux qui|de|du",
    "toi|tu",
    "chez eux|lui",
    "en cp|ce|cm|ps|ms|gs",
    "un cp|ce|cm|ps|ms|gs",
    "@titre _ @prenom",
    "@prenom",
];

/// An adult, or someone told of as he, she or they: of whom a wrong may be said.
pub(super) const SOMEONE: &[&str] = &[
    "@adulte",
    "@prenom",
    "elle|ele|elles|eles",
    "il|ils a|est|ne|n|se|s|me|m|nous|lui|leur|va|vient|fait|etait|avait|porte|prend|doit|vit|sort|parle|crie|dort|boit|reste|refuse|tape|y|en|peut|veut|mange|rentre|les|le|la|l|ont|sont|font|sont|disent|dit|traite*|pun*|met|mettent|laisse*|force*|oblige*|empeche*|jouent|passe*|regarde*|hurle*|tire*|pousse*|vole*|fume*|boivent|dorment|oublie*|trop|toujours|jamais",
    "on|vous _ nous|m|me|leur|lui|les|le|la|l|mon|ma|notre _ a|ont|avez|fait|dit|laiss*|oubli*|perd*|oblig*|forc*|ment*|punit|interdi*|traite*|cach*|sert|donn*|demand*|refus*|met|prend|crie|hurle",
    "vous _ avez|laiss*|lais*|cach*|ment*|faites|etes|oubli*|ecriv*|donn*",
    "ce|cet|cette _ @quelquun",
    "celui|celle|ceux",
    "personne ne|n",
    "quelqu un",
    "un|une|certain*|deux|trois _ anim*|adulte*|agent*|d entre",
    "parent*|papa|pere|maman|mere _ a|ont|est|sont|frappe*|boit|crie|tape|fume|hurle",
];

/// One adult or several, of those who work there or decide.
pub(super) const ADULT: &[&str] = &[
    "^ elle|ils|il|elles nous|m|me|leur|leurs|les|lui|prefer*|dit|disent|oblig*|forc*",
    "^ il|elle a dit|fait|pris|mis|oubl*|laiss*",
    "m|nous|me a|dit|ont _ dit|raconte|confie|rapporte que|qu|qun",
    "un|une|l|le|la|cet|cette|ce|mon|ma|notre|nos|mes|son|sa|ses|leur|leurs|les|certain*|plusieurs|quelques|@nombre|@chiffre|chaque|aucun|aucune _ anim|anims|animat*|direct*|dirlo*|chef|cheffe|cheffes|chefs|atsem*|agent*|cuisini*|cantini*|dame|dames|monsieur|madame|stagiaire*|remplacant*|educat*|intervenant*|surveillant*|coordo*|coordin*|chauffeur*|conduct*|adjoint*|collegue*|referent*|instit*|prof|profs|gardien*|concierge*|moniteur*|monitrice*|benevole*|vacataire*|apprenti*|secretaire*|responsable|adulte|adultes|encadrant*|accompagnat*|infirmier*|employe*|gars|mec|meuf|type|elu|elue|elus|maire|patron*|president*|tresorier*|regisseu*|plongeu*|service",
];

/// What such adults do when nothing is wrong.
pub(super) const BENIGN: &[&str] = &[
    "merci|bravo|felicit*|remerci*|chapeau|bonjour",
    "gentil*|utile|utiles|gilet*|cherche|cherchons|lance|lancent|assurent|assure|compte|comptent|verifie|adorab*|super|genial*|geniau*|formidab*|sympa*|patien*|rigolo*|drole|droles|souri*|dispon*|bienveil*|attenti*|chaleur*|motiv*|dynami*|competent*|top|cool|extra|excellent*|parfait*|agreab*|doux|douce|douceur|rassur*|impliqu*|investi*|adore*|content*|ravi|ravie|ravis|heureu*|meilleur*|plaisir",
    "ecoute|ecoutent|accueille|accueillent|propose|proposent|souhait*|voudr*|aimer*|explique|expliquent|anime|animent|lit|lisent|raconte|racontent|jou*|chante|chantent|danse|dansent|accompagne|aide|aident|console|consolent|encourag*|prepare|preparent|installe|organise|accroup*|assied|assoit|reparti*|participe*|partage*|recueil*",
    "pass* nous|voir",
    "prend|prennent le|du temps",
    "bien fort|trop fort|tres forts",
    "trop|tres forts|fort|forte|bien|bons|bonne",
    "repond*|repondu vite|rapidement|bien|toujours",
    "met|mettent _ plus|toujours",
    "forme|formes|formation*|recrut*|stable*|poste*|vacant*|planning*|relais|relaie*|reunion*|ratio",
    "par groupe|age|enfant|semaine",
    "nommer|designer|donner|prevoir|doter|equiper|nomme",
    "hauteur|transmet*|posent|pose|coupe|sert|servent|veille|veillent|connai*|salue*|invit*|dessin*|jardin*|constru*|choisi*|relit|guide*|suit",
];

/// One person is told of, child or adult, by a word or by « il », « elle », « on me ».
pub(super) const ONE: &[&str] = &[
    "@a-moi _ _ fils|fille|filles|garcon*|enfant|frere*|soeur*|cousin*|neveu*|niece*|jumeau*|jumelle*|bebe|loulou*|puce|gamin*|ado|grand|grande|petit|petite|aine|ainee|cadet*|mari|femme|ex|maman|papa|mere|pere|mamie|papi|beau|belle|copain|copine|ami|amie|amoureu*|collegue*|binome|voisin*",
    "un|une|l|le|la|cet|cette|ce|du|au _ enfant|garcon*|fille|fillet*|gamin|gamine|gosse|mome|minot*|eleve|ado|bebe|pitchoun*|jeune|frere|soeur|parent|papa|maman|pere|mere|voisin|voisine|homme|femme|habitant|personne",
    "un|une|le|la|du|au petit|petite|grand|grande|nouveau|nouvelle qui|se|s|a|est|du|des|en|avec|ne|n|fait|reste|pleure|mange|tombe|tape|boite|refuse",
    "elle|ele",
    "il _ a|est|ne|n|se|s|m|me|nous|lui|leur|va|vient|fait|dit|disait|prend|porte|doit|peut|veut|mange|dort|parle|rentre|pleure|refuse|sort|boit|crie|vit|met|donne|laisse|garde|l|les|le|la",
    "on me|m|nous|lui|leur _ a|ont|jet*|tap*|fait|font|pren*|vol*|laiss*|oubli*|dit|disent|cache*|traite*|donne*|met|mettent|pouss*",
    "ils|elles|il|elle me|m|nous|lui|leur|l|le|la|les _ a|ont|jet*|tap*|fait|font|pren*|vol*|laiss*|oubli*|dit|disent|cache*|traite*|donne*|met|mettent|pouss*",
    "ils|elles lais*|font|obligent|se|s|ont|nous|les|jettent|cachent",
    "quelqu un",
];

/// What is told of someone when nothing is wrong.
pub(super) const CHEERFUL: &[&str] = &[
    "adore*|aime|aiment|aimer*|prefer*|content*|ravi|ravie|ravis|heureu*|plaisir|joie|enchant*|chant*|rigol*|joue|jouent|jouait|dessin*|choisi*|appren*|progress*|epanoui*|amus*|eclat*|regal*|fan|fier|fiere|fiers",
    "copine|copines|copain|copains|merci|bravo|voudr*|souhait*|demand*|explique*|range|rangent|aide|aident|aider|sert|servent|particip*|spectacle*|anniversaire*|doudou*|gourde*|manteau*|gilet*|chausure*|inscri*|facture*|kermesse*|fete|fetes|chance|beau|belle|belles|bonne|bonnes|bon|bien|mieux|super|genial*|gagn*|invent*|fabriqu*|dans|danse*|decouv*|transme*|remerci*|dessert*|volontaire*|perle*|collier*|cabane*",
    "libre|librement|calme|calmement|tranquil*|autonom*|doucement",
    "se releve|repart",
    "rentre|rentrent fatigue*|epuise*|sale|sales|creve*",
    "a|ont adore",
];

/// All are meant, or none: a training, a rule, a place, a menu.
pub(super) const GENERAL: &[&str] = &[
    "form* l|les|des|de|a|aux|sur|tous|toute|pour|prevue|une",
    "formation*|sensibilis*|preveni*|prevention*|protocol*|procedur*|conference*|module*|charte*|reglement*|malle*|outils|referent* handicap|inclusion|inclusif*|inclusive*",
    "formation*|sensibilis*|preveni*|prevention*|protocol*|procedur*|conference*|module*|affichage*|affichee*|charte*|reglement*|malle|outils|inclusion|inclusif*|inclusive*|accessib*",
    "conduite* a tenir",
    "projet* pedagogique*|educatif*|social",
    "au|le projet",
    "mieux acueilir",
    "acueil* des|de _ enfants|personnes|familles|jeunes|publics|tous",
    "acueilir _ les|des|tous|tout",
    "tous les enfants|ages|publics|regimes",
    "toutes les familles|situations",
    "pour|a|de tous|toutes|chacun",
    "menu*|regimes",
    "^ prevoir|proposer|instaurer|creer|metre|installer|rediger|ecrire|afficher|rappeler|rappel|organiser|informer|actualiser|verifier|revoir|definir|amenager|acheter|inscrire|elaborer|travailler|renforcer|ameliorer|lister|designer|nommer|former|outiller|acompagner|adapter|limiter|reduire|eviter|interdire|poursuivre|doter|equiper|prevenir|repenser",
];
