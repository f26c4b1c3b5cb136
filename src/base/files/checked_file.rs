//! Reads a file whose sums are known; bytes that differ are never handed over. The bytes that are
//! checked are the bytes that are used: nothing is read twice, and nothing is mapped, so that whoever
//! cuts the file meanwhile does not end the program.

use std::fs::File;
use std::io::{Read, Seek, SeekFrom};
use std::ops::Range;
use std::path::{Path, PathBuf};

use crate::base::error::is_online_only;

use super::byte_sums::{BLOCK, ByteSums, Summing, sha256};

/// Why the bytes of a file cannot be used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Damage {
    /// There is no such file.
    Missing,
    /// Nothing in it: a synchroniser has made its place and not brought it yet.
    Empty,
    /// Other bytes than those that were written.
    Different,
    /// The system refuses.
    Refused(String),
}

impl std::fmt::Display for Damage {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Missing => f.write_str("ce fichier manque"),
            Self::Empty => {
                f.write_str("ce fichier est vide (0 octet) : il n’est peut-être pas encore arrivé")
            }
            Self::Different => f.write_str(
                "ce fichier n’est plus celui qui a été écrit (abîmé, incomplet ou remplacé)",
            ),
            Self::Refused(reason) => write!(f, "ce fichier ne peut pas être lu ({reason})"),
        }
    }
}

impl From<std::io::Error> for Damage {
    fn from(error: std::io::Error) -> Self {
        match error.kind() {
            std::io::ErrorKind::NotFound => Self::Missing,
            // Cut since its length was read.
            std::io::ErrorKind::UnexpectedEof => Self::Different,
            _ if is_online_only(&error) => Self::Refused(
                "il n’est qu’en ligne : dans l’Explorateur, choisissez « Toujours conserver sur cet appareil »"
                    .to_owned(),
            ),
            _ => Self::Refused(error.to_string()),
        }
    }
}

/// The bytes of a file, all of them, checked.
///
/// # Errors
///
/// See [`Damage`].
pub(crate) fn read_checked(path: &Path, expected: &str) -> Result<Vec<u8>, Damage> {
    let bytes = std::fs::read(path)?;
    if bytes.is_empty() {
        return Err(Damage::Empty);
    }
    if sha256(&bytes) == expected {
        Ok(bytes)
    } else {
        Err(Damage::Different)
    }
}

/// Checks a file without keeping it; gives its length.
///
/// # Errors
///
/// See [`Damage`].
pub(crate) fn check_file(path: &Path, expected: &str) -> Result<u64, Damage> {
    let mut file = File::open(path)?;
    let mut summing = Summing::default();
    let mut buffer = vec![0; BLOCK];
    let mut length = 0;
    loop {
        let read = file.read(&mut buffer)?;
        if read == 0 {
            break;
        }
        length += read as u64;
        summing.update(&buffer[..read]);
    }
    match (length, summing.finish().sha256 == expected) {
        (0, _) => Err(Damage::Empty),
        (_, true) => Ok(length),
        (_, false) => Err(Damage::Different),
    }
}

/// A large file, read by parts.
#[derive(Debug, Clone)]
pub(crate) struct CheckedFile {
    path: PathBuf,
    length: usize,
    blocks: Vec<String>,
}

impl CheckedFile {
    /// A file whose blocks have sums.
    ///
    /// # Errors
    ///
    /// See [`Damage`]; no block is read yet.
    pub(crate) fn open(path: &Path, sums: &ByteSums) -> Result<Self, Damage> {
        let length = std::fs::metadata(path)?.len();
        let length = usize::try_from(length).map_err(|_| Damage::Different)?;
        if length == 0 {
            return Err(Damage::Empty);
        }
        if length.div_ceil(BLOCK) != sums.blocks.len() {
            return Err(Damage::Different);
        }
        Ok(Self {
            path: path.to_owned(),
            length,
            blocks: sums.blocks.clone(),
        })
    }

    /// Bytes of the file.
    pub(crate) fn length(&self) -> usize {
        self.length
    }

