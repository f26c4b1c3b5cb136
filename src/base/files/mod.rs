//! What the program writes where people can see it goes through here (tables of a folder that nothing
//! names yet are written in place): a file at once or not at all, a delivery of reports put file by
//! file, the lock of a folder that one process at a time may write; and what is read back is known to be
//! what was written.
//!
//! | question | file |
//! |---|---|
//! | a file written at once or not at all | `atomic` |
//! | the lock of a folder: how long one waits, who holds it | `folder_lock` |
//! | are a file’s bytes those that were written? | `checked_file` |
//! | – the sums | `byte_sums` |
//! | small files named by their content, renamed by a synchroniser | `content_named` |
//! | – a JSON file sealed in itself, whatever its name | `sealed_json` |
//! | what each machine has seen of a folder; a file lost | `seen_files` |
//! | a delivery put in its folder, file by file | `staging` |
//! | – what the folder says of itself | `delivery_mark` |
//! | – what is kept of earlier editions | `dated_files` |
//! | a folder in the making, left by a kill | `held_folder` |
//! | what a folder holds replaced at once by what was laid in it | `folder_swap` |
//! | a folder that is read while another command writes | `steady_read` |
//! | what the system refused, behind a library’s words | `told_writer` |

mod atomic;
mod byte_sums;
mod checked_file;
mod content_named;
mod dated_files;
mod delivery_mark;
mod folder_lock;
mod folder_swap;
mod held_folder;
mod sealed_json;
mod seen_files;
mod staging;
mod steady_read;
mod told_writer;

pub(crate) use atomic::{
    NewFile, create_dir, patiently, remove_old_temporaries, remove_temporaries, sync_dir,
    temporaries, write_atomic, write_file, write_through,
};
pub(crate) use byte_sums::{ByteSums, Summing, sha256};
pub(crate) use checked_file::{CheckedFile, Damage, check_file, read_checked};
pub(crate) use content_named::{ContentNamed, OddFile, OddKind, content_name};
pub(crate) use dated_files::{EDITIONS, day_written, edition_folder};
pub(crate) use delivery_mark::{DeliveryMark, MARK};
pub(crate) use folder_lock::Lock;
pub(crate) use folder_swap::{FolderSwap, finish_swap, swap_pending};
pub(crate) use held_folder::{HeldFolder, sweep};
pub(crate) use sealed_json::{read_sealed, sealed, unsealed, write_sealed};
pub(crate) use seen_files::{SeenMarks, remember_seen};
pub(crate) use staging::{PutOutcome, Staging};
pub(crate) use steady_read::steadily;
pub(crate) use told_writer::{KeptRefusal, ToldWriter};
