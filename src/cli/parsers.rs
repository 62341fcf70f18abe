//! The values of flags, as they are typed.

use std::path::PathBuf;

use chrono_tz::Tz;
use clap::builder::{PossibleValue, PossibleValuesParser};
use ordersift::field::{Day, Moment};
use ordersift::report::encoding::{Charset, by_name};

use crate::cli::enums::AsOf;

pub(crate) fn as_of(text: &str) -> Result<AsOf, String> {
    if text == "now" {
        return Ok(AsOf::Now);
    }
    let read = Moment::read(text.as_bytes()).map(AsOf::At);
    read.map_err(|_| {
        "neither `now` nor a moment as 2026-07-27T06:58:00-07:00 (UTC if no offset is given)"
            .to_owned()
    })
}

pub(crate) fn day(text: &str) -> Result<Day, String> {
    Day::read(text.as_bytes()).ok_or_else(|| "not a day as 2026-07-27".to_owned())
}

pub(crate) fn encoding(text: &str) -> Result<Charset, String> {
    by_name(text).ok_or_else(|| {
        "no encoding of that name is known; try utf-8, cp932 (Japan), windows-1252 (Western Europe) or utf-16le".to_owned()
    })
}

pub(crate) fn zone(text: &str) -> Result<Tz, String> {
    text.parse()
        .map_err(|_| "not an IANA time zone as Europe/Berlin or UTC".to_owned())
}

pub(crate) fn account(text: &str) -> Result<(String, PathBuf), String> {
    match text.split_once('=') {
        Some((name, path)) if !name.is_empty() && !path.is_empty() => {
            Ok((name.to_owned(), PathBuf::from(path)))
        }
        _ => Err("not of the form NAME=PATH".to_owned()),
    }
}

/// `ship.txt=2026-07-27T18:00:00-07:00`, or the moment alone.
pub(crate) fn upload(text: &str) -> Result<(Option<String>, Moment), String> {
    let (file, moment) = match text.rsplit_once('=') {
        Some((file, moment)) => (Some(file.to_owned()), moment),
        None => (None, text),
    };
    match Moment::read(moment.as_bytes()) {
        Ok(moment) if moment.timed => Ok((file, moment)),
        _ => Err("not a moment as 2026-07-27T18:00:00-07:00, or FILE=MOMENT".to_owned()),
    }
}

pub(crate) fn format_names() -> PossibleValuesParser {
    let formats = ordersift::write::FORMATS.iter();
    let known = formats.map(|format| PossibleValue::new(format.name).help(format.about));
    PossibleValuesParser::new(known)
}

pub(crate) fn table_names() -> PossibleValuesParser {
    PossibleValuesParser::new(ordersift::topic::TABLES.iter().map(|spec| spec.name))
}

pub(crate) fn threads(text: &str) -> Result<u16, String> {
    let threads = text
        .parse()
        .ok()
        .filter(|threads| (1..=1024).contains(threads));
    threads.ok_or_else(|| "not a number from 1 to 1024".to_owned())
}
