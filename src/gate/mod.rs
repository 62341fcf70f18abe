//! Gates: conditions on a report's numbers under which a job should fail, as `--fail-if 'late_open > 0'`.
//!
//! The grammar is `NAME`, or `NAME[KEY]`, then `>`, `>=`, `<`, `<=`, `==` or `!=`, then a decimal number, with `%` if it is a
//! percentage. Several conditions are several gates. Numbers are compared exactly. An unknown value fails its gate.

mod fraction;
mod grammar;
mod scalars;

use std::fmt;

use crate::overview::{Overview, Period};
use crate::table::{Document, JudgedGate};

use fraction::Fraction;
use scalars::Scalar;

pub use grammar::Misread;
pub use scalars::names;

/// A condition under which a report falls short.
///
/// ```
/// let gate: ordersift::gate::Gate = "rejected_share >= 0.1%".parse().unwrap();
/// assert_eq!(gate.to_string(), "rejected_share >= 0.1%");
/// let error = "late_opn > 0".parse::<ordersift::gate::Gate>().unwrap_err();
/// assert!(error.to_string().contains("late_open"));
/// ```
#[derive(Debug, Clone)]
pub struct Gate {
    text: String,
    scalar: &'static Scalar,
    key: Option<String>,
    operator: Operator,
    bound: Fraction,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Operator {
    Greater,
    AtLeast,
    Less,
    AtMost,
    Equal,
    Unequal,
}

impl fmt::Display for Gate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl Gate {
    /// Judges a document.
    pub fn judge(&self, document: &Document) -> JudgedGate {
        self.judge_overview(&Overview::of(document, Period::Week))
    }

    fn judge_overview(&self, overview: &Overview) -> JudgedGate {
        let (failed, found) = match (self.scalar.value)(overview, self.key.as_deref()) {
            Ok(value) => (self.holds(value), value.to_string()),
            Err(reason) => (true, format!("not known: {reason}")),
        };
        JudgedGate {
            condition: self.text.clone(),
            failed,
            found,
        }
    }

    fn holds(&self, value: Fraction) -> bool {
        let order = value.cmp(&self.bound);
        match self.operator {
            Operator::Greater => order.is_gt(),
            Operator::AtLeast => order.is_ge(),
            Operator::Less => order.is_lt(),
            Operator::AtMost => order.is_le(),
            Operator::Equal => order.is_eq(),
            Operator::Unequal => order.is_ne(),
        }
    }
}

/// Judges all gates, those that failed first.
pub fn judge(gates: &[Gate], document: &Document) -> Vec<JudgedGate> {
    if gates.is_empty() {
        return Vec::new();
    }
    let overview = Overview::of(document, Period::Week);
    let judged = gates.iter().map(|gate| gate.judge_overview(&overview));
    let mut judged: Vec<JudgedGate> = judged.collect();
    judged.sort_by_key(|gate| !gate.failed);
    judged
}
