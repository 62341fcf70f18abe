//! What Excel, Google Sheets and Numbers make of a report that is opened and saved, as far as that is known.
//!
//! None of the three can be run in a test. A fact is marked *documented* where its maker, or a page about it, says so, and
//! *assumed* where nobody does. What `LibreOffice` does is not described here: `tests/spreadsheets/libreoffice.py` runs it.

use encoding_rs::{Encoding, SHIFT_JIS, WINDOWS_1252};

/// A program that opens a report and saves it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Program {
    Excel,
    Sheets,
    Numbers,
}

/// What it is saved as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// Excel's "CSV": the list separator of the system, its code page (documented).
    CodePage,
    /// "CSV UTF-8" of Excel, with a byte-order mark (documented); CSV of the others, without.
    Csv,
    /// Excel's "Text (Tab delimited)": the code page of the system (documented).
    CodePageTabs,
    /// Excel's "Unicode Text", UTF-16LE with a byte-order mark (documented); TSV of the others, UTF-8.
    Tabs,
    /// A workbook.
    Workbook,
}

/// What a locale writes first of day, month and year.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Order {
    Day,
    Month,
    Year,
}

/// What a language and a country change.
#[derive(Debug)]
pub struct Locale {
    pub name: &'static str,
    order: Order,
    decimal: char,
    /// Between the cells of a CSV file (documented: the list separator of the system).
    list: char,
    booleans: [&'static str; 2],
    months: [&'static str; 12],
    /// The characters that part a date which is typed.
    marks: &'static [char],
    /// The short date of the system (assumed: what Windows comes with).
    short: fn(Date) -> String,
    code_page: &'static Encoding,
}

/// A day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Date {
    year: u16,
    month: u8,
    day: u8,
}

const ENGLISH: [&str; 12] = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
];

pub const LOCALES: [Locale; 5] = [
    Locale {
        name: "en-US",
        order: Order::Month,
        decimal: '.',
        list: ',',
        booleans: ["TRUE", "FALSE"],
        months: ENGLISH,
        marks: &['/', '-'],
        short: |date| format!("{}/{}/{}", date.month, date.day, date.year),
        code_page: WINDOWS_1252,
    },
    Locale {
        name: "en-GB",
        order: Order::Day,
        decimal: '.',
        list: ',',
        booleans: ["TRUE", "FALSE"],
        months: ENGLISH,
        marks: &['/', '-'],
        short: |date| format!("{:02}/{:02}/{}", date.day, date.month, date.year),
        code_page: WINDOWS_1252,
    },
    Locale {
        name: "de-DE",
        order: Order::Day,
        decimal: ',',
        list: ';',
        booleans: ["WAHR", "FALSCH"],
        months: [
            "Jan", "Feb", "Mrz", "Apr", "Mai", "Jun", "Jul", "Aug", "Sep", "Okt", "Nov", "Dez",
        ],
        marks: &['.', '/', '-'],
        short: |date| format!("{:02}.{:02}.{}", date.day, date.month, date.year),
        code_page: WINDOWS_1252,
    },
    Locale {
        name: "ja-JP",
        order: Order::Year,
        decimal: '.',
        list: ',',
        booleans: ["TRUE", "FALSE"],
        months: ENGLISH,
        marks: &['/', '-'],
        short: |date| format!("{}/{}/{}", date.year, date.month, date.day),
        code_page: SHIFT_JIS,
    },
    Locale {
        name: "en-IN",
        order: Order::Day,
        decimal: '.',
        list: ',',
        booleans: ["TRUE", "FALSE"],
        months: ENGLISH,
        marks: &['/', '-'],
        short: |date| format!("{:02}-{:02}-{}", date.day, date.month, date.year),
        code_page: WINDOWS_1252,
    },
];

/// A cell as the program keeps it.
#[derive(Debug, Clone, PartialEq)]
enum Value {
    Text(String),
    Number(Number),
    Yes(bool),
    /// A day, and how it is shown.
    Day(Date, String),
    /// A formula that names nothing.
    NoName,
}

#[derive(Debug, Clone, PartialEq)]
struct Number {
    value: f64,
    /// Whether it was typed as `1E5`, and is shown so (documented).
    scientific: bool,
}

