//! Moving a finished folder to where it belongs, or leaving all as it was.

use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use tempfile::TempDir;

use super::error::{At, PublishError};
use super::manifest::Manifest;
use super::name::{LOCK, MANIFEST, NEW, OLD};
use super::target::{self, Target};

/// How often a swap starts over because another run was between its two renames.
const TRIES: usize = 100;

/// Puts the whole folder in the place of the old one, which is absent or all ours.
///
/// A reader sees the old folder or the new one, and for the instant between two renames none. Of several runs at once
/// the last wins whole.
pub(super) fn swap(staging: TempDir, target: &Path, force: bool) -> Result<(), PublishError> {
    let (new, old) = (staging.path().join(NEW), staging.path().join(OLD));
    let mut set_aside = false;
    for _ in 0..TRIES {
        if !set_aside {
            set_aside = match fs::rename(target, &old) {
                Ok(()) => true,
                Err(error) if error.kind() == io::ErrorKind::NotFound => false,
                Err(error) => {
                    return Err(error).at(
                        target,
                        "cannot be replaced",
                        "the old report still stands",
                    );
                }
            };
        }
        match fs::rename(&new, target) {
            Ok(()) => {
                sync(target.parent()).at(
                    target,
                    "is published, but may not be on the disk yet",
                    "",
                )?;
                return Ok(());
            }
            Err(_) if target.exists() => {
                // Another run was faster. Its report is whole, and newer than the one set aside; ours comes after it.
                if set_aside {
                    fs::remove_dir_all(&old).at(&old, "cannot be removed", "")?;
                    set_aside = false;
                }
                if matches!(target::look(target, force)?, Target::Shared { .. }) {
                    return Err(
                        PublishError::new(target, "changed while it was being published")
                            .help("run again"),
                    );
                }
            }
            Err(error) => {
                if set_aside && fs::rename(&old, target).is_err() {
                    let kept = staging.keep().join(OLD);
                    let help = format!("the old report is in {}", kept.display());
                    return Err(error).at(target, "cannot be published", &help);
                }
                return Err(error).at(target, "cannot be published", "nothing was changed");
            }
        }
    }
    Err(
        PublishError::new(target, "other runs are publishing there all the time")
            .help("let them end, then run again"),
    )
}

/// Puts our files one by one among those of others: the old manifest goes first, the new one comes last.
pub(super) fn merge(
    staging: &TempDir,
    target: &Path,
    manifest: &Manifest,
    ours: &BTreeSet<PathBuf>,
) -> Result<(), PublishError> {
    let lock = target.join(LOCK);
    let help = "another run is publishing there: let it end, then run again";
    // A lock of the system: it goes with the run that held it, however that ends.
    let held = fs::File::create(&lock).at(target, "cannot be locked", "")?;
    held.try_lock()
        .map_err(io::Error::from)
        .at(target, "cannot be locked", help)?;
    let mut names: Vec<PathBuf> = manifest
        .outputs
        .iter()
        .map(|output| PathBuf::from(&output.file))
        .collect();
    let gone: Vec<PathBuf> = ours
        .iter()
        .filter(|file| !names.contains(file))
        .cloned()
        .collect();
    names.push(MANIFEST.into());
    let moves = Moves {
        new: staging.path().join(NEW),
        old: staging.path().join(OLD),
        target: target.to_owned(),
        done: Vec::new(),
    };
    let moved = moves.run(&names, &gone);
    let unlocked = fs::remove_file(&lock);
    moved.at(target, "cannot be published", "its old files were put back")?;
    for folder in gone.iter().filter_map(|file| file.parent()) {
        // Only an empty folder can be removed so, and only such a one should be.
        let _ = fs::remove_dir(target.join(folder));
    }
    unlocked.at(
        &lock,
        "cannot be removed",
        "remove it: the report is published",
    )?;
    sync(Some(target)).at(target, "is published, but may not be on the disk yet", "")
}

/// Files that were moved, so that they can be moved back.
struct Moves {
    new: PathBuf,
    old: PathBuf,
    target: PathBuf,
    done: Vec<(PathBuf, PathBuf)>,
}

impl Moves {
    fn run(mut self, names: &[PathBuf], gone: &[PathBuf]) -> io::Result<()> {
        let moved = self.set_aside(Path::new(MANIFEST)).and_then(|()| {
            gone.iter().try_for_each(|file| self.set_aside(file))?;
            names.iter().try_for_each(|file| {
                self.set_aside(file)?;
                let to = self.target.join(file);
                self.rename(self.new.join(file), to)
            })
        });
        if moved.is_err() {
            for (from, to) in self.done.iter().rev() {
                // Best effort on the way back: the first error is the one to tell.
                let _ = fs::rename(to, from);
            }
        }
        moved
    }

    fn set_aside(&mut self, file: &Path) -> io::Result<()> {
        let from = self.target.join(file);
        match fs::symlink_metadata(&from) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
            Err(error) => Err(error),
            Ok(found) if found.is_dir() => Err(io::Error::new(
                io::ErrorKind::IsADirectory,
                format!("{} is a folder", file.display()),
            )),
            Ok(_) => self.rename(from, self.old.join(file)),
        }
    }

    fn rename(&mut self, from: PathBuf, to: PathBuf) -> io::Result<()> {
        if let Some(folder) = to.parent() {
            fs::create_dir_all(folder)?;
        }
        fs::rename(&from, &to)?;
        self.done.push((from, to));
        Ok(())
    }
}

/// Brings the entries of a folder and of all folders in it to the disk.
pub(super) fn sync_folders(folder: &Path) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        if entry.file_type()?.is_dir() {
            sync_folders(&entry.path())?;
        }
    }
    sync(Some(folder))
}

/// Brings the entries of a folder to the disk, where the system can.
pub(super) fn sync(folder: Option<&Path>) -> io::Result<()> {
    match folder {
        Some(folder) if cfg!(unix) => fs::File::open(folder)?.sync_all(),
        _ => Ok(()),
    }
}
