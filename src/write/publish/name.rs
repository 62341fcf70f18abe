//! Names of files in a publication, ours and those that are written. None leads out of its folder.

use std::io;
use std::path::{Component, PathBuf};

/// The file that says a folder is finished, and ours.
pub(super) const MANIFEST: &str = "manifest.json";
/// What the names of staging folders start with.
pub(super) const PREFIX: &str = ".ordersift-";
/// The folder in the staging folder that becomes the target.
pub(super) const NEW: &str = "new";
/// The folder in the staging folder that the old target waits in.
pub(super) const OLD: &str = "old";
/// Held by the run that moves files into a shared folder.
pub(super) const LOCK: &str = ".ordersift-lock";

/// A name as a path that stays inside its folder.
pub(super) fn inside(name: &str) -> io::Result<PathBuf> {
    let path = PathBuf::from(name);
    let stays = path
        .components()
        .all(|part| matches!(part, Component::Normal(_)));
    if name.is_empty() || name == MANIFEST || !stays {
        return Err(io::Error::new(
            io::ErrorKind::InvalidInput,
            "not a name inside the folder",
        ));
    }
    Ok(path)
}
