//! The bytes of a row group, as the reader of its pages takes them.

use bytes::{Buf, Bytes};
use parquet::errors::{ParquetError, Result};
use parquet::file::reader::{ChunkReader, Length};
use zstd::zstd_safe;

/// No row group of ours is larger, as it lies in the file, and no page of one unpacked.
pub(super) const MOST_GROUP: u64 = 256 << 20;

/// The bytes of a row group, by their places in the file.
pub(super) struct Stored {
    pub(super) start: u64,
    pub(super) bytes: Bytes,
}

impl Stored {
    fn from(&self, start: u64) -> Result<Bytes> {
        let at = start
            .checked_sub(self.start)
            .and_then(|at| usize::try_from(at).ok());
        match at.filter(|at| *at <= self.bytes.len()) {
            Some(at) => Ok(self.bytes.slice(at..)),
            None => Err(ParquetError::General(
                "a place outside of its row group".into(),
            )),
        }
    }
}

impl Length for Stored {
    fn len(&self) -> u64 {
        self.start + self.bytes.len() as u64
    }
}

impl ChunkReader for Stored {
    type T = bytes::buf::Reader<Bytes>;

    fn get_read(&self, start: u64) -> Result<Self::T> {
        Ok(self.from(start)?.reader())
    }

    /// The bytes of a page. A page says how large it is before it is unpacked: one that would fill memory is refused here.
    fn get_bytes(&self, start: u64, length: usize) -> Result<Bytes> {
        let bytes = self.from(start)?;
        if length > bytes.len() {
            return Err(ParquetError::EOF("a page beyond its row group".into()));
        }
        let page = bytes.slice(..length);
        let size = zstd_safe::get_frame_content_size(&page).ok().flatten();
        let alone = zstd_safe::find_frame_compressed_size(&page).ok() == Some(length);
        match size {
            Some(size) if alone && size <= MOST_GROUP => Ok(page),
            _ => Err(ParquetError::General(
                "a page that is not packed as it should be".into(),
            )),
        }
    }
}
