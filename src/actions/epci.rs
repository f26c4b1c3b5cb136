//! The territory by its name: EPCI to choose from, what one writes into the settings, the communes of a folder.

use super::settings_edit::{SettingsOutcome, SettingsRequest, edit_settings};
use crate::base::error::{Error, Result};
use crate::base::text::count;
use crate::campaign::OpenObservatory;
use crate::vocabulary::communes::{
    Epci, EpciFound, LIST_YEAR, find_epci, official_list, search_epci,
};
use crate::vocabulary::config::{
    SettingsChange, SettingsLine, SettingsPlace, SettingsValue, Structure,
};

/// What the settings call the territory until somebody does.
pub(super) const UNNAMED: &str = "Communauté de communes à nommer";

/// An EPCI to choose.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct EpciChoice {
    /// Nine digits.
    pub(crate) siren: String,
    /// « CC Roumois Seine ».
    pub(crate) name: String,
    /// « Eure ».
    pub(crate) departements: String,
    /// How many communes.
    pub(crate) communes: usize,
    /// Inhabitants.
    pub(crate) population: u64,
}

/// EPCI that a typed text may mean, the surest first; none when nothing resembles.
pub(crate) fn epci_choices(written: &str) -> Vec<EpciChoice> {
    search_epci(written).into_iter().map(choice).collect()
}

fn choice(epci: &Epci) -> EpciChoice {
    let all = official_list();
    let members = all.members(epci);
    let people = members.iter().filter_map(|c| c.population);
    EpciChoice {
        siren: epci.siren.clone(),
        name: epci.nom.clone(),
        departements: all.departements_of(epci),
        communes: members.len(),
        population: people.map(u64::from).sum(),
    }
}

/// The EPCI that a name or a SIREN leads to.
///
/// # Errors
///
/// None, with those that resemble; several, all told.
pub(super) fn chosen_epci(written: &str) -> Result<&'static Epci> {
    let told = |all: &[&Epci]| {
        let lines = all.iter().map(|e| {
            let c = choice(e);
            let size = count(c.communes, "commune", "communes");
            format!("\n  {} : {} ({}), {size}", c.siren, c.name, c.departements)
        });
        lines.collect::<String>()
    };
    match find_epci(written) {
        EpciFound::One(epci) => Ok(epci),
        EpciFound::Several(all) => Err(Error::Usage(format!(
            "Plusieurs EPCI s’appellent « {written} » : donnez le SIREN du vôtre.{}",
            told(&all)
        ))),
        EpciFound::Near(all) if all.is_empty() => Err(Error::Usage(format!(
            "Aucun EPCI à fiscalité propre ne s’appelle « {written} » dans la liste de {LIST_YEAR}. Essayez un mot de son nom, l’une de ses communes, ou son SIREN."
        ))),
        EpciFound::Near(all) => Err(Error::Usage(format!(
            "Aucun EPCI ne s’appelle « {written} ». Vouliez-vous dire :{}",
            told(&all)
        ))),
    }
}

/// Its name in full: « Communauté de communes Roumois Seine ».
pub(super) fn full_name(epci: &Epci) -> String {
    let kinds = [
        ("CC ", "Communauté de communes "),
        ("CA ", "Communauté d’agglomération "),
        ("CU ", "Communauté urbaine "),
    ];
    let name = epci.nom.replace('\'', "’");
    let full = kinds.iter().find_map(|(short, long)| {
        let rest = name.strip_prefix(short)?;
        Some(format!("{long}{rest}"))
    });
    full.unwrap_or(name)
}

