//! The Plan mercredi over the territory, one page: the four axes of its charte qualité by accueil, then the critères that
//! speak of them, in how many accueils each is at its target. What is hidden of an accueil counts nowhere.

use super::acronym_note::explained;
use super::document::{Block, Document, Head, ListItem, ReportSection};
use super::report_context::ReportContext;
use super::sentences;
use crate::base::tabular::{Heading, Table};
use crate::base::text::{Datum, count, list};
use crate::disclosure::{CharterCount, CharterStand, ClearedDelivery, ClearedSite};
use crate::vocabulary::config::Structure;
use crate::vocabulary::referentiel::StructureType;

/// What the page is made from: the accueils of the Plan mercredi, with their types.
struct CharterTerritory<'a> {
    delivery: &'a ClearedDelivery,
    sites: Vec<(&'a ClearedSite, StructureType)>,
    context: &'a ReportContext<'a>,
}

/// Builds the page of the territory.
pub fn build(
    delivery: &ClearedDelivery,
    structures: &[&Structure],
    context: &ReportContext,
    head: Head,
) -> Document {
    let of = |site: &ClearedSite| structures.iter().find(|s| s.code == site.structure);
    let sites = delivery.sites.iter().filter_map(|site| {
        let structure = of(site).filter(|s| s.is_of_plan_mercredi())?;
        Some((site, structure.kind))
    });
    let page = CharterTerritory {
        delivery,
        sites: sites.collect(),
        context,
    };
    let sections = if page.sites.is_empty() {
        let none = "Aucun accueil de cette campagne ne relève du Plan mercredi.";
        vec![ReportSection::new(
            "Le Plan mercredi du territoire",
            "Plan mercredi",
            vec![Block::text(none)],
        )]
    } else {
        vec![page.by_axe(), page.by_critere()]
    };
    explained(Document { head, sections })
}

/// How to read the counts, and what they do not say.
const READING: &str = "« 3 sur 4 » : trois critères à leur objectif, sur les quatre dont on peut dire où ils en sont. Ce qui n’est pas retenu dans la campagne, n’a pas été évalué ou n’est pas montré pour protéger des personnes ne compte pas. Aucune moyenne n’est faite, et ce n’est pas un classement.";

