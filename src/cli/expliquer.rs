//! `expliquer`: how a figure was made, down to file and cell; or what a diagnostic means.

use std::fmt::Write;
use std::path::Path;

use polars::prelude::{AnyValue, IntoLazy, lit};

use super::Done;
use super::arguments::ExpliquerArgs;
use super::session::Session;
use crate::diagnostics::Code;
use crate::error::{Error, Result};
use crate::indicators::{ACTIVITIES, Figure, Indicators, Level};
use crate::observations::{ObservationColumn as C, Observations};
use crate::referentiel::{Referentiel, SourceCode};
use crate::table::TableColumn;
use crate::text::{count, decimals, percent};

/// Runs the command.
pub fn run(folder: Option<&Path>, args: &ExpliquerArgs) -> Result<Done> {
    if let Ok(code) = args.quoi.parse::<Code>() {
        return Ok(diagnostic(code));
    }
    let parts: Vec<&str> = args.quoi.split('/').map(str::trim).collect();
    let [campaign, structure, code] = parts.as_slice() else {
        return Err(Error::Usage(format!(
            "« {} » : écrivez CAMPAGNE/STRUCTURE/CODE (C1/R01/REL-2) ou un code de diagnostic (VAL-401).",
            args.quoi
        )));
    };
    let session = Session::open(folder)?;
    let campaign = session.observatory.campaign(Some(campaign))?;
    let registry = &session.observatory.registry;
    let structure = registry.get(structure).ok_or_else(|| {
        Error::Usage(format!(
            "La structure « {structure} » n’est pas au registre."
        ))
    })?;
    let observations = session.store.load(Some(&campaign.id))?;
    let indicators = crate::indicators::compute(&observations, &session.scope(campaign))?.value;
    let explainer = Explainer {
        referentiel: session.observatory.referentiel(campaign),
        indicators: &indicators,
        observations: &observations,
        structure: &structure.code,
    };
    let mut text = format!(
        "{} · {} {} · {}\n\n",
        campaign.id,
        structure.code,
        structure.nom,
        code.to_uppercase()
    );
    text.push_str(&explainer.explain(code)?);
    Ok(Done {
        result: serde_json::json!({ "texte": text }),
        text,
        ..Done::default()
    })
}

fn diagnostic(code: Code) -> Done {
    let remedy = if code.remedy().is_empty() {
        String::new()
    } else {
        format!("\n\nQue faire : {}", code.remedy())
    };
    let text = format!(
        "{code} ({}) · {}\n\n{}{remedy}",
        code.severity(),
        code.title(),
        code.explanation()
    );
    Done {
        result: serde_json::json!({ "texte": text }),
        text,
        ..Done::default()
    }
}

struct Explainer<'a> {
    referentiel: &'a Referentiel,
    indicators: &'a Indicators,
    observations: &'a Observations,
    structure: &'a str,
}

