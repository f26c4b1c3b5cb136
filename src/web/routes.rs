//! Which page answers which address.

use crate::base::error::Result;
use crate::pages::answer::PageAnswer;
use crate::pages::ctg::{
    ctg_documents, ctg_exchanges, ctg_files, ctg_home, ctg_incoming, ctg_indicators, ctg_pocket,
    ctg_register, ctg_row, ctg_signed_block, ctg_signed_page, ctg_text_pages, ctg_workbooks,
};
use crate::pages::page_ask::PageAsk;
use crate::pages::{
    accueil_list_page, accueils_page, campaigns_page, closing, correcting, correspondences_page,
    entry_list_page, entry_page, figure_page, first_page, folders, forms_page, job_page,
    plan_action_page, plan_follow_page, plan_page, plan_settling, plan_workbook_page, receiving,
    referentiel_change, referentiel_page, reports_page, results, safety_page, said_answers,
    settings_page, territory_page, texts_to_read_page,
};

/// A page and its address.
pub(super) struct PageRoute {
    pub(super) path: &'static str,
    /// Whether it is asked by POST: it writes, then leads elsewhere.
    pub(super) writes: bool,
    /// Whether what it writes goes into the folder that is open.
    pub(super) needs_folder: bool,
    pub(super) page: fn(&PageAsk) -> Result<PageAnswer>,
}

const fn shows(path: &'static str, page: fn(&PageAsk) -> Result<PageAnswer>) -> PageRoute {
    PageRoute {
        path,
        writes: false,
        needs_folder: false,
        page,
    }
}

const fn writes(path: &'static str, page: fn(&PageAsk) -> Result<PageAnswer>) -> PageRoute {
    PageRoute {
        path,
        writes: true,
        needs_folder: true,
        page,
    }
}

/// What changes nothing in a folder: opening one, closing the program.
const fn leads(path: &'static str, page: fn(&PageAsk) -> Result<PageAnswer>) -> PageRoute {
    PageRoute {
        path,
        writes: true,
        needs_folder: false,
        page,
    }
}

