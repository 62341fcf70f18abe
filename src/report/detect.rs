//! Detection of the kind of a report by its header. Names of files and positions of columns play no part.

use super::columns::{Layout, Mismatch, normalise};
use super::damage::Evidence;
use super::encoding::Encoding;
use super::kinds::health;
use super::{Dialect, Forms, KINDS, KindSpec, Report, UNTABLED, foreign, xml};

/// How much of a file is looked at: a header is a line of some kilobytes.
pub const HEAD: usize = 1 << 20;

/// Why a file is not read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    /// What the file is, as a phrase that follows its name.
    pub found: String,
    /// What is missing or wrong in detail.
    pub detail: Option<String>,
    /// What to do about it.
    pub help: String,
    /// Whether the file certainly is no order report: such a file may lie in a folder without stopping a run.
    pub foreign: bool,
}

/// Recognises a file by its first bytes; `whole` says whether `head` is all of it.
///
/// # Errors
/// A [`Refusal`] that names what was found, what was expected and what to do.
///
/// ```
/// let head = b"order-id\torder-item-id\tpurchase-date\tpromise-date\tsku\tquantity-to-ship\n";
/// assert_eq!(ordersift::report::detect(head, true).unwrap().spec.name, "unshipped");
/// ```
pub fn detect(head: &[u8], whole: bool) -> Result<Report, Refusal> {
    detect_in(Encoding::sniff(head, None), head, whole)
}

/// The same of a file whose encoding is known.
///
/// # Errors
/// As [`detect`].
pub fn detect_in(encoding: Encoding, head: &[u8], whole: bool) -> Result<Report, Refusal> {
    detect_among(KINDS, encoding, head, whole)
}

/// The same among these kinds only.
///
/// # Errors
/// As [`detect`].
pub fn detect_among(
    kinds: &'static [KindSpec],
    encoding: Encoding,
    head: &[u8],
    whole: bool,
) -> Result<Report, Refusal> {
    let head = &*encoding.head(head);
    if let Some(report) = untabled(encoding, head, whole) {
        return report;
    }
    if let Some((what, help)) = foreign::by_magic(head) {
        return Err(refusal(true, what, help));
    }
    let bom = if head.starts_with(b"\xef\xbb\xbf") {
        3
    } else {
        0
    };
    if head[bom..].iter().all(u8::is_ascii_whitespace) {
        return Err(refusal(
            false,
            "an empty file",
            "download it again; if it stays empty, ask for a shorter date range",
        ));
    }
    let Some(header) = header_line(head, bom, whole) else {
        if foreign::binary(head) {
            return Err(binary());
        }
        return Err(refusal(
            true,
            "no table: its first line does not end within 1 MiB",
            "leave it out",
        ));
    };
    let line = &head[header.start..header.end];
    let (_, names) = split_names(line);
    let failed = match resolve(kinds, encoding, (head, whole), &header) {
        Ok(report) => return Ok(report),
        Err(failed) => failed,
    };
    // Amazon's upload template starts with lines of its own before the names of its columns.
    if let Some(header) = after_preamble(head, whole, header)
        && let Ok(report) = resolve(kinds, encoding, (head, whole), &header)
    {
        return Ok(report);
    }
    Err(refuse(line, &names, head, failed))
}

