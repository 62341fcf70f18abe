//! A file as byte ranges that can be read by themselves.
//!
//! A line belongs to the chunk that it starts in. Since tab files have no quoting, every newline ends a line, so a chunk
//! finds its own first line and no file is looked through beforehand. Reads are positioned, never mapped: a file cut
//! short while it is read must not kill the process.

use std::fs::File;
use std::io;

use memchr::memchr;

use crate::line::{FileId, Place};
use crate::marks::{Mark, Marks};

/// A line may be this long; a longer one is a reject, and only this much of it is ever in memory.
pub const LONGEST_LINE: usize = 1 << 20;

/// The size of a chunk in bytes, unless a test wants others.
pub const CHUNK: u64 = 4 << 20;

/// A byte range of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Chunk {
    /// The file.
    pub file: FileId,
    /// First byte.
    pub start: u64,
    /// First byte after it.
    pub end: u64,
}

/// Cuts what follows a header into chunks.
///
/// ```
/// let chunks = ordersift::chunk::cut(Default::default(), 10, 25, 6);
/// assert_eq!(chunks.iter().map(|c| (c.start, c.end)).collect::<Vec<_>>(), [(10, 16), (16, 22), (22, 25)]);
/// ```
pub fn cut(file: FileId, body: u64, len: u64, size: u64) -> Vec<Chunk> {
    let size = size.clamp(1, len.max(1));
    (0..len.saturating_sub(body).div_ceil(size))
        .map(|index| body + index * size)
        .map(|start| Chunk {
            file,
            start,
            end: (start + size).min(len),
        })
        .collect()
}

/// The lines that start in a chunk.
#[derive(Debug)]
pub struct Lines<'b> {
    text: &'b [u8],
    marks: Marks<'b>,
    /// Where the next line starts in the text.
    start: usize,
    /// Lines that start here or later belong to the next chunk; what follows only ends the last line.
    owned: usize,
    place: Place,
}

impl Chunk {
    /// Reads the lines that start in this chunk into `buffer`. `first` says that a line starts at its first byte.
    ///
    /// # Errors
    /// The file cannot be read, or ends before the chunk does: it changed since the run began.
    pub fn read<'b>(
        &self,
        file: &File,
        first: bool,
        len: u64,
        buffer: &'b mut Vec<u8>,
    ) -> io::Result<Lines<'b>> {
        let from = if first { self.start } else { self.start - 1 };
        let mut until = (self.end + LOOK_AHEAD).min(len);
        read_exact_at(file, buffer, from, until)?;
        let last = offset(self.end - 1 - from);
        let mut searched = last;
        while memchr(b'\n', &buffer[searched..]).is_none()
            && until < len
            && buffer.len() - last <= LONGEST_LINE
        {
            searched = buffer.len();
            let more = (until + LOOK_AHEAD).min(len);
            let mut tail = Vec::new();
            read_exact_at(file, &mut tail, until, more)?;
            buffer.extend_from_slice(&tail);
            until = more;
        }
        let start = if first {
            0
        } else {
            memchr(b'\n', buffer).map_or(buffer.len(), |at| at + 1)
        };
        let text = &buffer[start..];
        let owned = (last + 1).saturating_sub(start);
        let place = Place {
            file: self.file,
            byte: from + start as u64,
            chunk: self.start,
            line: 0,
        };
        Ok(Lines {
            text,
            marks: Marks::new(text),
            start: 0,
            owned,
            place,
        })
    }
}

const LOOK_AHEAD: u64 = 64 << 10;

/// A line with its end.
#[derive(Debug, Clone, Copy)]
pub struct Line<'b> {
    /// Where it starts.
    pub place: Place,
    /// Its bytes, line end included. One that is cut off was longer than [`LONGEST_LINE`], or is the last of its file.
    pub raw: &'b [u8],
    /// How many fields it has: one more than tabs.
    pub fields: usize,
}

impl<'b> Lines<'b> {
    /// The next line. Its first `wanted` fields are shown to `field` with their indices, the others only counted; the last
    /// one of a line may end in a carriage return.
    #[inline]
    pub fn cut(
        &mut self,
        wanted: usize,
        mut field: impl FnMut(usize, &'b [u8]),
    ) -> Option<Line<'b>> {
        if self.start >= self.owned {
            return None;
        }
        let first = self.start;
        let (mut start, mut fields) = (first, 0);
        let end = loop {
            if fields == wanted {
                let (end, tabs) = self.marks.skip_line();
                fields += tabs + 1;
                break end;
            }
            let Some(Mark { at, newline }) = self.marks.advance() else {
                field(fields, &self.text[start..]);
                fields += 1;
                break self.text.len();
            };
            field(fields, &self.text[start..at]);
            fields += 1;
            start = at + 1;
            if newline {
                break start;
            }
        };
        self.start = end;
        let mut place = self.place;
        place.line += 1;
        self.place.line += 1;
        self.place.byte += (end - first) as u64;
        Some(Line {
            place,
            raw: &self.text[first..end],
            fields,
        })
    }

