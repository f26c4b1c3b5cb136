//! Classes of words that patterns speak of. A star ends a stem; words are folded (no accent, lower
//! case), doubled letters count as one.

use super::language::Class;

/// Words of each class.
pub(super) const CLASSES: &[(Class, &str)] = &[
    (Class::Kin, KIN),
    (Class::Child, CHILD),
    (Class::Staff, STAFF),
    (Class::Other, OTHER),
    (Class::Title, TITLES),
    (Class::Naming, NAMING),
    (
        Class::Possessive,
        "mon ma mes notre nos votre ton ta son sa leur",
    ),
    (Class::Definite, "le la l ce cet cette ct"),
    (
        Class::Article,
        "un une le la l les des du ce cet cette ces d de au aux",
    ),
    (Class::Pronoun, "il elle ils elles iel on lui ell"),
    (Class::Number, NUMBERS),
    (
        Class::Day,
        "lundi* mardi* mercredi* jeudi* vendredi* samedi* matin* midi soir* apres",
    ),
    (Class::Place, PLACES),
    (Class::Move, MOVES),
    (Class::Looks, LOOKS),
    (Class::Acts, ACTS),
];

/// Ties of blood and of home. « parents » alone points at nobody.
const KIN: &str = "maman mamans papa papas papou mere meres pere peres fils fille filles frere freres \
    frangin* soeur soeurs seur cousin cousine cousins cousines tante tonton tata tatie oncle mamie mamy \
    papi papy papis mami meme pepe jumeau* jumelle* neveu nieces niece \
    nounou marraine parrain epouse epoux mari femme conjoint* compagne compagnon \
    veuve ex voisin voisine concubin* bru gendre maitresse copine copain ami amie \
    amoureux amoureuse cadet cadette aine ainee";

/// Children, one by one.
const CHILD: &str = "enfant petit petite garcon gamin gamine gosse mome minot minote eleve ado bebe \
    loulou louloute puce fillette garconnet bambin pitchoun* pitchoune* gone drole drolesse bout tit \
    ptit ptite petiot* bonhomme fifille fiston jeune zouave loustic mioche adolescent adolescente \
    crapule choupinette choupette poussin cp ce cm primo-arrivant* fratrie";

/// Who works there.
const STAFF: &str = "animateur* animatrice* anim anims animatr* directeur* directrice* direct* dirlo \
    dirlote chef cheffe atsem agent* cuisinier* cuisiniere* cantinier* cantiniere* dame dames monsieur \
    madame stagiaire* remplacant* educateur* educatrice* intervenant* surveillant* coordo \
    coordinateur* coordinatrice* coordonateur* coordonatrice* chauffeur* conducteur* conductrice* \
    adjoint* adjointe* collegue* referent* referente* instit instits prof profs professeur* \
    gardien* concierge moniteur* monitrice* benevole* titulaire* contractuel* vacataire* apprenti* \
    secretaire* responsable* adulte adultes maitre salarie* encadrant* accompagnat* \
    infirmier* infirmiere* employe* plongeu* homme type gars mec meuf meufs gus nana \
    bonhomme elu elus elue elues maire employeur patron patronne presidente president tresorier* \
    tresoriere* regisseu* equipe mairie direction hierarchie organisateur interlocut*";

/// Others who may be told of one by one.
const OTHER: &str = "parent tuteur tutrice famille habitant* riverain* commercant* boulanger boulangere \
    pharmacien* medecin facteur patissier*";

/// Titles that a name follows.
const TITLES: &str = "mme mlle mr monsieur madame mademoiselle mesdames messieurs maitre dr docteur \
    tata tatie tonton papi papy mamie mamy mami pepe meme nounou mam soeur \
    oncle tante sieur m abbe coach sir miss mister";

/// Words that say that a name comes.
const NAMING: &str = "appele appelle appellent appelait appelee prenome prenomee prenom prenoms nome nomee \
    denome denomee surnome surnomee surnom baptise baptisee signe signee pseudo";

/// Numbers in words.
const NUMBERS: &str = "zero un une deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze \
    quinze seize vingt vingts trente quarante cinquante soixante cent cents septante huitante nonante \
    mille zeros";

/// Places whose names are no person's.
const PLACES: &str = "salle salles rue ruelle ecole ecoles college lycee stade gymnase place avenue boulevard \
    parc square foret forets bois lac riviere plage ile iles mont col centre centres accueil accueils \
    site sites groupe scolaire mediatheque bibliotheque quartier hameau commune ville village chateau musee \
    complexe maison espace residence pont allee impasse chemin esplanade cite theatre cinema piscine base \
    ferme zoo theme spectacle film livre album livres auteur chanson conte histoire comte baie cap pointe \
    gare arret ligne batiment creche maternelle elementaire primaire local halle fort vallee plaine mer cote \
    port bassin jardin jardins domaine refuge camping gite club amicale mjc \
    marque marques jeu jeux carte cartes poster deguisement deguise* personnage* fete saint sainte st ste \
    san prix coupe tour festival semaine journee operation association asso societe cie compagnie";

/// What one goes to a place by.
const MOVES: &str = "sortie sorties sejour sejours aller allez alle allee alles allees allons vont voyage \
    visite visites vers jusqu depuis train car bus navette route direction partir partis parti arrive \
    venu venus kms km metres habitent habitants colo camp trajet excursion balade depart gare proche pres \
    entre";

/// How one child is told from the others.
const LOOKS: &str = "blond blonde blondinet blondinete brun brune roux rousse rouquin rouquine \
    frise frisee chatain tatoue tatouee barbu moustachu chauve metis metisse noir noire grosse \
    maigre obese boiteux begue balafre lunettes couettes nattes tresses barbe moustache tatouage tatouages \
    cheveux piercing appareil accent";

/// What someone is said to do, right after a name that heads a sentence.
const ACTS: &str = "a est sera etait avait dit disait fait faisait va allait vient crie criait pleure pleurait \
    joue jouait mange aime adore veut voudrait peut range tient tape frappe mord court dort parle explique \
    propose demande raconte arrive part reste aide montre prend donne refuse semble circule sert coupe gere \
    repond rit sourit ecoute m l s n et ou qui absent absente doit sait travaille s";
