//! Amazon reports that are recognised only to be refused by name (docs/formats.md, Kinds).

/// A report that this program does not read.
#[derive(Debug)]
pub struct Foreign {
    /// What people call it.
    pub name: &'static str,
    /// Columns that together no other report has, normalised.
    marks: &'static [&'static str],
}

/// Tried in this order: the more telling marks first.
pub const FOREIGN: &[Foreign] = &[
    Foreign {
        name: "tracking list",
        marks: &["order-id", "tracking-number"],
    },
    Foreign {
        name: "settlement",
        marks: &["settlement-id", "transaction-type"],
    },
    Foreign {
        name: "date range transactions",
        marks: &["date/time", "settlement-id", "type"],
    },
    Foreign {
        name: "listings",
        marks: &["seller-sku", "listing-id"],
    },
    Foreign {
        name: "FBA inventory",
        marks: &["sku", "afn-fulfillable-quantity"],
    },
    Foreign {
        name: "FBA inventory",
        marks: &["seller-sku", "quantity-available"],
    },
    Foreign {
        name: "inventory ledger",
        marks: &["fnsku", "starting-warehouse-balance"],
    },
    Foreign {
        name: "inventory",
        marks: &["sku", "asin", "price", "quantity"],
    },
    Foreign {
        name: "reimbursements",
        marks: &["reimbursement-id", "approval-date"],
    },
    Foreign {
        name: "replacements",
        marks: &["replacement-amazon-order-id"],
    },
    Foreign {
        name: "removal orders",
        marks: &["removal-order-type"],
    },
    Foreign {
        name: "removal orders",
        marks: &["order-type", "disposed-quantity"],
    },
    Foreign {
        name: "Business Report",
        marks: &["sessions", "units-ordered"],
    },
    Foreign {
        name: "Business Report",
        marks: &["(child)-asin"],
    },
    Foreign {
        name: "fee preview",
        marks: &["estimated-referral-fee-per-unit"],
    },
];

/// The report whose columns these are, `None` if we know none.
pub fn find(names: &[String]) -> Option<&'static Foreign> {
    FOREIGN.iter().find(|foreign| {
        foreign
            .marks
            .iter()
            .all(|mark| names.iter().any(|name| name == mark))
    })
}

/// What a file is by its first bytes, if they say that it is no text table; and what to do about it.
pub fn by_magic(head: &[u8]) -> Option<(&'static str, &'static str)> {
    let text = head.trim_ascii_start();
    let starts = |magic: &[u8]| head.starts_with(magic);
    Some(match () {
        () if starts(b"\x1f\x8b")
            || starts(b"\x28\xb5\x2f\xfd")
            || starts(b"PK\x03\x04")
            || starts(b"PK\x05\x06") =>
        {
            (
                "an archive inside an archive",
                "unpack the outer one and give what is inside",
            )
        }
        () if starts(b"\xd0\xcf\x11\xe0") => {
            ("an old Excel workbook", "download the report again as text")
        }
        () if starts(b"%PDF") => ("a PDF document", "download the report as text (TXT or CSV)"),
        () if starts(b"\x89PNG") || starts(b"\xff\xd8\xff") || starts(b"GIF8") => {
            ("an image", "leave it out")
        }
        () if starts(b"PAR1") => (
            "a Parquet file inside another file",
            "unpack the outer one and give what is inside",
        ),
        () if starts(b"SQLite format 3") => ("a database", "leave it out"),
        () if memchr::memmem::find(&text[..text.len().min(4096)], b"<AmazonEnvelope").is_some() => {
            (
                "an XML document of Amazon, but no report that is read",
                "leave it out",
            )
        }
        () if html(text) => (
            "a web page",
            "the download was not a report: sign in and download it again",
        ),
        () if text.starts_with(b"<?xml") => ("XML", "request the flat-file (TXT) report instead"),
        () if matches!(text.first(), Some(b'{' | b'[')) => ("JSON", "leave it out"),
        () => return None,
    })
}

/// Whether more than one byte in thirty-two at the beginning is a control character that no text holds.
pub fn binary(head: &[u8]) -> bool {
    let head = &head[..head.len().min(4096)];
    let odd = |byte: &&u8| matches!(**byte, 0x00..=0x08 | 0x0e..=0x1a | 0x1c..=0x1f);
    head.iter().filter(odd).count() > head.len() / 32
}

fn html(text: &[u8]) -> bool {
    let head = text[..text.len().min(256)].to_ascii_lowercase();
    head.starts_with(b"<!doctype html") || memchr::memmem::find(&head, b"<html").is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn knows_files_by_their_first_bytes() {
        assert_eq!(
            by_magic(b"\x1f\x8b\x08").unwrap().0,
            "an archive inside an archive"
        );
        assert_eq!(by_magic(b"  {\"a\": 1}").unwrap().0, "JSON");
        assert_eq!(
            by_magic(b"<!DOCTYPE html><title>Sign in").unwrap().0,
            "a web page"
        );
        assert!(binary(&[7, 1, b'x', 2, 3, 4, b'y', 5]));
        assert_eq!(by_magic(b"amazon-order-id\tsku\n"), None);
    }

    #[test]
    fn no_own_kind_is_taken_for_a_foreign_one() {
        for columns in [
            crate::report::kinds::all_orders::COLUMNS,
            crate::report::kinds::unshipped::COLUMNS,
        ] {
            let names: Vec<String> = columns
                .iter()
                .map(|column| column.name.to_owned())
                .collect();
            assert!(find(&names).is_none());
        }
    }
}