impl CharterTerritory<'_> {
    fn key(&self) -> String {
        self.context.territory().of("MERCREDI")
    }

    fn stand(&self, critere: usize, (site, kind): (&ClearedSite, StructureType)) -> CharterStand {
        let organiser = &self.delivery.territory.organiser;
        CharterStand::at(critere, site, organiser, (self.context.referentiel, kind))
    }

    /// Critères that some accueil is asked about, with how many accueils are at the target of each.
    fn counted(&self) -> Vec<(usize, CharterCount)> {
        let mut all: Vec<usize> = Vec::new();
        for critere in self
            .context
            .referentiel
            .charter
            .iter()
            .flat_map(|axe| &axe.criteres)
        {
            if !all.contains(critere) {
                all.push(*critere);
            }
        }
        let counts = all.into_iter().map(|critere| {
            let stands = self.sites.iter().map(|own| self.stand(critere, *own));
            (critere, CharterCount::of(stands))
        });
        counts.filter(|(_, count)| count.known > 0).collect()
    }

    /// Accueils × axes.
    fn by_axe(&self) -> ReportSection {
        let r = self.context.referentiel;
        let (organiser, key) = (&self.delivery.territory.organiser, || self.key());
        let mut totals = vec![CharterCount::default(); r.charter.len()];
        let mut rows: Vec<Vec<Datum>> = Vec::new();
        for (site, kind) in &self.sites {
            let mut row = vec![Datum::words(self.context.site(&site.structure))];
            for (axe, total) in r.charter.iter().zip(&mut totals) {
                let own = CharterCount::of_axe(axe, site, organiser, (r, *kind));
                total.reached += own.reached;
                total.known += own.known;
                row.push(told(own).keyed(key()));
            }
            rows.push(row);
        }
        let mut all = vec![Datum::words("Tous ces accueils").styled("axe")];
        all.extend(totals.iter().map(|total| told(*total).keyed(key())));
        rows.push(all);
        let mut columns = vec![Heading::words("Accueil").wide(3.6)];
        columns.extend((r.charter.iter().zip(1..)).map(|(axe, rank)| {
            Heading::figures(format!("Axe {rank}"))
                .meaning(&axe.label)
                .wide(1.6)
        }));
        let named = (r.charter.iter().zip(1..)).map(|(axe, rank)| {
            ListItem::plain(format!("Axe {rank} : {}", axe.label)).keyed([key()])
        });
        let sites = count(self.sites.len(), "accueil relève", "accueils relèvent");
        let blocks = vec![
            Block::text(format!("{sites} du Plan mercredi.")).keyed([key()]),
            Block::items(named.collect::<Vec<_>>()),
            Block::Table(
                Table::new(
                    "Critères à leur objectif, par axe et par accueil".to_owned(),
                    columns,
                    rows,
                )
                .noted(READING),
            ),
        ];
        ReportSection::new(
            "Les quatre axes de la charte, accueil par accueil",
            "Axes",
            blocks,
        )
    }

    /// Critère by critère, those under their target in most accueils first.
    fn by_critere(&self) -> ReportSection {
        let mut counted = self.counted();
        counted.sort_by_key(|(critere, count)| {
            (std::cmp::Reverse(count.known - count.reached), *critere)
        });
        let r = self.context.referentiel;
        let axes_of = |critere: usize| {
            let own =
                (r.charter.iter().zip(1..)).filter(|(axe, _)| axe.criteres.contains(&critere));
            list(
                &own.map(|(_, rank): (_, usize)| rank.to_string())
                    .collect::<Vec<_>>(),
            )
        };
        let rows = counted.iter().map(|(critere, count)| {
            let own = &r.criteres[*critere];
            vec![
                Datum::words(format!("{} {}", own.code, own.label)),
                Datum::words(axes_of(*critere)).keyed(self.key()),
                told(*count).keyed(self.key()),
            ]
        });
        let columns = vec![
            Heading::words("Critère").wide(6.0),
            Heading::figures("Axe").wide(1.0),
            Heading::figures("Accueils à l’objectif").wide(1.8),
        ];
        let table = Table::new(
            "Accueils à l’objectif, critère par critère".to_owned(),
            columns,
            rows.collect(),
        );
        let mut blocks = vec![Block::text(self.conclusion(&counted)), Block::Table(table)];
        let unasked = self.unasked();
        if !unasked.is_empty() {
            blocks.push(Block::note(format!(
                "Non retenus dans cette campagne : {}.",
                list(&unasked)
            )));
        }
        ReportSection::new("Ce qui est à travailler", "Critères", blocks)
    }

    /// What most accueils have to work on.
    fn conclusion(&self, sorted: &[(usize, CharterCount)]) -> String {
        let short = |count: &CharterCount| count.known - count.reached;
        let most = sorted.first().map_or(0, |(_, count)| short(count));
        if most == 0 {
            return "Aucun critère montré n’est sous son objectif.".to_owned();
        }
        let first = sorted.iter().filter(|(_, count)| short(count) == most);
        let named: Vec<String> = first
            .map(|(critere, _)| {
                format!("« {} »", self.context.referentiel.criteres[*critere].label)
            })
            .collect();
        let where_ = match most {
            1 => "un accueil".to_owned(),
            n => format!("{} accueils", crate::base::text::number_word(n, false)),
        };
        match named.as_slice() {
            [one] => {
                format!("Le critère le plus souvent sous son objectif : {one}, dans {where_}.")
            }
            few if few.len() <= 3 => sentences::capital(&format!(
                "les critères le plus souvent sous leur objectif, chacun dans {where_} : {}.",
                list(few)
            )),
            many => format!(
                "{} critères sont sous leur objectif, chacun dans {where_} au plus.",
                sentences::capital(&crate::base::text::number_word(many.len(), false))
            ),
        }
    }

    /// Codes of the critères that the campaign does not ask about.
    fn unasked(&self) -> Vec<String> {
        let r = self.context.referentiel;
        let mut codes: Vec<String> = Vec::new();
        for critere in r.charter.iter().flat_map(|axe| &axe.criteres) {
            let code = &r.criteres[*critere].code;
            if !self.context.campaign.expects_critere(code) && !codes.contains(code) {
                codes.push(code.clone());
            }
        }
        codes
    }
}

/// « 3 sur 4 », or that nothing can be said.
fn told(count: CharterCount) -> Datum {
    match count.known {
        0 => Datum::words("non évalué"),
        known => Datum::words(format!("{} sur {known}", count.reached)),
    }
}
