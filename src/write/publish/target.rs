//! The target of a publication: what is there, and when it is refused.

use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::error::{At, PublishError};
use super::manifest::Found;
use super::name::{self, LOCK, MANIFEST};

/// What stands where a folder is to be published.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Target {
    /// Nothing.
    Absent,
    /// An empty folder, or one with nothing but what an earlier run published.
    Ours,
    /// A folder with files of others, and these of ours.
    Shared {
        /// Files of an earlier run, the manifest not among them.
        ours: BTreeSet<PathBuf>,
    },
}

/// The target with every link on the way resolved; its parent must exist, itself need not.
pub(super) fn resolve(target: &Path) -> Result<PathBuf, PublishError> {
    if target.is_symlink() {
        return Err(
            PublishError::new(target, "is a link").help("name the folder that it points to")
        );
    }
    if target.exists() {
        return fs::canonicalize(target).at(target, "cannot be read", "");
    }
    let name = target
        .file_name()
        .ok_or_else(|| PublishError::new(target, "names no folder"))?;
    let parent = target
        .parent()
        .filter(|parent| !parent.as_os_str().is_empty())
        .unwrap_or(Path::new("."));
    let help = "`--out` creates one folder, not those above it: create them first";
    Ok(fs::canonicalize(parent)
        .at(parent, "this folder does not exist", help)?
        .join(name))
}

/// What stands at the target.
///
/// # Errors
/// What stands there must not be touched.
pub(super) fn look(target: &Path, force: bool) -> Result<Target, PublishError> {
    let refused = |what, help| Err(PublishError::new(target, what).help(help));
    match fs::symlink_metadata(target) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Target::Absent),
        Err(error) => return Err(error).at(target, "cannot be read", ""),
        Ok(found) if !found.is_dir() => {
            return refused(
                "is not a folder",
                "name a folder: it will hold several files",
            );
        }
        Ok(_) => {}
    }
    if target.parent().is_none() || is_mount_point(target) {
        return refused("is the root of a disk", "name a folder inside it");
    }
    if std::env::current_dir()
        .and_then(fs::canonicalize)
        .is_ok_and(|current| current.starts_with(target))
    {
        return refused(
            "is the folder you are in, or above it",
            "name a folder inside it, such as `--out report`",
        );
    }
    let mut files = BTreeSet::new();
    list(target, Path::new(""), &mut files).at(target, "cannot be read", "")?;
    files.remove(Path::new(LOCK));
    if files.is_empty() {
        return Ok(Target::Ours);
    }
    let manifest = published(target);
    if manifest.is_none() && !force {
        return refused(
            "holds files that ordersift did not write",
            "name another folder, or give `--force`: other files stay, those of the same name are replaced",
        );
    }
    let mut ours: BTreeSet<PathBuf> = manifest.unwrap_or_default();
    ours.retain(|file| files.contains(file));
    files.remove(Path::new(MANIFEST));
    if files == ours {
        Ok(Target::Ours)
    } else {
        Ok(Target::Shared { ours })
    }
}

/// Refuses a target that holds an input.
pub(super) fn refuse_inputs(target: &Path, inputs: &[PathBuf]) -> Result<(), PublishError> {
    for input in inputs {
        let real = fs::canonicalize(input).ok();
        let folder = input
            .parent()
            .filter(|folder| !folder.as_os_str().is_empty())
            .unwrap_or(Path::new("."));
        let named = fs::canonicalize(folder).ok();
        if [real, named]
            .iter()
            .flatten()
            .any(|path| path.starts_with(target))
        {
            let what = format!("the input {} lies in it", input.display());
            return Err(PublishError::new(target, &what).help("name a folder that holds no input"));
        }
    }
    Ok(())
}

/// The files that a manifest of ours in this folder names; `None` without such a manifest.
fn published(target: &Path) -> Option<BTreeSet<PathBuf>> {
    let found: Found = serde_json::from_slice(&fs::read(target.join(MANIFEST)).ok()?).ok()?;
    // The manifest may have been tampered with: it names files inside the folder or none.
    Some(
        found
            .outputs
            .iter()
            .filter_map(|output| name::inside(&output.file).ok())
            .collect(),
    )
}

/// All files below a folder, links among them, by their paths inside it. An empty folder is a file of its own.
fn list(root: &Path, inside: &Path, files: &mut BTreeSet<PathBuf>) -> io::Result<()> {
    for entry in fs::read_dir(root.join(inside))? {
        let entry = entry?;
        let path = inside.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            let before = files.len();
            list(root, &path, files)?;
            if files.len() > before {
                continue;
            }
        }
        files.insert(path);
    }
    Ok(())
}

/// Such a folder cannot be renamed, and what is beside it is on another file system.
#[cfg(unix)]
fn is_mount_point(target: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    let device = |path: &Path| fs::metadata(path).map(|found| found.dev()).ok();
    target
        .parent()
        .is_some_and(|parent| device(parent) != device(target))
}

#[cfg(not(unix))]
fn is_mount_point(_: &Path) -> bool {
    false
}
