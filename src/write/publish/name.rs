//! Names of files in a publication: they never lead out of its folder.

use std::io;
use std::path::{Component, PathBuf};

use super::MANIFEST;

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
