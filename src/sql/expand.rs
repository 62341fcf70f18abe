//! The marks `@name(arguments)` in the text of a view, written out as each dialect has them.

use crate::typed::lake::LAKE_VERSION;

use super::Dialect;

/// Buckets of open orders, in working order, by number.
const BUCKETS: [&str; 11] = [
    "hold",
    "past_cancel_by",
    "overdue_8_plus",
    "overdue_4_7",
    "overdue_2_3",
    "overdue_1",
    "overdue_today",
    "due_today",
    "due_tomorrow",
    "later",
    "no_promise",
];

/// The text with every mark written out.
pub(super) fn expand(text: &str, dialect: Dialect) -> String {
    let mut expanded = String::new();
    let mut rest = text;
    while let Some((before, mark)) = rest.split_once('@') {
        expanded.push_str(before);
        let (name, after) = mark.split_at(mark.find('(').unwrap_or(mark.len()));
        let (arguments, after) = arguments(after);
        let arguments: Vec<String> = arguments
            .iter()
            .map(|argument| expand(argument.trim(), dialect))
            .collect();
        let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
        expanded.push_str(&expand(&written(name, &arguments, dialect), dialect));
        rest = after;
    }
    expanded.push_str(rest);
    expanded
}

/// What stands between parentheses at the head of a text, parted at its commas, and what follows.
fn arguments(text: &str) -> (Vec<&str>, &str) {
    let (mut depth, mut start, mut found) = (0, 1, Vec::new());
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            b'(' => depth += 1,
            b')' => depth -= 1,
            b',' if depth == 1 => {
                found.push(&text[start..at]);
                start = at + 1;
            }
            _ => {}
        }
        if depth == 0 {
            found.push(&text[start.min(at)..at]);
            return (found, &text[at + 1..]);
        }
    }
    (found, "")
}

/// What a dialect writes for a mark; a mark in it is expanded again.
fn written(name: &str, arguments: &[&str], dialect: Dialect) -> String {
    use Dialect::{DataFusion, DuckDb, Spark};
    let a = arguments.first().copied().unwrap_or_default();
    let b = arguments.get(1).copied().unwrap_or_default();
    match (name, dialect) {
        ("version", _) => LAKE_VERSION.to_owned(),
        // A condition that holds for every row, or the query ends with the message, which has no comma.
        ("must", DuckDb) => format!("CASE WHEN {a} THEN TRUE ELSE error({b}) END"),
        ("must", DataFusion) => {
            format!("CAST(CASE WHEN {a} THEN '1' ELSE {b} END AS INTEGER) = 1")
        }
        ("must", Spark) => format!("CASE WHEN {a} THEN TRUE ELSE raise_error({b}) END"),
        // Seconds since 1970 in UTC.
        ("seconds", DuckDb) => format!("(epoch_us({a}) // 1000000)"),
        ("seconds", DataFusion) => format!("(CAST({a} AS BIGINT) / 1000000)"),
        ("seconds", Spark) => format!("unix_seconds({a})"),
        // Days since 1970, and back.
        ("day_number", DuckDb) => format!("date_diff('day', DATE '1970-01-01', {a})"),
        ("day_number", DataFusion) => format!("CAST(CAST({a} AS INTEGER) AS BIGINT)"),
        ("day_number", Spark) => format!("CAST(datediff({a}, DATE '1970-01-01') AS BIGINT)"),
        ("date", DuckDb) => format!("(DATE '1970-01-01' + CAST({a} AS INTEGER))"),
        ("date", DataFusion) => format!("CAST(CAST({a} AS INTEGER) AS DATE)"),
        ("date", Spark) => format!("date_add(DATE '1970-01-01', CAST({a} AS INT))"),
        // Monday is 0. A number divisible by 7 keeps days before 1970 above zero.
        ("weekday", _) => format!("@mod({a} + 700003, 7)"),
        ("mod", _) => format!("(({a}) % ({b}))"),
        ("year", _) => format!("EXTRACT(YEAR FROM @date({a}))"),
        // The name of a week by its Monday: its number is that of its Thursday.
        ("week_name", _) => format!(
            "CAST(@year({a} + 3) AS @text_type()) || '-W' || @two(@floor(@day_of_year({a} + 3) - 1, 7) + 1)"
        ),
        // Months from the year 0.
        ("month", _) => format!("CAST(@year({a}) * 12 + EXTRACT(MONTH FROM @date({a})) AS BIGINT)"),
        ("day_of_year", _) => format!("CAST(EXTRACT(DOY FROM @date({a})) AS BIGINT)"),
        ("day_of_month", _) => format!("CAST(EXTRACT(DAY FROM @date({a})) AS BIGINT)"),
        // The day that is 31 days after the first of a month is in the next month.
        ("days_of_month", _) => {
            format!("(32 - @day_of_month({a} - @day_of_month({a}) + 32))")
        }
        ("two", _) => format!("lpad(CAST({a} AS @text_type()), 2, '0')"),
        ("text_type", Spark) => "STRING".to_owned(),
        ("text_type", _) => "VARCHAR".to_owned(),
        // The quotient rounded down, of any number and a positive one.
        ("floor", _) => {
            let exact = format!("({a} - @mod(@mod({a}, {b}) + {b}, {b}))");
            let divided = match dialect {
                DuckDb => "//",
                DataFusion => "/",
                Spark => "div",
            };
            format!("({exact} {divided} {b})")
        }
        ("sum", _) => format!("CAST(sum({a}) AS BIGINT)"),
        // Money without a currency is not a number.
        ("money", _) => format!("CASE WHEN currency <> '' THEN coalesce(sum({a}), 0) END"),
        ("wide", _) => format!("CAST({a} AS DECIMAL(28,4))"),
        // An amount in ten-thousandths.
        ("units", _) => format!("CAST(CAST({a} AS DECIMAL(28,4)) * 10000 AS DECIMAL(38,0))"),
        // The quotient of whole numbers, rounded half away from zero, by whole numbers alone; nothing divided by zero is null.
        ("quotient", _) => quotient(a, b, dialect),
        ("share", _) => format!("(@part({a}, {b}) * CAST('0.000001' AS DECIMAL(7,6)))"),
        ("average", _) => {
            format!("(@quotient(@units({a}), {b}) * CAST('0.0001' AS DECIMAL(5,4)))")
        }
        // The quotient in millionths.
        ("part", DuckDb) => format!("@quotient((CAST({a} AS HUGEINT) * 1000000), {b})"),
        ("part", _) => format!("@quotient((CAST({a} AS DECIMAL(38,0)) * 1000000), {b})"),
        ("each_of", DuckDb) => format!("unnest(string_split({a}, ','))"),
        ("each_of", DataFusion) => format!("unnest(string_to_array({a}, ','))"),
        ("each_of", Spark) => format!("explode(split({a}, ','))"),
        ("place_of", _) => format!("@floor((n * {a} + 99), 100)"),
        // A yes or no that may be unknown, unknown first.
        ("flag", _) => format!("CASE WHEN {a} IS NULL THEN 0 WHEN {a} THEN 2 ELSE 1 END"),
        ("digits", _) => (0..10)
            .map(|n| format!("({n})"))
            .collect::<Vec<_>>()
            .join(", "),
        ("buckets", _) => {
            let rows = (1..).zip(BUCKETS);
            let rows = rows.map(|(number, bucket)| format!("({number}, '{bucket}')"));
            rows.collect::<Vec<_>>().join(", ")
        }
        // Nothing of the kind: a test looks for the mark.
        _ => format!("<unknown mark {name}>"),
    }
}

