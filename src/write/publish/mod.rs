//! Publishing: several files into one folder, all or nothing.
//!
//! Everything is written to a temporary folder beside the target, on the same file system, and moved into place at the
//! end, `manifest.json` last of all. Until then an old report stands untouched; whatever goes wrong, it still stands.
//! No manifest means not finished.

mod error;
mod manifest;
mod name;
mod place;
mod staging;
mod sweep;
mod target;
mod writer;

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use tempfile::TempDir;

pub use error::PublishError;
pub use manifest::{FileSum, Manifest};
pub use staging::{StagedFile, Staging};
pub use writer::PublishedWriter;

use error::At;
use name::{MANIFEST, NEW};
use target::Target;
use writer::Sums;

/// Files on their way into a folder. Dropped without [`Publication::finish`], it leaves no trace.
#[derive(Debug)]
pub struct Publication {
    target: PathBuf,
    force: bool,
    staging: TempDir,
    sums: Sums,
    /// Locked as long as this run lives, so that no other one takes the staging folder for that of a dead one.
    _owner: fs::File,
}

impl Publication {
    /// Prepares to publish into `target`, which need not exist; its parent must.
    ///
    /// # Errors
    /// Refused before anything is read, so that a long run does not end here: the target is a file, a link or the current
    /// folder; it holds files that are not ours, and `force` is not given; an input lies in it; nothing can be created
    /// beside it. With `force` the files of others stay, and those of ours take their places by name.
    pub fn open(target: &Path, force: bool, inputs: &[PathBuf]) -> Result<Self, PublishError> {
        let target = target::resolve(target)?;
        if let Some(parent) = target.parent() {
            sweep::sweep(parent, &target);
        }
        target::look(&target, force)?;
        target::refuse_inputs(&target, inputs)?;
        let parent = target.parent().unwrap_or(Path::new("/"));
        let (staging, owner) = sweep::stage(parent, &target).at(
            parent,
            "no folder can be created in it",
            "`--out` writes beside its target first: name a folder elsewhere",
        )?;
        let new = staging.path().join(NEW);
        fs::create_dir(&new).at(&new, "cannot be created", "")?;
        Ok(Self {
            _owner: owner,
            target,
            force,
            staging,
            sums: Sums::default(),
        })
    }

    /// The folder that all files are in until they are published: for a signal handler to remove.
    pub fn staging(&self) -> &Path {
        self.staging.path()
    }

    /// A file of the publication by its name, which may hold folders: `tables/skus.csv`. Several can be open at once.
    pub fn file(&self, name: &str) -> io::Result<PublishedWriter> {
        let path = self.staging.path().join(NEW).join(name::inside(name)?);
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder)?;
        }
        let file = fs::File::options()
            .write(true)
            .create_new(true)
            .open(path)?;
        let mut sums = self
            .sums
            .lock()
            .map_err(|_| io::Error::other("a writer panicked"))?;
        sums.insert(name.to_owned(), None);
        Ok(PublishedWriter::new(
            name.to_owned(),
            file,
            Arc::clone(&self.sums),
        ))
    }

    /// Moves all files into place, with a manifest that names them.
    ///
    /// # Errors
    /// A file is not closed or not on the disk, or the target changed meanwhile. What was published before still stands.
    pub fn finish(self, mut manifest: Manifest) -> Result<(), PublishError> {
        manifest.outputs = self.closed()?;
        let new = self.staging.path().join(NEW);
        let path = new.join(MANIFEST);
        let written = write_manifest(&manifest, &path);
        written.at(
            &self.target,
            "its manifest cannot be written",
            "is the disk full?",
        )?;
        place::sync_folders(&new).at(
            &self.target,
            "its files cannot be brought to the disk",
            "",
        )?;
        match target::look(&self.target, self.force)? {
            Target::Absent | Target::Ours => place::swap(self.staging, &self.target, self.force),
            Target::Shared { ours } => {
                place::merge(&self.staging, &self.target, &manifest, &ours)?;
                // What a killed run had set aside was kept until a whole report stands.
                if let Some(parent) = self.target.parent() {
                    sweep::sweep(parent, &self.target);
                }
                Ok(())
            }
        }
    }

    fn closed(&self) -> Result<Vec<FileSum>, PublishError> {
        let sums = self
            .sums
            .lock()
            .map_err(|_| PublishError::new(&self.target, "a writer panicked"))?;
        let open = |name: &String| {
            PublishError::new(&self.target, &format!("{name} was not written to its end"))
        };
        sums.iter()
            .map(|(name, sum)| sum.clone().ok_or_else(|| open(name)))
            .collect()
    }
}

fn write_manifest(manifest: &Manifest, path: &Path) -> io::Result<()> {
    let file = fs::File::options()
        .write(true)
        .create_new(true)
        .open(path)?;
    let mut out = io::BufWriter::new(file);
    serde_json::to_writer_pretty(&mut out, manifest)?;
    out.write_all(b"\n")?;
    out.into_inner()?.sync_all()
}

#[cfg(test)]
mod tests;
