//! The table `returns`: return requests of merchant orders, each with the moment by which to answer.

use polars::prelude::*;

use crate::field::{Amount, Day};
use crate::state::supplementary::StoredMerchantReturn;
use crate::table::shared_columns;

use crate::table::ColumnKind::{Date, Flag, Money, Text};
use crate::table::rows::Rows;
use crate::table::{LakeView, Part, TableSpec, column};
use crate::topic::context::ReportContext;

pub(crate) const RETURNS: TableSpec = TableSpec {
    name: "returns",
    title: "Merchant returns",
    part: Part::Shipping,
    filled_by: &["merchant-returns", "merchant-returns-xml"],
    definition: "Return requests of merchant returns reports; those that wait for an answer first, of these the ones out of policy \
                 first, then by day. answer_by: Amazon recommends an answer within 24 hours; the report gives the day of the \
                 request only, so it is the next day, of pending requests. claim: an A-to-z claim was made; answer Amazon within \
                 48 hours and appeal within 30 calendar days of a grant. No report holds the dates of claims: claim_answer_by and \
                 appeal_by are of those in --claims FILE. Of several reports \
                 that hold a return, the one with the newest requests counts. answer_overdue is judged at the moment of the report: an \
                 answer that was given after the reports were made is not in them.",
    columns: &[
        shared_columns::ORDER_ID,
        column("rma_id", "RMA", Text, "Amazon's number of the return."),
        column(
            "requested_on",
            "Requested",
            Date,
            "The day of the return request.",
        ),
        shared_columns::RETURN_STATUS,
        column(
            "answer_by",
            "Answer by",
            Date,
            "The day by which to answer a return request: the day after it, since Amazon recommends 24 hours and the report gives no time. Empty if no reply is due.",
        ),
        column(
            "answer_overdue",
            "Overdue",
            Flag,
            "Whether that day is over.",
        ),
        column(
            "claim",
            "A-to-z claim",
            Flag,
            "Whether the buyer made an A-to-z claim: answer Amazon within 48 hours, appeal within 30 calendar days of a grant.",
        ),
        column(
            "claim_answer_by",
            "Answer claim by",
            Date,
            "The day by which to answer Amazon about an A-to-z claim: 48 hours after the day that --claims gives.",
        ),
        column(
            "appeal_by",
            "Appeal by",
            Date,
            "The day by which to appeal against a granted A-to-z claim: 30 calendar days after the grant that --claims gives.",
        ),
        column(
            "in_policy",
            "In policy",
            Flag,
            "Whether the return is within Amazon's return policy.",
        ),
        shared_columns::SKU,
        shared_columns::PRODUCT_NAME,
        shared_columns::UNITS,
        shared_columns::RETURN_REASON,
        column(
            "resolution",
            "Resolution",
            Text,
            "How the return ends, as Amazon wrote it.",
        ),
        shared_columns::CURRENCY,
        column(
            "order_amount",
            "Order amount",
            Money,
            "The amount of the order, as the returns report gives it.",
        ),
        column(
            "refunded",
            "Refunded",
            Money,
            "What was refunded, as the returns report gives it.",
        ),
    ],
    charts: &[],
    in_lake: LakeView::None(LakeView::OTHER_REPORTS),
};

pub(crate) fn roll_up(context: &ReportContext<'_>) -> PolarsResult<DataFrame> {
    let mut returns: Vec<&StoredMerchantReturn> = context
        .state
        .supplementary
        .lines
        .merchant_returns
        .iter()
        .collect();
    returns.sort_by_cached_key(|line| {
        let waits = answer_by(context, line).is_some();
        let texts = [
            line.rma_id,
            line.sku,
            line.reason,
            line.status,
            line.resolution,
        ];
        (
            !waits,
            line.in_policy != Some(false),
            line.extra.request_day,
            context.ids.text(line.order_id),
            texts.map(|text| context.text(text)),
            line.quantity,
        )
    });
    let text = |id| Some(context.text(id));
    let money = |of: fn(&StoredMerchantReturn) -> Option<Amount>| {
        move |line: &&StoredMerchantReturn| {
            line.currency?;
            of(line).map(|amount| amount.ten_thousandths().into())
        }
    };
    // Nothing says in which zone a request's day is: that of most orders stands for it.
    let today = context.time.today(context.time.zone);
    Rows::of(returns)
        .text("order_id", |line| Some(context.ids.text(line.order_id)))
        .text("rma_id", |line| text(line.rma_id))
        .text("requested_on", |line| {
            Some(line.extra.request_day.to_string())
        })
        .text("return_status", |line| text(line.status))
        .text("answer_by", |line| {
            answer_by(context, line).map(|day| day.to_string())
        })
        .flag("answer_overdue", |line| {
            let by = answer_by(context, line)?;
            today.map(|today| today > by)
        })
        .flag("claim", |line| line.a_to_z_claim)
        .text("claim_answer_by", |line| {
            let (claimed, _) = context
                .statements
                .claims
                .get(&*context.ids.text(line.order_id))?;
            Some(claimed.plus(2).to_string())
        })
        .text("appeal_by", |line| {
            let (_, granted) = context
                .statements
                .claims
                .get(&*context.ids.text(line.order_id))?;
            granted.map(|granted| granted.plus(30).to_string())
        })
        .flag("in_policy", |line| line.in_policy)
        .text("sku", |line| text(line.sku))
        .text("product_name", |line| text(line.product_name))
        .count("units", |line| Some(line.quantity.into()))
        .text("return_reason", |line| text(line.reason))
        .text("resolution", |line| text(line.resolution))
        .text("currency", |line| {
            line.currency.map(|currency| currency.as_str().to_owned())
        })
        .money("order_amount", money(|line| line.order_amount))
        .money("refunded", money(|line| line.refunded_amount))
        .frame()
}

/// The day by which to answer; `None` if no reply is due.
fn answer_by(context: &ReportContext<'_>, line: &StoredMerchantReturn) -> Option<Day> {
    let status = context
        .state
        .supplementary
        .texts
        .get(line.status)
        .to_ascii_lowercase();
    let waits = memchr::memmem::find(&status, b"pending").is_some();
    waits.then(|| line.extra.request_day.plus(1))
}
