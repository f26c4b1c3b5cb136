//! Three campaigns and more: the values in order, and the level that they follow.

use std::fmt::Write;

use super::campaign_history::History;
use super::explainer::Explainer;
use crate::base::text::{decimals, list};
use crate::compare::{LONG, LineReason, values};
use crate::figures::Level;
use crate::wording::comparison_reasons::level_trend;

/// Campaigns needed before a trend is spoken of.
pub(super) const LEAST: usize = 3;

impl Explainer<'_> {
    /// Nothing under three campaigns.
    pub(super) fn trend(&self, level: Level, code: &str) -> String {
        let History {
            names,
            moments,
            followed,
        } = self.history;
        let Some(followed) = followed.filter(|_| moments.len() >= LEAST) else {
            return String::new();
        };
        let line = followed.get(self.structure, level, code);
        let trend = line.and_then(|line| {
            line.reasons.iter().find_map(|reason| match reason {
                LineReason::Trend(trend) => Some(trend),
                _ => None,
            })
        });
        let Some((trend, found)) = trend.zip(values(self.structure, level, code, moments)) else {
            return format!(
                "\nTendance : pas de tendance de {} à {}, il manque une valeur à l’une des campagnes ou le critère a changé.\n",
                names[0],
                names[names.len() - 1]
            );
        };
        let said: Vec<String> = found
            .iter()
            .zip(names)
            .map(|(point, name)| format!("{} ({name})", decimals(point.value, 2)))
            .collect();
        let mut text = format!("\nTendance : {} ; {}.\n", list(&said), level_trend(trend));
        let of_axe = if level == Level::Axe {
            " Sur les critères qui ont une valeur à toutes."
        } else {
            ""
        };
        let _ = writeln!(
            text,
            "  Le niveau suivi réunit toutes les campagnes, les plus récentes et les mieux mesurées pesant le plus ; l’intervalle le contient 95 fois sur cent.{of_axe}{}",
            if moments.len() < LONG {
                " À moins de cinq campagnes, aucun test ne distingue une pente du hasard."
            } else {
                " La pente est la médiane des pentes entre deux campagnes (Theil et Sen)."
            }
        );
        text
    }
}
