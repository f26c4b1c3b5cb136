//! Native charts, where Excel draws what a reader may want to change.

use rust_xlsxwriter::{
    Chart, ChartDataLabel, ChartFont, ChartFormat, ChartLegendPosition, ChartLine, ChartMarker,
    ChartMarkerType, ChartSolidFill, ChartType,
};

use crate::base::palette::{ACCENT, LEVELS, SECOND};
use crate::base::text::nbsp;
use crate::reports::document::{Drawing, DrawnFigure};

/// Colours of series: current campaign, previous one, target.
const SERIES: [u32; 3] = [ACCENT, LEVELS[1], SECOND];

/// Where the table of a figure stands.
pub(super) struct TablePlace {
    /// Name of the sheet.
    pub sheet: String,
    /// Row of its headings.
    pub first: u32,
}

/// A chart and the rows that it covers.
pub(super) struct Native {
    pub chart: Chart,
    pub rows: u32,
}

/// Longest alternative that Excel accepts; the table above the chart has every figure.
const ALT: usize = 255;
/// Widest and tallest chart, in pixels: it fits a landscape page under its table.
const WIDEST: u32 = 860;
const TALLEST: u32 = 340;
/// Height of a row of cells, in pixels.
const ROW: u32 = 20;

/// Colour of the `i`-th of `n` modalities, light to dark.
fn modality(i: usize, n: usize) -> u32 {
    LEVELS[if n < 2 { 3 } else { i * 3 / (n - 1) }]
}

/// The chart of a figure whose table stands at `place`, no wider than `room` pixels; none for what
/// Excel cannot draw honestly (a matrix is its own table, a map needs outlines), or when nothing is
/// a number.
pub(super) fn native(figure: &DrawnFigure, place: &TablePlace, room: u32) -> Option<Native> {
    let (sheet, first) = (place.sheet.as_str(), place.first);
    let width = room.min(WIDEST);
    let table = &figure.table;
    let numbers = table.rows.iter().flatten().any(|c| c.number.is_some());
    let rows = table.rows.len() as u32;
    if !numbers || rows == 0 {
        return None;
    }
    let mut chart = match figure.drawing {
        Drawing::Profile | Drawing::Gaps => Chart::new(ChartType::Bar),
        Drawing::Distribution => Chart::new(ChartType::BarPercentStacked),
        Drawing::Evolution => return Some(evolution(figure, place, width)),
        Drawing::Matrix | Drawing::Map => return None,
    };
    let shares = figure.drawing == Drawing::Distribution;
    let columns: Vec<usize> = (1..table.columns.len())
        .filter(|c| {
            table
                .rows
                .iter()
                .any(|l| l.get(*c).is_some_and(|d| d.number.is_some()))
        })
        // The gap is read from the two regards beside it.
        .filter(|c| figure.drawing != Drawing::Gaps || *c <= 2)
        .filter(|c| !shares || table.columns[*c].name != "Ne sait pas")
        .collect();
    let range = |c: usize| (sheet, first + 1, c as u16, first + rows, c as u16);
    for (i, c) in columns.iter().enumerate() {
        let colour = if shares {
            modality(i, columns.len())
        } else {
            SERIES[i.min(2)]
        };
        let mut fill = ChartSolidFill::new();
        fill.set_color(colour);
        chart
            .add_series()
            .set_name((sheet, first, *c as u16))
            .set_categories(range(0))
            .set_values(range(*c))
            .set_gap(60)
            .set_format(ChartFormat::new().set_solid_fill(&fill));
    }
    frame(&mut chart, figure);
    // The first row is read at the top.
    chart.y_axis().set_reverse();
    if !shares {
        chart.x_axis().set_min(1).set_max(4).set_major_unit(1);
    }
    let height = (100 + rows * 30).min(TALLEST);
    chart.set_width(width).set_height(height);
    Some(Native {
        chart,
        rows: height / ROW + 1,
    })
}

/// One line per axe from one campaign to the next.
fn evolution(figure: &DrawnFigure, place: &TablePlace, width: u32) -> Native {
    let (sheet, first) = (place.sheet.as_str(), place.first);
    let mut chart = Chart::new(ChartType::Line);
    for i in 0..figure.table.rows.len() as u32 {
        let row = first + 1 + i;
        let mut marker = ChartMarker::new();
        marker.set_type(ChartMarkerType::Circle).set_size(7);
        chart
            .add_series()
            .set_name((sheet, row, 0))
            .set_categories((sheet, first, 1, first, 2))
            .set_values((sheet, row, 1, row, 2))
            .set_format(ChartLine::new().set_width(1.5))
            .set_marker(&marker)
            .set_data_label(ChartDataLabel::new().show_value());
    }
    frame(&mut chart, figure);
    chart.y_axis().set_min(1).set_max(4).set_major_unit(1);
    chart.legend().set_position(ChartLegendPosition::Right);
    chart.set_width(width).set_height(TALLEST);
    Native {
        chart,
        rows: TALLEST / ROW + 1,
    }
}

fn frame(chart: &mut Chart, figure: &DrawnFigure) {
    let mut font = ChartFont::new();
    font.set_size(12).set_bold();
    chart
        .title()
        .set_name(nbsp(&figure.title).as_ref())
        .set_font(&font);
    chart.legend().set_position(ChartLegendPosition::Bottom);
    chart.set_alt_text(figure.alt.chars().take(ALT).collect::<String>());
}
