//! `rapport`: every report of a campaign, written to a new folder that then takes the place of
//! the old one, so that nobody opens half a delivery.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use rayon::prelude::*;

use super::Done;
use super::arguments::{self, RapportArgs};
use super::importer::today;
use super::picture::Picture;
use super::session::{Session, iso_day, write_file};
use crate::config::{Campaign, Structure};
use crate::disclosure::{Audience, ClearedDelivery, ClearedSite, DeliveryLog};
use crate::error::{Error, Result};
use crate::referentiel::Referentiel;
use crate::reports::{
    Head, IndexEntry, IndexPage, Templates, build_elus, build_equipe, page_elus, page_equipe,
    page_index,
};
use crate::text::{count, date_long, date_short};

/// What was written.
pub struct Written {
    /// Number of reports, the index aside.
    pub files: usize,
    /// The page from which they open.
    pub index: PathBuf,
    /// How many figures were masked and why, by audience.
    pub masked: Vec<String>,
}

/// « aux élus : 12 chiffres sont masqués… »
fn said(delivery: &ClearedDelivery) -> Option<String> {
    let summary = delivery.masked.summary()?;
    Some(format!("{} : {summary}", delivery.audience.to_whom()))
}

/// Runs the command.
pub fn run(folder: Option<&Path>, args: &RapportArgs) -> Result<Done> {
    let session = Session::open(folder)?;
    let written = deliver(&session, args)?;
    let done = format!(
        "{}. Ouvrez {}",
        count(written.files, "rapport écrit", "rapports écrits"),
        written.index.display()
    );
    let lines = [vec![done], written.masked.clone()].concat();
    let text = lines.join("\n");
    let result = serde_json::json!({
        "rapports": written.files, "accueil": written.index, "masques": written.masked,
    });
    Ok(Done {
        text,
        result,
        ..Done::default()
    })
}

/// Writes the reports asked for.
pub fn deliver(session: &Session, args: &RapportArgs) -> Result<Written> {
    if let Some(other) = args.format.iter().find(|f| *f != "html") {
        return Err(Error::Usage(format!(
            "Le format « {other} » n’existe pas ; format admis : html."
        )));
    }
    let date = match &args.date {
        Some(date) => iso_day(date)?,
        None => today(),
    };
    let campaign = session.observatory.campaign(args.campagne.as_deref())?;
    let delivery = Delivery::prepare(session, campaign, &date)?;
    let structures = delivery.asked(args)?;
    let mut log = DeliveryLog::open(&session.observatory.root)?;
    let cleared = delivery.cleared(args.public, &mut log);
    let mut pages = delivery.pages(&structures, &cleared)?;
    pages.push((
        "index.html".to_owned(),
        delivery.index(&structures, args.public)?,
    ));
    let out = match &args.sortie {
        Some(dir) => dir.clone(),
        None => session
            .observatory
            .root
            .join("reports")
            .join("rendus")
            .join(&campaign.id),
    };
    replace_folder(&out, &pages)?;
    for one in &cleared {
        log.record(one, &date);
    }
    log.save()?;
    Ok(Written {
        files: pages.len() - 1,
        index: out.join("index.html"),
        masked: cleared.iter().filter_map(said).collect(),
    })
}

/// Everything the pages of a campaign are made from.
struct Delivery<'a> {
    session: &'a Session,
    campaign: &'a Campaign,
    referentiel: &'a Referentiel,
    date: &'a str,
    templates: Templates,
    picture: Picture<'a>,
}

impl<'a> Delivery<'a> {
    fn prepare(session: &'a Session, campaign: &'a Campaign, date: &'a str) -> Result<Self> {
        let templates = Templates::load(&session.observatory.templates_dir())?;
        let picture = Picture::of(session, campaign)?;
        Ok(Self {
            session,
            campaign,
            referentiel: picture.referentiel,
            date,
            templates,
            picture,
        })
    }

