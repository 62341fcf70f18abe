//! A lake that `convert --each` wrote, as the inputs of a run: every content once, under the name of its input.

use std::collections::{BTreeMap, BTreeSet};
use std::ffi::OsStr;
use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

use crate::error::Error;
use crate::report::Refusal;
use crate::typed::lake::{FILES_FOLDER, LINES_FOLDER, NO_ACCOUNT, Named, path_of};
use crate::typed::{Lines, Part, Unfit, named_of};

/// Lines of one content.
pub(super) struct Content {
    pub(super) path: PathBuf,
    pub(super) name: String,
    /// `None` where the lake names none.
    pub(super) account: Option<String>,
}

/// The contents of a lake. Whatever does not fit together is refused: a sum over part of a lake is wrong.
pub(super) fn contents(lake: &Path) -> Result<Vec<Content>, Error> {
    let unreadable = |path: &Path| {
        let path = path.to_owned();
        move |source| Error::Unreadable { path, source }
    };
    let files = lake.join(FILES_FOLDER);
    let mut contents: BTreeMap<(String, String), Named> = BTreeMap::new();
    for path in parquet(&files).map_err(unreadable(&files))? {
        let named = File::open(&path).and_then(|mut file| named_of(&mut file));
        let named = named.map_err(unreadable(&path))?;
        let named = named.map_err(|unfit| refused(lake, &path, unfit))?;
        let key = (named.account.clone(), named.file.clone());
        let known = contents.entry(key).or_insert_with(|| named.clone());
        if named.name < known.name {
            *known = named;
        }
    }
    let accounts: BTreeSet<&str> = contents
        .keys()
        .map(|(account, _)| account.as_str())
        .collect();
    let several = accounts.len() > 1;
    let mut found = Vec::new();
    let mut expected: BTreeSet<PathBuf> = BTreeSet::new();
    for ((account, file), named) in &contents {
        let path = path_of(lake, LINES_FOLDER, account, file);
        let lines = match File::open(&path) {
            Ok(lines) => Lines::open(lines).map_err(unreadable(&path))?,
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                let what = format!("the lines of {} are not in the lake", named.name);
                return Err(refused(lake, &path, Unfit::Damaged(what)));
            }
            Err(error) => return Err(unreadable(&path)(error)),
        };
        let lines = lines.map_err(|unfit| refused(lake, &path, unfit))?;
        let readable = named.facts.lines_read - named.facts.rejected;
        if Part::ALL.map(|part| lines.count(part)).iter().sum::<u64>() != readable {
            let what = format!("it has not the {readable} lines that `{FILES_FOLDER}` says");
            return Err(refused(lake, &path, Unfit::Damaged(what)));
        }
        found.push(Content {
            path: path.clone(),
            // Names of one account stay in their order: they decide between snapshots that are otherwise equal.
            name: if several {
                format!("{account}/{}", named.name)
            } else {
                named.name.clone()
            },
            account: (account != NO_ACCOUNT).then(|| account.clone()),
        });
        expected.insert(path);
    }
    let folder = lake.join(LINES_FOLDER);
    let all = parquet(&folder).map_err(unreadable(&folder))?;
    if let Some(path) = all.into_iter().find(|path| !expected.contains(path)) {
        let what = format!("no row in `{FILES_FOLDER}` names it");
        return Err(refused(lake, &path, Unfit::Damaged(what)));
    }
    Ok(found)
}

/// The Parquet files in the folders of accounts; none if the folder is missing.
fn parquet(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    let accounts = match fs::read_dir(folder) {
        Ok(accounts) => accounts,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(found),
        Err(error) => return Err(error),
    };
    for account in accounts {
        let account = account?.path();
        if !account.is_dir() {
            continue;
        }
        for file in fs::read_dir(account)? {
            let file = file?.path();
            if file.extension() == Some(OsStr::new("parquet")) {
                found.push(file);
            }
        }
    }
    found.sort();
    Ok(found)
}

fn refused(lake: &Path, path: &Path, unfit: Unfit) -> Error {
    let (found, detail, help) = match unfit {
        Unfit::Foreign(detail) => (
            "a Parquet file of another version or program in a lake",
            detail,
            "convert the reports again into a new folder",
        ),
        Unfit::Damaged(detail) => (
            "a lake that is not whole",
            detail,
            "run `ordersift convert --each` over the reports again; none of its lines was counted",
        ),
    };
    let inside = path.strip_prefix(lake).unwrap_or(path);
    Error::Refused {
        file: lake.join(inside).to_string_lossy().into_owned(),
        refusal: Refusal {
            found: found.to_owned(),
            detail: Some(detail),
            help: help.into(),
            foreign: false,
        },
    }
}
