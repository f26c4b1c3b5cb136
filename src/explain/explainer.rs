//! The figures of one structure: which explanation answers a code.

use std::fmt::Write;

use super::campaign_history::{History, Since};
use super::corrected_cell::CorrectedCell;
use super::local_target::own_target;
use super::phrases::{Term, recipe, said, short};
use super::printed_site::PrintedSite;
use crate::base::error::{Error, Result};
use crate::base::text::{decimals, integer, percent, suggest};
use crate::compare::{Comparisons, WEIGHT_DRAWS};
use crate::decide::plans::Plans;
use crate::decide::priorities::Priorities;
use crate::figures::{Figure, Indicators, Level, Scope};
use crate::intake::observations::Observations;
use crate::intake::store::PurgeRecord;
use crate::vocabulary::AskedWordings;
use crate::vocabulary::referentiel::{ActivityCode, Referentiel, SourceCode};
use crate::wording::comparison_reasons;

/// Explains the figures of one structure in one campaign.
pub struct Explainer<'a> {
    /// What the campaign was computed with.
    pub scope: &'a Scope<'a>,
    /// Its figures.
    pub indicators: &'a Indicators,
    /// The answers of the structure.
    pub observations: &'a Observations,
    /// The evolution since the campaign before.
    pub since: Option<Since<'a>>,
    /// Campaigns up to this one.
    pub history: History<'a>,
    /// The centres side by side, with a composite when one was asked for.
    pub beside: &'a Comparisons,
    /// What comes first, and who could help.
    pub priorities: &'a Priorities,
    /// Improvement plans.
    pub plans: &'a Plans,
    /// Code of the structure.
    pub structure: &'a str,
    /// In which words people were asked, where these are not the référentiel's.
    pub wordings: &'a AskedWordings,
    /// Answers of the campaign that are no more.
    pub(crate) purged: &'a [PurgeRecord],
    /// Cells in the place of which a person typed a value.
    pub(crate) corrected: &'a [CorrectedCell],
}

