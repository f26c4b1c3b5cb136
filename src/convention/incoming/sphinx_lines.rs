//! Bilans of the chargés de coopération as lines: figures declared beside those that the registers give, answers in their
//! own words among the `Paroles`, without consent to quote.

use super::made_lines::{IncomingSetting, MadeLines, line};
use super::sphinx_review::{CctReview, CctReviews};
use super::title_screen::TitleScreen;
use crate::base::diagnostics::{Code, Diagnostic, Location};
use crate::base::text::{count, decimals, fold};
use crate::convention::calculation_kind::CalculationKind;
use crate::convention::convention_model::DeclaredIndicator;
use crate::convention::convention_words::{
    ClosedWord, FunctionNature, Grain, OuiNon, Speaker, SuiviDocument,
};
use crate::convention::meetings::MeetingTable;
use crate::convention::register_columns::{
    FonctionsColumn, ParolesColumn as W, Register, RegisterColumn, RelevesColumn as R,
};
use crate::convention::suivi_reading::SuiviLine;

/// The lines of bilans.
pub(super) fn lines(setting: &IncomingSetting, file: &CctReviews) -> MadeLines {
    let mut made = MadeLines {
        diagnostics: file.diagnostics.clone(),
        ..MadeLines::default()
    };
    let reviews = &file.reviews;
    let source = format!("Bilan CCT {} (Sphinx)", file.period);
    let indicators = &setting.convention.indicators;
    let done = indicators.iter().find(|i| {
        i.kind == CalculationKind::MeetingCount
            && i.parameters.led_by == Some(FunctionNature::CcThematique)
    });
    let shared = indicators.iter().find(|i| {
        i.kind == CalculationKind::FunctionShare
            && i.parameters.documents.contains(&SuiviDocument::BilanCct)
    });
    let counted: Vec<f64> = reviews.iter().filter_map(|r| r.interventions).collect();
    if let (Some(indicator), false) = (done, counted.is_empty()) {
        let total: f64 = counted.iter().sum();
        made.declared(
            setting,
            file,
            indicator,
            &source,
            &[
                (R::Valeur, total.to_string()),
                (R::Remarque, by_theme(reviews)),
            ],
        );
    }
    if let Some(indicator) = shared {
        let table = MeetingTable::of(setting.registers);
        let filled = table.filled(FunctionNature::CcThematique).len();
        let mut cells = vec![
            (R::Numerateur, reviews.len().to_string()),
            (R::Remarque, full_time(setting, reviews)),
        ];
        if filled > 0 {
            cells.push((R::Denominateur, filled.max(reviews.len()).to_string()));
        }
        made.declared(setting, file, indicator, &source, &cells);
    }
    let fiche = shared.or(done).map_or("", |i| i.fiche.as_str());
    made.words(setting, file, fiche);
    made
}

/// « par thématique : enfance 12, jeunesse 8 ».
fn by_theme(reviews: &[CctReview]) -> String {
    let told: Vec<String> = reviews
        .iter()
        .filter(|r| !r.theme.is_empty())
        .filter_map(|r| Some(format!("{} {}", r.theme, decimals(r.interventions?, 0))))
        .collect();
    if told.is_empty() {
        String::new()
    } else {
        format!("par thématique : {}", told.join(", "))
    }
}

/// « ETP déclarés : 1,8 ; feuille « Fonctions » : 1,8 ».
fn full_time(setting: &IncomingSetting, reviews: &[CctReview]) -> String {
    let declared: Vec<f64> = reviews.iter().filter_map(|r| r.fte).collect();
    if declared.is_empty() {
        return String::new();
    }
    let functions = setting.registers.rows(Register::Fonctions).iter();
    let own = functions.filter(|f| {
        f.word(FonctionsColumn::Nature) == Some(FunctionNature::CcThematique)
            && f.word(FonctionsColumn::Pourvu) == Some(OuiNon::Oui)
    });
    let registered: f64 = own.filter_map(|f| f.number(FonctionsColumn::Etp)).sum();
    format!(
        "ETP déclarés : {} ; feuille « Fonctions » : {}",
        decimals(declared.iter().sum(), 1),
        decimals(registered, 1)
    )
}

impl MadeLines {
    /// A declared value; the one of this source and period is changed, never doubled.
    fn declared(
        &mut self,
        setting: &IncomingSetting,
        file: &CctReviews,
        indicator: &DeclaredIndicator,
        source: &str,
        cells: &[(R, String)],
    ) {
        let known = setting
            .registers
            .rows(Register::Releves)
            .iter()
            .find(|row| {
                row.text(R::Indicateur) == indicator.code
                    && row.text(R::Periode) == file.period
                    && row.text(R::Source) == source
            });
        let mut made = line(
            Register::Releves,
            &file.sheet,
            file.reviews.first().map_or(0, |r| r.row),
        );
        made.id = known.map_or_else(String::new, |row| row.id.clone());
        made.put(R::Indicateur.field(), indicator.code.clone());
        made.put(R::Periode.field(), file.period.clone());
        made.put(R::Maille.field(), Grain::Territoire.label());
        made.put(R::Source.field(), source);
        for (column, text) in cells {
            made.put(column.field(), text.clone());
        }
        self.lines.push(made);
    }

    fn words(&mut self, setting: &IncomingSetting, file: &CctReviews, fiche: &str) {
        let screen = TitleScreen::of(setting);
        let known: Vec<String> = setting
            .registers
            .rows(Register::Paroles)
            .iter()
            .map(|row| fold(row.text(W::Propos)))
            .collect();
        let (mut screened, mut there) = (0, 0);
        for review in &file.reviews {
            for (theme, text) in [
                ("difficultés", &review.difficulties),
                ("besoins", &review.needs),
            ] {
                if text.is_empty() {
                    continue;
                }
                if known.contains(&fold(text)) {
                    there += 1;
                } else if screen.kept(text).is_none() {
                    screened += 1;
                } else {
                    self.lines.push(spoken(file, review, theme, text, fiche));
                }
            }
        }
        let at = || Location::sheet(setting.file, &file.sheet);
        if screened > 0 {
            let told = count(
                screened,
                "réponse ouverte semble nommer ou joindre quelqu’un : elle n’est pas gardée",
                "réponses ouvertes semblent nommer ou joindre quelqu’un : elles ne sont pas gardées",
            );
            self.diagnostics.push(Diagnostic::new(
                Code::IncomingLeftOut,
                at(),
                format!("{told}."),
            ));
        }
        if there > 0 {
            let told = count(
                there,
                "parole est déjà au suivi",
                "paroles sont déjà au suivi",
            );
            self.diagnostics.push(Diagnostic::new(
                Code::IncomingLeftOut,
                at(),
                format!("{told}."),
            ));
        }
    }
}

fn spoken(
    file: &CctReviews,
    review: &CctReview,
    theme: &str,
    text: &str,
    fiche: &str,
) -> SuiviLine {
    let mut made = line(Register::Paroles, &file.sheet, review.row);
    let themes = if review.theme.is_empty() {
        theme.to_owned()
    } else {
        format!("{theme}, {}", review.theme)
    };
    made.put(W::Qui.field(), Speaker::Equipe.label());
    made.put(W::Fiche.field(), fiche);
    made.put(W::Themes.field(), themes);
    made.put(W::Propos.field(), text);
    made.put(W::Accord.field(), OuiNon::Non.label());
    made
}
