//! A stream as blocks of whole lines, for text that cannot be read from any place: what is packed, or transcoded.

use std::io::{self, Read};

use memchr::{memchr, memrchr};

use crate::line::{FileId, Place};

use crate::chunk::{LONGEST_LINE, Text};

/// Some whole lines of a stream.
#[derive(Debug, Default)]
pub struct Block {
    /// The lines. The last one has no end if the stream has none there, or if it was longer than [`LONGEST_LINE`].
    pub bytes: Vec<u8>,
    /// Bytes of the stream before them.
    pub start: u64,
}

impl Block {
    /// The lines, as those of a chunk.
    pub fn text(&self, file: FileId) -> Text<'_> {
        Text {
            bytes: &self.bytes,
            owned: self.bytes.len(),
            place: Place {
                file,
                byte: self.start,
                chunk: self.start,
                line: 0,
            },
        }
    }
}

/// Cuts a stream into blocks of about `size` bytes: always at the same places.
#[derive(Debug)]
pub struct Blocks<R> {
    source: R,
    size: usize,
    /// Bytes of the stream before `rest`.
    start: u64,
    /// What follows the last block and was read with it.
    rest: Vec<u8>,
    ended: bool,
}

impl<R: Read> Blocks<R> {
    /// The blocks of what follows the first `skip` bytes.
    ///
    /// # Errors
    /// The stream cannot be read.
    pub fn new(mut source: R, skip: u64, size: usize) -> io::Result<Self> {
        let skipped = io::copy(&mut source.by_ref().take(skip), &mut io::sink())?;
        Ok(Self {
            source,
            size: size.max(1),
            start: skipped,
            rest: Vec::new(),
            ended: false,
        })
    }

    /// The next block, in a buffer that is used again; `None` at the end of the stream.
    ///
    /// # Errors
    /// The stream cannot be read.
    pub fn next(&mut self, mut bytes: Vec<u8>) -> io::Result<Option<Block>> {
        bytes.clear();
        bytes.append(&mut self.rest);
        let start = self.start;
        let mut searched = 0;
        loop {
            let wanted = if bytes.len() < self.size {
                self.size - bytes.len()
            } else {
                STEP
            };
            self.fill(&mut bytes, wanted)?;
            if self.ended {
                break;
            }
            if let Some(newline) = memrchr(b'\n', &bytes[searched..]) {
                self.rest
                    .extend_from_slice(&bytes[searched + newline + 1..]);
                bytes.truncate(searched + newline + 1);
                break;
            }
            searched = bytes.len();
            if searched > LONGEST_LINE {
                // One endless line: its beginning is shown, the rest is skipped.
                self.start += bytes.len() as u64;
                self.skip_line()?;
                return Ok(Some(Block { bytes, start }));
            }
        }
        self.start += bytes.len() as u64;
        Ok((!bytes.is_empty()).then_some(Block { bytes, start }))
    }

    fn fill(&mut self, bytes: &mut Vec<u8>, wanted: usize) -> io::Result<()> {
        let read = self
            .source
            .by_ref()
            .take(wanted as u64)
            .read_to_end(bytes)?;
        self.ended = read < wanted;
        Ok(())
    }

    fn skip_line(&mut self) -> io::Result<()> {
        let mut buffer = Vec::with_capacity(STEP);
        loop {
            buffer.clear();
            self.fill(&mut buffer, STEP)?;
            if let Some(newline) = memchr(b'\n', &buffer) {
                self.start += newline as u64 + 1;
                self.rest.extend_from_slice(&buffer[newline + 1..]);
                return Ok(());
            }
            self.start += buffer.len() as u64;
            if self.ended {
                return Ok(());
            }
        }
    }
}

const STEP: usize = 64 << 10;

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(text: &[u8], skip: u64, size: usize) -> Vec<(u64, Vec<u8>)> {
        let mut blocks = Blocks::new(text, skip, size).unwrap();
        let mut lines = Vec::new();
        while let Some(block) = blocks.next(Vec::new()).unwrap() {
            block.text(FileId(0)).lines(|line| {
                lines.push((line.place.byte, line.raw().to_vec()));
                1
            });
        }
        lines
    }

    #[test]
    fn every_line_is_read_once_wherever_the_stream_is_cut() {
        let text = b"head\na\tb\n\nlonger\tline\r\n\n\nx\nlast";
        let whole = lines(text, 5, 1000);
        assert_eq!(whole.len(), 7);
        assert_eq!(whole[6], (27, b"last".to_vec()));
        for size in 1..40 {
            assert_eq!(lines(text, 5, size), whole, "blocks of {size}");
        }
        assert_eq!(lines(b"head\n", 5, 10), []);
        assert_eq!(lines(b"he", 5, 10), []);
    }

    #[test]
    fn of_an_endless_line_only_the_beginning_is_in_memory() {
        for size in [10, 4096, 4 << 20] {
            let mut text = b"h\na\n".to_vec();
            text.extend(vec![b'b'; 9 << 20]);
            text.extend(b"\nc\n");
            let read = lines(&text, 2, size);
            assert_eq!(read.len(), 3, "{size}");
            assert!(
                read[1].1.len() > LONGEST_LINE && read[1].1.len() <= LONGEST_LINE + size.max(STEP)
            );
            assert_eq!(read[2], ((9 << 20) + 5, b"c\n".to_vec()));
        }
    }
}
