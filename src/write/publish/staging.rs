//! Single files on their way into a folder that others write to as well: each appears whole or not at all.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};

use tempfile::TempDir;

use super::{name, place, sweep};

/// A folder inside the target for files that are being written. Dropped, it is removed with what is left in it; after a kill the
/// next run into the same target removes it.
#[derive(Debug)]
pub struct Staging {
    folder: TempDir,
    next: AtomicU64,
    /// Locked as long as this run lives.
    _owner: fs::File,
}

impl Staging {
    /// Prepares to write into `target`, which is made if it is not there.
    ///
    /// # Errors
    /// It cannot be made or written to.
    pub fn open(target: &Path) -> io::Result<Self> {
        fs::create_dir_all(target)?;
        sweep::sweep(target, target);
        let (folder, owner) = sweep::stage(target, target)?;
        fs::create_dir(folder.path().join(name::NEW))?;
        Ok(Self {
            folder,
            next: AtomicU64::new(0),
            _owner: owner,
        })
    }

    /// The folder: for a signal handler to remove.
    pub fn path(&self) -> &Path {
        self.folder.path()
    }

    /// A new file to write.
    ///
    /// # Errors
    /// It cannot be made.
    pub fn file(&self) -> io::Result<StagedFile> {
        let number = self.next.fetch_add(1, Ordering::Relaxed);
        let path = self.folder.path().join(name::NEW).join(number.to_string());
        let file = fs::File::options()
            .write(true)
            .create_new(true)
            .open(&path)?;
        Ok(StagedFile { path, file })
    }
}

/// A file that is not in its place yet. Dropped, it is removed.
#[derive(Debug)]
pub struct StagedFile {
    path: PathBuf,
    file: fs::File,
}

impl StagedFile {
    /// Brings the file to the disk and then to its place, in one step. A file that is there is replaced.
    ///
    /// # Errors
    /// It cannot be written or moved.
    pub fn place(self, to: &Path) -> io::Result<()> {
        self.file.sync_all()?;
        if let Some(folder) = to.parent() {
            fs::create_dir_all(folder)?;
        }
        fs::rename(&self.path, to)?;
        place::sync(to.parent())
    }
}

impl io::Write for StagedFile {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.file.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}

impl Drop for StagedFile {
    fn drop(&mut self) {
        // Gone already if it was placed.
        let _ = fs::remove_file(&self.path);
    }
}
