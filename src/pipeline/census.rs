//! The second look at the orders, on all threads.

use rayon::prelude::*;

use crate::merge::Merge;
use crate::state::Summary;
use crate::topic::orders::state::order_log::SHELVES;
use crate::topic::orders::state::order_stats::{Census, Closer, Known, Tally};

/// Looks at all orders of a state: first at what can be counted one by one, then at what that leaves open. Where nobody asks
/// for their shape, only orders of several runs are looked for.
pub fn census(summary: &Summary, shape: bool) -> Census {
    if !shape {
        let scattered = |shelf| {
            let again = summary.orders.again(shelf);
            summary.orders.scattered(shelf, &again)
        };
        let scattered = (0..SHELVES).into_par_iter().flat_map_iter(scattered);
        return Census {
            scattered: scattered.collect(),
            ..Census::default()
        };
    }
    let known = Known::of(summary);
    let mut tally: Tally =
        over_shelves(|tally: &mut Tally, shelf| tally.see(summary, &known, shelf));
    tally.settle(summary, &known);
    let look = |part| -> Closer {
        over_shelves(|closer: &mut Closer, shelf| {
            tally.look(closer, (summary, &known), shelf, part);
        })
    };
    let mut closer = look(0);
    let mut pairs = tally.told(summary, &mut closer);
    for part in 1..tally.parts() {
        pairs.extend(tally.told(summary, &mut look(part)));
    }
    tally.census(summary, known, &closer, pairs)
}

/// Shelves that one look takes in before it is merged with another.
const AT_ONCE: usize = 8;

fn over_shelves<T: Merge + Send>(look: impl Fn(&mut T, usize) + Sync + Send) -> T {
    let looked = |mut one: T, shelf| {
        look(&mut one, shelf);
        one
    };
    let merged = |mut one: T, other: T| {
        one.merge(other);
        one
    };
    (0..SHELVES)
        .into_par_iter()
        .with_min_len(AT_ONCE)
        .fold(T::default, looked)
        .reduce(T::default, merged)
}
