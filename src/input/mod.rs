//! The files of a run, each under a short name, and their bytes, out of whatever they are wrapped in.

mod archive;
mod compression;
mod gather;
mod lake;
mod lines;
mod place;
mod sheet;
mod unpack;

use std::fs::{File, Metadata};
use std::io::{self, Read};
use std::path::PathBuf;
use std::sync::atomic::AtomicU64;

use crate::chunk::read_exact_at;
use crate::error::Error;
use crate::field::OrderIds;
use crate::report::Refusal;
use crate::typed::Look;

use unpack::CountedRead;

pub use compression::Compression;
pub use gather::gather;
pub use lines::Converted;
pub use place::Stretch;

/// One report to read: a file, or what is inside one.
#[derive(Debug)]
pub struct Input {
    /// The name that tables show: the path inside the folder it was found in, else the file's name; inside an archive, the
    /// archive's and the entry's.
    pub name: String,
    /// The name of the file itself, where that is an archive or a workbook.
    pub file: String,
    /// Where it is; `None` for standard input, which was copied to a nameless file.
    pub path: Option<PathBuf>,
    /// Its size in bytes, as it lies on the disk.
    pub len: u64,
    /// What its bytes are wrapped in.
    pub compression: Compression,
    /// Whether it was found in a folder or an archive, rather than named.
    pub in_folder: bool,
    /// The account it was said to be of, `None` if nothing was said.
    pub account: Option<String>,
    spooled: Option<File>,
    /// What the system said of the file when the run began.
    context: Option<Metadata>,
}

impl Input {
    /// Opens the file to read from any place.
    ///
    /// # Errors
    /// The file cannot be opened.
    pub fn open(&self) -> Result<File, Error> {
        let opened = match (&self.spooled, &self.path) {
            (Some(file), _) => file.try_clone(),
            (None, Some(path)) => File::open(path),
            (None, None) => Err(io::Error::other("no file")),
        };
        opened.map_err(|source| self.unreadable(source))
    }

    /// Whether it is wrapped in nothing, so that it can be read from any place.
    pub fn is_plain(&self) -> bool {
        self.compression == Compression::None
    }

    /// The bytes of the file as they lie on the disk. For an entry of an archive, those of the archive.
    ///
    /// # Errors
    /// The file cannot be opened.
    pub fn stretch(&self) -> Result<Stretch, Error> {
        let file = self.open()?;
        let len = match &self.context {
            Some(context) => context.len(),
            None => self.len,
        };
        Ok(Stretch::new(file, len))
    }

    /// Shows the bytes that are inside, from the first one on, to `show`; `read` tells how many bytes of the file that took.
    ///
    /// # Errors
    /// What `show` says; an error of its reader becomes one of this file.
    pub fn unpack<T>(
        &self,
        read: &AtomicU64,
        show: impl FnOnce(&mut dyn Read) -> io::Result<T>,
    ) -> Result<T, Error> {
        if let Compression::Unusable(refusal) = &self.compression {
            return Err(self.refused(refusal.clone()));
        }
        let source = self.stretch()?;
        let packed = CountedRead { source, read };
        unpack::unpack(&self.compression, packed, self.len, show)
            .map_err(|source| self.unreadable(source))
    }

    /// The first bytes that are inside, at most `most`, and whether there are no more.
    ///
    /// # Errors
    /// The file cannot be read.
    pub fn head(&self, most: u64) -> Result<(Vec<u8>, bool), Error> {
        let mut head = Vec::new();
        if self.is_plain() {
            read_exact_at(&self.open()?, &mut head, 0, self.len.min(most))
                .map_err(|source| self.unreadable(source))?;
            return Ok((head, self.len <= most));
        }
        self.unpack(&AtomicU64::new(0), |bytes| {
            let mut bytes = bytes.take(most + 1);
            bytes.read_to_end(&mut head)
        })?;
        let whole = head.len() as u64 <= most;
        head.truncate(usize::try_from(most).unwrap_or(usize::MAX));
        Ok((head, whole))
    }

