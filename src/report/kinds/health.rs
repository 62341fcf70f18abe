//! Amazon's own account-health report: one JSON document with the metrics of every marketplace
//! (`GET_V2_SELLER_PERFORMANCE_REPORT`, schema accountHealthReport-2020-11-18).

use serde_json::{Map, Value};

use crate::field::{Day, RejectReason};
use crate::line::supplementary::MetricLine;
use crate::line::{Fault, SupplementaryLine};
use crate::report::columns::{Column, optional, required};

/// What is read of every metric.
pub const COLUMNS: &[Column] = &[
    required("performanceMetrics"),
    optional("rate"),
    optional("status"),
    optional("targetValue"),
    optional("targetCondition"),
    optional("reportingDateRange"),
    optional("accountStatuses"),
];

/// Amazon's names of rates, and ours.
const RATES: [(&str, &str); 9] = [
    ("lateShipmentRate", "late_shipment_rate"),
    ("lateShipmentRateList", "late_shipment_rate"),
    ("prefulfillmentCancelRate", "cancellation_rate"),
    ("validTrackingRate", "valid_tracking_rate"),
    ("validTrackingRateList", "valid_tracking_rate"),
    ("onTimeDeliveryRate", "on_time_delivery_rate"),
    ("unitOnTimeDeliveryRate", "unit_on_time_delivery_rate"),
    ("orderDefectRate", "order_defect_rate"),
    ("invoiceDefectRate", "invoice_defect_rate"),
];

/// The document, if it is an account-health report.
pub(in crate::report) fn read(bytes: &[u8]) -> Result<Value, serde_json::Error> {
    serde_json::from_slice(bytes)
}

/// Whether a document is one.
pub(in crate::report) fn is_one(document: &Value) -> bool {
    document.get("performanceMetrics").is_some()
}

/// Hands on every metric of a document; gives how many there are.
pub(in crate::report) fn metrics(
    document: &Value,
    mut hand_on: impl FnMut(u64, Result<SupplementaryLine<'_>, Fault>),
) -> u64 {
    let mut count = 0;
    let mut tell = |line: Result<MetricLine<&str>, Fault>| {
        count += 1;
        hand_on(count, line.map(SupplementaryLine::Metric));
    };
    for account in several(document.get("accountStatuses")) {
        tell(Ok(MetricLine {
            metric: "account_status",
            marketplace: text(account, "marketplaceId"),
            status: text(account, "status"),
            rate: None,
            target: None,
            days: None,
            extra: (),
        }));
    }
    for market in several(document.get("performanceMetrics")) {
        let marketplace = text(market, "marketplaceId");
        for (theirs, ours) in RATES {
            for entry in several(market.get(theirs)) {
                match (entry.get("afn"), entry.get("mfn")) {
                    (None, None) => tell(metric(ours, marketplace, entry)),
                    both => {
                        let (fba, merchant) = both;
                        for (entry, ours) in [
                            (fba, "order_defect_rate_fba"),
                            (merchant, "order_defect_rate_merchant"),
                        ] {
                            for entry in several(entry) {
                                tell(metric(ours, marketplace, entry));
                            }
                        }
                    }
                }
            }
        }
    }
    count
}

fn metric<'v>(
    metric: &'static str,
    marketplace: &'v str,
    entry: &'v Value,
) -> Result<MetricLine<&'v str>, Fault> {
    let range = entry.get("reportingDateRange").and_then(Value::as_object);
    let day = |name: &str| {
        let text = range.and_then(|range: &Map<String, Value>| range.get(name)?.as_str());
        text.and_then(|text| Day::read(text.as_bytes().get(..10)?))
    };
    let below = text(entry, "targetCondition") == "LESS_THAN";
    Ok(MetricLine {
        metric,
        marketplace,
        status: text(entry, "status"),
        rate: millionths(entry, "rate")?,
        target: millionths(entry, "targetValue")?.map(|target| (target, below)),
        days: day("reportingDateFrom").zip(day("reportingDateTo")),
        extra: (),
    })
}

/// A list, or what stands in the place of one.
fn several(value: Option<&Value>) -> &[Value] {
    match value {
        None | Some(Value::Null) => &[],
        Some(Value::Array(all)) => all,
        Some(one) => std::slice::from_ref(one),
    }
}

fn text<'v>(value: &'v Value, name: &str) -> &'v str {
    value.get(name).and_then(Value::as_str).unwrap_or_default()
}

/// A rate, exact to ten-thousandths of a percent.
fn millionths(entry: &Value, name: &'static str) -> Result<Option<i64>, Fault> {
    let number = match entry.get(name) {
        None | Some(Value::Null) => return Ok(None),
        Some(Value::Number(number)) => number.to_string(),
        Some(Value::String(text)) => text.clone(),
        Some(_) => String::new(),
    };
    let rate = decimal(&number).filter(|rate| (0..=1_000_000).contains(rate));
    rate.map(Some).ok_or_else(|| Fault {
        reason: RejectReason::RateInvalid,
        column: Some(name),
        text: number.chars().take(40).collect(),
    })
}

/// `0.03203973037` in millionths, rounded half up.
fn decimal(text: &str) -> Option<i64> {
    if let Some((mantissa, exponent)) = text.split_once(['e', 'E']) {
        let places: usize = exponent.strip_prefix('-')?.parse().ok()?;
        let digits = mantissa.replace('.', "");
        let zeros = places.checked_sub(mantissa.find('.').unwrap_or(mantissa.len()))?;
        return decimal(&format!("0.{}{digits}", "0".repeat(zeros.min(20))));
    }
    let (whole, decimals) = text.split_once('.').unwrap_or((text, ""));
    if !decimals.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let seven: i64 = format!("{decimals:0<7}").get(..7)?.parse().ok()?;
    whole
        .parse::<i64>()
        .ok()?
        .checked_mul(1_000_000)?
        .checked_add((seven + 5) / 10)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rates_are_rounded_to_millionths_without_a_float() {
        assert_eq!(decimal("0.03203973037"), Some(32_040));
        assert_eq!(decimal("1"), Some(1_000_000));
        assert_eq!(decimal("0.9529"), Some(952_900));
        assert_eq!(decimal("4.5e-3"), Some(4_500));
        assert_eq!(decimal("1e-9"), Some(0));
        assert_eq!(decimal("n/a"), None);
    }
}
