//! Remarks on stderr about a document: days without a rate, rejected lines, and the roles of files.

use ordersift::table::Document;

use crate::cli::screen::Screen;

/// Days that have no rate are said: what they sold is in no converted sum.
pub(crate) fn remark_rates(document: &Document, screen: &Screen) {
    let days = document
        .count("quality", "fx_missing", "count")
        .unwrap_or(0);
    let Some(quality) = document.table("quality").filter(|_| days > 0) else {
        return;
    };
    let first = (0..quality.height()).find(|row| quality.text(*row, "check") == "fx_missing");
    let first = first.map(|row| quality.text(row, "example_place"));
    let plural = if days == 1 { "" } else { "s" };
    screen.remark(&format!(
        "no rate for {days} day{plural} by currency, first {}: sums with such a day are not converted",
        first.unwrap_or_default()
    ));
}

/// Says how many lines were rejected, where the first screen does not.
pub(crate) fn remark_rejects(document: &Document, screen: &Screen) {
    let rejected = document.control.rejected;
    if rejected > 0 {
        let plural = if rejected == 1 { "" } else { "s" };
        screen.remark(&format!(
            "{rejected} line{plural} rejected and not counted: `ordersift check` lists them"
        ));
    }
}

/// What was decided about files is said: those taken for another account's, those skipped.
pub(crate) fn remark_roles(document: &Document, screen: &Screen) {
    use ordersift::table::Cell;
    let Some(sources) = document.table("sources") else {
        return;
    };
    let column = |name: &str| sources.index(name).unwrap_or(0);
    let (file, kind, role) = (column("file"), column("kind"), column("role"));
    for row in
        (0..sources.height()).filter(|row| sources.cell(*row, role) == Cell::Text("other_account"))
    {
        let name = sources.cell(row, file);
        let name = name.text().unwrap_or_default();
        screen.remark(&format!(
            "{name} is taken for another account's backlog: it is about as new as the newest and shares no order with it; \
             if it is an older one of the same account, leave it out or say so with --account NAME=PATH"
        ));
    }
    let ignored: Vec<usize> = (0..sources.height())
        .filter(|row| sources.cell(*row, role) == Cell::Text("ignored"))
        .collect();
    let text = |row: usize, column: usize| {
        sources
            .cell(row, column)
            .text()
            .unwrap_or_default()
            .into_owned()
    };
    if screen.verbose {
        for row in ignored {
            screen.remark(&format!(
                "skipped: {} ({})",
                text(row, file),
                text(row, kind)
            ));
        }
        return;
    }
    match ignored[..] {
        [] => {}
        [row] => screen.remark(&format!(
            "skipped: {} ({})",
            text(row, file),
            text(row, kind)
        )),
        [row, ..] => {
            let count = ignored.len();
            screen.remark(&format!(
                "skipped: {count} files, first {} ({}); `ordersift check` names all",
                text(row, file),
                text(row, kind)
            ));
        }
    }
}
