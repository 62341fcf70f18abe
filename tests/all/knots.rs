//! Knots: files that know each other in a circle. There are none.

use std::collections::{BTreeMap, BTreeSet};

use crate::common::source::{bare, exports, modules, named, sources, without_tests};

type Path = Vec<String>;

/// The files that each file names, by module path.
fn edges() -> BTreeMap<Path, BTreeSet<Path>> {
    let path = |file: &str| -> Path {
        let names = modules(file).into_iter().map(str::to_owned).collect();
        if file == "lib.rs" || file == "main.rs" {
            vec![file.to_owned()]
        } else {
            names
        }
    };
    let code: BTreeMap<Path, String> = sources()
        .iter()
        .map(|(file, source)| (path(file), without_tests(&bare(source))))
        .collect();
    let mut exported: BTreeMap<Path, Path> = BTreeMap::new();
    for (here, text) in &code {
        let names: Vec<&str> = here.iter().map(String::as_str).collect();
        exported.extend(exports(text, &names));
    }
    let file_of = |path: &Path| -> Option<Path> {
        let mut path = path.clone();
        // A name may be handed on by several modules.
        for _ in 0..4 {
            let known = (1..=path.len()).rev().find_map(|end| {
                let target = exported.get(&path[..end])?;
                (!code.contains_key(&path[..end])).then(|| [target, &path[end..]].concat())
            });
            match known {
                Some(target) => path = target,
                None => break,
            }
        }
        let ends = (1..=path.len()).rev().map(|end| path[..end].to_vec());
        ends.into_iter().find(|path| code.contains_key(path))
    };
    code.iter()
        .map(|(here, text)| {
            let names: Vec<&str> = here.iter().map(String::as_str).collect();
            let handed_on: BTreeSet<Path> = exports(text, &names)
                .into_iter()
                .map(|(_, to)| to)
                .collect();
            let known = named(text, &names).into_iter().map(|(_, path)| path);
            let known = known.filter(|path| !handed_on.contains(path));
            let files = known.filter_map(|path| file_of(&path));
            // A module names those inside it without a path.
            let inside = code.keys().filter(|file| {
                let inside = file.len() == here.len() + 1 && file.starts_with(here);
                let call = file.last().map(|name| format!("{name}::"));
                let call = call.filter(|_| inside);
                call.is_some_and(|call| without_uses(text).contains(&call) || uses(text, &call))
            });
            let files = files.chain(inside.cloned());
            (here.clone(), files.filter(|file| file != here).collect())
        })
        .collect()
}

/// Whether the code uses a module inside it for itself, rather than handing it on.
fn uses(text: &str, module: &str) -> bool {
    let lines = text.lines().map(str::trim_start);
    let mut used = lines.filter_map(|line| line.strip_prefix("use "));
    used.any(|path| path.trim_start_matches("self::").starts_with(module))
}

/// The code without its `use` lines.
fn without_uses(text: &str) -> String {
    let statements = text.split_inclusive(';');
    let kept = statements.filter(|statement| {
        let last = statement.trim_start().lines().last().unwrap_or_default();
        !statement.trim_start().starts_with("use ") && !statement.trim_start().starts_with("pub")
            || !last.ends_with(';')
            || !statement.contains("use ")
    });
    kept.collect()
}

/// All files that can be reached from a file.
fn reached(edges: &BTreeMap<Path, BTreeSet<Path>>, from: &Path) -> BTreeSet<Path> {
    let (mut seen, mut open) = (BTreeSet::new(), vec![from]);
    while let Some(file) = open.pop() {
        for next in &edges[file] {
            if seen.insert(next.clone()) {
                open.push(next);
            }
        }
    }
    seen
}

#[test]
fn files_know_each_other_in_no_circle() {
    let edges = edges();
    assert!(edges.len() > 200, "{} files", edges.len());
    let in_circle: BTreeSet<String> = edges
        .keys()
        .filter(|file| reached(&edges, file).contains(*file))
        .map(|file| file.join("/"))
        .collect();
    assert!(in_circle.is_empty(), "in a circle: {in_circle:?}");
}
