//! The spreadsheet damage that `check` reports, and how to get an undamaged file.

use ordersift::field::{DateForm, NumberForm};
use ordersift::report::{Dialect, Report};
use ordersift::table::Document;

/// The damage that shows in cells, by the code of their rejects.
const SPOILT: [(&str, &str); 12] = [
    (
        "order_id_spoilt",
        "order ids are rounded to the form 1.40E+14: their digits are gone",
    ),
    ("order_id_cut", "order ids are cut: parts of them are gone"),
    (
        "sku_spoilt",
        "SKUs are rounded to the form 5.80293E+13: several may have become one",
    ),
    (
        "date_serial",
        "dates are serial numbers: their zone and their calendar are unknown",
    ),
    (
        "date_rewritten",
        "dates are rewritten, and the file does not prove whether the day or the month stands first",
    ),
    (
        "date_short_year",
        "dates are rewritten with two digits of the year, and which number is what is not certain",
    ),
    (
        "line_in_cell",
        "a name that begins with a quotation mark took the lines behind it into one cell",
    ),
    (
        "order_item_id_spoilt",
        "order item ids are rounded to the form 1.40E+14: their digits are gone",
    ),
    (
        "sku_error",
        "SKUs that begin with = + or - were taken for formulas and show an error",
    ),
    (
        "tracking_spoilt",
        "tracking numbers are rounded to the form 1.40E+14: their digits are gone",
    ),
    (
        "amount_comma",
        "amounts have a comma where the others have a point",
    ),
    (
        "amount_ambiguous",
        "amounts have two readings, as 1.234 among decimal commas",
    ),
];

/// A line for everything that was done to a file.
pub(super) fn remarks(document: &Document, file: &str, report: &Report) -> Vec<String> {
    let mut remarks = Vec::new();
    if matches!(report.dialect, Dialect::Quoted(_)) {
        remarks.push("a spreadsheet saved it: leading zeros of codes may be gone".to_owned());
    }
    let order = match report.forms.dates {
        DateForm::DayFirst => Some("day"),
        DateForm::MonthFirst => Some("month"),
        DateForm::Iso
        | DateForm::Short
        | DateForm::ShortDayFirst
        | DateForm::Days
        | DateForm::Named => None,
    };
    remarks.extend(order.map(|first| {
        format!(
            "its dates are rewritten with the {first} first, as some of them prove: read so, as UTC"
        )
    }));
    if report.forms.numbers == NumberForm::Comma {
        remarks.push(
            "a comma in its amounts is a decimal comma, and 1.234 has two readings".to_owned(),
        );
    }
    for (code, what) in SPOILT {
        let lines = rejects(document, file, code);
        if lines > 0 {
            remarks.push(format!(
                "rejected, {lines} line{}: {what}",
                if lines == 1 { "" } else { "s" }
            ));
        }
    }
    if !remarks.is_empty() {
        remarks.push(format!(
            "help: download it again ({}) and give the file as it came; open only copies of it",
            report.spec.origin
        ));
    }
    remarks
}

/// How many lines of a file were rejected for a reason.
fn rejects(document: &Document, file: &str, code: &str) -> u64 {
    let counts = document.rejects.iter();
    let counts = counts.filter(|rejects| rejects.file == file && rejects.reason.code() == code);
    counts.map(|rejects| rejects.lines).sum()
}
