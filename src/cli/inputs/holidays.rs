//! `--holidays FILE`: a date on each line, with what it is after a `#`.

use std::fs;
use std::path::Path;

use ordersift::field::{Calendar, Day};

use crate::cli::Failure;

pub(crate) fn read(file: &Path) -> Result<Calendar, Failure> {
    let named = file.display();
    let help = "a holiday is a line as `2026-12-25`, with a remark after `#`";
    let text = fs::read_to_string(file).map_err(|error| Failure::unreadable(file, &error, help))?;
    let mut days = Vec::new();
    for (number, line) in (1..).zip(text.lines()) {
        let day = line.split('#').next().unwrap_or_default().trim();
        if day.is_empty() {
            continue;
        }
        let day = Day::read(day.as_bytes()).ok_or_else(|| {
            Failure::usage(format!("{named}:{number}: `{day}` is not a day"), help)
        })?;
        days.push(day);
    }
    Ok(Calendar::new(days))
}
