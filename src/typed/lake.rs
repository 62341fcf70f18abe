//! The Parquet files of a lake: lines of one input each, and beside them a row for each input, the lines that could not be read
//! and the offsets of time zones.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::field::Moment;

use super::schema::{Column, Content, LAKE_COLUMNS, Schema, column};

/// The version of all schemas of a lake.
pub const LAKE_VERSION: &str = "1";
/// The same as the number in the column `schema_version`.
pub const LAKE_VERSION_NUMBER: i64 = 1;

/// The name of the version in the metadata of lines in a lake.
const KEY_LAKE: &str = "ordersift.lake";
/// What a file says of itself in the metadata: of lines [`FileFacts`], of an input [`Named`].
pub const KEY_FACTS: &str = "ordersift.facts";

/// The account of files that no account was named for.
pub const NO_ACCOUNT: &str = "default";

/// The folders of a lake.
pub const LINES_FOLDER: &str = "lines";
/// A row for each input.
pub const FILES_FOLDER: &str = "files";
/// The lines that could not be read.
pub const REJECTS_FOLDER: &str = "rejects";
/// The offsets of time zones.
pub const ZONES_FOLDER: &str = "zones";
/// What the names of folders of accounts start with.
const ACCOUNT_FOLDER: &str = "account=";

/// The lines of an input.
pub const LAKE_LINES: Schema = Schema {
    name: "lines",
    columns: LAKE_COLUMNS,
    key: KEY_LAKE,
    version: LAKE_VERSION,
    lines: true,
};

/// The inputs.
pub const LAKE_FILES: Schema = Schema {
    name: "files",
    columns: FILE_COLUMNS,
    key: "ordersift.lake.files",
    version: LAKE_VERSION,
    lines: false,
};

/// The lines that could not be read.
pub const LAKE_REJECTS: Schema = Schema {
    name: "rejects",
    columns: REJECT_COLUMNS,
    key: "ordersift.lake.rejects",
    version: LAKE_VERSION,
    lines: false,
};

/// The offsets of time zones.
pub const LAKE_ZONES: Schema = Schema {
    name: "zones",
    columns: ZONE_COLUMNS,
    key: "ordersift.lake.zones",
    version: LAKE_VERSION,
    lines: false,
};

const ACCOUNT: Column = column("account", Content::Text, "the account it belongs to", "");
const FILE: Column = column(
    "file",
    Content::Text,
    "the SHA-256 of the content, which is what lines name as their `file`",
    "",
);
const NO_LINE: &str = "no line could be read, or none gives such a date";

/// The columns of [`LAKE_FILES`].
pub const FILE_COLUMNS: &[Column] = &[
    ACCOUNT,
    FILE,
    column("name", Content::Text, "the name of the input", ""),
    column(
        "schema_version",
        Content::Count,
        "the version of this schema and that of the lines",
        "",
    ),
    column("kind", Content::Text, "`all-orders` or `unshipped`", ""),
    column("encoding", Content::Text, "how its text is encoded", ""),
    column(
        "compression",
        Content::Text,
        "what it was wrapped in, or `none`",
        "",
    ),
    column("bytes", Content::Number, "the size of its content", ""),
    column("lines_read", Content::Number, "lines of data", ""),
    column(
        "readable",
        Content::Number,
        "those that could be read, which are its rows in `lines`",
        "",
    ),
    column("rejected", Content::Number, "those that could not", ""),
    column(
        "newest_update",
        Content::Moment,
        "the greatest `last-updated-date` of a readable line; midnight UTC of a bare day",
        NO_LINE,
    ),
    column(
        "newest_update_timed",
        Content::Flag,
        "whether it has a time of day",
        NO_LINE,
    ),
    column(
        "newest_moment",
        Content::Moment,
        "of an unshipped report, the greatest of its dates: the moment of the backlog",
        "an all-orders report, or no line could be read",
    ),
    column(
        "first_purchase",
        Content::Moment,
        "the least `purchase-date`; midnight UTC of a bare day",
        NO_LINE,
    ),
    column(
        "first_purchase_timed",
        Content::Flag,
        "whether it has a time of day",
        NO_LINE,
    ),
    column(
        "last_purchase",
        Content::Moment,
        "the greatest `purchase-date`; midnight UTC of a bare day",
        NO_LINE,
    ),
    column(
        "last_purchase_timed",
        Content::Flag,
        "whether it has a time of day",
        NO_LINE,
    ),
];