/// What a program saves of a report.
pub fn saved(
    report: &str,
    separator: char,
    program: Program,
    locale: &Locale,
    format: Format,
) -> Vec<u8> {
    saved_with(report, separator, program, locale, format, "\r\n")
}

/// The same with another line end: Excel and Google Sheets write CRLF (documented), Numbers either (assumed).
pub fn saved_with(
    report: &str,
    separator: char,
    program: Program,
    locale: &Locale,
    format: Format,
    end: &str,
) -> Vec<u8> {
    let rows = opened(report, separator);
    let rows: Vec<Vec<Value>> = rows
        .iter()
        .map(|row| {
            row.iter()
                .map(|cell| value(cell, program, locale))
                .collect()
        })
        .collect();
    if format == Format::Workbook {
        return workbook(&rows);
    }
    let tabs = matches!(format, Format::Tabs | Format::CodePageTabs);
    let separator = if tabs { '\t' } else { locale.list };
    let text: String = rows
        .iter()
        .map(|row| {
            let cells = row
                .iter()
                .map(|cell| written(&shown(cell, program, locale), separator, program));
            cells.collect::<Vec<_>>().join(&separator.to_string()) + end
        })
        .collect();
    match (program, format) {
        (Program::Excel, Format::Csv) => format!("\u{feff}{text}").into_bytes(),
        (Program::Excel, Format::Tabs) => {
            let units = "\u{feff}".encode_utf16().chain(text.encode_utf16());
            units.flat_map(u16::to_le_bytes).collect()
        }
        (Program::Excel, _) => in_code_page(&text, locale.code_page),
        _ => text.into_bytes(),
    }
}

/// A letter that the code page lacks is a question mark (documented for Windows).
fn in_code_page(text: &str, page: &'static Encoding) -> Vec<u8> {
    let mut bytes = Vec::new();
    for letter in text.chars() {
        let letter = letter.to_string();
        match page.encode(&letter) {
            (.., true) => bytes.push(b'?'),
            (encoded, ..) => bytes.extend_from_slice(&encoded),
        }
    }
    bytes
}

/// The cells of a text. All three take a quotation mark at the start of a cell for the beginning of a quoted one, in tab files
/// too, and one without an end takes in all that follows, line ends and all, until the next (documented for Excel).
pub fn opened(text: &str, separator: char) -> Vec<Vec<String>> {
    let (mut rows, mut row, mut cell) = (Vec::new(), Vec::new(), String::new());
    let (mut quoted, mut started) = (false, false);
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        match letter {
            '"' if quoted && letters.peek() == Some(&'"') => {
                letters.next();
                cell.push('"');
            }
            '"' if quoted => quoted = false,
            '"' if !started => (quoted, started) = (true, true),
            _ if quoted => cell.push(letter),
            '\r' => {}
            '\n' => {
                row.push(std::mem::take(&mut cell));
                rows.push(std::mem::take(&mut row));
                started = false;
            }
            _ if letter == separator => {
                row.push(std::mem::take(&mut cell));
                started = false;
            }
            _ => {
                cell.push(letter);
                started = true;
            }
        }
    }
    if !cell.is_empty() || !row.is_empty() {
        row.push(cell);
        rows.push(row);
    }
    rows
}

/// What a program takes a typed cell for.
fn value(cell: &str, program: Program, locale: &Locale) -> Value {
    let text = || Value::Text(cell.to_owned());
    if let Some(place) = locale
        .booleans
        .iter()
        .position(|word| word.eq_ignore_ascii_case(cell))
    {
        // Numbers keeps the word (assumed).
        return if program == Program::Numbers {
            text()
        } else {
            Value::Yes(place == 0)
        };
    }
    if let Some(number) = number(cell, locale) {
        return Value::Number(number);
    }
    if let Some((date, shown)) = date(cell, locale) {
        return Value::Day(date, shown);
    }
    // A sign in front makes a formula of a word (documented), but for Numbers, which wants `=` (assumed).
    let signs: &[char] = if program == Program::Numbers {
        &['=']
    } else {
        &['=', '+', '-']
    };
    let word = |rest: &str| rest.chars().all(|letter| letter.is_ascii_alphanumeric());
    match cell.strip_prefix(signs) {
        Some(rest) if !rest.is_empty() && word(rest) => Value::NoName,
        _ => text(),
    }
}

