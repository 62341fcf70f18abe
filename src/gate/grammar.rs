//! Reads a condition, and says well what is wrong with one.

use std::fmt;
use std::str::FromStr;

use super::fraction::Fraction;
use super::scalars::{Key, SCALARS, Scalar};
use super::{Gate, Operator};

/// What is wrong with a condition, and what would be right.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Misread(String);

impl fmt::Display for Misread {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Misread {}

impl FromStr for Gate {
    type Err = Misread;

    fn from_str(text: &str) -> Result<Self, Misread> {
        read(text)
    }
}

const OPERATORS: [(&str, Operator); 6] = [
    (">=", Operator::AtLeast),
    ("<=", Operator::AtMost),
    ("==", Operator::Equal),
    ("!=", Operator::Unequal),
    (">", Operator::Greater),
    ("<", Operator::Less),
];

pub(super) fn read(text: &str) -> Result<Gate, Misread> {
    let text = text.trim();
    let end = text.find(['<', '>', '=', '!']).ok_or_else(|| {
        Misread("no comparison in it; a condition is as `late_open > 0`".to_owned())
    })?;
    let (left, rest) = text.split_at(end);
    let operator = OPERATORS
        .iter()
        .find_map(|(sign, operator)| Some((rest.strip_prefix(sign)?, *operator)));
    let (right, operator) = operator
        .ok_or_else(|| Misread("no comparison that is known: >, >=, <, <=, == or !=".to_owned()))?;
    let (name, key) = split_key(left.trim())?;
    let scalar = scalar(name)?;
    check_key(scalar, key)?;
    let bound = number(right.trim()).ok_or_else(|| {
        Misread(format!(
            "`{}` is no number; write it as 0.04, -0.2 or 4%",
            right.trim()
        ))
    })?;
    Ok(Gate {
        text: text.to_owned(),
        scalar,
        key: key.map(str::to_owned),
        operator,
        bound,
    })
}

fn split_key(left: &str) -> Result<(&str, Option<&str>), Misread> {
    match left.split_once('[') {
        None => Ok((left, None)),
        Some((name, key)) => match key.strip_suffix(']') {
            Some(key) => Ok((name.trim(), Some(key.trim()))),
            None => Err(Misread(format!("no closing bracket in `{left}`"))),
        },
    }
}

fn scalar(name: &str) -> Result<&'static Scalar, Misread> {
    if let Some(scalar) = SCALARS.iter().find(|scalar| scalar.name == name) {
        return Ok(scalar);
    }
    let begun = SCALARS
        .iter()
        .find(|scalar| name.len() > 2 && scalar.name.starts_with(name));
    let near = SCALARS
        .iter()
        .map(|scalar| (strsim::damerau_levenshtein(scalar.name, name), scalar.name))
        .min();
    let then = match (begun, near) {
        (Some(begun), _) => format!("did you mean `{}`?", begun.name),
        (None, Some((distance, near))) if distance <= 3 => format!("did you mean `{near}`?"),
        _ => {
            let names: Vec<&str> = SCALARS.iter().map(|scalar| scalar.name).collect();
            format!("there are {}", names.join(", "))
        }
    };
    Err(Misread(format!("no number is called `{name}`; {then}")))
}

fn check_key(scalar: &Scalar, key: Option<&str>) -> Result<(), Misread> {
    let name = scalar.name;
    match (scalar.key, key) {
        (Key::None, Some(_)) => Err(Misread(format!("`{name}` takes no key in brackets"))),
        (Key::Currency, None) => Err(Misread(format!(
            "`{name}` needs its currency, as `{name}[USD]`: currencies are never added"
        ))),
        (Key::Check, None) => Err(Misread(format!(
            "`{name}` needs a check of the table quality, as `{name}[days_without_orders]`"
        ))),
        _ => Ok(()),
    }
}

/// A decimal number of up to twelve decimals, with `%` if it is a percentage.
fn number(text: &str) -> Option<Fraction> {
    let (text, percent) = match text.strip_suffix('%') {
        Some(text) => (text.trim_end(), 100),
        None => (text, 1),
    };
    let (sign, digits) = match text.strip_prefix('-') {
        Some(digits) => (-1, digits),
        None => (1, text),
    };
    let (whole, decimals) = digits.split_once('.').unwrap_or((digits, ""));
    let plain = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    if !plain(whole) || !plain(decimals) || whole.is_empty() || digits.ends_with('.') {
        return None;
    }
    if whole.len() > 15 || decimals.len() > 12 {
        return None;
    }
    let value: i128 = format!("{whole}{decimals}").parse().ok()?;
    let scale = 10_i128.pow(u32::try_from(decimals.len()).ok()?);
    Fraction::new(sign * value, scale * percent)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn conditions_are_read() {
        for text in [
            "late_open > 0",
            "rejected_share >= 0.001",
            "sales_wow[USD] < -0.2",
            "rejected_share>0.1%",
            "quality[days_without_orders] != 0",
            " orders == 12 ",
        ] {
            assert!(read(text).is_ok(), "{text}: {:?}", read(text));
        }
    }

    #[test]
    fn errors_say_what_would_be_right() {
        for (text, expected) in [
            ("late_open", "no comparison in it"),
            ("late_open = 0", "no comparison that is known"),
            ("late_opn > 0", "did you mean `late_open`?"),
            ("late > 0", "did you mean `late_open`?"),
            ("profit > 0", "there are "),
            ("sales > 0", "`sales[USD]`"),
            ("orders[USD] > 0", "takes no key"),
            ("sales[USD > 0", "no closing bracket"),
            ("orders > many", "`many` is no number"),
            ("orders > ", "`` is no number"),
            ("orders > 1e3", "`1e3` is no number"),
            ("orders > 1.", "is no number"),
            ("quality > 0", "days_without_orders"),
        ] {
            let error = read(text).unwrap_err().to_string();
            assert!(error.contains(expected), "{text}: {error}");
        }
    }

    #[test]
    fn percentages_are_parts_of_a_hundred() {
        let bound = number("0.1%").unwrap();
        assert!(bound.cmp(&Fraction::new(1, 1000).unwrap()).is_eq());
        assert!(
            number("-0.2")
                .unwrap()
                .cmp(&Fraction::new(-1, 5).unwrap())
                .is_eq()
        );
    }
}
