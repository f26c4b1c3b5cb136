//! Labels and numbers → SVG, one chart a file. No frames, no domain types; every chart comes with
//! a sentence that says it and the table of its figures.
//!
//! | question | file |
//! |---|---|
//! | axes or critères on the scale 1 to 4, campaign before and target | `profile` |
//! | how people answered: one bar to 100 % a question | `answer_bars` |
//! | the team’s view beside the observers’ | `gaps`; from 0.5 on: `reports::equipe`; to whom: `decide::perception_gaps` |
//! | axes between two campaigns: levels, differences with their intervals, what is too small to count | `differences` |
//! | sites × axes, the digit in each cell | `heatmap` |
//! | means against how many answered; only what is outside 99.8 % is marked | `funnel_plot`; its limits: `stats::ranks` |
//! | who hangs on whom: boxes set back under each other | `organisation` |
//! | sites on the map, outlines of communes | `map` |
//! | communes hatched by a measure, sites by kind, before and after | `commune_map`; lines inside a surface: `hatching` |
//! | widths of page (720), phone (350) and paper (665: no word under 9 pt); labels beside or above a row | `chart_layout` |
//! | shades of a question’s modalities (one to five), colours as charts use them, the face, how wide a text is | `style`; their values: `base::palette` |
//! | lines, texts and shapes → SVG; accessibility | `canvas` |
//! | a finished chart as a picture (PNG), for a word processor | `chart_png` |
//! | a finished chart: drawings, its sentence, its table; for paper | `chart` |

mod answer_bars;
mod canvas;
mod chart;
mod chart_layout;
mod chart_png;
mod commune_map;
mod differences;
mod funnel_plot;
mod gaps;
mod hatching;
mod heatmap;
mod map;
mod organisation;
mod profile;

mod style;

pub use answer_bars::{AnswerBar, AnswerRow, choices, distribution};
pub use chart::{Chart, ChartError, ChartResult, Print, PrintedWord};
pub(crate) use chart_png::{ChartPicture, picture};
pub use commune_map::{CommuneMap, CommunePanel, MarkedSite, ShadedCommune, SiteMark, commune_map};
pub use differences::{Difference, DifferenceFrame, differences};
pub use funnel_plot::{FunnelPlot, FunnelPoint, funnel};
pub use gaps::{Gap, gaps};
pub use heatmap::{Heatmap, HeatmapCell, HeatmapColumn, HeatmapRow, heatmap};
pub use map::{MapKey, MapPoint, MappedSite, TerritoryMap, map};
pub use organisation::{OrganisationBox, organisation};
pub use profile::{ProfileLegend, ProfileRow, profile};
