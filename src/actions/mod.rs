//! What a person can ask for, one file a verb: a request of plain types → an outcome that carries its
//! data and diagnostics. Nothing here reads a command line, prints, or words a line for a terminal: the
//! command line and the local page are two thin faces over it.
//!
//! | question | file |
//! |---|---|
//! | what is left to do in a campaign | `a_faire`; texts that someone must read: `textes_a_lire` |
//! | where the accueils are, on a map | `accueils_map` |
//! | lay an observatory | `init`; where, folders walked by links: `folder_walk` |
//! | lay an observatory | `init` |
//! | the territory by its name: EPCI to choose from, set in a folder, its communes | `epci` |
//! | – the outlines of its communes, dropped back | `commune_outlines` |
//! | lay the fictitious example | `demo`; documents of its convention: `demo_documents` |
//! | lay a simulation of any size | `simuler` |
//! | – the folder of an example that was interrupted | `unfinished_example` |
//! | make blank forms | `grille`; those of several accueils in one archive: `forms_archive`; the link of an online one as a code to scan: `qr_code` |
//! | – of a small questionnaire of the convention | `survey_form_file` |
//! | the guide of one page | `guide` |
//! | a guide of the visit, the interview, the workshop, the reading of results | `field_guide_file` |
//! | – what the last campaign found, for who prepares the next visit | `seen_before` |
//! | bring answers in | `importer` |
//! | – corrections that it brought, or contradicts, and that change nothing | `correction_check` |
//! | – the workbooks of their senders, sent back with what is wrong lit | `returned_workbook` |
//! | keep what was said in the list of what is to be corrected | `corriger` |
//! | – one cell of a file that waits, corrected by who imports | `corriger_cellule`; the sheet around it: `sheet_picture` |
//! | – a few values under the headings that a person is asked about | `heading_samples` |
//! | the référentiel of a campaign, as a person reads it | `referentiel_lire` |
//! | a change to the territory's own layer: what it does, then written | `referentiel_local` |
//! | answers typed on screen: a draft, then let in | `saisie` |
//! | – the layer of before put back, once what that does is told | `layer_undo` |
//! | – what a file held before, kept beside under the day | `dated_copies` |
//! | learn another name of an accueil, who an observer is | `reconnaitre` |
//! | – what was answered once for all files, changed or taken back | `redire` |
//! | a person’s own list of accueils into the registry; its cells edited one by one | `registry_list`, `registry_edit`; a list taken back: `registry_undo`; what speaks of accueils: `registry_uses`; what new days of opening and closing change: `registry_days` |
//! | the settings changed key by key; put back as they were | `settings_edit` |
//! | – refused when answers would lose their campaign or their sentences | `settings_guard` |
//! | campaigns side by side, what the next one looks at again | `campaign_list`; created, changed, taken out: `campaign_edit` |
//! | – what was typed, and what is wrong with it; what it would do | `campaign_draft`, `campaign_effects` |
//! | list what was imported | `imports` |
//! | take an import back | `annuler` |
//! | who returned what | `verifier` |
//! | – what experiments expect and nothing measures (also for `comparer --pilote`) | `expected_check` |
//! | – whether answers were given to the sentences of today | `reference_check` |
//! | what will be masked | `masquage` |
//! | forget what is past its time: what is due, refused, done | `purger` |
//! | – does a figure change | `purge_effect` |
//! | what is left of persons in the store, kept too long | `personal_check` |
//! | which files that `purger` never deletes may still bear what people said | `remaining_files` |
//! | is everything kept what was written; does what is published give back what is hidden? | `verifier_profond` |
//! | the table of figures of a campaign | `indicateurs` |
//! | comparisons | `comparer` |
//! | – some structures at a time, so that ten thousand fit in two GiB | `compared_by_parts` |
//! | what a campaign found, accueil by accueil, beside the one before | `resultats` |
//! | agreement of observers, training, questionnaires | `fidelite` |
//! | what a collection would show, before it is made | `puissance` |
//! | `REL=2`: the weight of an axe in a composite | `composite_weight` |
//! | tables to export | `exporter` |
//! | exchanges of data: listed, checked, a block more | `echanges` |
//! | – its study, as a document | `echange_fiche` |
//! | – what one sends, and why it may not | `exporter_echange`; its files: `exchange_files`; a field in words: `exchange_phrases` |
//! | the register of treatments, as a document | `exporter_registre` |
//! | notices of information, as texts and pages | `exporter_notices` |
//! | `datapackage.json` beside a CSV: written, or left when it is not ours | `described_file`; what it says: `exports::data_package` |
//! | – the logo: laid in the folder, read as reports read it | `settings_logo` |
//! | the whole folder as one archive, and back | `sauvegarder`, `restaurer` |
//! | a table as an outcome; « not for publication » | `table_outcome` |
//! | reports: rendered, logged, put in place | `rapport`; those of an edition in one archive: `reports_archive` |
//! | actions of plans: listed | `plan_lister` |
//! | actions proposed from a campaign | `plan_proposer` |
//! | every change of an action | `plan_historique` |
//! | an action typed on the page; the last change taken back | `plan_edit` |
//! | a cell that two machines filled at once, settled | `plan_trancher` |
//! | the workbook of a plan: written, with what a later campaign shows in words | `plan_exporter` |
//! | the workbook of a plan brought back | `plan_importer` |
//! | the follow-up by quarter | `plan_suivi` |
//! | what a campaign shows of actions | `plan_effet` |
//! | the convention: its commented file; the same changed on a page | `ctg_init`; `ctg_convention` |
//! | – block by block, by forms | `convention_forms/` |
//! | – the workbook of its follow-up: written, brought back | `ctg_exporter`, `ctg_importer` |
//! | – responses to small questionnaires | `ctg_enquetes` |
//! | – the governance of a year | `ctg_gouvernance` |
//! | – its indicators over a period, one explained | `ctg_indicateurs` |
//! | – its registers on a page: a line typed, removed, put back | `ctg_registre` |
//! | – what is missing on a day; what is typed again elsewhere | `ctg_verifier`; `ctg_poche` |
//! | – a meeting prepared | `ctg_seance` |
//! | – a quarter on two pages | `ctg_suivi` |
//! | – its bilan, the convention that could come next; what people write in it | `ctg_bilan`, with what it takes of other documents: `ctg_bilan_material`; `ctg_textes` |
//! | a file of text typed whole on a page: kept byte for byte, put back | `typed_file` |
//! | the dossier of an experiment of the convention | `ctg_experimentation` |
//! | – what changed on the territory | `ctg_territoire` |
//! | why is this figure so, what does this code mean | `expliquer` |
//! | – what is asked, as it is written | `explain_request` |
//! | – what explanations of one campaign share | `explained_campaign` |
//! | – a closed question outside the référentiel | `explained_question` |
//! | – observers, questionnaires, from answers alone | `explained_reliability` |
//! | who waits is told of long work | `progress` |
//! | – a file of the convention among them | `of_convention` |
//! | jobs on several threads | `parallel` |

