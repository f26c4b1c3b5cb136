//! Reading, without a lock, a folder that another command may be writing: a listing is no picture of one
//! instant, and a file may name another that was put there after the listing passed its place.

use std::time::Duration;

use crate::base::error::Result;

/// More writers than ever meet in one folder.
const TRIES: usize = 20;
/// Long enough for a writer to be done with a rename.
const PAUSE: Duration = Duration::from_millis(15);

/// What `read` gives, or what it refuses twice in a row for the same reason. What bears witness of a
/// file is written after it: a second listing holds every file that the first one heard of, so that only
/// what is really wrong is refused again.
///
/// # Errors
///
/// The refusal that stands.
pub(crate) fn steadily<T>(read: impl Fn() -> Result<T>) -> Result<T> {
    let mut last = read();
    for _ in 1..TRIES {
        let Err(before) = &last else { break };
        std::thread::sleep(PAUSE);
        let again = read();
        let is_same = again
            .as_ref()
            .is_err_and(|now| now.to_string() == before.to_string());
        last = again;
        if is_same {
            break;
        }
    }
    last
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;

    use super::*;
    use crate::base::error::Error;

    #[test]
    fn what_is_refused_once_is_read_again_and_what_is_refused_twice_stands() {
        let tries = Cell::new(0);
        let read = |good_at: usize| {
            tries.set(0);
            steadily(|| {
                tries.set(tries.get() + 1);
                match tries.get() {
                    n if n >= good_at => Ok(n),
                    n => Err(Error::Store(format!("il manque {n}"))),
                }
            })
        };
        assert_eq!(read(1).expect("read at once"), 1);
        assert_eq!(read(4).expect("three writers"), 4);
        assert!(read(usize::MAX).is_err());
        assert_eq!(tries.get(), TRIES);
        tries.set(0);
        let refused = steadily::<()>(|| {
            tries.set(tries.get() + 1);
            Err(Error::Store("il manque A".to_owned()))
        });
        assert!(refused.is_err());
        assert_eq!(tries.get(), 2);
    }
}
