//! The sums of the inputs for the manifest, taken beside the reading: the sum of a file cannot be taken by several threads, so
//! it must not wait until all is read. Several files are summed at a time where there are processors for it.

use std::io::{self, Read};
use std::panic::resume_unwind;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::thread::{self, JoinHandle};

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
    /// How many files are summed at a time.
    at_a_time: usize,
}

impl Sums {
    /// Begins to sum, with half as many threads as read; with a single one, only when the sums are asked for.
    pub(crate) fn begin(inputs: &Arc<Vec<Input>>, threads: Option<u16>) -> Self {
        let stop = Arc::new(AtomicBool::new(false));
        let threads = threads.map_or_else(
            || thread::available_parallelism().map_or(1, usize::from),
            usize::from,
        );
        let at_a_time = (threads / 2).max(1);
        let beside = (threads > 1).then(|| {
            let (inputs, stop) = (Arc::clone(inputs), Arc::clone(&stop));
            thread::Builder::new().spawn(move || sums(&inputs, &stop, at_a_time))
        });
        Self {
            inputs: Arc::clone(inputs),
            // Where no thread is to be had, it is done later.
            beside: beside.and_then(Result::ok),
            stop,
            at_a_time,
        }
    }

    /// What the manifest says of the inputs.
    pub(crate) fn take(mut self) -> Result<Vec<FileSum>, Failure> {
        let taken = match self.beside.take() {
            Some(beside) => beside
                .join()
                .unwrap_or_else(|_| sums(&self.inputs, &self.stop, 1)),
            None => sums(&self.inputs, &self.stop, self.at_a_time),
        };
        Ok(taken?)
    }
}

impl Drop for Sums {
    fn drop(&mut self) {
        self.stop.store(true, Ordering::Relaxed);
    }
}

fn sums(inputs: &[Input], stop: &AtomicBool, at_a_time: usize) -> Result<Vec<FileSum>, Error> {
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
    let next = AtomicUsize::new(0);
    let work = || {
        let mut taken = Vec::new();
        loop {
            let index = next.fetch_add(1, Ordering::Relaxed);
            match files.get(index) {
                Some(file) => taken.push((index, sum(file))),
                None => return taken,
            }
        }
    };
    let mut all = thread::scope(|scope| {
        let others = (1..at_a_time.min(files.len()))
            .filter_map(|_| thread::Builder::new().spawn_scoped(scope, work).ok());
        let others: Vec<_> = others.collect();
        let mut all = work();
        for other in others {
            all.extend(other.join().unwrap_or_else(|panic| resume_unwind(panic)));
        }
        all
    });
    all.sort_by_key(|(index, _)| *index);
    all.into_iter().map(|(_, sum)| sum).collect()
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

#[cfg(test)]
mod tests {
    use super::*;
    use ordersift::input::gather;

    #[test]
    fn the_sums_are_those_of_the_inputs_in_their_order_however_many_are_taken_at_a_time() {
        let fixtures = concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures");
        let inputs = gather(&[fixtures.into()], &[]).unwrap();
        let stop = AtomicBool::new(false);
        let one = sums(&inputs, &stop, 1).unwrap();
        assert!(one.len() > 4);
        assert!(one.iter().map(|sum| &sum.file).is_sorted());
        for at_a_time in [2, 3, 100] {
            assert_eq!(sums(&inputs, &stop, at_a_time).unwrap(), one);
        }
        stop.store(true, Ordering::Relaxed);
        assert!(sums(&inputs, &stop, 3).is_err());
    }
}
