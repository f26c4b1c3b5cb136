//! Native charts, where Excel draws what a reader may want to change.

use rust_xlsxwriter::{
    Chart, ChartDataLabel, ChartFont, ChartFormat, ChartLegendPosition, ChartLine, ChartMarker,
    ChartMarkerType, ChartSolidFill, ChartType,
};

use super::formats::{SERIES, modality};
use crate::base::text::nbsp;
use crate::reports::document::{Drawing, Figure};

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

/// The chart of a figure whose table begins at row `first` of `sheet`, no wider than `room` pixels;
/// none for what Excel cannot
/// draw honestly (a matrix is its own table, a map needs outlines), or when nothing is a number.
pub(super) fn native(figure: &Figure, (sheet, first): (&str, u32), room: u32) -> Option<Native> {
    let width = room.min(WIDEST);
    let table = &figure.tableau;
    let numbers = table.lignes.iter().flatten().any(|c| c.nombre.is_some());
    let rows = table.lignes.len() as u32;
    if !numbers || rows == 0 {
        return None;
    }
    let mut chart = match figure.dessin {
        Drawing::Profil | Drawing::Ecarts => Chart::new(ChartType::Bar),
        Drawing::Repartition => Chart::new(ChartType::BarPercentStacked),
        Drawing::Evolution => return Some(evolution(figure, (sheet, first), width)),
        Drawing::Matrice | Drawing::Carte => return None,
    };
    let shares = figure.dessin == Drawing::Repartition;
    let columns: Vec<usize> = (1..table.entetes.len())
        .filter(|c| {
            table
                .lignes
                .iter()
                .any(|l| l.get(*c).is_some_and(|d| d.nombre.is_some()))
        })
        // The gap is read from the two regards beside it.
        .filter(|c| figure.dessin != Drawing::Ecarts || *c <= 2)
        .filter(|c| !shares || table.entetes[*c].texte != "Ne sait pas")
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
fn evolution(figure: &Figure, (sheet, first): (&str, u32), width: u32) -> Native {
    let mut chart = Chart::new(ChartType::Line);
    for i in 0..figure.tableau.lignes.len() as u32 {
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

fn frame(chart: &mut Chart, figure: &Figure) {
    let mut font = ChartFont::new();
    font.set_size(12).set_bold();
    chart.title().set_name(&nbsp(&figure.titre)).set_font(&font);
    chart.legend().set_position(ChartLegendPosition::Bottom);
    chart.set_alt_text(figure.alternative.chars().take(ALT).collect::<String>());
}