impl Explainer<'_> {
    fn explain(&self, code: &str) -> Result<String> {
        let r = self.referentiel;
        if let Some(axe) = r
            .axes
            .iter()
            .position(|a| a.code.eq_ignore_ascii_case(code))
        {
            return Ok(self.axe(axe));
        }
        if let Some(critere) = r.critere(code) {
            return self.critere(critere);
        }
        if let Some(element) = r.element(code) {
            return self.element(element);
        }
        if let Some(activity) = ACTIVITIES.iter().find(|a| a.0.eq_ignore_ascii_case(code)) {
            return self.activity(activity);
        }
        let codes: Vec<&str> = r
            .axes
            .iter()
            .map(|a| a.code.as_str())
            .chain(r.criteres.iter().map(|c| c.code.as_str()))
            .chain(ACTIVITIES.iter().map(|a| a.0))
            .collect();
        let near = crate::text::nearest(&code.to_uppercase(), &codes).join(", ");
        Err(Error::Usage(format!(
            "« {code} » n’est ni un axe, ni un critère, ni un élément, ni un indicateur. Les plus proches : {near}."
        )))
    }

    fn figure(&self, level: Level, code: &str, source: Option<SourceCode>) -> Option<&Figure> {
        self.indicators
            .get_source(self.structure, level, code, source)
    }

    fn axe(&self, position: usize) -> String {
        let r = self.referentiel;
        let axe = &r.axes[position];
        let mut text = format!("Axe « {} »\n", axe.label);
        let Some(figure) = self.figure(Level::Axe, &axe.code, None) else {
            return text + "Cet axe n’est pas attendu pour cet accueil dans cette campagne.";
        };
        text.push_str(&said(figure));
        let _ = writeln!(
            text,
            "Règle : moyenne des critères qui ont une valeur, s’ils pèsent au moins {} des critères applicables ({} sur {} ici).\n",
            percent(r.rules.couverture_axe),
            figure.n,
            figure.expected
        );
        for &c in &axe.criteres {
            let critere = &r.criteres[c];
            if let Some(f) = self.figure(Level::Critere, &critere.code, None) {
                let _ = writeln!(text, "  {} {} : {}", critere.code, critere.label, short(f));
            }
        }
        let _ = write!(
            text,
            "\nPour un critère : observatoire expliquer …/{}/{}",
            self.structure, r.criteres[axe.criteres[0]].code
        );
        text
    }

    fn critere(&self, position: usize) -> Result<String> {
        let r = self.referentiel;
        let critere = &r.criteres[position];
        let mut text = format!("Critère « {} »\n", critere.label);
        let Some(figure) = self.figure(Level::Critere, &critere.code, None) else {
            return Ok(text + "Ce critère n’est pas attendu pour cet accueil dans cette campagne.");
        };
        text.push_str(&said(figure));
        text.push_str("Règle : moyenne des sources qui ont un score, chacune avec son poids. Un poids nul : montrée à côté, jamais mélangée.\n");
        self.recipe(position, figure, &mut text);
        for source in SourceCode::ALL {
            let Some(score) = self.figure(Level::Source, &critere.code, Some(source)) else {
                continue;
            };
            let weight = critere.source_weights[source as usize];
            let _ = writeln!(
                text,
                "\n{source} ({}), poids {} : {} · {} sur {} notés",
                source.label(),
                decimals(weight, usize::from(weight.fract() != 0.0)),
                short(score),
                score.n,
                count(score.expected, "élément applicable", "éléments applicables")
            );
            for element in critere
                .elements
                .iter()
                .filter(|e| r.elements[**e].source == source)
            {
                self.element_lines(*element, &mut text)?;
            }
        }
        if let Some(must) = self.figure(Level::Imperatif, &critere.code, None) {
            let _ = write!(
                text,
                "\nImpératif : {} ({} sur {} notés ; il faut que chacun soit à 4).",
                must.status.label(),
                must.n,
                count(must.expected, "élément", "éléments")
            );
        }
        Ok(text)
    }

    /// The sum that gives the figure, as one would do it by hand.
    fn recipe(&self, position: usize, figure: &Figure, text: &mut String) {
        let critere = &self.referentiel.criteres[position];
        let Some(value) = figure.value else { return };
        let mut terms: Vec<(f64, f64)> = SourceCode::ALL
            .into_iter()
            .filter_map(|s| {
                let weight = critere.source_weights[s as usize];
                let score = self.figure(Level::Source, &critere.code, Some(s))?.value?;
                (weight > 0.0).then_some((weight, score))
            })
            .collect();
        let observed = self.figure(Level::Source, &critere.code, Some(SourceCode::Obs));
        let stand_in = self
            .figure(Level::Source, &critere.code, Some(SourceCode::Aut))
            .and_then(|f| f.value);
        if let (Some(obs), Some(aut)) = (observed.filter(|o| o.value.is_none()), stand_in)
            && figure.status == crate::indicators::FigureStatus::Provisoire
            && obs.status != crate::indicators::FigureStatus::Nc
        {
            terms.push((critere.source_weights[SourceCode::Obs as usize], aut));
            text.push_str("Faute d’observation, l’auto-évaluation en tient lieu avec son poids : le chiffre est provisoire.\n");
        }
        let sum: Vec<String> = terms
            .iter()
            .map(|(w, s)| format!("{} × {}", plain(*w), decimals(*s, 3)))
            .collect();
        let weights: Vec<String> = terms.iter().map(|(w, _)| plain(*w)).collect();
        let _ = writeln!(
            text,
            "Calcul : ({}) / ({}) = {}",
            sum.join(" + "),
            weights.join(" + "),
            decimals(value, 3)
        );
    }

    fn element(&self, position: usize) -> Result<String> {
        let element = &self.referentiel.elements[position];
        let critere = &self.referentiel.criteres[element.critere];
        let mut text = format!(
            "Élément du critère {} « {} », source {}\n",
            critere.code, critere.label, element.source
        );
        self.element_lines(position, &mut text)?;
        Ok(text)
    }

    /// One élément: its sentence, its value, and every answer with its cell.
    fn element_lines(&self, position: usize, text: &mut String) -> Result<()> {
        let element = &self.referentiel.elements[position];
        let Some(figure) = self.figure(Level::Element, &element.code, Some(element.source)) else {
            return Ok(());
        };
        let _ = writeln!(
            text,
            "  {} « {} » : {}",
            element.code,
            element.label,
            short(figure)
        );
        if let Some(don) = &element.don {
            let value = self
                .figure(Level::Activite, &don.measure, None)
                .and_then(|f| f.value);
            let thresholds: Vec<String> = don.thresholds.iter().map(|t| decimals(*t, 2)).collect();
            let way = if don.low_is_good {
                "au plus"
            } else {
                "au moins"
            };
            let _ = writeln!(
                text,
                "      mesure {} = {} ; niveaux 2, 3 et 4 à partir de {way} {}",
                don.measure,
                value.map_or_else(|| "non publiée ici".to_owned(), |v| decimals(v, 3)),
                thresholds.join(", ")
            );
            return Ok(());
        }
        if element.source.is_questionnaire() {
            let _ = writeln!(
                text,
                "      moyenne de {} ({} reçues) ; fichier : {}",
                count(figure.n, "réponse", "réponses"),
                figure.expected,
                self.files(&element.code)?.join(", ")
            );
            return Ok(());
        }
        for line in self.answers(&element.code)? {
            let _ = writeln!(text, "      {line}");
        }
        Ok(())
    }

    /// Answers of a grid: what is written, by whom, in which cell.
    fn answers(&self, element: &str) -> Result<Vec<String>> {
        let columns = [
            C::Visite,
            C::Observateur,
            C::ValeurBrute,
            C::Statut,
            C::Commentaire,
            C::Fichier,
            C::Feuille,
            C::Cellule,
            C::Import,
        ];
        let rows = self.rows(element, &columns)?;
        Ok(rows
            .into_iter()
            .map(|row| {
                let who = match (row[0].as_str(), row[1].as_str()) {
                    ("", "") => String::new(),
                    (visit, "consensus") => format!("visite {visit}, consensus : "),
                    (visit, observer) => format!("visite {visit}, {observer} : "),
                };
                let written = if row[2].is_empty() {
                    "sans réponse".to_owned()
                } else {
                    format!("« {} »", row[2])
                };
                let comment = if row[3] == "nc" {
                    format!(" (motif : {})", row[4])
                } else {
                    String::new()
                };
                let place: Vec<&str> = row[5..8]
                    .iter()
                    .map(String::as_str)
                    .filter(|p| !p.is_empty())
                    .collect();
                format!(
                    "{who}{written}{comment} — {} (import {})",
                    place.join(" › "),
                    row[8]
                )
            })
            .collect())
    }

    fn files(&self, element: &str) -> Result<Vec<String>> {
        let mut files: Vec<String> = self
            .rows(element, &[C::Fichier, C::Import])?
            .into_iter()
            .map(|r| format!("{} (import {})", r[0], r[1]))
            .collect();
        files.sort();
        files.dedup();
        Ok(files)
    }

    fn rows(&self, element: &str, columns: &[C]) -> Result<Vec<Vec<String>>> {
        let wanted: Vec<_> = columns.iter().map(|c| c.expr()).collect();
        let frame = self
            .observations
            .frame()
            .clone()
            .lazy()
            .filter(C::Structure.expr().eq(lit(self.structure.to_owned())))
            .filter(C::Element.expr().eq(lit(element.to_owned())))
            .select(wanted)
            .collect()?;
        let text = |value: AnyValue| value.get_str().unwrap_or("").to_owned();
        (0..frame.height())
            .map(|i| {
                frame
                    .columns()
                    .iter()
                    .map(|c| Ok(text(c.get(i)?)))
                    .collect::<Result<Vec<String>>>()
            })
            .collect()
    }

    fn activity(&self, (code, label, unit, formula): &(&str, &str, &str, &str)) -> Result<String> {
        let mut text = format!("Indicateur {code} « {label} » ({unit})\nFormule : {formula}\n");
        let Some(figure) = self.figure(Level::Activite, code, None) else {
            return Ok(text + "Cet indicateur ne s’applique pas à cet accueil dans cette campagne.");
        };
        match figure.value {
            Some(v) if *unit == "%" => {
                let _ = writeln!(
                    text,
                    "Valeur : {} ({} sur {})",
                    percent(v),
                    figure.n,
                    figure.expected
                );
            }
            Some(v) => {
                let _ = writeln!(text, "Valeur : {}", decimals(v, 2));
            }
            None => {
                let _ = writeln!(
                    text,
                    "Valeur : {} ; il manque une donnée de la formule.",
                    figure.status.label()
                );
            }
        }
        if figure.limite {
            text.push_str("Limite : la règle d’âges mélangés donne un autre résultat selon la lecture choisie dans les paramètres réglementaires.\n");
        }
        let files = self.don_files()?;
        if !files.is_empty() {
            let _ = write!(text, "Fichiers : {}", files.join(", "));
        }
        Ok(text)
    }

    fn don_files(&self) -> Result<Vec<String>> {
        let frame = self
            .observations
            .frame()
            .clone()
            .lazy()
            .filter(C::Structure.expr().eq(lit(self.structure.to_owned())))
            .filter(C::Source.expr().eq(lit("DON")))
            .select([C::Fichier.expr(), C::Import.expr()])
            .collect()?;
        let mut files = Vec::new();
        for i in 0..frame.height() {
            let cell = |c: usize| -> Result<String> {
                Ok(frame.columns()[c]
                    .get(i)?
                    .get_str()
                    .unwrap_or("")
                    .to_owned())
            };
            files.push(format!("{} (import {})", cell(0)?, cell(1)?));
        }
        files.sort();
        files.dedup();
        Ok(files)
    }
}

fn plain(weight: f64) -> String {
    decimals(weight, usize::from(weight.fract() != 0.0))
}

/// Value and status on one line.
fn short(f: &Figure) -> String {
    let marks = if f.fragile { ", fragile" } else { "" };
    match f.value {
        Some(v) => format!("{} ({}{marks})", decimals(v, 2), f.status.label()),
        None => format!("{}{marks}", f.status.label()),
    }
}

/// Value, status, coverage and target as sentences.
fn said(f: &Figure) -> String {
    let mut text = match f.value {
        Some(v) => format!("Valeur : {} sur 4, {}", decimals(v, 3), f.status.label()),
        None => format!("Pas de valeur : {}", f.status.label()),
    };
    if let Some(c) = f.coverage {
        let _ = write!(text, " · couverture {}", percent(c));
    }
    if let (Some(target), Some(gap)) = (f.target, f.target_gap()) {
        let _ = write!(
            text,
            " · objectif {} (écart {})",
            decimals(target, 1),
            decimals(gap, 2)
        );
    }
    if f.fragile {
        text.push_str(" · fragile : peu de réponses ou d’éléments notés");
    }
    text.push('\n');
    text
}