/// What an EPCI writes into the settings: its SIREN, its communes, and its name when the territory has none yet.
pub(super) fn epci_changes(epci: &Epci, names_it: bool) -> Vec<SettingsChange> {
    let text = |t: &str| SettingsValue::Text(t.to_owned());
    let communes = official_list().members(epci).iter().map(|c| {
        let mut line: SettingsLine = vec![("insee", text(&c.insee)), ("nom", text(&c.nom))];
        if let Some(people) = c.population {
            line.push(("population", SettingsValue::Whole(people.into())));
        }
        line
    });
    let lines = SettingsValue::Lines(communes.collect());
    let mut keys = vec![("epci", text(&epci.siren)), ("communes", lines)];
    if names_it {
        keys.insert(0, ("nom", text(&full_name(epci))));
    }
    let set = |(key, value): (&str, SettingsValue)| SettingsChange::Set {
        place: SettingsPlace::Table(vec!["territoire".to_owned()]),
        key: key.to_owned(),
        value,
    };
    keys.into_iter().map(set).collect()
}

/// Which EPCI a folder is of.
pub(crate) struct EpciRequest {
    /// Its name, or its SIREN.
    pub(crate) epci: String,
    /// Whether the territory takes its name, even where it has one already.
    pub(crate) rename: bool,
    /// Which state of the settings the person saw, by `settings_edit::seen_settings`.
    pub(crate) seen: String,
}

/// Writes an EPCI and its communes into the settings of a folder; what was there is kept beside.
///
/// # Errors
///
/// As [`chosen_epci`]; a disk that refuses.
pub(crate) fn set_epci(
    opened: &OpenObservatory,
    request: &EpciRequest,
) -> Result<(EpciChoice, SettingsOutcome)> {
    let epci = chosen_epci(&request.epci)?;
    let is_unnamed = opened.observatory.settings.territory.nom == UNNAMED;
    let changes = epci_changes(epci, request.rename || is_unnamed);
    let outcome = edit_settings(
        opened,
        &SettingsRequest {
            changes,
            seen: request.seen.clone(),
        },
    )?;
    Ok((choice(epci), outcome))
}

/// A commune of a folder's territory.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct ToldCommune {
    /// INSEE code.
    pub(crate) insee: String,
    /// Name.
    pub(crate) name: String,
    /// Inhabitants, when they are known.
    pub(crate) population: Option<u32>,
    /// Codes of its accueils.
    pub(crate) structures: Vec<String>,
}

/// The territory of a folder.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct ToldTerritory {
    /// Its name.
    pub(crate) name: String,
    /// Its EPCI; none when the settings name none that the list has.
    pub(crate) epci: Option<EpciChoice>,
    /// Its communes, by name.
    pub(crate) communes: Vec<ToldCommune>,
    /// Where a browser finds its outlines; none without an EPCI.
    pub(crate) outlines_link: Option<String>,
}

/// What a folder says of its territory.
pub(crate) fn territory(opened: &OpenObservatory) -> ToldTerritory {
    let observatory = &opened.observatory;
    let territory = &observatory.settings.territory;
    let structures = observatory.registry.all();
    let mut communes: Vec<ToldCommune> = (territory.communes.iter())
        .map(|c| ToldCommune {
            structures: (structures.iter())
                .filter(|s| is_in(s, &c.insee, &c.nom))
                .map(|s| s.code.clone())
                .collect(),
            insee: c.insee.clone(),
            name: c.nom.clone(),
            population: c.population,
        })
        .collect();
    communes.sort_by_key(|c| crate::base::text::fold(&c.name));
    let epci = official_list().epci_of_siren(&territory.epci);
    ToldTerritory {
        name: territory.nom.clone(),
        outlines_link: epci.map(|e| outlines_link(&e.siren)),
        epci: epci.map(choice),
        communes,
    }
}

fn is_in(structure: &Structure, insee: &str, name: &str) -> bool {
    if structure.insee.is_empty() {
        crate::base::text::fold(&structure.commune) == crate::base::text::fold(name)
    } else {
        structure.insee == insee
    }
}

/// Where a person's browser finds the outlines of the communes of an EPCI: the program itself asks nobody.
pub(super) fn outlines_link(siren: &str) -> String {
    format!(
        "https://geo.api.gouv.fr/epcis/{siren}/communes?fields=code,nom,codeEpci&format=geojson&geometry=contour"
    )
}
