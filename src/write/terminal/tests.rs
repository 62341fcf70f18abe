use super::super::invented::{self, screen};
use super::super::safe::width;
use super::super::screen::{Period, Screen};
use super::*;

#[test]
fn the_first_screen_of_a_monday() {
    println!("{}", screen(&invented::monday(), 100, summary));
}

#[test]
fn look_at_screens() {
    for (name, document) in all() {
        for width in [80, 100, 140] {
            println!("--- {name} {width}\n{}", screen(&document, width, summary));
        }
    }
}

fn all() -> [(&'static str, Document); 6] {
    [
        ("monday", invented::monday()),
        ("japan", invented::japan()),
        ("three days", invented::three_days()),
        ("forty channels", invented::forty_channels()),
        ("backlog alone", invented::backlog_alone()),
        ("hostile", invented::hostile()),
    ]
}

#[test]
fn every_screen_fits_and_is_harmless() {
    for (name, document) in all() {
        for columns in [1, 40, 60, 80, 100, 140, 300] {
            let text = screen(&document, columns, summary);
            assert!(
                text.lines().all(|line| width(line) <= columns.max(40)),
                "{name} at {columns}:\n{text}"
            );
            assert!(
                columns < 80 || text.lines().count() <= LINES,
                "{name} at {columns}:\n{text}"
            );
            assert!(
                !text.contains(|c: char| c.is_control() && c != '\n'),
                "{name} at {columns}:\n{text}"
            );
            assert!(
                text.lines().all(|line| !line.ends_with(' ')),
                "{name} at {columns}:\n{text}"
            );
        }
    }
}

#[test]
fn color_changes_nothing_but_color() {
    for (name, document) in all() {
        for by in [Period::Day, Period::Week, Period::Month] {
            let mut texts = [false, true].map(|color| {
                let mut out = Vec::new();
                let screen = Screen {
                    width: 100,
                    color,
                    by,
                    took: None,
                };
                summary(&document, &screen, &mut out).unwrap();
                String::from_utf8(out).unwrap()
            });
            assert!(texts[1].contains("\u{1b}[1m"));
            while let Some(start) = texts[1].find("\u{1b}[") {
                let end = start + texts[1][start..].find('m').unwrap();
                texts[1].replace_range(start..=end, "");
            }
            assert_eq!(texts[0], texts[1], "{name}");
        }
    }
}
