//! The state of a run: what is left of the lines once they are absorbed.
//!
//! Every state here is a commutative monoid ([`Merge`](crate::merge::Merge)): chunks are absorbed in any order, by any number of threads, and
//! merged into the same numbers.

pub mod aside;
pub mod backlog;
pub mod census;
pub mod counted;
#[expect(
    clippy::module_inception,
    reason = "the cube of cubes is what the module is about"
)]
pub mod cube;
pub mod fold;
pub mod history;
pub mod hours;
pub mod order_log;
pub mod papers;
pub mod price;
pub mod promotion;
pub mod quality;
pub mod rejects;
pub mod returned;
pub mod run;
pub mod sales;
pub mod sku;
pub mod source;
pub mod summary;

pub use cube::Cube;
pub use fold::Fold;
pub use summary::Summary;