pub(crate) mod a_faire;
pub(crate) mod accueils_map;
pub(crate) mod annuler;
pub(crate) mod campaign_draft;
pub(crate) mod campaign_edit;
pub(crate) mod campaign_effects;
pub(crate) mod campaign_list;
pub(crate) mod commune_outlines;
mod compared_by_parts;
pub(crate) mod comparer;
pub(crate) mod composite_weight;
pub(crate) mod convention_forms;
mod correction_check;
pub(crate) mod corriger;
pub(crate) mod corriger_cellule;
pub(crate) mod ctg_bilan;
mod ctg_bilan_material;
pub(crate) mod ctg_convention;
pub(crate) mod ctg_enquetes;
pub(crate) mod ctg_experimentation;
pub(crate) mod ctg_exporter;
pub(crate) mod ctg_gouvernance;
pub(crate) mod ctg_importer;
pub(crate) mod ctg_indicateurs;
pub(crate) mod ctg_init;
pub(crate) mod ctg_poche;
pub(crate) mod ctg_registre;
pub(crate) mod ctg_seance;
pub(crate) mod ctg_suivi;
pub(crate) mod ctg_territoire;
pub(crate) mod ctg_textes;
pub(crate) mod ctg_verifier;
mod dated_copies;
pub(crate) mod demo;
mod demo_documents;
pub(crate) mod described_file;
pub(crate) mod echange_fiche;
pub(crate) mod echanges;
pub(crate) mod epci;
mod exchange_files;
mod exchange_phrases;
mod expected_check;
pub(crate) mod explain_request;
mod explained_campaign;
mod explained_question;
mod explained_reliability;
pub(crate) mod expliquer;
pub(crate) mod exporter;
pub(crate) mod exporter_echange;
mod exporter_notices;
pub(crate) mod exporter_registre;
pub(crate) mod fidelite;
pub(crate) mod field_guide_file;
pub(crate) mod folder_walk;
pub(crate) mod forms_archive;
pub(crate) mod grille;
pub(crate) mod guide;
pub(crate) mod heading_samples;
pub(crate) mod importer;
pub(crate) mod imports;
pub(crate) mod indicateurs;
pub(crate) mod init;
pub(crate) mod layer_undo;
pub(crate) mod masquage;
mod of_convention;
mod parallel;
pub(crate) mod personal_check;
pub(crate) mod plan_edit;
pub(crate) mod plan_effet;
pub(crate) mod plan_exporter;
pub(crate) mod plan_historique;
pub(crate) mod plan_importer;
pub(crate) mod plan_lister;
pub(crate) mod plan_proposer;
pub(crate) mod plan_suivi;
pub(crate) mod plan_trancher;
pub(crate) mod progress;
pub(crate) mod puissance;
pub(crate) mod purge_effect;
pub(crate) mod purger;
pub(crate) mod qr_code;
pub(crate) mod rapport;
pub(crate) mod reconnaitre;
pub(crate) mod redire;
mod reference_check;
pub(crate) mod referentiel_lire;
pub(crate) mod referentiel_local;
pub(crate) mod registry_days;
pub(crate) mod registry_edit;
pub(crate) mod registry_list;
pub(crate) mod registry_undo;
pub(crate) mod registry_uses;
pub(crate) mod remaining_files;
pub(crate) mod reports_archive;
pub(crate) mod restaurer;
pub(crate) mod resultats;
pub(crate) mod returned_workbook;
pub(crate) mod saisie;
pub(crate) mod sauvegarder;
mod seen_before;
pub(crate) mod settings_edit;
mod settings_guard;
pub(crate) mod settings_logo;
#[cfg(test)]
mod sharing_tests;
pub(crate) mod sheet_picture;
pub(crate) mod simuler;
pub(crate) mod survey_form_file;
pub(crate) mod table_outcome;
pub(crate) mod textes_a_lire;
pub(crate) mod typed_file;
mod unfinished_example;
pub(crate) mod verifier;
pub(crate) mod verifier_profond;
