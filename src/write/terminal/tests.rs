//! Tests of the first screen, on invented documents: its text, its width and height, and its colors.

use super::super::invented::{self, screen};
use super::super::screen::{Period, Screen};
use super::*;
use crate::write::sanitize::width;

#[test]
fn the_first_screen_of_a_monday() {
    let expected = "\
ordersift · 4 files (3 all-orders, 1 unshipped) · 1,204,331 lines, 312 MB in 0.21 s
as of Mon 2026-07-27 06:58 Los Angeles (newest last-updated-date in the files) · marketplace days

Gaps       Sun Jul 12 in no file (usually 1,204 orders) · --table coverage

Week 2026-W30, Jul 20 to 26  orders   vs W29   units            sales  vs W29  8 weeks
Amazon.com         FBA        8,412   +4.1 %  10,233  USD  214,881.20  +6.0 %  ▅▅▆▆▇▇██
                   merchant   1,204   -2.2 %   1,310  USD   31,402.77  -1.9 %  ▆▇█▅▇▇██
Amazon.ca          FBA          611   +0.8 %     702  CAD   19,120.00  +1.1 %  ▁▆██████
Non-Amazon US      FBA           88  +10.0 %      93         unpriced          ▁▁▁▄▅▆▇█
Amazon total                  9,616   +3.3 %  11,543  USD  246,283.97  +4.9 %  ▅▅▆▆▇▇██

Status     100,000 orders: 93.1 % shipped · 3.9 % cancelled · 2.0 % pending · 1.0 % unshipped
           44 units not priced yet
Unusual    SKU ob-107: no orders since W28 (usually 41 a week)
           Amazon.ca: orders doubled in W30 (611, usually 304)
           Sat Jul 18: 3 orders (expected 1,020 to 1,370) · --table anomalies
To ship    41 orders: 2 overdue · 12 due today by 23:59 Los Angeles · 9 due tomorrow · 17 later
           1 on hold (buyer asked to cancel) · ordersift worklist
Data       1,204,331 lines read = 988,120 kept + 216,190 superseded + 0 repeated + 21 rejected
Check      21 lines rejected, mostly item-price: not an amount (ordersift check)
           37 lines of unknown status: \"Shipped - Held\" (ordersift check)
";
    assert_eq!(screen(&invented::monday(), 100, summary), expected);
}

#[test]
fn orders_without_a_price_yet_are_orders_of_their_channel() {
    // 8,372 of them are priced, 40 are not: one row, and the sales of the priced ones.
    let text = screen(&invented::monday(), 140, summary);
    assert!(text.contains("FBA        8,412"), "{text}");
}

#[test]
fn without_a_complete_week_all_days_are_shown() {
    let text = screen(&invented::three_days(), 80, summary);
    assert!(
        text.contains("All data: 2026-07-20 to 2026-07-26"),
        "{text}"
    );
    assert!(
        text.contains("no complete week in these files: all days are shown"),
        "{text}"
    );
    assert!(!text.contains("vs "), "{text}");
}

#[test]
fn what_was_not_read_is_unknown_and_not_zero() {
    let text = screen(&invented::japan(), 80, summary);
    assert!(
        text.contains("To ship    unknown without an unshipped-orders report"),
        "{text}"
    );
    assert!(text.contains("Check      nothing stands out"), "{text}");
    let text = screen(&invented::backlog_alone(), 80, summary);
    assert!(
        text.contains("Sold       unknown without an all-orders report"),
        "{text}"
    );
    assert!(text.contains("To ship    41 orders: 2 overdue"), "{text}");
}

#[test]
fn small_rows_are_folded_and_totals_kept() {
    let text = screen(&invented::forty_channels(), 100, summary);
    assert!(text.contains("and 34 more"), "{text}");
    assert_eq!(text.matches("Amazon total").count(), 1, "{text}");
    assert!(
        text.contains("1,200 due today by 23:59 local time"),
        "{text}"
    );
    assert!(text.contains("and 4 more (ordersift check)"), "{text}");
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
        for columns in [1, 60, 66, 72, 80, 100, 140, 300] {
            let text = screen(&document, columns, summary);
            assert!(
                text.lines().all(|line| width(line) <= columns.max(60)),
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
