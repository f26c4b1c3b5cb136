//! A whole folder as one archive that says what it holds, and back: what is written is read back before it
//! counts, what is restored is checked before it takes the place of anything.
//!
//! | question | file |
//! |---|---|
//! | which files of a folder are backed up; which names are refused, here or on Windows | `archive_names` |
//! | what an archive says of itself: format, day, files and their SHA-256 | `backup_list` |
//! | a folder → an archive, read back | `backup_writer` |
//! | an archive opened, its entries checked, laid in a folder | `backup_reader` |

mod archive_names;
mod backup_list;
mod backup_reader;
mod backup_writer;

pub(crate) use archive_names::{ASIDE, is_kept_aside, is_passing};
pub(crate) use backup_list::BackupLabel;
pub(crate) use backup_reader::{BackupReader, is_backup};
pub(crate) use backup_writer::{LeftAside, WrittenBackup, write_backup};