    /// The structures to report on, by code.
    fn asked(&self, args: &RapportArgs) -> Result<Vec<&'a Structure>> {
        let registry = self.session.observatory.registry.all().iter();
        let all: Vec<&Structure> = registry
            .filter(|s| s.active(&self.campaign.debut, &self.campaign.fin))
            .collect();
        let Some(code) = &args.structure else {
            return Ok(all);
        };
        let found: Vec<&Structure> = all
            .into_iter()
            .filter(|s| s.code.eq_ignore_ascii_case(code))
            .collect();
        if found.is_empty() {
            return Err(Error::Usage(format!(
                "La structure « {code} » n’est pas au registre, ou n’est pas en activité pendant {}.",
                self.campaign.id
            )));
        }
        Ok(found)
    }

    /// What each audience asked for may read.
    fn cleared(
        &self,
        public: Option<arguments::Audience>,
        log: &mut DeliveryLog,
    ) -> Vec<ClearedDelivery> {
        let audiences = [
            (arguments::Audience::Elus, Audience::Elus),
            (arguments::Audience::Equipe, Audience::Equipe),
        ];
        audiences
            .into_iter()
            .filter(|(word, _)| public.is_none_or(|p| p == *word))
            .map(|(_, audience)| self.picture.clear(self.session, audience, log).0)
            .collect()
    }

    /// (file name, page) of every report, in order.
    fn pages(
        &self,
        structures: &[&Structure],
        cleared: &[ClearedDelivery],
    ) -> Result<Vec<(String, String)>> {
        let mut pages = Vec::new();
        for delivery in cleared {
            if delivery.audience == Audience::Elus {
                pages.push((ELUS.to_owned(), self.elus(delivery)?));
                continue;
            }
            let rendered: Result<Vec<(String, String)>> = structures
                .par_iter()
                .filter_map(|s| Some((s, delivery.site(&s.code)?)))
                .map(|(s, site)| Ok((equipe_name(s), self.equipe(s, site)?)))
                .collect();
            pages.extend(rendered?);
        }
        Ok(pages)
    }

    fn labels(&self) -> (&str, Option<&str>) {
        (
            self.campaign.id.as_str(),
            self.picture.before.as_ref().map(|b| b.campaign.id.as_str()),
        )
    }

    fn equipe(&self, structure: &Structure, site: &ClearedSite) -> Result<String> {
        let tete = self.head(
            structure.nom.clone(),
            format!(
                "Rapport à l’équipe · {} · {}",
                structure.code,
                structure.kind.label()
            ),
        );
        let report = build_equipe(
            site,
            self.referentiel,
            tete,
            facts(structure),
            self.labels(),
        )?;
        page_equipe(&self.templates, &report)
    }

    fn elus(&self, delivery: &ClearedDelivery) -> Result<String> {
        let registry = self.session.observatory.registry.all();
        let names: BTreeMap<String, String> = registry
            .iter()
            .map(|s| (s.code.clone(), s.nom.clone()))
            .collect();
        let tete = self.head(
            "La qualité des accueils de loisirs et périscolaires".to_owned(),
            "Synthèse pour les élus et le comité de pilotage".to_owned(),
        );
        let report = build_elus(
            &delivery.territory,
            self.referentiel,
            tete,
            &names,
            self.labels(),
        )?;
        page_elus(&self.templates, &report)
    }

    fn head(&self, titre: String, sous_titre: String) -> Head {
        let territory = &self.session.observatory.settings.territory;
        Head {
            titre,
            sous_titre,
            campagne: format!(
                "{} · {}, du {} au {}",
                self.campaign.id,
                self.campaign.label,
                date_short(&self.campaign.debut),
                date_short(&self.campaign.fin)
            ),
            territoire: territory.nom.clone(),
            edition: format!("Édité le {}", date_long(self.date)),
            version: self.referentiel.version.clone(),
            fictif: territory.donnees_fictives,
            contact: territory.contact.clone(),
        }
    }

    fn index(
        &self,
        structures: &[&Structure],
        public: Option<arguments::Audience>,
    ) -> Result<String> {
        let wants = |one| public.is_none_or(|p| p == one);
        let entry = |href: String, titre: String, description: String| IndexEntry {
            href,
            titre,
            description,
        };
        let syntheses = if wants(arguments::Audience::Elus) {
            vec![entry(
                ELUS.to_owned(),
                "Synthèse du territoire".to_owned(),
                "messages, profil, évolution, impératifs, accueils côte à côte".to_owned(),
            )]
        } else {
            Vec::new()
        };
        let accueils = if wants(arguments::Audience::Equipe) {
            structures
                .iter()
                .map(|s| {
                    entry(
                        equipe_name(s),
                        format!("{} {}", s.code, s.nom),
                        s.kind.label().to_owned(),
                    )
                })
                .collect()
        } else {
            Vec::new()
        };
        let tete = self.head(
            "Les rapports de la campagne".to_owned(),
            "Observatoire de la qualité des accueils de loisirs et périscolaires".to_owned(),
        );
        page_index(
            &self.templates,
            &IndexPage {
                tete,
                syntheses,
                accueils,
            },
        )
    }
}

