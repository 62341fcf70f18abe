//! Files that cannot be read from any place, as a queue of blocks: they are unpacked by threads of their own while others read
//! the lines.

use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicU64, AtomicUsize, Ordering};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread;

use crate::chunk::{Block, Blocks};
use crate::error::Error;
use crate::input::Input;
use crate::line::FileId;
use crate::options::Options;
use crate::report::Report;

/// A file to read.
pub(super) type Source<'p> = (FileId, &'p Input, &'p Report);

/// Where a failed read began: of several failures the first one in the files is told.
pub(super) type Failed = ((FileId, u64), Error);

/// A block and the file it is of.
#[derive(Debug)]
pub(super) struct Piece<'p> {
    pub(super) source: Source<'p>,
    pub(super) block: Block,
    /// Bytes of the file itself that were read for it.
    pub(super) read: u64,
}

/// The blocks that are ready, and the buffers that were.
pub(super) struct Queue<'q, 'p> {
    ready: Option<Mutex<Receiver<Piece<'p>>>>,
    spare: Option<&'q Spare>,
}

type Spare = Mutex<Vec<Vec<u8>>>;

impl<'p> Queue<'_, 'p> {
    /// Of no files.
    pub(super) fn empty() -> Self {
        Self {
            ready: None,
            spare: None,
        }
    }

    /// The next block; waits for it. `None` once there are no more.
    pub(super) fn next(&self) -> Option<Piece<'p>> {
        self.ready.as_ref()?.lock().ok()?.recv().ok()
    }

    /// Its buffer can be used again.
    pub(super) fn give_back(&self, piece: Piece<'p>) {
        if let Some(Ok(mut spare)) = self.spare.map(Mutex::lock) {
            spare.push(piece.block.bytes);
        }
    }

    /// Throws away what is ready, so that nobody waits to add to it.
    pub(super) fn drain(&self) {
        while self.next().is_some() {}
    }
}

/// Runs `work` on the blocks of all these files; gives what it gave, and the files that could not be read to their ends.
/// Blocks of one file come in their order. `stop` ends it early.
pub(super) fn pieces<'p, T>(
    sources: &'p [Source<'p>],
    options: &Options,
    threads: usize,
    stop: &AtomicBool,
    work: impl FnOnce(&Queue<'_, 'p>) -> T,
) -> (T, Vec<Failed>) {
    let (next, spare) = (AtomicUsize::new(0), Spare::default());
    let failed = Mutex::new(Vec::new());
    let done = thread::scope(|scope| {
        let (send, receive) = sync_channel(threads * 2);
        for _ in 0..threads.min(sources.len()) {
            let (send, next, spare, failed) = (send.clone(), &next, &spare, &failed);
            scope.spawn(move || {
                while let Some(source) = sources.get(next.fetch_add(1, Ordering::Relaxed)) {
                    if let Err(error) = unpack(*source, options, stop, &send, spare)
                        && let Ok(mut failed) = failed.lock()
                    {
                        failed.push(((source.0, 0), error));
                        stop.store(true, Ordering::Relaxed);
                    }
                }
            });
        }
        drop(send);
        // The queue goes when the work ends, however it ends: then nobody waits to add to it.
        let queue = Queue {
            ready: Some(Mutex::new(receive)),
            spare: Some(&spare),
        };
        work(&queue)
    });
    (done, failed.into_inner().unwrap_or_default())
}

fn unpack<'p>(
    source: Source<'p>,
    options: &Options,
    stop: &AtomicBool,
    send: &SyncSender<Piece<'p>>,
    spare: &Spare,
) -> Result<(), Error> {
    let (_, input, report) = source;
    let (read, mut told) = (AtomicU64::new(0), 0);
    input.unpack(&read, |bytes| {
        let mut blocks = Blocks::new(
            report.encoding.text(bytes),
            report.body(),
            report.block(options.reading.chunk),
        )?;
        loop {
            let buffer = spare
                .lock()
                .ok()
                .and_then(|mut spare| spare.pop())
                .unwrap_or_default();
            let Some(block) = blocks.next(buffer)? else {
                break;
            };
            let so_far = read.load(Ordering::Relaxed);
            let piece = Piece {
                source,
                block,
                read: so_far - told,
            };
            told = so_far;
            if stop.load(Ordering::Relaxed) || send.send(piece).is_err() {
                break;
            }
        }
        Ok(())
    })
}