fn quotient(a: &str, b: &str, dialect: Dialect) -> String {
    let whole = if dialect == Dialect::DuckDb {
        "HUGEINT"
    } else {
        "DECIMAL(38,0)"
    };
    let twice = format!("(2 * abs(CAST({a} AS {whole})) + abs(CAST({b} AS {whole})))");
    let divisor = format!("(2 * abs(CAST({b} AS {whole})))");
    let divided = match dialect {
        Dialect::DuckDb => format!("{twice} // {divisor}"),
        Dialect::Spark => format!("{twice} div {divisor}"),
        // Without a rest the division is exact.
        Dialect::DataFusion => format!("({twice} - {twice} % {divisor}) / {divisor}"),
    };
    format!(
        "CASE WHEN {b} <> 0 THEN CAST(CASE WHEN ({a} < 0) <> ({b} < 0) THEN -1 ELSE 1 END * CAST({divided} AS DECIMAL(20,0)) AS DECIMAL(20,0)) END"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_nest_and_commas_of_calls_are_theirs() {
        assert_eq!(
            expand("x @sum(f(a, b)) y @two(@sum(c))", Dialect::Spark),
            "x CAST(sum(f(a, b)) AS BIGINT) y lpad(CAST(CAST(sum(c) AS BIGINT) AS STRING), 2, '0')"
        );
        assert_eq!(
            expand("@version() of @mod(@sum(a), 2)", Dialect::DuckDb),
            "1 of ((CAST(sum(a) AS BIGINT)) % (2))"
        );
    }

    #[test]
    fn no_view_has_a_mark_that_nobody_knows() {
        for view in crate::sql::VIEWS {
            for dialect in Dialect::ALL {
                let text = expand(view.text, dialect);
                assert!(!text.contains("<unknown"), "{}: {text}", view.name);
            }
        }
    }
}
