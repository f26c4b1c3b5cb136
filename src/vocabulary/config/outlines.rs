//! `data/communes.geojson`: the outlines drawn under the map, when there are any (RFC 7946).

use std::path::Path;

use geojson::{Feature, GeoJson, GeometryValue, Position};

use super::text_file::read_text;
use crate::base::error::{Error, Result};

/// Where the outlines stand in an observatory folder.
pub const OUTLINES_FILE: &str = "data/communes.geojson";

/// Rings of degrees east and north.
pub type Rings = Vec<Vec<(f64, f64)>>;

/// The outline of a commune, or of what has no code.
#[derive(Debug, Clone, PartialEq)]
pub struct CommuneOutline {
    /// INSEE code; empty when the file says none.
    pub insee: String,
    /// SIREN of its EPCI; empty when the file says none.
    pub(crate) epci: String,
    /// Its rings; none when the file has no polygon for it.
    pub rings: Rings,
}

/// Reads the rings of every polygon; none when there is no file.
///
/// # Errors
///
/// A file that is no GeoJSON, or whose coordinates are no degrees (a projected file).
pub fn read(root: &Path) -> Result<Rings> {
    let outlines = read_by_commune(root)?.into_iter();
    Ok(outlines.flat_map(|outline| outline.rings).collect())
}

/// The same, commune by commune.
///
/// # Errors
///
/// As [`read`].
pub fn read_by_commune(root: &Path) -> Result<Vec<CommuneOutline>> {
    let path = root.join(OUTLINES_FILE);
    if !path.is_file() {
        return Ok(Vec::new());
    }
    read_at(&path)
}

/// Outlines of a file that is there.
///
/// # Errors
///
/// As [`read`].
pub(crate) fn read_at(path: &Path) -> Result<Vec<CommuneOutline>> {
    parse_outlines(&read_text(path)?).map_err(|why| {
        Error::Config(format!(
            "{OUTLINES_FILE} : {why}. Enregistrez les contours en GeoJSON, en degrés (WGS 84), ou retirez le fichier."
        ))
    })
}

/// Outlines from the text of a file.
///
/// # Errors
///
/// What keeps it from being read, without its end.
pub(crate) fn parse_outlines(text: &str) -> Result<Vec<CommuneOutline>, String> {
    let parsed: GeoJson = text
        .parse()
        .map_err(|e| format!("le fichier n’est pas du GeoJSON ({e})"))?;
    let outlines: Vec<CommuneOutline> = match parsed {
        GeoJson::FeatureCollection(all) => all.features.into_iter().map(outline).collect(),
        GeoJson::Feature(one) => vec![outline(one)],
        GeoJson::Geometry(geometry) => {
            let mut rings = Vec::new();
            collect(&geometry.value, &mut rings);
            vec![CommuneOutline {
                insee: String::new(),
                epci: String::new(),
                rings,
            }]
        }
    };
    let degrees = |(lon, lat): &(f64, f64)| lon.abs() <= 180.0 && lat.abs() <= 90.0;
    let mut points = outlines.iter().flat_map(|o| &o.rings).flatten();
    if points.all(degrees) {
        Ok(outlines)
    } else {
        Err("les coordonnées ne sont pas des degrés".to_owned())
    }
}

/// A feature; public files name the code of a commune in a few ways.
fn outline(feature: Feature) -> CommuneOutline {
    let said = |names: &[&str]| {
        let texts = names
            .iter()
            .filter_map(|name| feature.property(name)?.as_str());
        texts.map(str::trim).next().unwrap_or_default().to_owned()
    };
    let (insee, epci) = (
        said(&["code", "insee", "INSEE_COM", "code_insee", "codgeo"]),
        said(&["codeEpci", "epci", "SIREN_EPCI"]),
    );
    let mut rings = Vec::new();
    if let Some(geometry) = feature.geometry {
        collect(&geometry.value, &mut rings);
    }
    CommuneOutline { insee, epci, rings }
}

/// Polygons of a geometry, whatever it is nested in; points and lines draw no outline.
fn collect(value: &GeometryValue, rings: &mut Rings) {
    match value {
        GeometryValue::Polygon { coordinates } => polygon(coordinates, rings),
        GeometryValue::MultiPolygon { coordinates } => {
            for one in coordinates {
                polygon(one, rings);
            }
        }
        GeometryValue::GeometryCollection { geometries } => {
            for one in geometries {
                collect(&one.value, rings);
            }
        }
        _ => {}
    }
}

fn polygon(of: &[Vec<Position>], rings: &mut Rings) {
    for ring in of {
        let points = ring.iter().map(Position::as_slice);
        let known = points.filter(|p| p.len() >= 2).map(|p| (p[0], p[1]));
        rings.push(known.collect());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(text: &str) -> Result<Rings> {
        let folder = tempfile::tempdir().expect("folder");
        let path = folder.path().join(OUTLINES_FILE);
        std::fs::create_dir_all(path.parent().expect("data")).expect("folder");
        std::fs::write(&path, text).expect("written");
        read(folder.path())
    }

    #[test]
    fn polygons_are_read_wherever_they_nest() {
        let square = "[[[0.8,49.3],[0.9,49.3],[0.9,49.4],[0.8,49.3]]]";
        let file = format!(
            r#"{{"type":"FeatureCollection","features":[
              {{"type":"Feature","properties":{{}},"geometry":{{"type":"Polygon","coordinates":{square}}}}},
              {{"type":"Feature","properties":null,"geometry":{{"type":"MultiPolygon","coordinates":[{square}]}}}},
              {{"type":"Feature","properties":null,"geometry":null}}]}}"#
        );
        let rings = written(&file).expect("read");
        assert_eq!(rings.len(), 2);
        assert_eq!(rings[0][1], (0.9, 49.3));
    }

    #[test]
    fn what_is_no_map_is_refused() {
        for text in ["", "{}", "pas du JSON"] {
            assert!(written(text).is_err(), "{text}");
        }
        let lambert = r#"{"type":"Polygon","coordinates":[[[540000.0,6910000.0],[540100.0,6910000.0],[540000.0,6910000.0]]]}"#;
        let said = written(lambert).expect_err("refused").to_string();
        assert!(said.contains("degrés"), "{said}");
    }
}
