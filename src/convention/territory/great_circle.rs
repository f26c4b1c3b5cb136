//! How far are two places, as the crow flies: the great circle of a sphere (haversine). Roads are longer, by a third or so in
//! the country: what is printed says « à vol d’oiseau ».

/// Mean radius of the Earth, kilometres (IUGG, R1: Moritz, « Geodetic Reference System 1980 », 2000).
const RADIUS: f64 = 6371.0088;

/// A place, degrees.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PlaceOnEarth {
    /// Degrees north.
    pub north: f64,
    /// Degrees east.
    pub east: f64,
}

/// Kilometres between two places.
pub fn kilometres(a: PlaceOnEarth, b: PlaceOnEarth) -> f64 {
    let half = |from: f64, to: f64| ((to - from).to_radians() / 2.0).sin().powi(2);
    let along = a.north.to_radians().cos() * b.north.to_radians().cos() * half(a.east, b.east);
    let chord = (half(a.north, b.north) + along).clamp(0.0, 1.0);
    2.0 * RADIUS * chord.sqrt().asin()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(north: f64, east: f64) -> PlaceOnEarth {
        PlaceOnEarth { north, east }
    }

    /// Ed Williams, « Aviation Formulary » 1.47, worked example: LAX (33°57′N 118°24′W) to JFK (40°38′N 73°47′W) is 0.623585
    /// radian. Rosetta Code, « Haversine formula »: BNA to LAX is 2 886.44444 km on a sphere of 6 371 km.
    #[test]
    fn distances_are_those_that_were_published() {
        let lax = at(33.0 + 57.0 / 60.0, -(118.0 + 24.0 / 60.0));
        let jfk = at(40.0 + 38.0 / 60.0, -(73.0 + 47.0 / 60.0));
        assert!((kilometres(lax, jfk) / RADIUS - 0.623_585).abs() < 1e-6);
        let (bna, lax) = (at(36.12, -86.67), at(33.94, -118.40));
        let on_6371 = kilometres(bna, lax) / RADIUS * 6371.0;
        assert!((on_6371 - 2_886.444_44).abs() < 1e-4, "{on_6371}");
    }

    #[test]
    fn a_quarter_of_the_globe_and_nothing() {
        let quarter = kilometres(at(0.0, 0.0), at(90.0, 12.0));
        assert!((quarter - RADIUS * std::f64::consts::FRAC_PI_2).abs() < 1e-9);
        assert!(kilometres(at(49.3, 0.8), at(49.3, 0.8)) < 1e-12);
        let there = kilometres(at(49.3, 0.8), at(49.2, 0.9));
        assert!((there - kilometres(at(49.2, 0.9), at(49.3, 0.8))).abs() < 1e-12);
        // The other side of the Earth, where this formula holds to the metre.
        let half = kilometres(at(10.0, 20.0), at(-10.0, -160.0));
        assert!((half - RADIUS * std::f64::consts::PI).abs() < 1e-3);
    }
}
