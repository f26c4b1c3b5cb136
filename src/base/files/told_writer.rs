//! Writing through a library that keeps no more than a sentence of what the system answered: the answer
//! is kept aside, so that a full disk is told as such.

use std::io::{self, Write};
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

use crate::base::error::Error;

/// The first refusal of the system, whoever wrote.
#[derive(Clone, Default)]
pub(crate) struct KeptRefusal {
    first: Arc<Mutex<Option<io::Error>>>,
}

impl KeptRefusal {
    /// A writer whose refusals are kept here.
    pub(crate) fn of<W>(&self, inner: W) -> ToldWriter<W> {
        ToldWriter {
            inner,
            refusal: self.clone(),
        }
    }

    /// What to say of a failure: the system's refusal if there was one, else the library's own words.
    pub(crate) fn told(&self, path: &Path, error: impl Into<Error>) -> Error {
        let refused = self
            .first
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .take();
        match refused {
            Some(source) => Error::io(path, "écriture")(source),
            None => error.into(),
        }
    }

    /// Whether whoever read has closed its end, and has what it wanted.
    pub(crate) fn is_closed_pipe(&self) -> bool {
        let first = self.first.lock().unwrap_or_else(PoisonError::into_inner);
        let kind = first.as_ref().map(io::Error::kind);
        kind == Some(io::ErrorKind::BrokenPipe)
    }

    fn note<T>(&self, done: io::Result<T>) -> io::Result<T> {
        if let Err(error) = &done
            && error.kind() != io::ErrorKind::Interrupted
        {
            let copy = error.raw_os_error().map_or_else(
                || io::Error::from(error.kind()),
                io::Error::from_raw_os_error,
            );
            let mut first = self.first.lock().unwrap_or_else(PoisonError::into_inner);
            first.get_or_insert(copy);
        }
        done
    }
}

/// See [`KeptRefusal::of`].
pub(crate) struct ToldWriter<W> {
    inner: W,
    refusal: KeptRefusal,
}

impl<W: Write> Write for ToldWriter<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let done = self.inner.write(bytes);
        self.refusal.note(done)
    }

    fn flush(&mut self) -> io::Result<()> {
        let done = self.inner.flush();
        self.refusal.note(done)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Full;

    impl Write for Full {
        fn write(&mut self, _: &[u8]) -> io::Result<usize> {
            Err(io::ErrorKind::StorageFull.into())
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    #[test]
    fn what_the_system_answered_is_told_in_place_of_what_a_library_made_of_it() {
        let refusal = KeptRefusal::default();
        assert!(refusal.of(Full).write_all(b"x").is_err());
        let lost = || Error::Frame("transport error".to_owned());
        let said = refusal.told(Path::new("a.parquet"), lost()).to_string();
        assert!(
            said.contains("a.parquet") && said.contains("plein"),
            "{said}"
        );
        // Told once; and another failure keeps its own words.
        let other = KeptRefusal::default().told(Path::new("a.parquet"), lost());
        assert!(matches!(other, Error::Frame(_)));
    }
}