/// Kinds and what of their columns a header lacks.
type Failed = Vec<(&'static KindSpec, Mismatch)>;

/// The first of the kinds whose columns a header names.
fn resolve(
    kinds: &'static [KindSpec],
    encoding: Encoding,
    (head, whole): (&[u8], bool),
    header: &HeaderLine,
) -> Result<Report, Failed> {
    let (dialect, names) = split_names(&head[header.start..header.end]);
    let mut failed = Vec::new();
    for spec in kinds {
        if spec
            .not
            .iter()
            .any(|not| names.iter().any(|name| name == not))
        {
            continue;
        }
        match Layout::resolve(spec.columns, &names) {
            Ok(mut layout) => {
                let mut evidence = Evidence::new(spec, &layout, dialect);
                evidence.head(&head[header.next..], whole);
                if let Some(width) = evidence.other_width() {
                    let unnamed = names.last().is_some_and(String::is_empty);
                    layout.widen(width, unnamed);
                }
                return Ok(Report {
                    spec,
                    forms: evidence.forms(),
                    forms_open: !whole && evidence.is_open(),
                    layout,
                    dialect,
                    encoding,
                    examined: false,
                    header: head[..header.next].to_vec(),
                    header_lines: header.lines,
                });
            }
            Err(mismatch) => failed.push((spec, mismatch)),
        }
    }
    Err(failed)
}

/// A line further down that starts with the name of the first column.
fn after_preamble(head: &[u8], whole: bool, mut header: HeaderLine) -> Option<HeaderLine> {
    for _ in 0..LEADING_LINES {
        let lines = header.lines;
        header = header_line(head, header.next, whole)?;
        header.lines += lines;
        let (_, names) = split_names(&head[header.start..header.end]);
        if names.first().is_some_and(|name| name == "order-id") {
            return Some(header);
        }
    }
    None
}

/// No template has more lines before its names.
const LEADING_LINES: usize = 10;

/// A report that is no table; `None` if the file may be one.
fn untabled(encoding: Encoding, head: &[u8], whole: bool) -> Option<Result<Report, Refusal>> {
    let spec = |name: &str| UNTABLED.iter().find(|spec| spec.name == name);
    let report = |spec: &'static KindSpec, dialect| Report {
        spec,
        layout: Layout::listed(spec.columns),
        dialect,
        forms: Forms {
            dates: spec.dates,
            ..Forms::AMAZON
        },
        encoding,
        examined: false,
        forms_open: false,
        header: Vec::new(),
        header_lines: 0,
    };
    if let Some(kind) = xml::kind(head) {
        let spec = UNTABLED.iter().find(|spec| spec.kind == kind)?;
        return Some(Ok(report(spec, Dialect::Xml)));
    }
    let text = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head);
    let about = memchr::memmem::find(text, b"performanceMetrics").is_some();
    if !about || !text.trim_ascii_start().starts_with(b"{") {
        return None;
    }
    let again = "request it again: GET_V2_SELLER_PERFORMANCE_REPORT";
    Some(match health::read(text) {
        _ if !whole => Err(refusal(
            false,
            "an account-health report of more than 1 MiB",
            again,
        )),
        Ok(document) if health::is_one(&document) => {
            Ok(report(spec("account-health")?, Dialect::Json))
        }
        Ok(_) => return None,
        Err(error) => Err(Refusal {
            found: "an account-health report that is damaged".into(),
            detail: Some(error.to_string()),
            help: again.into(),
            foreign: false,
        }),
    })
}

fn binary() -> Refusal {
    refusal(true, "binary data", "leave it out")
}

struct HeaderLine {
    start: usize,
    end: usize,
    /// Where the line after it starts.
    next: usize,
    /// Lines up to and with it.
    lines: u64,
}

/// The first line that is not blank, from a byte on.
fn header_line(head: &[u8], from: usize, whole: bool) -> Option<HeaderLine> {
    let mut start = from;
    let mut lines = 1;
    while start < head.len() {
        let newline = memchr::memchr(b'\n', &head[start..]).map(|at| start + at);
        let (end, next) = match newline {
            Some(at) => (at, at + 1),
            None if whole => (head.len(), head.len()),
            None => return None,
        };
        if !head[start..end].trim_ascii().is_empty() {
            return Some(HeaderLine {
                start,
                end,
                next,
                lines,
            });
        }
        lines += 1;
        start = next;
    }
    None
}

/// The normalised names of a header, cut at tabs if there are any, else as a spreadsheet would have saved them.
fn split_names(line: &[u8]) -> (Dialect, Vec<String>) {
    let count = |byte: u8| memchr::memchr_iter(byte, line).count();
    let quoted_cells = line.trim_ascii_start().starts_with(b"\"");
    let dialect = match (count(b'\t'), count(b','), count(b';')) {
        (0, 0, 0) => Dialect::Tabs,
        (0, commas, semicolons) if commas >= semicolons => Dialect::Quoted(b','),
        (0, _, _) => Dialect::Quoted(b';'),
        (_, _, _) if quoted_cells => Dialect::Quoted(b'\t'),
        _ => Dialect::Tabs,
    };
    let delimiter = match dialect {
        Dialect::Quoted(delimiter) => delimiter,
        _ => b'\t',
    };
    let line = line.strip_suffix(b"\r").unwrap_or(line);
    (
        dialect,
        line.split(|byte| *byte == delimiter)
            .map(normalise)
            .collect(),
    )
}

