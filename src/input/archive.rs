//! Zip archives: their entries by name and place. Names are labels and lead nowhere; nothing is ever extracted.

use std::borrow::Cow;
use std::io::{self, Read, Seek};

use zip::ZipArchive;
use zip::result::ZipError;

use crate::report::Refusal;

use super::compression::Compression;

/// An entry of an archive.
pub(super) struct Entry {
    /// Its name, cleaned: no way up, no root, forward slashes.
    pub(super) name: String,
    /// Its size in the archive, in bytes.
    pub(super) len: u64,
    pub(super) compression: Compression,
}

/// More entries than this are no folder of reports.
const MOST_ENTRIES: usize = 10_000;

/// The files in an archive, in the order of its directory; hidden ones are left out. None at all if it is a workbook.
pub(super) fn entries(archive: impl Read + Seek) -> Result<Vec<Entry>, Refusal> {
    let mut archive = ZipArchive::new(archive).map_err(|error| damaged(&error))?;
    if archive.len() > MOST_ENTRIES {
        return Err(refusal(
            &format!(
                "a zip archive of {} entries; at most {MOST_ENTRIES} are read",
                archive.len()
            ),
            "unpack it and give the reports inside",
        ));
    }
    if archive.index_for_name("xl/workbook.xml").is_some() {
        return Ok(Vec::new());
    }
    let mut entries = Vec::new();
    for index in 0..archive.len() {
        // Raw: an entry that cannot be decoded must not hide the others.
        let entry = archive
            .by_index_raw(index)
            .map_err(|error| damaged(&error))?;
        let name = entry.name().map_or_else(
            |_| String::from_utf8_lossy(entry.name_raw()).into_owned(),
            Cow::into_owned,
        );
        let name = label(&name);
        if entry.is_dir() || hidden(&name) {
            continue;
        }
        let compression = if entry.encrypted() {
            Compression::Unusable(refusal(
                "an entry with a password",
                "unpack it and give the file inside",
            ))
        } else if entry.is_symlink() {
            Compression::Unusable(refusal(
                "a link inside an archive",
                "give the file it leads to",
            ))
        } else {
            Compression::Zip(index)
        };
        entries.push(Entry {
            name,
            len: entry.compressed_size(),
            compression,
        });
    }
    if entries.is_empty() {
        return Err(refusal("a zip archive with no file in it", "leave it out"));
    }
    Ok(entries)
}

/// Shows the bytes of an entry. Its checksum is compared at the end.
pub(super) fn unpack<T>(
    archive: impl Read + Seek,
    entry: usize,
    show: impl FnOnce(&mut dyn Read) -> io::Result<T>,
) -> io::Result<T> {
    let mut archive = ZipArchive::new(io::BufReader::with_capacity(1 << 16, archive))?;
    let mut entry = archive.by_index(entry)?;
    show(&mut entry)
}

fn damaged(error: &ZipError) -> Refusal {
    Refusal {
        detail: Some(error.to_string()),
        ..refusal(
            "a zip archive that is cut short or damaged",
            "download it again; its list of files is at its end",
        )
    }
}

fn refusal(found: &str, help: &str) -> Refusal {
    Refusal {
        found: found.into(),
        detail: None,
        help: help.into(),
        foreign: false,
    }
}

fn label(name: &str) -> String {
    let parts = name
        .split(['/', '\\'])
        .filter(|part| !matches!(*part, "" | "." | ".."));
    parts.collect::<Vec<_>>().join("/")
}

fn hidden(name: &str) -> bool {
    name.is_empty()
        || name
            .split('/')
            .any(|part| part.starts_with('.') || part == "__MACOSX")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_a_label_and_leads_nowhere() {
        assert_eq!(label("../../etc/passwd"), "etc/passwd");
        assert_eq!(label("C:\\reports\\.\\july.txt"), "C:/reports/july.txt");
        assert!(hidden(&label("/../")) && hidden("__MACOSX/july.txt") && hidden("a/.DS_Store"));
        assert!(!hidden("a/july.txt"));
    }
}
