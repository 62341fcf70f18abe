//! Source code as a test reads it.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::path::{Path, PathBuf};

/// The code without what comments and literals say; lines stay where they are.
pub(crate) fn bare(source: &str) -> String {
    let mut code = String::new();
    let mut rest = source;
    while let Some(c) = rest.chars().next() {
        let hashes = rest
            .strip_prefix('r')
            .map(|tail| tail.len() - tail.trim_start_matches('#').len());
        let raw = hashes.filter(|count| {
            rest[1 + count..].starts_with('"') && !code.ends_with(char::is_alphanumeric)
        });
        let escaped = rest.starts_with("'\\");
        let len = if rest.starts_with("//") {
            rest.find('\n').unwrap_or(rest.len())
        } else if let Some(count) = raw {
            let end = format!("\"{}", "#".repeat(count));
            let start = 2 + count;
            rest[start..]
                .find(&end)
                .map_or(rest.len(), |at| start + at + end.len())
        } else if c == '"' {
            let mut tail = rest.char_indices().skip(1);
            loop {
                match tail.next() {
                    Some((_, '\\')) => drop(tail.next()),
                    Some((at, '"')) => break at + 1,
                    Some(_) => {}
                    None => break rest.len(),
                }
            }
        } else if escaped || c == '\'' && rest.chars().nth(2) == Some('\'') {
            let from = if escaped { 3 } else { 2 };
            rest.char_indices()
                .skip(from)
                .find(|(_, c)| *c == '\'')
                .map_or(rest.len(), |(at, _)| at + 1)
        } else {
            code.push(c);
            rest = &rest[c.len_utf8()..];
            continue;
        };
        code.extend(rest[..len].chars().filter(|c| *c == '\n'));
        rest = &rest[len..];
    }
    code
}

/// The code without its test modules, as long as rustfmt indents them.
pub(crate) fn without_tests(code: &str) -> String {
    let mut kept = String::new();
    let mut lines = code.lines();
    while let Some(line) = lines.next() {
        if line.trim() == "#[cfg(test)]" {
            kept.push('\n');
            let indent = line.len() - line.trim_start().len();
            for line in lines.by_ref() {
                kept.push('\n');
                let closes = line.len() - line.trim_start().len() == indent
                    && line.trim_end().ends_with(['}', ';']);
                if closes {
                    break;
                }
            }
        } else {
            let _ = writeln!(kept, "{line}");
        }
    }
    kept
}

/// Every source file by its path under `src`, but those of test modules.
pub(crate) fn sources() -> BTreeMap<String, String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut found: BTreeMap<PathBuf, String> = BTreeMap::new();
    let mut open = vec![root.clone()];
    while let Some(folder) = open.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                open.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                found.insert(path.clone(), std::fs::read_to_string(path).unwrap());
            }
        }
    }
    let mut tests: Vec<PathBuf> = Vec::new();
    for (path, source) in &found {
        let code = bare(source);
        for (_, after) in code
            .match_indices("#[cfg(test)]")
            .map(|(at, mark)| code[at..].split_at(mark.len()))
        {
            let module = after
                .trim_start()
                .strip_prefix("mod ")
                .and_then(|rest| rest.split_once(';'));
            if let Some((name, _)) = module.filter(|(name, _)| !name.contains('{')) {
                let folder = if path.ends_with("mod.rs") {
                    path.parent().unwrap().to_owned()
                } else {
                    path.with_extension("")
                };
                tests.extend([folder.join(name), folder.join(format!("{name}.rs"))]);
            }
        }
    }
    found.retain(|path, _| !tests.iter().any(|test| path.starts_with(test)));
    let shown = |path: PathBuf| {
        path.strip_prefix(&root)
            .unwrap()
            .display()
            .to_string()
            .replace('\\', "/")
    };
    found
        .into_iter()
        .map(|(path, source)| (shown(path), source))
        .collect()
}

/// The modules of a file under `src`: `write/json.rs` is `write`, `json`.
pub(crate) fn modules(file: &str) -> Vec<&str> {
    let path = file.trim_end_matches(".rs").trim_end_matches("/mod");
    path.split('/').collect()
}