fn refuse(
    line: &[u8],
    names: &[String],
    head: &[u8],
    failed: Vec<(&'static KindSpec, Mismatch)>,
) -> Refusal {
    let kinds = "`ordersift kinds` lists what each kind needs";
    if foreign::binary(head) {
        return binary();
    }
    if memchr::memmem::find(line, b"ate range exceeded").is_some() {
        let help = "ask for at most 30 days at a time and give all the files together: overlaps are merged";
        return refusal(
            false,
            "no report but Amazon's message \"Date range exceeded\"",
            help,
        );
    }
    if let Some((_, Mismatch::Twice(column))) = failed
        .iter()
        .find(|(_, mismatch)| matches!(mismatch, Mismatch::Twice(_)))
    {
        let found = format!("a table with two columns named `{column}`");
        return refusal(
            false,
            &found,
            "which one counts would be a guess: download the report again",
        );
    }
    if let Some(foreign) = foreign_kind(names, head) {
        let help = if foreign == "tracking list" {
            "`ordersift confirm --tracking` checks it and makes the file that Amazon takes"
        } else {
            "`ordersift kinds` lists what is read: leave this one out"
        };
        return refusal(
            true,
            &format!("{}, which is not read", article(foreign)),
            help,
        );
    }
    if line
        .split(|byte| *byte == b'\t')
        .next()
        .is_some_and(looks_like_an_order_id)
    {
        return refusal(
            false,
            "lines of orders without a header",
            "download the report again: its first line names the columns",
        );
    }
    let closest = failed
        .into_iter()
        .filter_map(|(spec, mismatch)| match mismatch {
            Mismatch::Missing(missing) => Some((spec, missing)),
            Mismatch::Twice(_) => None,
        });
    let needed = |spec: &KindSpec| spec.columns.iter().filter(|column| column.required).count();
    let closest =
        closest.max_by_key(|(spec, missing)| (needed(spec) - missing.len()) * 1000 / needed(spec));
    match closest {
        Some((spec, missing)) if missing.len() * 2 < needed(spec) => {
            let all = needed(spec);
            let list = missing
                .iter()
                .map(|name| format!("`{name}`"))
                .collect::<Vec<_>>()
                .join(", ");
            let are = if missing.len() == 1 { "is" } else { "are" };
            let detail = format!(
                "closest kind: {}, but {list} {are} missing ({} of {all} needed columns found)",
                spec.name,
                all - missing.len()
            );
            Refusal {
                found: "not a known order report".into(),
                detail: Some(detail),
                help: kinds.into(),
                foreign: false,
            }
        }
        _ => refusal(true, "not an Amazon report that we know", kinds),
    }
}

/// Looks at the first lines, since some foreign reports start with a title or a template line.
fn foreign_kind(names: &[String], head: &[u8]) -> Option<&'static str> {
    let named = |names: &[String]| foreign::find(names).map(|foreign| foreign.name);
    named(names).or_else(|| {
        head.split(|byte| *byte == b'\n')
            .take(10)
            .find_map(|line| named(&split_names(line).1))
    })
}

fn looks_like_an_order_id(cell: &[u8]) -> bool {
    let cell = cell.trim_ascii();
    cell.len() == 19
        && cell[3] == b'-'
        && cell[11] == b'-'
        && cell[4..11].iter().all(u8::is_ascii_digit)
}

fn article(name: &str) -> String {
    let vowel = name.starts_with(['a', 'e', 'i', 'o', 'F']);
    let report = if ["report", "Report", "list"]
        .iter()
        .any(|end| name.ends_with(end))
    {
        ""
    } else {
        " report"
    };
    format!("{} {name}{report}", if vowel { "an" } else { "a" })
}

fn refusal(foreign: bool, found: &str, help: &str) -> Refusal {
    Refusal {
        found: found.into(),
        detail: None,
        help: help.into(),
        foreign,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const CORE: &str = "amazon-order-id\tpurchase-date\tlast-updated-date\torder-status\tfulfilment-channel\tSales-Channel\tsku\titem-status\tquantity\tcurrency\titem-price";

    fn found(text: &str) -> Refusal {
        detect(text.as_bytes(), true).unwrap_err()
    }

    #[test]
    fn recognises_a_header_in_any_order_case_and_spelling() {
        let report = detect(format!("\u{feff}\r\nextra\t{CORE} \r\n").as_bytes(), true).unwrap();
        assert_eq!(report.spec.name, "all-orders");
        assert_eq!(
            (
                report.layout.width(),
                report.header_lines,
                report.encoding.shown().as_str()
            ),
            (12, 2, "utf-8 (byte-order mark)")
        );
        let commas = CORE.replace('\t', ",");
        assert_eq!(
            detect(commas.as_bytes(), true).unwrap().dialect,
            Dialect::Quoted(b',')
        );
    }

    #[test]
    fn says_what_is_missing_from_a_report_that_is_nearly_one() {
        let refusal = found(&CORE.replace("\tcurrency", ""));
        assert!(!refusal.foreign);
        assert_eq!(
            refusal.detail.unwrap(),
            "closest kind: all-orders, but `currency` is missing (10 of 11 needed columns found)"
        );
    }

    #[test]
    fn names_what_is_no_order_report() {
        assert!(found("").found.contains("empty"));
        assert!(
            found("Date range exceeded. Report can be requested only upto 30 days")
                .found
                .contains("Date range exceeded")
        );
        assert!(
            found("111-0000000-0000001\t2026-01-01\n")
                .found
                .contains("without a header")
        );
        assert!(
            found("settlement-id\ttransaction-type\tamount\n")
                .found
                .starts_with("a settlement report")
        );
        assert_eq!(detect("TemplateType=OrderFulfillment\tx\n\u{6ce8}\norder-id\tship-date\tcarrier-code\ttracking-number\n".as_bytes(), true).unwrap().header_lines, 3);
        assert!(detect(b"a\n\n\n", true).is_err());
        assert!(found("hello\n").foreign);
        assert!(
            found(&format!("{CORE}\tsku\n"))
                .found
                .contains("two columns named `sku`")
        );
    }
}
