//! Addresses as a shipper copies them onto parcels.

use std::io;

use crate::table::Document;

use super::number::count;
use super::screen::{BOLD, Piece, Screen};

/// Writes a block for every parcel: what goes together, whom and where to, which orders it is.
pub fn parcels(document: &Document, screen: &Screen, out: &mut dyn io::Write) -> io::Result<()> {
    let Some(table) = document.table("parcels") else {
        return Ok(());
    };
    let text = |row: usize, name: &str| table.text(row, name);
    let mut row = 0;
    while row < table.height() {
        let number = text(row, "parcel");
        let end = (row..table.height())
            .find(|other| text(*other, "parcel") != number)
            .unwrap_or(table.height());
        let orders = count(i128::try_from(end - row).unwrap_or(1), "order");
        let bucket = text(row, "bucket").replace('_', " ");
        let title = format!("Parcel {number} \u{b7} {bucket} \u{b7} {orders}");
        let line = |piece: Piece| piece.cut(screen.columns()).painted(screen);
        writeln!(out, "\n{}", line(Piece::new(BOLD, &title)))?;
        for part in address(&|name| text(row, name)) {
            writeln!(out, "{}", line(Piece::plain(&format!("  {part}"))))?;
        }
        for order in row..end {
            let what = format!("  {}  {}", text(order, "order_id"), text(order, "contents"));
            writeln!(out, "{}", line(Piece::dim(&what)))?;
        }
        row = end;
    }
    Ok(())
}

/// The lines of an address that say something.
fn address(text: &dyn Fn(&str) -> String) -> Vec<String> {
    let mut lines = [
        "recipient_name",
        "ship_address_1",
        "ship_address_2",
        "ship_address_3",
    ]
    .map(text)
    .to_vec();
    let joined = |names: [&str; 3]| {
        let parts = names.map(text).into_iter().filter(|part| !part.is_empty());
        parts.collect::<Vec<_>>().join(" ")
    };
    lines.push(joined(["ship_city", "ship_state", "ship_postal_code"]));
    lines.push(joined(["ship_country", "phone", ""]));
    lines.retain(|line| !line.trim().is_empty());
    lines
}