    /// An I/O error of this file. Of a packed one it mostly says that what it is packed in is damaged.
    pub fn unreadable(&self, source: io::Error) -> Error {
        if let Some(refusal) = unpack::damage(&self.compression, &source) {
            return self.refused(refusal);
        }
        Error::Unreadable {
            path: self
                .path
                .clone()
                .unwrap_or_else(|| PathBuf::from(&self.name)),
            source,
        }
    }

    /// A refusal of this file.
    pub fn refused(&self, refusal: Refusal) -> Error {
        Error::Refused {
            file: self.name.clone(),
            refusal,
        }
    }

    /// Whether the file is still as it was when the run began.
    ///
    /// # Errors
    /// It is not: what was read may be half of the one and half of the other.
    pub fn unchanged(&self) -> Result<(), Error> {
        let (Some(path), Some(before)) = (&self.path, &self.context) else {
            return Ok(());
        };
        let now = std::fs::metadata(path).map_err(|source| self.unreadable(source))?;
        if now.len() == before.len() && now.modified().ok() == before.modified().ok() {
            return Ok(());
        }
        let source = io::Error::new(io::ErrorKind::UnexpectedEof, "input changed during read");
        Err(Error::Unreadable {
            path: path.clone(),
            source,
        })
    }

    /// Its converted lines; `None` if it is a report.
    ///
    /// # Errors
    /// The file cannot be read, or is damaged.
    pub fn converted(&self) -> Result<Option<Converted>, Error> {
        let Compression::Lines(part) = self.compression else {
            return Ok(None);
        };
        let lines = Converted::open(self.stretch()?, part);
        let lines = lines.map_err(|source| self.unreadable(source))?;
        Ok(Some(lines))
    }

    /// Whether two files hold the same bytes, whatever they are wrapped in, or the same converted lines.
    ///
    /// # Errors
    /// One of them cannot be read.
    pub fn same_bytes(&self, other: &Self) -> Result<bool, Error> {
        if self.is_plain() && other.is_plain() && self.len != other.len {
            return Ok(false);
        }
        match (self.converted()?, other.converted()?) {
            (None, None) => {}
            (Some(lines), Some(others)) => return self.same_lines(&lines, other, &others),
            _ => return Ok(false),
        }
        let unread = AtomicU64::new(0);
        // An error of the other file has its own name on it already.
        let mut theirs = None;
        let same = self.unpack(&unread, |mine| {
            match other.unpack(&AtomicU64::new(0), |other| same(mine, other)) {
                Ok(same) => Ok(same),
                Err(error) => {
                    theirs = Some(error);
                    Ok(false)
                }
            }
        })?;
        theirs.map_or(Ok(same), Err)
    }

    fn same_lines(
        &self,
        lines: &Converted,
        other: &Self,
        others: &Converted,
    ) -> Result<bool, Error> {
        if lines.content() != others.content() {
            return Ok(false);
        }
        // Row groups depend on the lines alone. Those of another kind may follow.
        let ids = OrderIds::default();
        for group in 0..lines.footer().groups().min(others.footer().groups()) {
            let rows = lines.rows(group, Look::All);
            let theirs = others.rows(group, Look::All);
            let theirs = theirs.map_err(|source| other.unreadable(source))?;
            if !rows
                .map_err(|source| self.unreadable(source))?
                .same(&theirs, &ids)
            {
                return Ok(false);
            }
        }
        Ok(true)
    }
}

fn same(a: &mut dyn Read, b: &mut dyn Read) -> io::Result<bool> {
    const BLOCK: u64 = 1 << 20;
    let (mut left, mut right) = (Vec::new(), Vec::new());
    loop {
        left.clear();
        right.clear();
        a.take(BLOCK).read_to_end(&mut left)?;
        b.take(BLOCK).read_to_end(&mut right)?;
        if left != right {
            return Ok(false);
        }
        if left.is_empty() {
            return Ok(true);
        }
    }
}
