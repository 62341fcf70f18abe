use super::super::fixtures;
use super::*;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest, Sha256};
use std::fmt::Write as _;

fn page(document: &Document) -> String {
    let mut out = Vec::new();
    html(document, Period::Week, &mut out).unwrap();
    String::from_utf8(out).unwrap()
}

fn all() -> [Document; 5] {
    [
        fixtures::first_week(),
        fixtures::one_day(),
        fixtures::hostile(),
        fixtures::backlog_alone(),
        fixtures::forty_channels(),
    ]
}

/// The page without its style and script.
fn markup(page: &str) -> String {
    page.replacen(style(), "", 1).replacen(script(), "", 1)
}

#[test]
fn the_policy_names_the_very_style_and_script_of_the_page() {
    let page = page(&fixtures::first_week());
    for (tag, directive) in [("style", "style-src"), ("script", "script-src")] {
        let start = page.find(&format!("<{tag}>")).unwrap() + tag.len() + 2;
        let body = &page[start..start + page[start..].find(&format!("</{tag}>")).unwrap()];
        let sum = STANDARD.encode(Sha256::digest(body));
        assert!(
            page.contains(&format!("{directive} 'sha256-{sum}'")),
            "{tag}"
        );
        assert_eq!(page.matches(&format!("<{tag}>")).count(), 1);
    }
}

#[test]
fn the_page_asks_the_network_for_nothing() {
    for document in all() {
        let page = markup(&page(&document));
        for asking in [
            " src=",
            "url(",
            "@import",
            "<link",
            "<img",
            "<iframe",
            "<form",
            "http-equiv=\"refresh",
            " style=",
            " onclick",
        ] {
            assert!(!page.contains(asking), "{asking}");
        }
        // Links lead to parts of the page, and every one of them is there; or to an order in Seller Central, without a referrer.
        for link in page.split("href=\"").skip(1) {
            let target = link.split('"').next().unwrap();
            if let Some(part) = target.strip_prefix('#') {
                assert!(page.contains(&format!("id=\"{part}\"")), "{part}");
                continue;
            }
            let address = target
                .strip_prefix("https://sellercentral.amazon.")
                .unwrap();
            let (place, order) = address.split_once("/orders-v3/order/").unwrap();
            assert!(place.bytes().all(|b| b.is_ascii_lowercase() || b == b'.'));
            assert!(order.bytes().all(|b| b.is_ascii_digit() || b == b'-'));
            assert!(link.contains("rel=\"noreferrer noopener\""));
        }
    }
}

/// The sums of the files of others are those that their list states.
#[test]
fn files_of_others_are_as_published() {
    let list = include_str!("vendor/README.md");
    let files = [
        (
            "uPlot.iife.min.js",
            include_str!("vendor/uPlot.iife.min.js"),
        ),
        ("uPlot.min.css", include_str!("vendor/uPlot.min.css")),
    ];
    for (name, text) in files {
        let mut sum = String::new();
        for byte in Sha256::digest(text) {
            let _ = write!(sum, "{byte:02x}");
        }
        let line = list.lines().find(|line| line.contains(name)).unwrap();
        assert!(line.contains(&sum), "{name}: {sum}");
    }
}

#[test]
fn hostile_text_is_only_text() {
    let page = page(&fixtures::hostile());
    let page = markup(&page);
    assert!(!page.contains("<script>\u{2028}") && page.matches("<script>").count() == 1);
    assert!(page.contains("&lt;script&gt;"));
    let odd = page.find(|c: char| c.is_control() && c != '\n');
    assert_eq!(
        odd.map(|at| page[..at].chars().rev().take(90).collect::<String>()),
        None
    );
    assert!(!page.contains('\u{202e}'));
}

#[test]
fn every_row_of_a_table_is_there_or_said_to_be_elsewhere() {
    for document in all() {
        let page = page(&document);
        for table in &document.tables {
            if table.height() == 0 {
                assert!(page.contains(table.spec.title));
                continue;
            }
            let start = page
                .find(&format!(
                    "<section class=\"table\" id=\"{}\"",
                    table.spec.name
                ))
                .unwrap();
            let section = &page[start..start + page[start..].find("</section>").unwrap()];
            let rows = section.matches("<tr>").count().saturating_sub(1);
            assert!(
                rows == table.height() || section.contains(" rows. All of them: "),
                "{}",
                table.spec.name
            );
            assert!(section.contains(table.spec.title));
        }
    }
}

#[test]
fn empty_reports_are_pages_too() {
    let mut document = fixtures::backlog_alone();
    document.tables.clear();
    assert!(page(&document).contains("Sales: unknown without an all-orders report"));
}
