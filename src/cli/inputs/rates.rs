//! `--fx FILE`: a header, then a date, a currency and a rate on each line, as CSV.

use std::fs;
use std::path::Path;

use ordersift::field::{Currency, Day, Rates, rate};

use crate::cli::Failure;

const HELP: &str = "rates are lines as `2026-07-13,EUR,1.0834` below a header: date,currency,rate_usd \
                    (what one unit of the currency is in USD)";

/// A rate, and the line it stands on.
type Row = (usize, Day, Currency, i128);

pub(crate) fn read(file: &Path) -> Result<Rates, Failure> {
    let named = file.display();
    let bytes =
        fs::read_to_string(file).map_err(|error| Failure::unreadable(file, &error, HELP))?;
    let text = bytes.strip_prefix('\u{feff}').unwrap_or(&bytes);
    let wrong =
        |number: usize, what: &str| Failure::usage(format!("{named}:{number}: {what}"), HELP);
    let lines = (1..).zip(text.lines());
    let mut lines = lines.filter(|(_, line)| !line.trim().is_empty());
    let (number, header) = lines.next().ok_or_else(|| wrong(1, "there is no header"))?;
    let separator = if header.contains(';') { ';' } else { ',' };
    let header = Header::read(&cells(header, separator)).map_err(|what| wrong(number, &what))?;
    let mut rows: Vec<Row> = Vec::new();
    for (number, line) in lines {
        let cells = cells(line, separator);
        let [Some(day), Some(currency), Some(rate)] = header.places.map(|place| cells.get(place))
        else {
            return Err(wrong(number, "not a date, a currency and a rate"));
        };
        if cells.len() != 3 {
            let what = format!("{} cells, the header has 3", cells.len());
            return Err(wrong(number, &what));
        }
        let at = Day::read(day.as_bytes())
            .ok_or_else(|| wrong(number, &format!("`{day}` is not a day")))?;
        let of = currency_of(currency)
            .ok_or_else(|| wrong(number, &format!("`{currency}` is not a currency")))?;
        // Where cells end in semicolons, decimals begin with a comma as a rule.
        let plain = if separator == ';' {
            rate.replace(',', ".")
        } else {
            rate.clone()
        };
        let value = Rates::read(&plain).ok_or_else(|| {
            wrong(
                number,
                &format!("`{rate}` is not a rate: a number above zero of at most ten decimals"),
            )
        })?;
        rows.push((number, at, of, value));
    }
    let target = match header.target {
        Some(target) => target,
        None => only_one(&rows).ok_or_else(|| {
            Failure::usage(
                format!("{named}: `rate` does not say of what currency, and no currency alone has the rate 1 on all its days"),
                HELP,
            )
        })?,
    };
    let name = file.file_name().unwrap_or(file.as_os_str());
    let mut rates = Rates::new(name.to_string_lossy().into_owned(), target);
    for (number, day, currency, value) in rows {
        if currency == target && !rate::is_one(value) {
            let what = format!(
                "{} in {} is 1, not this",
                currency.as_str(),
                target.as_str()
            );
            return Err(wrong(number, &what));
        }
        if !rates.add(currency, day, value) {
            let what = format!("another rate of {} on {day}", currency.as_str());
            return Err(wrong(number, &what));
        }
    }
    Ok(rates)
}

/// Where date, currency and rate stand, and the currency of the rates if the header says it.
struct Header {
    places: [usize; 3],
    target: Option<Currency>,
}

impl Header {
    fn read(cells: &[String]) -> Result<Self, String> {
        let names: Vec<String> = cells.iter().map(|cell| cell.to_lowercase()).collect();
        let place = |name: &str| names.iter().position(|known| known == name);
        let (Some(date), Some(currency), 3) = (place("date"), place("currency"), names.len())
        else {
            return Err("the header is not date, currency, rate".to_owned());
        };
        let rate = 3 - date - currency;
        let name = &names[rate];
        let target = match name.as_str() {
            "rate" => None,
            name => {
                let code = name.strip_prefix("rate_").unwrap_or(name);
                let code = currency_of(code);
                Some(code.ok_or_else(|| {
                    format!("`{name}` is neither `rate` nor a currency, as `USD` or `rate_usd`")
                })?)
            }
        };
        Ok(Self {
            places: [date, currency, rate],
            target,
        })
    }
}

fn cells(line: &str, separator: char) -> Vec<String> {
    let cells = line
        .split(separator)
        .map(|cell| cell.trim().trim_matches('"'));
    cells.map(|cell| cell.trim().to_owned()).collect()
}

fn currency_of(text: &str) -> Option<Currency> {
    Currency::read(text.as_bytes()).ok().flatten()
}

/// The one currency whose rates are all 1.
fn only_one(rows: &[Row]) -> Option<Currency> {
    let ones = |wanted: bool| {
        let rows = rows
            .iter()
            .filter(move |(.., value)| rate::is_one(*value) == wanted);
        rows.map(|(_, _, currency, _)| *currency)
    };
    let others: Vec<Currency> = ones(false).collect();
    let mut all: Vec<Currency> = ones(true).filter(|one| !others.contains(one)).collect();
    all.sort_unstable();
    all.dedup();
    match all[..] {
        [one] => Some(one),
        _ => None,
    }
}