const ELUS: &str = "synthese-elus.html";

/// Codes come from the registry: anything Windows refuses in a name becomes a hyphen.
fn equipe_name(structure: &Structure) -> String {
    let safe: String = structure
        .code
        .chars()
        .map(|c| {
            if c.is_ascii_alphanumeric() || c == '_' {
                c
            } else {
                '-'
            }
        })
        .collect();
    format!("equipe-{safe}.html")
}

fn facts(s: &Structure) -> Vec<crate::reports::Fact> {
    let fact = |nom: &str, valeur: String| crate::reports::Fact {
        nom: nom.to_owned(),
        valeur,
        note: String::new(),
    };
    let mut facts = vec![fact("Type d’accueil", s.kind.label().to_owned())];
    if !s.commune.is_empty() {
        facts.push(fact("Commune", s.commune.clone()));
    }
    if !s.secteur.is_empty() {
        facts.push(fact("Secteur", s.secteur.clone()));
    }
    if let (Some(small), Some(big)) = (s.capacite_moins6, s.capacite_6plus) {
        facts.push(fact(
            "Capacité",
            format!("{small} enfants de moins de six ans, {big} de six ans et plus"),
        ));
    }
    facts.push(fact(
        "PEDT",
        if s.pedt {
            "couvert par un PEDT"
        } else {
            "hors PEDT"
        }
        .to_owned(),
    ));
    facts
}

/// Writes a whole folder beside the place, then puts it there. Only a folder that an earlier
/// delivery wrote is replaced.
fn replace_folder(out: &Path, pages: &[(String, String)]) -> Result<()> {
    const MARK: &str = ".observatoire-livraison";
    if out.exists()
        && !out.join(MARK).is_file()
        && std::fs::read_dir(out)
            .map_err(Error::io(out, "lecture"))?
            .next()
            .is_some()
    {
        return Err(Error::Usage(format!(
            "{} contient déjà autre chose qu’une livraison de rapports. Choisissez un autre dossier.",
            out.display()
        )));
    }
    let parent = out
        .parent()
        .filter(|p| !p.as_os_str().is_empty())
        .unwrap_or(Path::new("."));
    std::fs::create_dir_all(parent).map_err(Error::io(parent, "création du dossier"))?;
    let fresh = tempfile::Builder::new()
        .prefix(".livraison-")
        .tempdir_in(parent)
        .map_err(Error::io(parent, "écriture"))?;
    for (name, page) in pages {
        write_file(&fresh.path().join(name), page.as_bytes())?;
    }
    write_file(&fresh.path().join(MARK), b"")?;
    if out.exists() {
        std::fs::remove_dir_all(out).map_err(Error::io(out, "remplacement"))?;
    }
    std::fs::rename(fresh.keep(), out).map_err(Error::io(out, "écriture"))
}
