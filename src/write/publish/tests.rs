use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use super::super::fixtures;
use super::*;

fn room() -> TempDir {
    tempfile::tempdir().unwrap()
}

fn publish(target: &Path, force: bool, files: &[(&str, &str)]) -> Result<(), PublishError> {
    let publication = Publication::open(target, force, &[])?;
    for (name, text) in files {
        let mut out = publication.file(name).unwrap();
        out.write_all(text.as_bytes()).unwrap();
        out.close().unwrap();
    }
    let mut document = fixtures::one_day();
    document.options = vec![("week_start", "sunday".into())];
    publication.finish(Manifest::new(&document, Vec::new(), 0))
}

fn read(path: PathBuf) -> String {
    fs::read_to_string(path).unwrap()
}

/// Everything below a folder, hidden files too.
fn names(folder: &Path) -> Vec<String> {
    let mut names = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            names.extend(
                self::names(&path)
                    .iter()
                    .map(|name| format!("{}/{name}", path.file_name().unwrap().display())),
            );
        } else {
            names.push(path.file_name().unwrap().display().to_string());
        }
    }
    names.sort();
    names
}

fn message(result: Result<impl Sized, PublishError>, room: &Path) -> String {
    let text = result.map(drop).unwrap_err().to_string();
    text.replace(&*fs::canonicalize(room).unwrap().to_string_lossy(), "ROOM")
        .replace(&*room.to_string_lossy(), "ROOM")
}

#[test]
fn publishes_a_folder_with_a_manifest_and_leaves_nothing_beside_it() {
    let room = room();
    let target = room.path().join("out");
    publish(
        &target,
        false,
        &[("report.json", "{}"), ("tables/skus.csv", "sku\r\n")],
    )
    .unwrap();
    assert_eq!(
        names(room.path()),
        [
            "out/manifest.json",
            "out/report.json",
            "out/tables/skus.csv"
        ]
    );
    let manifest: serde_json::Value =
        serde_json::from_str(&read(target.join("manifest.json"))).unwrap();
    assert_eq!(manifest["outputs"][0]["file"], "report.json");
    assert_eq!(manifest["outputs"][0]["bytes"], 2);
    let sum = "44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a";
    assert_eq!(manifest["outputs"][0]["sha256"], sum);
    assert_eq!(manifest["options"]["week_start"], "sunday");
    assert_eq!(manifest["control"]["lines_read"], 3);
}

#[cfg(unix)]
#[test]
fn what_is_published_can_be_read_by_others() {
    use std::os::unix::fs::PermissionsExt;
    let room = room();
    let beside = room.path().join("beside");
    fs::create_dir(&beside).unwrap();
    publish(&room.path().join("out"), false, &[("report.json", "{}")]).unwrap();
    let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode();
    assert_eq!(mode(&room.path().join("out")), mode(&beside));
}

#[test]
fn our_own_folder_is_replaced_whole() {
    let room = room();
    let target = room.path().join("out");
    publish(
        &target,
        false,
        &[("report.json", "old"), ("tables/gone.csv", "x")],
    )
    .unwrap();
    publish(&target, false, &[("report.json", "new")]).unwrap();
    assert_eq!(names(room.path()), ["out/manifest.json", "out/report.json"]);
    assert_eq!(read(target.join("report.json")), "new");
}

#[test]
fn an_unfinished_publication_changes_nothing() {
    let room = room();
    let target = room.path().join("out");
    publish(&target, false, &[("report.json", "old")]).unwrap();
    let publication = Publication::open(&target, false, &[]).unwrap();
    publication
        .file("report.json")
        .unwrap()
        .write_all(b"half")
        .unwrap();
    drop(publication);
    assert_eq!(names(room.path()), ["out/manifest.json", "out/report.json"]);
    assert_eq!(read(target.join("report.json")), "old");
}

#[test]
fn a_file_that_is_not_closed_stops_all() {
    let room = room();
    let publication = Publication::open(&room.path().join("out"), false, &[]).unwrap();
    let _open = publication.file("report.json").unwrap();
    let result = publication.finish(Manifest::new(&fixtures::one_day(), Vec::new(), 0));
    assert_eq!(
        message(result, room.path()),
        "ROOM/out: report.json was not written to its end"
    );
    assert!(names(room.path()).is_empty());
}