impl Explainer<'_> {
    /// The explanation of an axe, a critère, an élément, an activity indicator, of `PRIORITES`, or
    /// of the `COMPOSITE` of the centres side by side.
    ///
    /// # Errors
    ///
    /// [`Error::Usage`] when the code is none of these, with the nearest ones.
    pub fn explain(&self, code: &str) -> Result<String> {
        let r = self.referentiel();
        let is = |known: &str| known.eq_ignore_ascii_case(code);
        if let Some(axe) = r.axes.iter().position(|a| is(&a.code)) {
            let code = &r.axes[axe].code;
            return Ok(format!(
                "{}\n{}",
                self.axe(axe),
                self.beyond(Level::Axe, code)
            ));
        }
        if let Some(critere) = r.critere(code) {
            let code = &r.criteres[critere].code;
            let made = self.critere(critere)?;
            if r.criteres[critere].organiser {
                return Ok(made);
            }
            return Ok(format!("{made}{}", self.beyond(Level::Critere, code)));
        }
        if let Some(element) = r.element(code) {
            let e = &r.elements[element];
            let beyond = self.beyond(Level::Enquete, &e.code);
            let made = self.element(element)?;
            return Ok(format!("{made}{}{beyond}", self.favourable(e)));
        }
        if is("PRIORITES") {
            return Ok(self.forward());
        }
        if is("COMPOSITE") {
            return Ok(self.composite());
        }
        if let Some(activity) = ActivityCode::all().find(|a| is(a.as_str())) {
            return self.activity(activity);
        }
        let codes = (r.axes.iter().map(|a| a.code.as_str()))
            .chain(r.criteres.iter().map(|c| c.code.as_str()))
            .chain(ActivityCode::all().map(|code| -> &str { code.as_str() }));
        let advice = suggest(&code.to_uppercase(), codes).sentence();
        Err(Error::Usage(format!(
            "« {code} » n’est ni un axe, ni un critère, ni un élément, ni un indicateur d’activité, ni PRIORITES, PILOTE ou COMPOSITE, ni {}.{advice}",
            PrintedSite::names()
        )))
    }

    pub(super) fn referentiel(&self) -> &Referentiel {
        self.scope.referentiel
    }

    pub(super) fn figure(
        &self,
        level: Level,
        code: &str,
        source: Option<SourceCode>,
    ) -> Option<&Figure> {
        self.indicators
            .get_source(self.structure, level, code, source)
    }

    /// A composite of axes, with what it owes to its weights.
    fn composite(&self) -> String {
        let line = self.beside.get(self.structure, Level::Axe, "COMPOSITE");
        let Some((line, value)) = line.and_then(|l| Some((l, l.value1?))) else {
            return "Pas de composite pour cet accueil : il manque un axe. Écrivez COMPOSITE:REL=2,SEC=1."
                .to_owned();
        };
        format!(
            "Moyenne pondérée des axes demandés : {}.\n  {}.\nAutour des poids demandés, {} tirages les font varier d’un quart ; on essaie aussi la moyenne géométrique et le retrait de chaque axe. Les places disent ce que le chiffre doit à ces choix, pas la qualité d’un accueil.\n",
            decimals(value, 2),
            comparison_reasons::of_line(line),
            // The no-break space of thousands is set with the rest of the typography.
            integer(WEIGHT_DRAWS as i64).replace('\u{202f}', " ")
        )
    }

    /// What does not apply here, of some critères.
    fn put_aside(&self, criteres: &[usize]) -> Vec<String> {
        let criteres = criteres.iter().map(|&c| &self.referentiel().criteres[c]);
        criteres
            .filter_map(|c| Some(format!("  {}\n", c.put_aside.as_ref()?.sentence(&c.code))))
            .collect()
    }

    fn axe(&self, position: usize) -> String {
        let r = self.referentiel();
        let axe = &r.axes[position];
        let mut text = format!("Axe « {} »\n", axe.label);
        let apart: Vec<String> = (axe.criteres.iter().map(|&c| &r.criteres[c]))
            .filter(|critere| critere.organiser)
            .map(|critere| {
                format!(
                    "  {} {} : décidé par l’organisateur, hors de cet axe\n",
                    critere.code, critere.label
                )
            })
            .chain(self.put_aside(&axe.criteres))
            .collect();
        text.push_str(&own_target(r, &axe.code));
        let Some(figure) = self.figure(Level::Axe, &axe.code, None) else {
            if apart.len() == axe.criteres.len() {
                return text + &apart.concat();
            }
            return text + "Cet axe n’est pas attendu pour cet accueil dans cette campagne.";
        };
        text.push_str(&said(figure));
        let _ = writeln!(
            text,
            "Règle : moyenne des critères qui ont une valeur, s’ils pèsent au moins {} des critères applicables (ici {} sur {}).",
            percent(r.rules.couverture_axe),
            figure.n,
            figure.expected
        );
        let criteres = axe.criteres.iter().map(|&c| &r.criteres[c]);
        let lines: Vec<_> = criteres
            .filter_map(|c| Some((c, self.figure(Level::Critere, &c.code, None)?)))
            .collect();
        if figure.value.is_some() {
            let terms = lines.iter().filter_map(|(c, f)| {
                let (weight, value) = (c.weight, f.value?);
                Some(Term { weight, value })
            });
            text.push_str(&recipe(&terms.collect::<Vec<_>>()));
        }
        text.push('\n');
        for (critere, f) in lines {
            let _ = writeln!(text, "  {} {} : {}", critere.code, critere.label, short(f));
        }
        text.push_str(&apart.concat());
        let _ = write!(
            text,
            "\nPour le détail d’un critère : observatoire expliquer {}/{}/{}",
            self.indicators.campagne, self.structure, r.criteres[axe.criteres[0]].code
        );
        text
    }
}
