//! The inputs of a run, found below the paths that were given.

use std::ffi::OsStr;
use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use hashbrown::HashMap;

use crate::error::Error;
use crate::typed::lake::is_lake;

use super::compression::{Compression, Inside, Magic, magic};
use super::{Input, archive, lake, lines, sheet};

/// Settings that lie beside the inputs are no input.
const SETTINGS: &str = "ordersift.toml";

/// Finds the files that paths stand for: files, folders (all files inside but hidden ones and notes in Markdown), patterns, `-` for
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
    let mut opened = Vec::new();
    for mut input in found {
        input.file.clone_from(&input.name);
        open_up(input, &mut opened)?;
    }
    let mut found = opened;
    found.sort_by(|a, b| (a.name.as_bytes(), &a.path).cmp(&(b.name.as_bytes(), &b.path)));
    Ok(found)
}

/// Looks what a file is wrapped in; an archive or a workbook stands for what is inside.
fn open_up(input: Input, opened: &mut Vec<Input>) -> Result<(), Error> {
    let (head, _) = input.head(4)?;
    let compression = match magic(&head) {
        Magic::Plain => Compression::None,
        Magic::Gzip => Compression::Gzip,
        Magic::Zstd => Compression::Zstd,
        Magic::Zip => return open_archive(&input, opened),
        Magic::Parquet => {
            let inside = lines::parts(input.stretch()?, input.len)
                .map_err(|source| input.unreadable(source))?;
            return open_inside(&input, inside, opened);
        }
    };
    opened.push(Input {
        compression,
        ..input
    });
    Ok(())
}

fn open_archive(input: &Input, opened: &mut Vec<Input>) -> Result<(), Error> {
    let entries = archive::entries(input.stretch()?);
    let inside: Inside = match entries {
        Err(refusal) => Err(refusal),
        Ok(entries) if entries.is_empty() => sheet::names(input.stretch()?).map(|names| {
            let alone = names.len() == 1;
            let sheets = names.into_iter().map(|name| {
                let label = if alone { String::new() } else { name.clone() };
                (label, input.len, Compression::Sheet(name))
            });
            sheets.collect()
        }),
        Ok(entries) => Ok(entries
            .into_iter()
            .map(|entry| (entry.name, entry.len, entry.compression))
            .collect()),
    };
    open_inside(input, inside, opened)
}

fn open_inside(input: &Input, inside: Inside, opened: &mut Vec<Input>) -> Result<(), Error> {
    let again = |name: String, len: u64, compression: Compression, in_folder: bool| {
        let spooled = input.spooled.as_ref().map(File::try_clone).transpose();
        Ok(Input {
            name,
            file: input.name.clone(),
            path: input.path.clone(),
            len,
            compression,
            in_folder,
            account: input.account.clone(),
            spooled: spooled.map_err(|source| input.unreadable(source))?,
            context: input.context.clone(),
        })
    };
    let inside = match inside {
        Ok(inside) => inside,
        Err(refusal) => {
            let (name, compression) = (input.name.clone(), Compression::Unusable(refusal));
            opened.push(again(name, input.len, compression, input.in_folder)?);
            return Ok(());
        }
    };
    let many = inside.len() > 1;
    let mut names: HashMap<String, usize> = HashMap::new();
    for (label, len, compression) in inside {
        // Two entries may have one name; no two inputs may.
        let count = names.entry(label.clone()).or_default();
        *count += 1;
        let twice = if *count > 1 {
            format!(" ({count})")
        } else {
            String::new()
        };
        let slash = if label.is_empty() { "" } else { "/" };
        let name = format!("{}{slash}{label}{twice}", input.name);
        opened.push(again(name, len, compression, input.in_folder || many)?);
    }
    Ok(())
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
        Ok(data) if data.is_dir() && is_lake(path) => {
            for content in lake::contents(path)? {
                let facts = fs::metadata(&content.path).map_err(unreadable)?;
                let account = account.or(content.account.as_deref());
                found.push(file(&content.path, content.name, facts, true, account));
            }
            Ok(())
        }
        Ok(data) if data.is_dir() => walk(path, path, account, found),
        Ok(data) => {
            let name = path.file_name().map_or_else(
                || path.to_string_lossy().into_owned(),
                |name| name.to_string_lossy().into_owned(),
            );
            found.push(if data.is_file() {
                file(path, name, data, false, account)
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
        if path.file_name().is_some_and(is_no_input) {
            continue;
        }
        let link = path.is_symlink();
        let data = match fs::metadata(&path) {
            Err(error) if link && error.kind() == io::ErrorKind::NotFound => continue,
            data => data.map_err(|source| unreadable(&path, source))?,
        };
        if data.is_dir() {
            // A linked folder could lead back here; a published one and a lake hold what was made of these files.
            if !link && !published(&path) && !is_lake(&path) {
                walk(root, &path, account, found)?;
            }
        } else if data.is_file() {
            let name = path
                .strip_prefix(root)
                .unwrap_or(&path)
                .to_string_lossy()
                .replace('\\', "/");
            found.push(file(&path, name, data, true, account));
        }
    }
    Ok(())
}

/// Whether a file beside reports is none by its name: hidden, the settings, or notes in Markdown.
fn is_no_input(name: &OsStr) -> bool {
    let notes = Path::new(name).extension();
    let notes = notes.is_some_and(|end| end.eq_ignore_ascii_case("md"));
    notes || name == SETTINGS || name.to_string_lossy().starts_with('.')
}

/// Whether a folder was written by `--out`.
fn published(folder: &Path) -> bool {
    let manifest = fs::read(folder.join("manifest.json")).unwrap_or_default();
    let head = &manifest[..manifest.len().min(256)];
    ["\"schema_version\"", "\"ordersift\""]
        .iter()
        .all(|key| memchr::memmem::find(head, key.as_bytes()).is_some())
}

fn file(
    path: &Path,
    name: String,
    context: fs::Metadata,
    in_folder: bool,
    account: Option<&str>,
) -> Input {
    Input {
        file: name.clone(),
        name,
        path: Some(path.to_owned()),
        len: context.len(),
        compression: Compression::None,
        in_folder,
        account: account.map(str::to_owned),
        spooled: None,
        context: Some(context),
    }
}

/// A pipe cannot be read from any place, so it is copied first.
fn spool(name: &str, account: Option<&str>, pipe: &mut impl Read) -> io::Result<Input> {
    let mut copy = tempfile::tempfile()?;
    let len = io::copy(pipe, &mut copy)?;
    let account = account.map(str::to_owned);
    Ok(Input {
        name: name.into(),
        file: name.into(),
        path: None,
        len,
        compression: Compression::None,
        in_folder: false,
        account,
        spooled: Some(copy),
        context: None,
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
