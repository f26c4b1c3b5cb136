//! What the program writes where people can see it goes through here (tables of a folder that nothing
//! names yet are written in place): a file at once or not at all, a delivery of reports put file by
//! file, the lock of a folder that one process at a time may write; and what is read back is known to be
//! what was written.

mod atomic;
mod byte_sums;
mod checked_file;
mod content_named;
mod delivery_mark;
mod folder_lock;
mod held_folder;
mod sealed_json;
mod seen_files;
mod staging;
mod steady_read;
mod told_writer;

pub(crate) use atomic::{
    create_dir, patiently, remove_temporaries, sync_dir, write_atomic, write_file, write_through,
};
pub(crate) use byte_sums::{ByteSums, Summing, sha256};
pub(crate) use checked_file::{CheckedFile, Damage, check_file, read_checked};
pub(crate) use content_named::{ContentNamed, OddFile, OddKind, content_name};
pub(crate) use delivery_mark::{DeliveryMark, MARK};
pub(crate) use folder_lock::Lock;
pub(crate) use held_folder::{HeldFolder, sweep};
pub(crate) use sealed_json::{read_sealed, write_sealed};
pub(crate) use seen_files::{SeenMarks, remember_seen};
pub(crate) use staging::{PutOutcome, Staging};
pub(crate) use steady_read::steadily;
pub(crate) use told_writer::{KeptRefusal, ToldWriter};
