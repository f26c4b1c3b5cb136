//! Labels and numbers → SVG, one chart a file. No frames, no domain types; every chart comes with
//! a sentence that says it and the table of its figures.

mod answer_bars;
mod canvas;
mod chart;
mod chart_layout;
mod funnel_plot;
mod gaps;
mod heatmap;
mod map;
mod profile;
mod slopes;
mod style;

pub use answer_bars::{AnswerBar, AnswerRow, distribution};
pub use chart::{Chart, ChartError, ChartResult, Print, PrintedWord};
pub use funnel_plot::{FunnelPlot, FunnelPoint, funnel};
pub use gaps::{Gap, gaps};
pub use heatmap::{Heatmap, HeatmapCell, HeatmapColumn, HeatmapRow, heatmap};
pub use map::{MapKey, MapPoint, MappedSite, TerritoryMap, map};
pub use profile::{ProfileLegend, ProfileRow, profile};
pub use slopes::{Slope, SlopeEnds, evolution};
