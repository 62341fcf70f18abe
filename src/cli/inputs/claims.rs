//! `--claims FILE`: an order, the day of its A-to-z claim, and the day on which it was granted, if it was.

use std::fs;
use std::path::Path;

use ordersift::field::Day;
use ordersift::options::Claim;

use crate::cli::Failure;

pub(crate) fn read(file: &Path) -> Result<Vec<Claim>, Failure> {
    let named = file.display();
    let help = "a claim is a line as `113-0000000-0000001 2026-07-20`, with the day of the grant after it, if it was granted";
    let text = fs::read_to_string(file).map_err(|error| Failure::unreadable(file, &error, help))?;
    let mut claims = Vec::new();
    for (number, line) in (1..).zip(text.lines()) {
        let line = line.split('#').next().unwrap_or_default();
        let words: Vec<&str> = line
            .split([' ', '\t', ',', ';'])
            .filter(|word| !word.is_empty())
            .collect();
        let day = |text: &str| {
            Day::read(text.as_bytes()).ok_or_else(|| {
                Failure::usage(format!("{named}:{number}: `{text}` is not a day"), help)
            })
        };
        let (order, claimed, granted) = match words[..] {
            [] => continue,
            [order, claimed] => (order, day(claimed)?, None),
            [order, claimed, granted] => (order, day(claimed)?, Some(day(granted)?)),
            _ => {
                let what = format!("{named}:{number}: not an order and one or two days");
                return Err(Failure::usage(what, help));
            }
        };
        claims.push(Claim {
            order: order.to_owned(),
            claimed,
            granted,
        });
    }
    Ok(claims)
}
