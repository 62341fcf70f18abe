//! Statistics of whole orders, computed on all threads after all lines are in.

use rayon::prelude::*;

use crate::merge::Merge;
use crate::partitioned::PARTITIONS;
use crate::state::State;
use crate::topic::orders::state::order_stats::{FirstPass, OrderStats, SecondPass, StatsContext};

/// Looks at all orders of a state: first at what can be counted one by one, then at what that leaves open. Where nobody asks
/// for their shape, only orders of several runs are looked for.
pub fn order_stats(state: &State, order_profiles: bool) -> OrderStats {
    let parts = state.parts();
    if !order_profiles {
        let scattered = |partition| {
            let again = state.orders.log.again(partition);
            state.orders.log.scattered(partition, &again)
        };
        let scattered = (0..PARTITIONS).into_par_iter().flat_map_iter(scattered);
        return OrderStats {
            scattered: scattered.collect(),
            ..OrderStats::default()
        };
    }
    let known = StatsContext::of(parts);
    let mut first_pass: FirstPass = over_partitions(|first_pass: &mut FirstPass, partition| {
        first_pass.see(parts, &known, partition);
    });
    first_pass.settle(parts, &known);
    let look = |part| -> SecondPass {
        over_partitions(|second_pass: &mut SecondPass, partition| {
            first_pass.look(second_pass, (parts, &known), partition, part);
        })
    };
    let mut second_pass = look(0);
    let mut pairs = first_pass.told(parts, &mut second_pass);
    for part in 1..first_pass.parts() {
        pairs.extend(first_pass.told(parts, &mut look(part)));
    }
    first_pass.order_stats(parts, known, &second_pass, pairs)
}

/// Partitions that one look takes in before it is merged with another.
const AT_ONCE: usize = 8;

fn over_partitions<T: Merge + Send>(look: impl Fn(&mut T, usize) + Sync + Send) -> T {
    let looked = |mut one: T, partition| {
        look(&mut one, partition);
        one
    };
    let merged = |mut one: T, other: T| {
        one.merge(other);
        one
    };
    (0..PARTITIONS)
        .into_par_iter()
        .with_min_len(AT_ONCE)
        .fold(T::default, looked)
        .reduce(T::default, merged)
}
