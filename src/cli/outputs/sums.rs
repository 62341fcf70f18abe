//! The sums of the inputs for the manifest, taken beside the reading: a sum cannot be taken by several threads, so it must
//! not wait until all is read.

use std::io::{self, Read};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::JoinHandle;

use ordersift::Error;
use ordersift::input::Input;
use ordersift::write::FileSum;

use crate::cli::Failure;

/// Sums on their way. Dropped before they are taken, they stop.
#[derive(Debug)]
pub(crate) struct Sums {
    inputs: Arc<Vec<Input>>,
    beside: Option<JoinHandle<Result<Vec<FileSum>, Error>>>,
    stop: Arc<AtomicBool>,
}

impl Sums {
    /// Begins to sum; with a single thread, only when they are asked for.
    pub(crate) fn begin(inputs: &Arc<Vec<Input>>, threads: Option<u16>) -> Self {
        let stop = Arc::new(AtomicBool::new(false));
        let beside = (threads != Some(1)).then(|| {
            let (inputs, stop) = (Arc::clone(inputs), Arc::clone(&stop));
            std::thread::Builder::new().spawn(move || sums(&inputs, &stop))
        });
        Self {
            inputs: Arc::clone(inputs),
            // Where no thread is to be had, it is done later.
            beside: beside.and_then(Result::ok),
            stop,
        }
    }

    /// What the manifest says of the inputs.
    pub(crate) fn take(mut self) -> Result<Vec<FileSum>, Failure> {
        let taken = match self.beside.take() {
            Some(beside) => beside
                .join()
                .unwrap_or_else(|_| sums(&self.inputs, &self.stop)),
            None => sums(&self.inputs, &self.stop),
        };
        Ok(taken?)
    }
}

impl Drop for Sums {
    fn drop(&mut self) {
        self.stop.store(true, Ordering::Relaxed);
    }
}

fn sums(inputs: &[Input], stop: &AtomicBool) -> Result<Vec<FileSum>, Error> {
    // Of an archive, its entries are the inputs; its bytes are summed once.
    let mut files: Vec<&Input> = inputs.iter().collect();
    files.dedup_by(|a, b| a.file == b.file);
    let sum = |input: &Input| {
        let bytes = Stoppable {
            inner: input.stretch()?,
            stop,
        };
        FileSum::read(input.file.clone(), bytes).map_err(|error| input.unreadable(error))
    };
    files.into_iter().map(sum).collect()
}

/// A reader that somebody can end.
struct Stoppable<'s, R> {
    inner: R,
    stop: &'s AtomicBool,
}

impl<R: Read> Read for Stoppable<'_, R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        if self.stop.load(Ordering::Relaxed) {
            return Err(io::Error::other("the run ended"));
        }
        self.inner.read(into)
    }
}