    /// Where the lines not yet given start, and how many were given.
    pub fn place(&self) -> Place {
        self.place
    }
}

/// Reads `from..until` of a file, wherever its cursor is.
///
/// # Errors
/// The file cannot be read, or is shorter.
pub fn read_exact_at(file: &File, buffer: &mut Vec<u8>, from: u64, until: u64) -> io::Result<()> {
    buffer.resize(offset(until - from), 0);
    let mut filled = 0;
    while filled < buffer.len() {
        match read_at(file, &mut buffer[filled..], from + filled as u64) {
            Ok(0) => {
                return Err(io::Error::new(
                    io::ErrorKind::UnexpectedEof,
                    "input changed during read: it is shorter now",
                ));
            }
            Ok(read) => filled += read,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    Ok(())
}

#[cfg(unix)]
fn read_at(file: &File, buffer: &mut [u8], from: u64) -> io::Result<usize> {
    std::os::unix::fs::FileExt::read_at(file, buffer, from)
}

#[cfg(windows)]
fn read_at(file: &File, buffer: &mut [u8], from: u64) -> io::Result<usize> {
    std::os::windows::fs::FileExt::seek_read(file, buffer, from)
}

fn offset(bytes: u64) -> usize {
    usize::try_from(bytes).expect("a chunk and one line fit into memory")
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use super::*;

    fn lines(text: &[u8], body: u64, size: u64) -> Vec<(u64, Vec<u8>)> {
        let mut file = tempfile::tempfile().unwrap();
        file.write_all(text).unwrap();
        let len = text.len() as u64;
        let mut buffer = Vec::new();
        let mut all = Vec::new();
        for chunk in cut(FileId(0), body, len, size) {
            let mut lines = chunk
                .read(&file, chunk.start == body, len, &mut buffer)
                .unwrap();
            let mut fields = Vec::new();
            let mut wanted = all.len() % 4 + 1;
            while let Some(line) = lines.cut(wanted, |index, field| {
                assert_eq!(index, fields.len());
                fields.push(field);
            }) {
                let bare = line.raw.strip_suffix(b"\n").unwrap_or(line.raw);
                let slow: Vec<_> = bare.split(|byte| *byte == b'\t').collect();
                assert_eq!(std::mem::take(&mut fields), slow[..slow.len().min(wanted)]);
                assert_eq!(line.fields, slow.len());
                all.push((line.place.byte, line.raw.to_vec()));
                wanted = all.len() % 4 + 1;
            }
        }
        all
    }

    #[test]
    fn every_line_is_read_once_wherever_the_file_is_cut() {
        let text = b"head\na\tb\n\nlonger\tline\r\n\n\nx\nlast";
        let whole = lines(text, 5, 1000);
        assert_eq!(whole.len(), 7);
        assert_eq!(whole[6], (26, b"x\n".to_vec()).max((27, b"last".to_vec())));
        for size in 1..40 {
            assert_eq!(lines(text, 5, size), whole, "chunks of {size}");
        }
    }

    #[test]
    fn a_chunk_of_any_size_covers_the_rest() {
        assert_eq!(
            cut(FileId(0), 7, 30, u64::MAX),
            [Chunk {
                file: FileId(0),
                start: 7,
                end: 30
            }]
        );
        assert_eq!(cut(FileId(0), 7, 7, 0), []);
    }

    #[test]
    fn a_line_longer_than_a_chunk_is_read_whole() {
        let mut text = b"h\n".to_vec();
        text.extend(vec![b'a'; 200_000]);
        text.extend(b"\nb\n");
        assert_eq!(lines(&text, 2, 1000).len(), 2);
        assert_eq!(lines(&text, 2, 1000)[0].1.len(), 200_001);
    }

    #[test]
    fn of_an_endless_line_only_the_beginning_is_in_memory() {
        let mut text = b"h\n".to_vec();
        text.extend(vec![b'a'; 3 << 20]);
        text.extend(b"\nb\n");
        let read = lines(&text, 2, 4096);
        assert_eq!(read.len(), 2);
        assert!(read[0].1.len() > LONGEST_LINE && read[0].1.len() < LONGEST_LINE + (128 << 10));
        assert_eq!(read[1].1, b"b\n");
    }
}
