//! From the paths a person gives to the files of a run, each under a short name.

use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use hashbrown::HashMap;

use crate::chunk::read_exact_at;
use crate::error::Error;
use crate::report::Refusal;

/// One input file.
#[derive(Debug)]
pub struct Input {
    /// The name that tables show: the path inside the folder it was found in, else the file's name.
    pub name: String,
    /// Where it is; `None` for standard input, which was copied to a nameless file.
    pub path: Option<PathBuf>,
    /// Its size in bytes.
    pub len: u64,
    /// Whether it was found in a folder, rather than named.
    pub in_folder: bool,
    /// The account it was said to be of, `None` if nothing was said.
    pub account: Option<String>,
    spooled: Option<File>,
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

    /// The first bytes, at most `most`.
    ///
    /// # Errors
    /// The file cannot be read.
    pub fn head(&self, most: u64) -> Result<Vec<u8>, Error> {
        let mut head = Vec::new();
        read_exact_at(&self.open()?, &mut head, 0, self.len.min(most))
            .map_err(|source| self.unreadable(source))?;
        Ok(head)
    }

    /// An I/O error of this file.
    pub fn unreadable(&self, source: io::Error) -> Error {
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

    /// Whether two files hold the same bytes.
    ///
    /// # Errors
    /// One of them cannot be read.
    pub fn same_bytes(&self, other: &Self) -> Result<bool, Error> {
        const BLOCK: u64 = 1 << 20;
        if self.len != other.len {
            return Ok(false);
        }
        let (this, that) = (self.open()?, other.open()?);
        let (mut a, mut b) = (Vec::new(), Vec::new());
        let mut from = 0;
        while from < self.len {
            let until = (from + BLOCK).min(self.len);
            read_exact_at(&this, &mut a, from, until).map_err(|source| self.unreadable(source))?;
            read_exact_at(&that, &mut b, from, until).map_err(|source| other.unreadable(source))?;
            if a != b {
                return Ok(false);
            }
            from = until;
        }
        Ok(true)
    }
}

/// Finds the files that paths stand for: files, folders (all files inside, hidden ones left out), patterns, `-` for
/// standard input. Files are sorted by name, so that the order in which they were given changes nothing. A path given
/// twice counts once.
///
/// # Errors
/// A path does not exist or cannot be read, or a pattern fits nothing.
pub fn gather(paths: &[PathBuf], accounts: &[(String, PathBuf)]) -> Result<Vec<Input>, Error> {
    let mut found: Vec<Input> = Vec::new();
    for path in paths {
        expand(path, None, &mut found)?;
    }
    for (account, path) in accounts {
        expand(path, Some(account), &mut found)?;
    }
    // An account that was named decides, so those files come first and a second mention is dropped.
    found.sort_by(|a, b| {
        (&a.path, a.account.is_none(), a.in_folder).cmp(&(
            &b.path,
            b.account.is_none(),
            b.in_folder,
        ))
    });
    found.dedup_by(|again, kept| again.path.is_some() && again.path == kept.path);
    tell_apart(&mut found);
    found.sort_by(|a, b| (a.name.as_bytes(), &a.path).cmp(&(b.name.as_bytes(), &b.path)));
    Ok(found)
}

fn expand(path: &Path, account: Option<&str>, found: &mut Vec<Input>) -> Result<(), Error> {
    let unreadable = |source| Error::Unreadable {
        path: path.to_owned(),
        source,
    };
    if path.as_os_str() == "-" {
        let copied = spool("-", account, &mut io::stdin().lock());
        found.push(copied.map_err(unreadable)?);
        return Ok(());
    }
    match fs::metadata(path) {
        Ok(data) if data.is_dir() => walk(path, path, account, found),
        Ok(data) => {
            let name = path.file_name().map_or_else(
                || path.to_string_lossy().into_owned(),
                |name| name.to_string_lossy().into_owned(),
            );
            found.push(if data.is_file() {
                file(path, name, data.len(), false, account)
            } else {
                let copied = File::open(path).and_then(|mut pipe| spool(&name, account, &mut pipe));
                copied.map_err(unreadable)?
            });
            Ok(())
        }
        Err(error) if error.kind() == io::ErrorKind::NotFound && is_pattern(path) => {
            let pattern = path.to_string_lossy();
            let paths = glob::glob(&pattern)
                .map_err(|error| unreadable(io::Error::new(io::ErrorKind::InvalidInput, error)))?;
            let before = found.len();
            for entry in paths {
                let entry = entry.map_err(|error| Error::Unreadable {
                    path: error.path().to_owned(),
                    source: error.into(),
                })?;
                expand(&entry, account, found)?;
            }
            if found.len() == before {
                Err(unreadable(error))
            } else {
                Ok(())
            }
        }
        Err(error) => Err(unreadable(error)),
    }
}

fn walk(
    root: &Path,
    folder: &Path,
    account: Option<&str>,
    found: &mut Vec<Input>,
) -> Result<(), Error> {
    let unreadable = |path: &Path, source| Error::Unreadable {
        path: path.to_owned(),
        source,
    };
    let mut entries: Vec<PathBuf> = Vec::new();
    for entry in fs::read_dir(folder).map_err(|source| unreadable(folder, source))? {
        entries.push(entry.map_err(|source| unreadable(folder, source))?.path());
    }
    entries.sort();
    for path in entries {
        let hidden = path
            .file_name()
            .is_some_and(|name| name.to_string_lossy().starts_with('.'));
        if hidden {
            continue;
        }
        let link = path.is_symlink();
        let data = match fs::metadata(&path) {
            Err(error) if link && error.kind() == io::ErrorKind::NotFound => continue,
            data => data.map_err(|source| unreadable(&path, source))?,
        };
        if data.is_dir() {
            // A linked folder could lead back here; a published one holds what was made of these files.
            if !link && !published(&path) {
                walk(root, &path, account, found)?;
            }
        } else if data.is_file() {
            let name = path
                .strip_prefix(root)
                .unwrap_or(&path)
                .to_string_lossy()
                .replace('\\', "/");
            found.push(file(&path, name, data.len(), true, account));
        }
    }
    Ok(())
}

/// Whether a folder was written by `--out`.
fn published(folder: &Path) -> bool {
    let manifest = fs::read(folder.join("manifest.json")).unwrap_or_default();
    let head = &manifest[..manifest.len().min(256)];
    ["\"schema_version\"", "\"ordersift\""]
        .iter()
        .all(|key| memchr::memmem::find(head, key.as_bytes()).is_some())
}

fn file(path: &Path, name: String, len: u64, in_folder: bool, account: Option<&str>) -> Input {
    Input {
        name,
        path: Some(path.to_owned()),
        len,
        in_folder,
        account: account.map(str::to_owned),
        spooled: None,
    }
}

/// A pipe cannot be read from any place, so it is copied first.
fn spool(name: &str, account: Option<&str>, pipe: &mut impl Read) -> io::Result<Input> {
    let mut copy = tempfile::tempfile()?;
    let len = io::copy(pipe, &mut copy)?;
    let account = account.map(str::to_owned);
    Ok(Input {
        name: name.into(),
        path: None,
        len,
        in_folder: false,
        account,
        spooled: Some(copy),
    })
}

/// Gives files of one name the names of their folders too, until they differ.
fn tell_apart(found: &mut [Input]) {
    for depth in 2..6 {
        let mut names: HashMap<String, usize> = HashMap::new();
        for input in found.iter() {
            *names.entry(input.name.clone()).or_default() += 1;
        }
        let mut changed = false;
        for input in found.iter_mut() {
            let twice = names.get(&input.name).is_some_and(|count| *count > 1);
            if let (true, Some(path)) = (twice, &input.path) {
                let parts: Vec<_> = path.components().rev().take(depth).collect();
                let longer: Vec<_> = parts
                    .into_iter()
                    .rev()
                    .map(|part| part.as_os_str().to_string_lossy().into_owned())
                    .collect();
                let longer = longer.join("/");
                if longer.len() > input.name.len() {
                    input.name = longer;
                    changed = true;
                }
            }
        }
        if !changed {
            return;
        }
    }
}

fn is_pattern(path: &Path) -> bool {
    path.to_string_lossy().contains(['*', '?', '['])
}

/// All bytes of a quoted file after its header, to be read from the beginning.
///
/// # Errors
/// The file cannot be read.
pub fn body(input: &Input, header: u64) -> Result<impl Read, Error> {
    use std::io::{Seek, SeekFrom};
    let mut file = input.open()?;
    file.seek(SeekFrom::Start(header))
        .map_err(|source| input.unreadable(source))?;
    Ok(io::BufReader::with_capacity(1 << 20, file).take(input.len.saturating_sub(header)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_gives_its_files_by_name_and_each_file_counts_once() {
        let folder = tempfile::tempdir().unwrap();
        for name in ["b.txt", "a.txt", ".hidden", "in/a.txt"] {
            let path = folder.path().join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, name).unwrap();
        }
        let named = folder.path().join("b.txt");
        let found = gather(&[named.clone(), folder.path().to_owned(), named], &[]).unwrap();
        let names: Vec<_> = found
            .iter()
            .map(|input| (input.name.as_str(), input.in_folder))
            .collect();
        assert_eq!(
            names,
            [("a.txt", true), ("b.txt", false), ("in/a.txt", true)]
        );
        let pattern = folder.path().join("*.txt");
        assert_eq!(gather(&[pattern], &[]).unwrap().len(), 2);
    }

    #[test]
    fn a_folder_of_our_own_reports_is_no_input() {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir(folder.path().join("out")).unwrap();
        fs::write(folder.path().join("out/report.json"), "{}").unwrap();
        fs::write(folder.path().join("a.txt"), "a").unwrap();
        assert_eq!(gather(&[folder.path().to_owned()], &[]).unwrap().len(), 2);
        let manifest = "{\"schema_version\": 1, \"ordersift\": \"0.1.0\"}";
        fs::write(folder.path().join("out/manifest.json"), manifest).unwrap();
        assert_eq!(gather(&[folder.path().to_owned()], &[]).unwrap().len(), 1);
    }

    #[test]
    fn files_of_one_name_are_told_apart_by_their_folders() {
        let folder = tempfile::tempdir().unwrap();
        for name in ["w1/orders.txt", "w2/orders.txt"] {
            let path = folder.path().join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, name).unwrap();
        }
        let paths = [
            folder.path().join("w2/orders.txt"),
            folder.path().join("w1/orders.txt"),
        ];
        let names: Vec<_> = gather(&paths, &[])
            .unwrap()
            .into_iter()
            .map(|input| input.name)
            .collect();
        assert_eq!(names, ["w1/orders.txt", "w2/orders.txt"]);
    }

    #[test]
    fn a_path_that_is_not_there_is_an_error_that_names_it() {
        let error = gather(&[PathBuf::from("no/such/file.txt")], &[]).unwrap_err();
        assert!(
            error
                .to_string()
                .starts_with("no/such/file.txt: cannot be read: no such file or directory"),
            "{error}"
        );
    }
}