/// Every page.
pub(super) const ROUTES: &[PageRoute] = &[
    leads("/fermer", closing::close),
    // Which folder.
    shows("/dossiers", folders::show),
    shows("/dossiers/parcourir", folders::walk_page),
    shows("/dossiers/epci", folders::which_epci),
    leads("/dossiers/ouvrir", folders::open),
    leads("/dossiers/exemple", folders::example),
    leads("/dossiers/creer", folders::create),
    // A long job.
    shows("/travail", job_page::show),
    shows("/travail/etat", job_page::state),
    // Her year.
    shows("/", first_page::show),
    shows("/a-lire", texts_to_read_page::show),
    shows("/formulaires", forms_page::show),
    shows("/formulaires/code", forms_page::code),
    writes("/formulaires/faire", forms_page::make),
    shows("/saisir", entry_list_page::show),
    writes("/saisir/commencer", entry_list_page::start),
    writes("/saisir/jeter", entry_list_page::throw),
    writes("/saisir/reprendre", entry_list_page::take_back),
    writes("/saisir/garder", entry_page::keep_typed),
    writes("/saisir/entrer", entry_page::let_in),
    shows("/saisir/{saisie}", entry_page::show),
    shows("/saisir/{saisie}/relire", entry_page::read_again),
    shows("/saisir/{saisie}/classeur", entry_page::workbook),
    shows("/accueils", accueils_page::show),
    writes("/accueils/garder", accueils_page::keep),
    writes("/accueils/ajouter", accueils_page::add),
    writes("/accueils/fermer", accueils_page::close),
    writes("/accueils/retirer", accueils_page::remove),
    shows("/accueils/carte", accueils_page::map),
    shows("/accueils/liste", accueil_list_page::show),
    writes("/accueils/liste/deposer", accueil_list_page::drop_list),
    writes("/accueils/liste/entrer", accueil_list_page::look_or_enter),
    writes("/accueils/liste/retirer", accueil_list_page::remove),
    writes("/accueils/liste/reprendre", accueil_list_page::take_back),
    shows("/campagnes", campaigns_page::show),
    shows("/campagnes/creer", campaigns_page::create),
    shows("/campagnes/modifier", campaigns_page::change),
    writes("/campagnes/garder", campaigns_page::keep),
    writes("/campagnes/retirer", campaigns_page::remove),
    writes("/campagnes/remettre", campaigns_page::put_back),
    shows("/referentiel", referentiel_page::show),
    shows("/referentiel/remettre", referentiel_change::look_back),
    writes("/referentiel/remettre/garder", referentiel_change::put_back),
    writes("/referentiel/regarder", referentiel_change::look),
    writes("/referentiel/garder", referentiel_change::keep),
    shows("/referentiel/{code}", referentiel_page::one),
    shows("/recevoir", receiving::show),
    writes("/recevoir/deposer", receiving::drop_files),
    writes("/recevoir/entrer", receiving::enter),
    writes("/recevoir/dire", receiving::say),
    writes("/recevoir/retirer", receiving::remove),
    writes("/recevoir/annuler", receiving::undo_import),
    shows("/recevoir/renvoi/{campagne}/{rang}", receiving::send_back),
    shows("/a-corriger", correcting::show),
    writes("/a-corriger/corriger", correcting::correct),
    writes("/a-corriger/reprendre", correcting::take_back),
    shows("/correspondances", correspondences_page::show),
    writes("/correspondances/garder", correspondences_page::keep),
    writes("/correspondances/changer", said_answers::change),
    shows("/resultats", results::show),
    shows("/resultats/{accueil}", results::of_site),
    shows("/resultats/{accueil}/{code}", figure_page::show),
    shows("/plan", plan_page::show),
    shows("/plan/action/{id}", plan_action_page::show),
    shows("/plan/nouvelle", plan_action_page::new),
    writes("/plan/garder", plan_action_page::keep),
    writes("/plan/ajouter", plan_action_page::add),
    writes("/plan/annuler", plan_action_page::take_back),
    writes("/plan/trancher", plan_settling::settle_cell),
    shows("/plan/proposer", plan_follow_page::proposals),
    writes("/plan/proposer/ecrire", plan_follow_page::write_proposals),
    shows("/plan/suivi", plan_follow_page::follow_up),
    shows("/plan/classeur", plan_workbook_page::download),
    shows("/plan/classeurs", plan_workbook_page::show),
    writes(
        "/plan/classeurs/deposer",
        plan_workbook_page::drop_workbooks,
    ),
    writes("/plan/classeurs/entrer", plan_workbook_page::enter),
    writes("/plan/classeurs/retirer", plan_workbook_page::remove),
    shows("/ctg", ctg_home::show),
    writes("/ctg/commencer", ctg_signed_page::begin),
    shows("/ctg/convention", ctg_signed_page::show),
    shows("/ctg/convention/{laquelle}", ctg_signed_page::show),
    writes("/ctg/convention/bloc", ctg_signed_block::keep),
    writes("/ctg/convention/retirer", ctg_signed_block::remove),
    writes("/ctg/convention/garder", ctg_signed_page::keep),
    writes("/ctg/convention/remettre", ctg_signed_page::put_back),
    shows("/ctg/registre/{registre}", ctg_register::show),
    writes("/ctg/ligne", ctg_row::keep),
    writes("/ctg/ligne/retirer", ctg_row::remove),
    writes("/ctg/ligne/remettre", ctg_row::put_back),
    writes("/ctg/trancher", ctg_row::settle),
    shows("/ctg/indicateurs", ctg_indicators::show),
    shows("/ctg/indicateurs/{code}", ctg_indicators::explain),
    shows("/ctg/documents", ctg_documents::show),
    writes("/ctg/documents/ecrire", ctg_documents::write),
    shows("/ctg/documents/fichier/{*nom}", ctg_files::file),
    shows("/ctg/textes", ctg_text_pages::show),
    writes("/ctg/textes/garder", ctg_text_pages::keep),
    writes("/ctg/textes/remettre", ctg_text_pages::put_back),
    shows("/ctg/textes/{texte}", ctg_text_pages::one),
    shows("/ctg/poche", ctg_pocket::show),
    writes("/ctg/poche/fait", ctg_pocket::done),
    shows("/ctg/echanges", ctg_exchanges::show),
    writes("/ctg/echanges/nouveau", ctg_exchanges::add),
    writes("/ctg/echanges/exporter", ctg_exchanges::send),
    shows("/ctg/classeur", ctg_workbooks::download),
    shows("/ctg/classeurs", ctg_workbooks::show),
    writes("/ctg/classeurs/deposer", ctg_workbooks::drop_workbooks),
    writes("/ctg/classeurs/dire", ctg_incoming::say),
    shows("/ctg/classeurs/propositions", ctg_incoming::proposals),
    writes("/ctg/classeurs/entrer", ctg_workbooks::enter),
    writes("/ctg/classeurs/retirer", ctg_workbooks::remove),
    shows("/rapports", reports_page::show),
    writes("/rapports/ecrire", reports_page::write),
    shows("/rapports/archive/{campagne}", reports_page::archive),
    shows("/rapports/fichier/{*nom}", reports_page::file),
    writes("/rapports/dossier", reports_page::open_folder),
    shows("/reglages", settings_page::show),
    shows("/reglages/territoire", territory_page::show),
    writes("/reglages/territoire/garder", territory_page::keep),
    writes("/reglages/territoire/contours", territory_page::outlines),
    writes("/reglages/garder", settings_page::keep),
    writes("/reglages/logo", settings_page::logo),
    writes("/reglages/observateur", settings_page::observer),
    writes("/reglages/observateur/oublier", settings_page::forget),
    writes("/reglages/remettre", settings_page::put_back),
    writes("/reglages/sauvegarder", safety_page::save),
    shows("/reglages/restaurer", safety_page::look),
    writes("/reglages/restaurer/deposer", safety_page::drop_backup),
    writes("/reglages/restaurer/retirer", safety_page::remove_backup),
    writes("/reglages/restaurer/remettre", safety_page::put_back),
    shows("/reglages/purge", safety_page::look_purge),
    writes("/reglages/purge/faire", safety_page::do_purge),
    writes("/reglages/dossier", safety_page::open_folder),
];
