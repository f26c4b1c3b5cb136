//! Bytes of any kind: refused with a diagnostic, or read by every importer, never a panic.
//! `cargo +nightly fuzz run octets -- -rss_limit_mb=1024 -timeout=10`

#![no_main]

use std::path::Path;
use std::sync::OnceLock;

use libfuzzer_sys::fuzz_target;
use observatoire::vocabulary::referentiel::{Referentiel, embedded_v1, parse};
use observatoire::intake::sources::{Context, SOURCES, choose, open};

fn referentiel() -> &'static Referentiel {
    static READ: OnceLock<Referentiel> = OnceLock::new();
    READ.get_or_init(|| parse("v1", embedded_v1()).expect("the référentiel"))
}

fuzz_target!(|bytes: &[u8]| {
    let Ok(book) = open(Path::new("octets"), bytes) else {
        return;
    };
    let context = Context {
        referentiel: referentiel(),
        source: None,
        mappings: &[],
        accept_near: false,
        place_given: false,
    };
    let _ = choose(&book.value, &context, None);
    for source in SOURCES {
        let _ = source.recognises(&book.value, &context);
        let _ = source.read(&book.value, &context);
    }
});
