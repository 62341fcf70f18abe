//! Workbooks: the cells of a sheet as text with quoted fields, row by row, so that they are read as a spreadsheet's saved
//! text would be, by the same rules.

use std::collections::VecDeque;
use std::io::{self, BufReader, Read, Seek};

use calamine::{DataRef, Reader, Xlsx, XlsxCellReader};

use crate::report::Refusal;

/// The names of the sheets of a workbook.
pub(super) fn names(workbook: impl Read + Seek) -> Result<Vec<String>, Refusal> {
    match open(workbook) {
        Ok(book) => Ok(book.sheet_names()),
        Err(error) => Err(Refusal {
            found: "an Excel workbook that is damaged, or locked with a password".into(),
            detail: Some(error.to_string()),
            help: "download the report again as text".into(),
            foreign: false,
        }),
    }
}

/// Shows the rows of a sheet.
pub(super) fn unpack<T>(
    workbook: impl Read + Seek,
    name: &str,
    show: impl FnOnce(&mut dyn Read) -> io::Result<T>,
) -> io::Result<T> {
    let mut book = open(workbook)?;
    let cells = book.worksheet_cells_reader(name).map_err(invalid)?;
    show(&mut Rows {
        cells,
        next: None,
        row: 0,
        width: 0,
        line: VecDeque::new(),
        ended: false,
    })
}

/// What the texts of a workbook may unpack to: they are kept in memory, all of them.
const MOST_SHARED: u64 = 1 << 30;

fn open<R: Read + Seek>(mut workbook: R) -> io::Result<Xlsx<BufReader<R>>> {
    let mut archive = zip::ZipArchive::new(&mut workbook)?;
    for index in 0..archive.len() {
        let entry = archive.by_index(index)?;
        let kept = entry.name_raw().ends_with(b"sharedStrings.xml")
            || entry.name_raw().ends_with(b"styles.xml");
        if kept && io::copy(&mut entry.take(MOST_SHARED + 1), &mut io::sink())? > MOST_SHARED {
            return Err(io::Error::other("its texts unpack to more than 1 GiB"));
        }
    }
    drop(archive);
    workbook.rewind()?;
    Xlsx::new(BufReader::with_capacity(1 << 16, workbook)).map_err(invalid)
}

fn wrong(what: &str) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, what)
}

fn invalid(error: calamine::XlsxError) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, error)
}

/// The rows of a sheet as lines. Rows and cells that the sheet leaves out are empty ones here, so that a line's number is that
/// of its row.
struct Rows<'b, RS: Read + Seek> {
    cells: XlsxCellReader<'b, RS>,
    next: Option<Cell>,
    /// How many rows were shown.
    row: u32,
    /// Columns of the first row that has any: a sheet leaves out the empty cells at the end of a row.
    width: u32,
    line: VecDeque<u8>,
    ended: bool,
}

/// No spreadsheet has more rows, or columns.
const MOST_ROWS: u32 = 1 << 20;
const MOST_COLUMNS: u32 = 1 << 14;

struct Cell {
    row: u32,
    column: u32,
    text: String,
}

impl<RS: Read + Seek> Rows<'_, RS> {
    fn cell(&mut self) -> io::Result<Option<Cell>> {
        if let Some(cell) = self.next.take() {
            return Ok(Some(cell));
        }
        let cell = self.cells.next_cell().map_err(invalid)?;
        Ok(cell.map(|cell| Cell {
            row: cell.get_position().0,
            column: cell.get_position().1,
            text: text(cell.get_value()),
        }))
    }

    /// Writes the next row to `line`.
    fn advance(&mut self) -> io::Result<()> {
        let mut column = 0;
        let mut cells = 0;
        loop {
            match self.cell()? {
                Some(cell) if cell.row >= MOST_ROWS || cell.column >= MOST_COLUMNS => {
                    return Err(wrong("a cell beyond the end of any sheet"));
                }
                Some(cell) if cell.row == self.row && cell.column >= column => {
                    self.tabs(&mut column, cell.column);
                    quote(&cell.text, &mut self.line);
                    cells = cell.column + 1;
                }
                Some(cell) if cell.row > self.row => {
                    self.next = Some(cell);
                    break;
                }
                Some(_) => return Err(wrong("its cells are out of order")),
                None => {
                    self.ended = true;
                    break;
                }
            }
        }
        if self.width == 0 {
            self.width = cells;
        }
        if cells > 0 {
            self.tabs(&mut column, self.width.saturating_sub(1));
        }
        self.line.push_back(b'\n');
        self.row += 1;
        Ok(())
    }

    fn tabs(&mut self, column: &mut u32, until: u32) {
        while *column < until {
            self.line.push_back(b'\t');
            *column += 1;
        }
    }
}

impl<RS: Read + Seek> Read for Rows<'_, RS> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        while self.line.is_empty() && !self.ended {
            self.advance()?;
        }
        self.line.read(buffer)
    }
}

/// A cell in quotation marks, so that tabs, line ends and quotation marks in it are its own.
fn quote(text: &str, line: &mut VecDeque<u8>) {
    if text.is_empty() {
        return;
    }
    line.push_back(b'"');
    for byte in text.bytes() {
        if byte == b'"' {
            line.push_back(b'"');
        }
        line.push_back(byte);
    }
    line.push_back(b'"');
}

/// A cell as it would be typed. Numbers in their shortest form, which is how they were typed if they were; a date without a
/// zone stays one, and the readers of cells say what they think of it.
fn text(cell: &DataRef<'_>) -> String {
    match cell {
        DataRef::Empty => String::new(),
        DataRef::String(text) | DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => {
            text.clone()
        }
        DataRef::SharedString(text) => (*text).to_owned(),
        DataRef::Int(number) => number.to_string(),
        // Fifteen digits are kept: of a longer number the last ones are wrong.
        DataRef::Float(number) if number.abs() >= 1e15 => {
            format!("{number:.14E}").replace('E', "E+")
        }
        DataRef::Float(number) => number.to_string(),
        DataRef::Bool(yes) => yes.to_string(),
        DataRef::DateTime(date) => {
            let (year, month, day, hour, minute, second, _) = date.to_ymd_hms_milli();
            format!("{year:04}-{month:02}-{day:02} {hour:02}:{minute:02}:{second:02}")
        }
        DataRef::Error(error) => error.to_string(),
    }
}
