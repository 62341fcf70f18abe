//! What killed runs left beside a target. A run that is stopped by a signal cleans up after itself; one that is killed cannot.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use super::place::OLD;
use super::{MANIFEST, PREFIX};

/// Held locked by the run that a staging folder belongs to, and says where that run was to publish.
const OWNER: &str = "owner";

/// Marks a staging folder as that of a living run, for as long as the file is open.
pub(super) fn own(staging: &Path, target: &Path) -> io::Result<File> {
    let mut owner = File::create_new(staging.join(OWNER))?;
    owner.lock()?;
    owner.write_all(target.as_os_str().as_encoded_bytes())?;
    Ok(owner)
}

/// Removes the staging folders of runs that are dead. One that was killed between its two renames had set the old report aside:
/// it is put back first. What cannot be removed stays: that is no reason to fail.
pub(super) fn sweep(parent: &Path, target: &Path) {
    let Ok(entries) = fs::read_dir(parent) else {
        return;
    };
    for entry in entries.flatten() {
        let ours = entry.file_name().to_string_lossy().starts_with(PREFIX);
        if ours && entry.file_type().is_ok_and(|kind| kind.is_dir()) {
            let _ = sweep_one(&entry.path(), target);
        }
    }
}

fn sweep_one(staging: &Path, target: &Path) -> io::Result<()> {
    let owner: PathBuf = staging.join(OWNER);
    let lock = File::open(&owner)?;
    let aimed_here = fs::read(&owner)? == target.as_os_str().as_encoded_bytes();
    if !aimed_here || lock.try_lock().is_err() {
        return Ok(());
    }
    let old = staging.join(OLD);
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
