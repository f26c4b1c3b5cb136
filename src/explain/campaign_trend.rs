//! Three campaigns and more: the values in order, and the slope between them.

use std::fmt::Write;

use super::campaign_history::History;
use super::explainer::Explainer;
use crate::base::text::{decimals, list};
use crate::compare::{slope, values};
use crate::figures::Level;
use crate::wording::comparison_reasons::level_trend;

/// Campaigns needed before a trend is spoken of.
pub(super) const LEAST: usize = 3;

impl Explainer<'_> {
    /// Nothing under three campaigns.
    pub(super) fn trend(&self, level: Level, code: &str) -> String {
        let History { names, moments } = self.history;
        if moments.len() < LEAST {
            return String::new();
        }
        let Some(found) = values(self.structure, level, code, moments) else {
            return format!(
                "\nTendance : pas de tendance de {} à {}, il manque une valeur à l’une des campagnes ou le critère a changé.\n",
                names[0],
                names[names.len() - 1]
            );
        };
        let said: Vec<String> = found
            .iter()
            .zip(names)
            .map(|(v, name)| format!("{} ({name})", decimals(*v, 2)))
            .collect();
        let mut text = format!(
            "\nTendance : {} ; pente {}.\n",
            list(&said),
            level_trend(&slope(moments, &found))
        );
        let _ = writeln!(
            text,
            "  La pente est la médiane des pentes entre deux campagnes (Theil et Sen){}.{}",
            if level == Level::Axe {
                ", sur les critères qui ont une valeur à toutes"
            } else {
                ""
            },
            if moments.len() < 5 {
                " À moins de cinq campagnes, aucun test ne peut la distinguer du hasard."
            } else {
                ""
            }
        );
        text
    }
}