#[test]
fn files_of_others_are_never_lost() {
    let room = room();
    let target = room.path().join("out");
    fs::create_dir(&target).unwrap();
    fs::write(target.join("notes.txt"), "mine").unwrap();
    fs::write(target.join("report.json"), "theirs").unwrap();
    assert_eq!(
        message(publish(&target, false, &[]), room.path()),
        "ROOM/out: holds files that ordersift did not write\n  help: name another folder, or give `--force`: other files \
         stay, those of the same name are replaced"
    );
    publish(
        &target,
        true,
        &[("report.json", "first"), ("tables/a.csv", "a")],
    )
    .unwrap();
    assert_eq!(read(target.join("notes.txt")), "mine");
    // It is ours now, beside the note: the next run needs no force, and takes its own old files away.
    publish(&target, false, &[("report.json", "second")]).unwrap();
    assert_eq!(
        names(room.path()),
        ["out/manifest.json", "out/notes.txt", "out/report.json"]
    );
    assert_eq!(read(target.join("report.json")), "second");
}

#[test]
fn a_move_that_fails_is_taken_back() {
    let room = room();
    let target = room.path().join("out");
    fs::create_dir_all(target.join("z.csv/folder")).unwrap();
    fs::write(target.join("z.csv/folder/mine.txt"), "mine").unwrap();
    fs::write(target.join("report.json"), "theirs").unwrap();
    let before = names(room.path());
    let result = publish(
        &target,
        true,
        &[("a.csv", "new"), ("report.json", "new"), ("z.csv", "new")],
    );
    let text = message(result, room.path());
    assert_eq!(
        text,
        "ROOM/out: cannot be published (z.csv is a folder)\n  help: its old files were put back"
    );
    assert_eq!(names(room.path()), before);
    assert_eq!(read(target.join("report.json")), "theirs");
}

