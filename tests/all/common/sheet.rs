//! A report as cells, to be changed by name.

use std::collections::BTreeMap;

/// The cells of a line by column.
pub type Cells = BTreeMap<String, String>;

/// Changes every line of a report that has these further columns at its end.
pub fn edited(text: &str, further: &[&str], mut edit: impl FnMut(usize, &mut Cells)) -> Vec<u8> {
    let mut lines = text.lines();
    let header = lines.next().unwrap().split('\t').map(str::trim);
    let header: Vec<&str> = header.chain(further.iter().copied()).collect();
    let mut all = vec![header.join("\t")];
    for (place, line) in lines.enumerate() {
        let cells = line.split('\t').chain(further.iter().map(|_| ""));
        let named = header.iter().map(|name| (*name).to_owned());
        let mut cells: Cells = named.zip(cells.map(str::to_owned)).collect();
        edit(place, &mut cells);
        let cells = header.iter().map(|name| cells[*name].as_str());
        all.push(cells.collect::<Vec<_>>().join("\t"));
    }
    (all.join("\n") + "\n").into_bytes()
}

/// The lines in another order, the header first.
pub fn backwards(report: &[u8]) -> Vec<u8> {
    let text = std::str::from_utf8(report).unwrap();
    let mut lines: Vec<&str> = text.lines().collect();
    lines[1..].reverse();
    (lines.join("\n") + "\n").into_bytes()
}
