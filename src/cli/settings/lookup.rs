//! The place of `ordersift.toml`: named, or beside the inputs.

use std::env;
use std::path::{Path, PathBuf};

use crate::cli::Failure;
use crate::cli::args::Command;

/// The file's name, beside the inputs.
const NAME: &str = "ordersift.toml";

/// The file that is named, or lies beside the inputs.
pub(super) fn lookup(command: &mut Command) -> Result<Option<PathBuf>, Failure> {
    // What `compare` compares is a range, or a path.
    let sides = match command {
        Command::Compare(compare) => vec![compare.then.clone(), compare.now.clone()],
        _ => Vec::new(),
    };
    let sides = sides.iter().filter(|side| side.exists());
    let Some(inputs) = command.inputs() else {
        return Ok(None);
    };
    if inputs.no_config {
        return Ok(None);
    }
    let variable = env::var_os("ORDERSIFT_CONFIG").filter(|value| !value.is_empty());
    if let Some(named) = inputs.config.clone().or(variable.map(PathBuf::from)) {
        return Ok(Some(named));
    }
    let paths = inputs.paths.iter().chain(sides);
    let mut found: Vec<PathBuf> = paths
        .filter_map(|path| {
            let folder = if path.is_dir() {
                Some(path.as_path())
            } else {
                path.parent()
            };
            let folder = folder.filter(|folder| !folder.as_os_str().is_empty());
            let file = folder.unwrap_or(Path::new(".")).join(NAME);
            file.is_file().then_some(file)
        })
        .collect();
    found.sort_unstable();
    found.dedup();
    match &found[..] {
        [] => Ok(None),
        [file] => Ok(Some(file.clone())),
        [first, second, ..] => Err(Failure::usage(
            format!(
                "two configurations: {} and {}",
                first.display(),
                second.display()
            ),
            "name one with `--config FILE`, or none with `--no-config`",
        )),
    }
}