    /// As many bytes as the file has, those of the blocks that hold `ranges` read and checked, the
    /// others zero: what is not touched takes no memory.
    ///
    /// # Errors
    ///
    /// See [`Damage`].
    pub(crate) fn bytes_of(&self, ranges: &[Range<usize>]) -> Result<Vec<u8>, Damage> {
        let mut wanted = vec![false; self.blocks.len()];
        for range in ranges.iter().filter(|r| !r.is_empty()) {
            let last = (range.end.min(self.length) - 1) / BLOCK;
            for block in wanted
                .get_mut(range.start / BLOCK..=last)
                .unwrap_or_default()
            {
                *block = true;
            }
        }
        let mut bytes = vec![0; self.length];
        let blocks = bytes.chunks_mut(BLOCK).enumerate();
        let mut blocks: Vec<_> = blocks.filter(|(rank, _)| wanted[*rank]).collect();
        // Threads of their own: those of the pool would begin something else while they wait.
        let threads = std::thread::available_parallelism().map_or(1, usize::from);
        let share = blocks.len().div_ceil(threads).max(1);
        std::thread::scope(|scope| {
            let parts: Vec<_> = (blocks.chunks_mut(share))
                .map(|part| scope.spawn(move || self.fill_all(part)))
                .collect();
            parts.into_iter().try_for_each(|part| {
                let lost = |_| Err(Damage::Refused("arrêt d’une lecture".to_owned()));
                part.join().unwrap_or_else(lost)
            })
        })?;
        Ok(bytes)
    }

    fn fill_all(&self, blocks: &mut [(usize, &mut [u8])]) -> Result<(), Damage> {
        blocks
            .iter_mut()
            .try_for_each(|(rank, block)| self.fill(*rank, block))
    }

    fn fill(&self, rank: usize, block: &mut [u8]) -> Result<(), Damage> {
        let mut file = File::open(&self.path)?;
        file.seek(SeekFrom::Start((rank * BLOCK) as u64))?;
        file.read_exact(block)?;
        if sha256(block) == self.blocks[rank] {
            Ok(())
        } else {
            Err(Damage::Different)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn within(file: &CheckedFile, range: Range<usize>) -> Result<Vec<u8>, Damage> {
        file.bytes_of(std::slice::from_ref(&range))
    }

    #[test]
    fn a_part_is_read_and_checked_alone() {
        let dir = tempfile::tempdir().expect("a folder");
        let path = dir.path().join("large");
        let mut bytes: Vec<u8> = (0..10 * BLOCK + 3).map(|i| (i % 253) as u8).collect();
        std::fs::write(&path, &bytes).expect("written");
        let mut summing = Summing::default();
        summing.update(&bytes);
        let sums = summing.finish();
        let file = CheckedFile::open(&path, &sums).expect("a file");
        let part = within(&file, BLOCK + 1..BLOCK + 9).expect("sound");
        assert_eq!(part.len(), bytes.len());
        assert_eq!(part[BLOCK..2 * BLOCK], bytes[BLOCK..2 * BLOCK]);
        assert!(part[2 * BLOCK..].iter().all(|b| *b == 0));

        bytes[5 * BLOCK] ^= 1;
        std::fs::write(&path, &bytes).expect("written");
        assert!(file.bytes_of(&[0..9, BLOCK * 10..BLOCK * 10 + 3]).is_ok());
        let across = within(&file, 5 * BLOCK - 1..5 * BLOCK + 1);
        assert_eq!(across, Err(Damage::Different));
        assert_eq!(check_file(&path, &sums.sha256), Err(Damage::Different));
        std::fs::write(&path, &bytes[..4 * BLOCK]).expect("cut");
        assert_eq!(within(&file, 9 * BLOCK..10 * BLOCK), Err(Damage::Different));
        assert_eq!(
            CheckedFile::open(&path, &sums).err(),
            Some(Damage::Different)
        );
        std::fs::write(&path, b"").expect("emptied");
        assert_eq!(read_checked(&path, &sums.sha256), Err(Damage::Empty));
        std::fs::remove_file(&path).expect("removed");
        assert_eq!(read_checked(&path, &sums.sha256), Err(Damage::Missing));
    }
}