/// A number as the locale writes it, thousands marks in groups of three.
fn number(cell: &str, locale: &Locale) -> Option<Number> {
    let bare = cell.strip_prefix(['-', '+']).unwrap_or(cell);
    let (mantissa, exponent) = match bare.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, Some(exponent)),
        None => (bare, None),
    };
    let (whole, decimals) = match mantissa.split_once(locale.decimal) {
        Some((whole, decimals)) => (whole, decimals),
        None => (mantissa, ""),
    };
    let digits = |text: &str| text.chars().all(|letter| letter.is_ascii_digit());
    let thousands = if locale.decimal == ',' { '.' } else { ',' };
    let groups: Vec<&str> = whole.split(thousands).collect();
    let grouped = groups.len() > 1
        && groups.iter().all(|group| digits(group))
        && (1..=3).contains(&groups[0].len())
        && groups[1..].iter().all(|group| group.len() == 3);
    if !(digits(whole) && !whole.is_empty() || grouped) || !digits(decimals) {
        return None;
    }
    if exponent.is_some_and(|exponent| exponent.is_empty() || !digits(exponent)) {
        return None;
    }
    let plain = format!(
        "{}{}.{decimals}0e{}",
        if cell.starts_with('-') { "-" } else { "" },
        groups.concat(),
        exponent.unwrap_or("0")
    );
    // Fifteen digits are kept (documented); a double shows them all.
    let value: f64 = plain.parse().unwrap();
    let value: f64 = format!("{value:.14e}").parse().unwrap();
    Some(Number {
        value,
        scientific: exponent.is_some(),
    })
}

/// A date, and how the program shows it.
fn date(cell: &str, locale: &Locale) -> Option<(Date, String)> {
    let mark = *locale.marks.iter().find(|mark| cell.contains(**mark))?;
    let parts: Vec<&str> = cell.split(mark).collect();
    if parts.iter().any(|part| part.is_empty() || part.len() > 4) {
        return None;
    }
    let year = |text: &str| {
        let year: u16 = text.parse().ok()?;
        Some(match text.len() {
            4 => year,
            // The century is the next one up to 29 (documented).
            1 | 2 if year < 30 => 2000 + year,
            1 | 2 => 1900 + year,
            _ => return None,
        })
    };
    let small = |text: &str| text.parse::<u8>().ok().filter(|_| text.len() <= 2);
    let real = |year: u16, month: u8, day: u8| {
        let days = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
        ((1..=12).contains(&month) && (1..=days[usize::from(month) - 1]).contains(&day))
            .then_some(Date { year, month, day })
    };
    let named = |text: &str| {
        let place = locale
            .months
            .iter()
            .position(|name| name.eq_ignore_ascii_case(text))?;
        u8::try_from(place + 1).ok()
    };
    let month_name = |date: Date| locale.months[usize::from(date.month) - 1];
    match parts[..] {
        // `2022-04-30` is a date everywhere (documented).
        [y, m, d] if y.len() == 4 => {
            let date = real(year(y)?, small(m)?, small(d)?)?;
            Some((date, (locale.short)(date)))
        }
        [a, b, c] => {
            if let Some(month) = named(b) {
                let date = real(year(c)?, month, small(a)?)?;
                // The built-in format `d-mmm-yy` (documented), in German `TT. MMM JJ`.
                let (day, name, year) = (date.day, month_name(date), date.year % 100);
                let shown = if locale.decimal == ',' {
                    format!("{day:02}. {name} {year:02}")
                } else {
                    format!("{day}-{name}-{year:02}")
                };
                return Some((date, shown));
            }
            let date = match locale.order {
                Order::Day => real(year(c)?, small(b)?, small(a)?)?,
                Order::Month => real(year(c)?, small(a)?, small(b)?)?,
                Order::Year => real(year(a)?, small(b)?, small(c)?)?,
            };
            Some((date, (locale.short)(date)))
        }
        // `12-5` is a day of this year (documented), `12.50` in German December 1950 (documented).
        [a, b] => {
            let (month, day) = match locale.order {
                Order::Day => (small(b), small(a)),
                Order::Month | Order::Year => (small(a), small(b)),
            };
            let this_year = month
                .zip(day)
                .and_then(|(month, day)| real(2026, month, day));
            if let Some(date) = this_year {
                let (day, name) = (date.day, month_name(date));
                let shown = match locale.name {
                    "de-DE" => format!("{day:02}. {name}"),
                    "ja-JP" => format!("{}\u{6708}{day}\u{65e5}", date.month),
                    _ => format!("{day}-{name}"),
                };
                return Some((date, shown));
            }
            let date = real(year(b).filter(|_| b.len() == 2)?, small(a)?, 1)?;
            let between = if locale.decimal == ',' { " " } else { "-" };
            let shown = format!("{}{between}{:02}", month_name(date), date.year % 100);
            Some((date, shown))
        }
        _ => None,
    }
}

