//! Everything the program writes goes through here: a file at once or not at all, a folder that takes
//! the place of the one before, the lock of a folder that one process at a time may write.

mod atomic;
mod folder_lock;
mod staging;

pub(crate) use atomic::{
    create_dir, remove_temporaries, sync_dir, write_atomic, write_file, write_through,
};
pub(crate) use folder_lock::Lock;
pub(crate) use staging::Staging;
