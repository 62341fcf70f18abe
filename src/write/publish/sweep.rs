//! Removal of what killed runs left beside a target. A run that is stopped by a signal cleans up after itself. A run that is killed
//! cannot.
//!
//! A living run has its `owner` file locked before it makes anything else. So a staging folder is that of a dead run if its
//! owner is not locked, or if it holds something and has no owner: then it was being removed.

use std::fs::{self, File, TryLockError};
use std::io::{self, ErrorKind, Write};
use std::path::Path;

use tempfile::TempDir;

use super::name::{MANIFEST, NEW, OLD, PREFIX};

/// Held locked by the run that a staging folder belongs to, and says where that run was to publish.
const OWNER: &str = "owner";
/// What follows the prefix in the name of a staging folder: so many letters and digits.
const RANDOM: usize = 6;
/// How often a folder is made anew because another run removed it before it was locked.
const TRIES: usize = 100;

/// Makes a staging folder in `parent`, marked as that of a living run for as long as the file is open.
pub(super) fn stage(parent: &Path, target: &Path) -> io::Result<(TempDir, File)> {
    for _ in 0..TRIES {
        let staging = tempfile::Builder::new()
            .prefix(PREFIX)
            .rand_bytes(RANDOM)
            .tempdir_in(parent)?;
        match own(staging.path(), target) {
            Ok(Some(owner)) => return Ok((staging, owner)),
            Err(error) if error.kind() != ErrorKind::NotFound => return Err(error),
            // A sweep of another run came before the lock.
            Ok(None) | Err(_) => {}
        }
    }
    Err(io::Error::other("other runs remove it all the time"))
}

/// Locks the owner of a new staging folder; `None` if a sweep removed it before.
fn own(staging: &Path, target: &Path) -> io::Result<Option<File>> {
    let path = staging.join(OWNER);
    let mut owner = File::create_new(&path)?;
    owner.lock()?;
    owner.write_all(target.as_os_str().as_encoded_bytes())?;
    // Whoever sweeps holds the lock until all is removed.
    Ok(path.exists().then_some(owner))
}

/// Removes the staging folders of runs that are dead. One that was killed between its two renames had set the old report aside:
/// it is put back first. What cannot be removed stays: that is no reason to fail.
pub(super) fn sweep(parent: &Path, target: &Path) {
    let Ok(entries) = fs::read_dir(parent) else {
        return;
    };
    for entry in entries.flatten() {
        let ours = is_ours(&entry.file_name().to_string_lossy());
        if ours && entry.file_type().is_ok_and(|kind| kind.is_dir()) {
            let _ = sweep_one(&entry.path(), target);
        }
    }
}

fn is_ours(name: &str) -> bool {
    let random = name.strip_prefix(PREFIX);
    random.is_some_and(|random| {
        random.len() == RANDOM && random.bytes().all(|byte| byte.is_ascii_alphanumeric())
    })
}

fn sweep_one(staging: &Path, target: &Path) -> io::Result<()> {
    // Looked at before the owner is: a living run makes its owner first, so what is here without one is no living run's.
    let mut empty = true;
    for entry in fs::read_dir(staging)? {
        let name = entry?.file_name();
        if ![NEW, OLD, OWNER].iter().any(|ours| name == *ours) {
            return Ok(());
        }
        empty = false;
    }
    if empty {
        // Fails if a living run has made its owner since.
        return fs::remove_dir(staging);
    }
    let owner = staging.join(OWNER);
    let lock = match File::open(&owner) {
        Ok(lock) => lock,
        Err(error) if error.kind() == ErrorKind::NotFound => return fs::remove_dir_all(staging),
        Err(error) => return Err(error),
    };
    match lock.try_lock() {
        Ok(()) => {}
        Err(TryLockError::WouldBlock) => return Ok(()),
        Err(TryLockError::Error(error)) => return Err(error),
    }
    let old = staging.join(OLD);
    if old.exists() && fs::read(&owner)? != target.as_os_str().as_encoded_bytes() {
        // It belongs to another target.
        return Ok(());
    }
    if old.join(MANIFEST).exists() {
        if target.exists() {
            // It was moving file by file into a folder with files of others: what it set aside is all there is of the old report.
            if !target.join(MANIFEST).exists() {
                return Ok(());
            }
        } else {
            fs::rename(&old, target)?;
        }
    }
    fs::remove_dir_all(staging)
}