/// A cell as it is saved in a text file: as it is shown (documented).
fn shown(cell: &Value, program: Program, locale: &Locale) -> String {
    match cell {
        Value::Text(text) => text.clone(),
        Value::Yes(yes) => locale.booleans[usize::from(!yes)].to_owned(),
        Value::Day(_, shown) => shown.clone(),
        Value::NoName => "#NAME?".to_owned(),
        Value::Number(Number { value, scientific }) => {
            // Excel's format "General" has room for eleven characters (documented).
            let wide = program == Program::Excel && value.abs() >= 1e11;
            let text = if wide || *scientific {
                exponential(*value, if *scientific { 2 } else { 5 }, *scientific)
            } else if value.abs() >= 1e15 {
                exponential(*value, 14, false)
            } else {
                value.to_string()
            };
            text.replace('.', &locale.decimal.to_string())
        }
    }
}

/// `1.23457E+13`.
fn exponential(value: f64, decimals: usize, fixed: bool) -> String {
    let text = format!("{value:.decimals$e}");
    let (mantissa, exponent) = text.split_once('e').unwrap();
    let mantissa = if fixed || !mantissa.contains('.') {
        mantissa
    } else {
        mantissa.trim_end_matches('0').trim_end_matches('.')
    };
    format!("{mantissa}E+{:02}", exponent.parse::<u8>().unwrap())
}

/// A cell between separators.
fn written(text: &str, separator: char, program: Program) -> String {
    // TSV of Google Sheets has no quoting: blanks instead of tabs and line ends (assumed).
    if program == Program::Sheets && separator == '\t' {
        return text.replace(['\t', '\r', '\n'], " ");
    }
    // Excel quotes a cell with a comma in tab files too (documented).
    let comma = program == Program::Excel && text.contains(',');
    if comma || text.contains([separator, '"', '\r', '\n', '\t']) {
        format!("\"{}\"", text.replace('"', "\"\""))
    } else {
        text.to_owned()
    }
}

fn workbook(rows: &[Vec<Value>]) -> Vec<u8> {
    use rust_xlsxwriter::{ExcelDateTime, Format, Formula, Workbook};
    let mut book = Workbook::new();
    let day = Format::new().set_num_format("yyyy-mm-dd");
    let sheet = book.add_worksheet();
    for (row, cells) in (0..).zip(rows) {
        for (column, cell) in (0..).zip(cells) {
            match cell {
                Value::Text(text) if text.is_empty() => continue,
                Value::Text(text) => sheet.write_string(row, column, text),
                Value::Number(number) => sheet.write_number(row, column, number.value),
                Value::Yes(yes) => sheet.write_boolean(row, column, *yes),
                Value::Day(date, _) => {
                    let date = ExcelDateTime::from_ymd(date.year, date.month, date.day).unwrap();
                    sheet.write_datetime_with_format(row, column, &date, &day)
                }
                Value::NoName => {
                    sheet.write_formula(row, column, Formula::new("=nothing").set_result("#NAME?"))
                }
            }
            .unwrap();
        }
    }
    book.save_to_buffer().unwrap()
}

/// The formats that a program saves.
pub fn formats(program: Program) -> &'static [Format] {
    match program {
        Program::Excel => &[
            Format::CodePage,
            Format::Csv,
            Format::CodePageTabs,
            Format::Tabs,
            Format::Workbook,
        ],
        Program::Sheets | Program::Numbers => &[Format::Csv, Format::Tabs, Format::Workbook],
    }
}
