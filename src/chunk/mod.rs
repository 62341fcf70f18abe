//! A file as byte ranges that can be read by themselves.
//!
//! A line belongs to the chunk that it starts in. Since tab files have no quoting, every newline ends a line, so a chunk
//! finds its own first line and no file is looked through beforehand. Reads are positioned, never mapped: a file cut
//! short while it is read must not kill the process.

mod stream;

use std::fs::File;
use std::io;
use std::ops::Range;

use memchr::memchr;

use crate::line::{FileId, Place};
use crate::scanner::{Window, heads};

pub use stream::{Block, Blocks};

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

/// The bytes of a chunk, from its first line to the end of its last one.
#[derive(Debug, Clone, Copy)]
pub struct Text<'b> {
    bytes: &'b [u8],
    /// Lines that start here or later belong to the next chunk; what follows only ends the last line.
    owned: usize,
    place: Place,
}

impl Chunk {
    /// Reads the text of this chunk's lines into `buffer`. `first` says that a line starts at its first byte.
    ///
    /// # Errors
    /// The file cannot be read, or ends before the chunk does: it changed since the run began.
    pub fn read<'b>(
        &self,
        file: &File,
        first: bool,
        len: u64,
        buffer: &'b mut Vec<u8>,
    ) -> io::Result<Text<'b>> {
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
        Ok(Text {
            bytes: &buffer[start..],
            owned: (last + 1).saturating_sub(start),
            place: Place {
                file: self.file,
                byte: from + start as u64,
                chunk: self.start,
                line: 0,
            },
        })
    }
}

const LOOK_AHEAD: u64 = 16 << 10;

/// A line with its end.
#[derive(Debug, Clone, Copy)]
pub struct Line<'b, 'l> {
    /// Where it starts.
    pub place: Place,
    text: &'b [u8],
    /// Where the line starts, then the place behind each of its tabs and behind its end.
    behind: &'l [u32],
}

impl<'b> Line<'b, '_> {
    /// Its bytes, line end included. One that is cut off was longer than [`LONGEST_LINE`], or is the last of its file.
    #[inline]
    pub fn raw(&self) -> &'b [u8] {
        let end = self.behind.last().map_or(0, |end| *end as usize);
        &self.text[self.start()..end.min(self.text.len())]
    }

    /// How many fields it has: one more than tabs.
    #[inline]
    pub fn fields(&self) -> usize {
        self.behind.len() - 1
    }

    /// One of them. The last one may end in a carriage return.
    #[expect(
        clippy::inline_always,
        reason = "a call for every cell of every line: a tenth of a run"
    )]
    #[inline(always)]
    pub fn field(&self, index: usize) -> &'b [u8] {
        let (start, behind) = (self.behind[index], self.behind[index + 1]);
        &self.text[start as usize..behind as usize - 1]
    }

    #[inline]
    fn start(&self) -> usize {
        self.behind[0] as usize
    }
}

impl<'b> Text<'b> {
    /// Some lines by themselves, as they stand at a place.
    pub fn at(place: Place, bytes: &'b [u8]) -> Self {
        Self {
            bytes,
            owned: bytes.len(),
            place: Place {
                line: place.line - 1,
                ..place
            },
        }
    }

    /// Shows every line; gives how many there are. `line` gives how many it turned out to be: one, or more where old line ends
    /// stand between new ones.
    pub fn lines(&self, mut line: impl FnMut(Line<'b, '_>) -> u64) -> u64 {
        let mut window = Window::new(self.bytes);
        let mut place = self.place;
        let before = place.line;
        while let Some(behind) = window.advance() {
            let start = behind[0] as usize;
            if start >= self.owned {
                break;
            }
            place.line += 1;
            place.byte = self.place.byte + start as u64;
            let more = line(Line {
                place,
                text: self.bytes,
                behind,
            });
            place.line += more - 1;
        }
        place.line - before
    }

    /// Shows the first `wanted` fields of every line with their indices, then where the line starts; the rest is stepped
    /// over. Gives how many lines there are.
    pub fn heads<S>(
        &self,
        wanted: usize,
        state: &mut S,
        mut field: impl FnMut(&mut S, usize, &'b [u8]),
        mut line: impl FnMut(&mut S, Place),
    ) -> u64 {
        let mut place = self.place;
        let mut start = 0;
        while start < self.owned.min(self.bytes.len()) {
            place.line += 1;
            place.byte = self.place.byte + start as u64;
            start = heads(self.bytes, start, wanted, |index, range| {
                field(state, index, &self.bytes[range]);
            });
            line(state, place);
        }
        place.line
    }

    /// Its lines as they stand, line ends included.
    pub fn raw_lines(&self) -> impl Iterator<Item = Range<usize>> {
        let (bytes, owned) = (self.bytes, self.owned);
        let mut start = 0;
        std::iter::from_fn(move || {
            let rest = bytes.get(start..).filter(|rest| !rest.is_empty())?;
            if start >= owned {
                return None;
            }
            let end = start + memchr(b'\n', rest).map_or(rest.len(), |at| at + 1);
            Some(std::mem::replace(&mut start, end)..end)
        })
    }

    /// Some of its lines by themselves; `before` lines of it stand before them.
    #[must_use]
    pub fn part(&self, lines: Range<usize>, before: u64) -> Self {
        Self {
            bytes: &self.bytes[lines.clone()],
            owned: lines.len(),
            place: Place {
                byte: self.place.byte + lines.start as u64,
                line: self.place.line + before,
                ..self.place
            },
        }
    }

    /// Its bytes.
    pub fn bytes(&self) -> &'b [u8] {
        self.bytes
    }

    /// The place in the file where the next chunk starts.
    pub fn end(&self) -> u64 {
        self.place.byte + self.owned as u64
    }

    /// Where its first line starts.
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
            Ok(0) => return Err(shorter()),
            Ok(read) => filled += read,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    Ok(())
}

/// The error of a file that is not as long as it was.
pub(crate) fn shorter() -> io::Error {
    io::Error::new(
        io::ErrorKind::UnexpectedEof,
        "input changed during read: it is shorter now",
    )
}

/// Reads some bytes from a place in a file.
#[cfg(unix)]
pub(crate) fn read_at(file: &File, buffer: &mut [u8], from: u64) -> io::Result<usize> {
    std::os::unix::fs::FileExt::read_at(file, buffer, from)
}

/// Reads some bytes from a place in a file.
#[cfg(windows)]
pub(crate) fn read_at(file: &File, buffer: &mut [u8], from: u64) -> io::Result<usize> {
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
            let text = chunk
                .read(&file, chunk.start == body, len, &mut buffer)
                .unwrap();
            let mut heads = Vec::new();
            text.heads(
                2,
                &mut Vec::new(),
                |fields, _, field| fields.push(field),
                |fields, place| heads.push((place, std::mem::take(fields))),
            );
            let mut heads = heads.into_iter();
            text.lines(|line| {
                let bare = line.raw().strip_suffix(b"\n").unwrap_or(line.raw());
                let slow: Vec<_> = bare.split(|byte| *byte == b'\t').collect();
                let fields: Vec<_> = (0..line.fields()).map(|index| line.field(index)).collect();
                assert_eq!(fields, slow);
                assert_eq!(
                    heads.next(),
                    Some((line.place, slow[..slow.len().min(2)].to_vec()))
                );
                all.push((line.place.byte, line.raw().to_vec()));
                1
            });
            assert_eq!(heads.next(), None);
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
