//! A drawing surface over plotters: coordinates in CSS pixels, drawn at four times the size since
//! the library only knows whole numbers; accessibility added in one place.

use plotters::coord::Shift;
use plotters::prelude::{
    Circle, DrawingArea, IntoDrawingArea, PathElement, Rectangle, SVGBackend, Text,
};
use plotters::style::text_anchor::{HPos, Pos, VPos};
use plotters::style::{Color, RGBColor, ShapeStyle};
use sha2::{Digest, Sha256};

use super::chart::{Print, PrintedWord};
use super::style::{FAMILY, MARK_GREY, font, is_light};

const SCALE: f64 = 4.0;

/// Where a text hangs from its point.
#[derive(Clone, Copy)]
pub(super) enum Anchor {
    Start,
    Middle,
    End,
}

/// How a text looks.
#[derive(Clone, Copy)]
pub(super) struct Ink {
    pub size: f64,
    pub colour: RGBColor,
    pub bold: bool,
}

/// Instructions are kept and drawn at the end, so that a drawing can fail in one place only.
pub(super) struct Canvas {
    width: f64,
    height: f64,
    steps: Vec<Step>,
}

enum Step {
    Line(Vec<(f64, f64)>, f64, RGBColor),
    Disc((f64, f64), f64, RGBColor, Option<RGBColor>),
    Rect((f64, f64), (f64, f64), RGBColor),
    Text(String, (f64, f64), Anchor, Ink),
}

impl Canvas {
    /// A surface of a size in CSS pixels.
    pub(super) fn new(width: f64, height: f64) -> Self {
        Self {
            width,
            height,
            steps: Vec::new(),
        }
    }

    pub(super) fn line(&mut self, from: (f64, f64), to: (f64, f64), width: f64, colour: RGBColor) {
        self.steps.push(Step::Line(vec![from, to], width, colour));
    }

    /// A filled disc, or a hollow one when `inside` is given.
    pub(super) fn disc(
        &mut self,
        at: (f64, f64),
        radius: f64,
        colour: RGBColor,
        inside: Option<RGBColor>,
    ) {
        self.steps.push(Step::Disc(at, radius, colour, inside));
    }

    pub(super) fn rect(&mut self, from: (f64, f64), to: (f64, f64), colour: RGBColor) {
        self.steps.push(Step::Rect(from, to, colour));
    }

    /// A surface; a light one has an outline, at 3:1 on paper.
    pub(super) fn surface(&mut self, from: (f64, f64), to: (f64, f64), colour: RGBColor) {
        if !is_light(colour) || to.0 - from.0 < 3.0 {
            self.rect(from, to, colour);
            return;
        }
        self.rect(from, to, MARK_GREY);
        self.rect(
            (from.0 + 1.0, from.1 + 1.0),
            (to.0 - 1.0, to.1 - 1.0),
            colour,
        );
    }

    /// A text whose vertical middle is at `y`.
    pub(super) fn text(&mut self, text: &str, at: (f64, f64), anchor: Anchor, ink: Ink) {
        self.steps
            .push(Step::Text(text.to_owned(), at, anchor, ink));
    }

    /// Lines of text centred on `y`.
    pub(super) fn lines(&mut self, lines: &[String], at: (f64, f64), anchor: Anchor, ink: Ink) {
        let step = ink.size * 1.25;
        let top = at.1 - step * (lines.len() as f64 - 1.0) / 2.0;
        for (i, line) in lines.iter().enumerate() {
            self.text(line, (at.0, top + step * i as f64), anchor, ink);
        }
    }

    /// Diagonal hatching of a rectangle, drawn as lines: the library has no patterns.
    pub(super) fn hatch(&mut self, from: (f64, f64), to: (f64, f64), colour: RGBColor) {
        let (w, h) = (to.0 - from.0, to.1 - from.1);
        let mut offset = 6.0;
        while offset < w + h {
            let start = if offset < h {
                (from.0, from.1 + offset)
            } else {
                (from.0 + offset - h, to.1)
            };
            let end = if offset < w {
                (from.0 + offset, from.1)
            } else {
                (to.0, from.1 + offset - w)
            };
            self.line(start, end, 0.75, colour);
            offset += 6.0;
        }
    }

    /// Draws everything and adds what a page and a screen reader need.
    pub(super) fn svg(&self, title: &str, alt: &str) -> Result<String, String> {
        let drawn = self.draw(|_| true)?;
        Ok(self.accessible(&drawn, title, alt))
    }