#[test]
fn a_manifest_cannot_name_files_outside() {
    let room = room();
    let target = room.path().join("out");
    fs::create_dir(&target).unwrap();
    fs::write(room.path().join("precious.txt"), "mine").unwrap();
    let sum = r#"{"file":"../precious.txt","bytes":4,"sha256":""}"#;
    fs::write(
        target.join("manifest.json"),
        format!(r#"{{"ordersift":"0.1.0","outputs":[{sum}]}}"#),
    )
    .unwrap();
    publish(&target, false, &[("report.json", "{}")]).unwrap();
    assert_eq!(read(room.path().join("precious.txt")), "mine");
}

#[test]
fn refuses_before_anything_is_read() {
    let room = room();
    let at = |name: &str| room.path().join(name);
    fs::write(at("file"), "x").unwrap();
    fs::create_dir(at("in")).unwrap();
    fs::write(at("in/july.txt"), "x").unwrap();
    let open = |target: PathBuf, inputs: &[PathBuf]| {
        message(Publication::open(&target, true, inputs), room.path())
    };
    assert!(open(at("file"), &[]).starts_with("ROOM/file: is not a folder\n  help: "));
    assert!(open(at("no/out"), &[]).starts_with("ROOM/no: this folder does not exist ("));
    let refused = open(at("in"), &[at("in/july.txt")]);
    assert_eq!(
        refused,
        "ROOM/in: the input ROOM/in/july.txt lies in it\n  help: name a folder that holds no input"
    );
    assert!(open(PathBuf::from("."), &[]).contains("is the folder you are in"));
    assert!(open(PathBuf::from("/"), &[]).contains("is the root of a disk"));
    #[cfg(unix)]
    {
        std::os::unix::fs::symlink(at("in"), at("link")).unwrap();
        assert!(open(at("link"), &[]).starts_with("ROOM/link: is a link\n"));
        fs::create_dir(at("empty")).unwrap();
        std::os::unix::fs::symlink(at("empty/x"), at("in/x")).unwrap();
        assert!(Publication::open(&at("empty"), false, &[at("in/july.txt")]).is_ok());
    }
    assert!(Publication::open(&at("new"), false, &[at("in/july.txt"), PathBuf::from("-")]).is_ok());
}

#[test]
fn names_stay_inside() {
    let room = room();
    let publication = Publication::open(&room.path().join("out"), false, &[]).unwrap();
    for name in ["", "..", "../x", "/etc/x", "a/../../x", "manifest.json"] {
        assert!(publication.file(name).is_err(), "{name}");
    }
}

#[test]
fn of_many_runs_at_once_one_wins_whole() {
    let room = room();
    let target = room.path().join("out");
    std::thread::scope(|scope| {
        for run in 0..8 {
            let target = &target;
            scope.spawn(move || {
                let text = run.to_string();
                for _ in 0..10 {
                    // A run may refuse, but never mix.
                    let _ = publish(target, false, &[("a.csv", &text), ("b/b.csv", &text)]);
                }
            });
        }
    });
    assert_eq!(read(target.join("a.csv")), read(target.join("b/b.csv")));
    assert_eq!(
        names(room.path()),
        ["out/a.csv", "out/b/b.csv", "out/manifest.json"]
    );
}

/// What is left beside the target of one more run, which removes what killed runs left.
fn left_after_one_more_run(room: &Path) -> Vec<String> {
    let target = room.join("out");
    publish(&target, false, &[("report.json", "new")]).unwrap();
    assert_eq!(read(target.join("report.json")), "new");
    let mut left: Vec<String> = fs::read_dir(room)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    left.retain(|name| name != "out");
    left.sort();
    left
}

fn put(path: PathBuf, text: &str) {
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
}

#[test]
fn a_staging_folder_that_was_half_removed_is_removed_by_the_next_run() {
    let room = room();
    let at = |name: &str| room.path().join(name);
    // Its owner went first, then the run that removed it was killed.
    put(at(".ordersift-aaaaa1/new/tables/skus.csv"), "half");
    put(at(".ordersift-aaaaa2/old/manifest.json"), "half");
    // Killed before it had an owner.
    fs::create_dir(at(".ordersift-aaaaa3")).unwrap();
    // Killed before the owner said where the run was to publish.
    put(at(".ordersift-aaaaa4/owner"), "");
    assert_eq!(left_after_one_more_run(room.path()), [""; 0]);
}

#[test]
fn a_dead_run_with_another_target_is_removed_if_it_had_set_nothing_aside() {
    let room = room();
    let at = |name: &str| room.path().join(name);
    let other = fs::canonicalize(room.path()).unwrap().join("other");
    let other = other.to_str().unwrap();
    put(at(".ordersift-aaaaa1/owner"), other);
    put(at(".ordersift-aaaaa1/new/report.json"), "half");
    // What this one set aside belongs to the other target: the next run there puts it back.
    put(at(".ordersift-aaaaa2/owner"), other);
    put(at(".ordersift-aaaaa2/old/manifest.json"), "whole");
    assert_eq!(left_after_one_more_run(room.path()), [".ordersift-aaaaa2"]);
}

#[test]
fn folders_that_only_look_like_staging_folders_stay() {
    let room = room();
    let at = |name: &str| room.path().join(name);
    put(at(".ordersift-notes/mine.txt"), "mine");
    put(at(".ordersift-abcdef/new/mine.txt"), "mine");
    put(at(".ordersift-abcdef/mine.txt"), "mine");
    let living = Publication::open(&at("living"), false, &[]).unwrap();
    let name = living.staging().file_name().unwrap().to_str().unwrap();
    let mut expected = [".ordersift-abcdef", ".ordersift-notes", name];
    expected.sort_unstable();
    assert_eq!(left_after_one_more_run(room.path()), expected);
    assert_eq!(read(at(".ordersift-abcdef/new/mine.txt")), "mine");
}

#[test]
fn what_a_killed_run_set_aside_of_a_shared_folder_is_removed_once_a_new_report_stands() {
    let room = room();
    let at = |name: &str| room.path().join(name);
    let target = fs::canonicalize(room.path()).unwrap().join("out");
    put(at("out/notes.txt"), "mine");
    put(at(".ordersift-aaaaa1/owner"), target.to_str().unwrap());
    put(at(".ordersift-aaaaa1/old/manifest.json"), "{}");
    put(at(".ordersift-aaaaa1/old/report.json"), "old");
    let refused = publish(&target, false, &[("report.json", "new")]);
    assert!(refused.is_err());
    assert_eq!(read(at(".ordersift-aaaaa1/old/report.json")), "old");
    publish(&target, true, &[("report.json", "new")]).unwrap();
    assert_eq!(
        names(room.path()),
        ["out/manifest.json", "out/notes.txt", "out/report.json"]
    );
}
