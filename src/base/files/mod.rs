//! What the program writes where people can see it goes through here (tables of a folder that nothing
//! names yet are written in place): a file at once or not at all, a delivery
//! of reports put file by file, the lock of a folder that one process at a time may write.

mod atomic;
mod delivery_mark;
mod folder_lock;
mod held_folder;
mod staging;

pub(crate) use atomic::{
    create_dir, remove_temporaries, sync_dir, write_atomic, write_file, write_through,
};
pub(crate) use delivery_mark::{DeliveryMark, MARK};
pub(crate) use folder_lock::Lock;
pub(crate) use held_folder::{HeldFolder, sweep};
pub(crate) use staging::{PutOutcome, Staging};