/// Whether the code says the word, whole.
pub(crate) fn says(code: &str, word: &str) -> bool {
    let part = |c: char| c.is_alphanumeric() || c == '_';
    code.match_indices(word).any(|(at, _)| {
        let (before, after) = (&code[..at], &code[at + word.len()..]);
        !(before.ends_with(part) || word.ends_with(part) && after.starts_with(part))
    })
}

/// The paths into the crate that the code of a module names, from the root of the crate, with their lines. A group of a `use` is
/// one path for each of its names.
pub(crate) fn named(code: &str, here: &[&str]) -> Vec<(usize, Vec<String>)> {
    let part = |c: char| c.is_alphanumeric() || c == '_';
    let mut named = Vec::new();
    let roots = ["crate::", "super::"].into_iter();
    let starts = roots.flat_map(|root| code.match_indices(root).map(|(at, _)| at));
    for at in starts {
        let before = &code[..at];
        // Whom an item is shown to is no use of a module: `pub(in super::super)`.
        if before.ends_with(part) || before.ends_with("::") || before.ends_with("(in ") {
            continue;
        }
        let line = before.matches('\n').count() + 1;
        for path in paths(&code[at..]) {
            let up = path.iter().take_while(|name| *name == "super").count();
            let Some(kept) = here.len().checked_sub(up) else {
                continue;
            };
            let root: Vec<String> = match path[0].as_str() {
                "crate" => Vec::new(),
                _ => here[..kept].iter().map(ToString::to_string).collect(),
            };
            let rest = path.into_iter().skip(up.max(1));
            named.push((line, root.into_iter().chain(rest).collect()));
        }
    }
    named
}

/// The paths that begin a text: `a::{b, c::D}` is `a::b` and `a::c::D`.
fn paths(text: &str) -> Vec<Vec<String>> {
    let text = text.trim_start();
    let end = text.find(|c: char| !(c.is_alphanumeric() || c == '_'));
    let (name, rest) = text.split_at(end.unwrap_or(text.len()));
    let name = name.to_owned();
    let Some(rest) = rest.strip_prefix("::") else {
        return vec![vec![name]];
    };
    let after = match rest.strip_prefix('{') {
        Some(group) => members(group).into_iter().flat_map(paths).collect(),
        None if rest.starts_with('*') || rest.starts_with('<') => vec![Vec::new()],
        None => paths(rest),
    };
    let with_name = |path: Vec<String>| [vec![name.clone()], path].concat();
    after.into_iter().map(with_name).collect()
}

/// The members of a group whose opening brace is behind.
fn members(group: &str) -> Vec<&str> {
    let (mut open, mut start, mut members) = (0, 0, Vec::new());
    for (at, c) in group.char_indices() {
        match c {
            '{' => open += 1,
            '}' if open > 0 => open -= 1,
            ',' | '}' if open == 0 => {
                members.push(&group[start..at]);
                start = at + 1;
                if c == '}' {
                    break;
                }
            }
            _ => {}
        }
    }
    members.retain(|member| !member.trim().is_empty());
    members
}

/// The names that a module hands on (`pub use`), each with the path that it is of, both from the root of the crate.
pub(crate) fn exports(code: &str, here: &[&str]) -> Vec<(Vec<String>, Vec<String>)> {
    let mut exports = Vec::new();
    for (at, _) in code.match_indices("use ") {
        let line = code[..at].rfind('\n').map_or(0, |line| line + 1);
        if !code[line..at].trim_start().starts_with("pub") {
            continue;
        }
        let text = code[at + 4..].split(';').next().unwrap_or_default();
        let own: Vec<String> = here.iter().map(ToString::to_string).collect();
        for path in paths(text) {
            let Some(name) = path.last().cloned() else {
                continue;
            };
            let target = match path[0].as_str() {
                "crate" => path[1..].to_vec(),
                "super" => [&own[..own.len().saturating_sub(1)], &path[1..]].concat(),
                "self" => [&own, &path[1..]].concat(),
                _ => [&own[..], &path[..]].concat(),
            };
            exports.push(([&own[..], &[name]].concat(), target));
        }
    }
    exports
}
