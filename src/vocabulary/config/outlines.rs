//! `data/communes.geojson`: the outlines drawn under the map, when there are any (RFC 7946).

use std::path::Path;

use geojson::{GeoJson, GeometryValue, Position};

use super::text_file::read_text;
use crate::base::error::{Error, Result};

/// Where the outlines stand in an observatory folder.
pub const OUTLINES_FILE: &str = "data/communes.geojson";

/// Rings of degrees east and north.
pub type Rings = Vec<Vec<(f64, f64)>>;

/// Reads the rings of every polygon; none when there is no file.
///
/// # Errors
///
/// A file that is no GeoJSON, or whose coordinates are no degrees (a projected file).
pub fn read(root: &Path) -> Result<Rings> {
    let path = root.join(OUTLINES_FILE);
    if !path.is_file() {
        return Ok(Vec::new());
    }
    let refused = |why: &str| {
        Error::Config(format!(
            "{OUTLINES_FILE} : {why}. Enregistrez les contours en GeoJSON, en degrés (WGS 84), ou retirez le fichier."
        ))
    };
    let text = read_text(&path)?;
    let parsed: GeoJson = text
        .parse()
        .map_err(|e| refused(&format!("le fichier n’est pas du GeoJSON ({e})")))?;
    let mut rings = Vec::new();
    match parsed {
        GeoJson::FeatureCollection(all) => {
            let geometries = all.features.into_iter().filter_map(|f| f.geometry);
            geometries.for_each(|g| collect(&g.value, &mut rings));
        }
        GeoJson::Feature(one) => {
            if let Some(geometry) = one.geometry {
                collect(&geometry.value, &mut rings);
            }
        }
        GeoJson::Geometry(geometry) => collect(&geometry.value, &mut rings),
    }
    let degrees = |(lon, lat): &(f64, f64)| lon.abs() <= 180.0 && lat.abs() <= 90.0;
    if !rings.iter().flatten().all(degrees) {
        return Err(refused("les coordonnées ne sont pas des degrés"));
    }
    Ok(rings)
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