/// The columns of [`LAKE_REJECTS`].
pub const REJECT_COLUMNS: &[Column] = &[
    ACCOUNT,
    FILE,
    column("line", Content::Number, "its line number there", ""),
    column("reason", Content::Text, "why it could not be read", ""),
    column(
        "column",
        Content::Text,
        "Amazon's name of the column at fault",
        "the line as a whole is at fault",
    ),
    column(
        "text",
        Content::Text,
        "at most forty characters of the cell at fault; never a buyer's field",
        "nothing to show",
    ),
];

/// The columns of [`LAKE_ZONES`].
pub const ZONE_COLUMNS: &[Column] = &[
    column("zone", Content::Text, "the IANA name", ""),
    column(
        "from_utc",
        Content::Moment,
        "the first moment at which the offset holds",
        "",
    ),
    column(
        "until_utc",
        Content::Moment,
        "the first moment at which it no longer does",
        "",
    ),
    column(
        "offset_seconds",
        Content::Count,
        "seconds that clocks are ahead of UTC",
        "",
    ),
];

/// A date as it is kept in the metadata: seconds since 1970 in UTC, and whether there is a time of day.
pub type Dated = Option<(i64, bool)>;

/// What the content of an input is, whatever the input is called.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileFacts {
    /// The kind of report.
    pub kind: String,
    /// How its text is encoded.
    pub encoding: String,
    /// The size of the content.
    pub bytes: u64,
    /// Lines of data.
    pub lines_read: u64,
    /// Those that could not be read.
    pub rejected: u64,
    /// The greatest `last-updated-date`.
    pub newest_update: Dated,
    /// The greatest date of an unshipped report.
    pub newest_moment: Dated,
    /// The least `purchase-date`.
    pub first_purchase: Dated,
    /// The greatest `purchase-date`.
    pub last_purchase: Dated,
}

/// What a row of [`LAKE_FILES`] says.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Named {
    /// The account.
    pub account: String,
    /// The SHA-256 of the content.
    pub file: String,
    /// The name of the input.
    pub name: String,
    /// What it was wrapped in.
    pub compression: String,
    /// What its content is.
    pub facts: FileFacts,
}

/// A moment as it is kept in the metadata.
pub fn dated(moment: Option<Moment>) -> Dated {
    moment.map(|moment| (moment.utc, moment.timed))
}

/// A file of a lake: the lines or the rejects of a content.
pub fn path_of(lake: &Path, folder: &str, account: &str, name: &str) -> PathBuf {
    let account = format!("{ACCOUNT_FOLDER}{}", escaped(account));
    let file = format!("{name}.parquet");
    lake.join(folder).join(account).join(file)
}

/// A name as part of a path: everything but letters, digits, `.`, `-` and `_` of ASCII is written as `%` and two hexadecimal digits,
/// as Hive does.
pub fn escaped(name: &str) -> String {
    let mut escaped = String::new();
    for byte in name.bytes() {
        let plain = byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b'_');
        if plain && !(escaped.is_empty() && byte == b'.') {
            escaped.push(char::from(byte));
        } else {
            // Writing to a text cannot fail.
            let _ = write!(escaped, "%{byte:02X}");
        }
    }
    escaped
}

/// Whether a folder is a lake, whole or not: one of the two folders that every lake has holds folders of accounts. A part of a lake
/// is a lake too, so that it is refused: as plain files, its lines would be merged without their names.
pub fn is_lake(folder: &Path) -> bool {
    [LINES_FOLDER, FILES_FOLDER].iter().any(|name| {
        let entries = fs::read_dir(folder.join(name)).into_iter().flatten();
        entries.flatten().any(|entry| {
            let name = entry.file_name();
            name.to_string_lossy().starts_with(ACCOUNT_FOLDER)
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_in_a_path_is_plain_and_unique() {
        assert_eq!(escaped("shop-1_de.v2"), "shop-1_de.v2");
        assert_eq!(
            escaped("Bücher & Co/../x"),
            "B%C3%BCcher%20%26%20Co%2F..%2Fx"
        );
        assert_eq!(escaped(".."), "%2E.");
        assert_eq!(escaped("a%2F"), "a%252F");
    }
}