    /// Lines and words apart.
    pub(super) fn print(&self) -> Result<Print, String> {
        Ok(Print {
            svg: self.draw(|step| !matches!(step, Step::Text(..)))?,
            width: self.width,
            height: self.height,
            words: self.steps.iter().filter_map(Step::word).collect(),
        })
    }

    /// Size on the page, role, title and description; ids come from the content, so that they are
    /// unique on a page and the same every day.
    fn accessible(&self, svg: &str, title: &str, alt: &str) -> String {
        let (width, height) = (self.width, self.height);
        let digest = Sha256::digest(format!("{title}{alt}{svg}"));
        let id = format!("g{}", crate::base::text::hex(&digest[..6]));
        let (head, body) = svg.split_once('>').unwrap_or((svg, ""));
        let view = head.split_once("viewBox=").map_or("", |(_, rest)| rest);
        let view = view.split('"').nth(1).unwrap_or("0 0 1 1");
        let family = format!("font-family=\"{FAMILY}\"");
        let stack = format!("font-family=\"'{FAMILY}', 'Segoe UI', sans-serif\"");
        let body = body
            .trim_start()
            .replace(&family, &stack)
            .replace(" opacity=\"1\"", "");
        format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"{view}\" width=\"{width:.0}\" height=\"{height:.0}\" style=\"max-width:100%;height:auto\" role=\"img\" aria-labelledby=\"{id}t {id}d\">\
             <title id=\"{id}t\">{}</title><desc id=\"{id}d\">{}</desc>{body}",
            escape(title),
            escape(alt)
        )
    }

    fn draw(&self, wanted: impl Fn(&Step) -> bool) -> Result<String, String> {
        let mut svg = String::new();
        let size = ((self.width * SCALE) as u32, (self.height * SCALE) as u32);
        {
            let area = SVGBackend::with_string(&mut svg, size).into_drawing_area();
            for step in self.steps.iter().filter(|s| wanted(s)) {
                step.draw(&area)?;
            }
            area.present().map_err(|e| e.to_string())?;
        }
        Ok(svg)
    }
}

/// A point in the library's whole numbers.
fn whole(point: (f64, f64)) -> (i32, i32) {
    let scaled = |coordinate: f64| (coordinate * SCALE).round() as i32;
    (scaled(point.0), scaled(point.1))
}

impl Step {
    fn draw(&self, area: &DrawingArea<SVGBackend, Shift>) -> Result<(), String> {
        let drawn = match self {
            Self::Line(points, width, colour) => {
                let style = colour.stroke_width((width * SCALE).round() as u32);
                let points: Vec<(i32, i32)> = points.iter().copied().map(whole).collect();
                area.draw(&PathElement::new(points, style))
            }
            Self::Disc(at, radius, colour, inside) => {
                let radius = (radius * SCALE) as i32;
                let Some(inside) = inside else {
                    let style: ShapeStyle = colour.filled();
                    return area
                        .draw(&Circle::new(whole(*at), radius, style))
                        .map_err(|e| e.to_string());
                };
                area.draw(&Circle::new(whole(*at), radius, inside.filled()))
                    .and_then(|()| {
                        area.draw(&Circle::new(whole(*at), radius, colour.stroke_width(8)))
                    })
            }
            Self::Rect(from, to, colour) => {
                area.draw(&Rectangle::new([whole(*from), whole(*to)], colour.filled()))
            }
            Self::Text(text, at, anchor, ink) => {
                let h = match anchor {
                    Anchor::Start => HPos::Left,
                    Anchor::Middle => HPos::Center,
                    Anchor::End => HPos::Right,
                };
                let style = font(ink.size * SCALE, ink.bold)
                    .color(&ink.colour)
                    .pos(Pos::new(h, VPos::Center));
                area.draw(&Text::new(text.clone(), whole(*at), style))
            }
        };
        drawn.map_err(|e| e.to_string())
    }

    fn word(&self) -> Option<PrintedWord> {
        let Self::Text(text, (x, y), anchor, ink) = self else {
            return None;
        };
        let RGBColor(r, g, b) = ink.colour;
        Some(PrintedWord {
            text: text.clone(),
            x: *x,
            y: *y,
            anchor: match anchor {
                Anchor::Start => "debut",
                Anchor::Middle => "milieu",
                Anchor::End => "fin",
            },
            size: ink.size,
            bold: ink.bold,
            colour: format!("#{r:02X}{g:02X}{b:02X}"),
        })
    }
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
}
