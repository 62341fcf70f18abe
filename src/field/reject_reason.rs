//! The reasons for which a line is rejected.

/// The reason why a line is not counted. Each reason has a text for readers and a code for programs; a code stays when its text is put better.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum RejectReason {
    /// `1.234` among decimal commas: a thousand or one?
    AmountAmbiguous,
    /// A comma in an amount of a file that has points.
    AmountComma,
    /// No decimal number, or more than four decimals, or too large.
    AmountInvalid,
    /// A price below zero.
    AmountNegative,
    /// An amount that is not zero, and no currency.
    AmountWithoutCurrency,
    /// An item with amounts in two currencies.
    CurrenciesMixed,
    /// No ISO 4217 code.
    CurrencyInvalid,
    /// No date as Amazon writes it.
    DateInvalid,
    /// An empty cell for a date that every line has.
    DateMissing,
    /// The month is above twelve in the order of day and month that the file proves.
    DateOrder,
    /// A date such as `05/04/2022` in a file that does not prove its order.
    DateRewritten,
    /// A count of days, as spreadsheets keep dates.
    DateSerial,
    /// A date such as `30/04/22`, whose year could be any of its numbers.
    DateShortYear,
    /// More or fewer fields than the header.
    FieldCount,
    /// The last line of the file, without all of its fields.
    LineCutShort,
    /// A spreadsheet took a quotation mark for the beginning of a quoted cell, which ended lines later.
    LineInCell,
    /// More than 1 MiB.
    LineTooLong,
    /// No date as the returns report writes it.
    NamedDateInvalid,
    /// Parts of the number are missing.
    OrderIdCut,
    /// An empty cell.
    OrderIdMissing,
    /// `1.40E+14`.
    OrderIdSpoilt,
    /// A cell of something else.
    OrderIdTooLong,
    /// `1.40E+14`.
    OrderItemIdSpoilt,
    /// Another report was pasted below.
    OtherHeader,
    /// No whole number.
    QuantityInvalid,
    /// An empty cell.
    QuantityMissing,
    /// A rate of the account-health report.
    RateInvalid,
    /// An empty cell.
    ShipmentItemIdMissing,
    /// `1.40E+14`.
    ShipmentItemIdSpoilt,
    /// No date as the public sale report writes it.
    ShortDateInvalid,
    /// `#NAME?`.
    SkuError,
    /// An empty cell.
    SkuMissing,
    /// `5.80293E+13`: several SKUs may have become one.
    SkuSpoilt,
    /// An empty cell.
    StatusMissing,
    /// `3.40434E+17`.
    TrackingSpoilt,
}

impl RejectReason {
    /// All of them.
    pub const ALL: [Self; 35] = [
        Self::AmountAmbiguous,
        Self::AmountComma,
        Self::AmountInvalid,
        Self::AmountNegative,
        Self::AmountWithoutCurrency,
        Self::CurrenciesMixed,
        Self::CurrencyInvalid,
        Self::DateInvalid,
        Self::DateMissing,
        Self::DateOrder,
        Self::DateRewritten,
        Self::DateSerial,
        Self::DateShortYear,
        Self::FieldCount,
        Self::LineCutShort,
        Self::LineInCell,
        Self::LineTooLong,
        Self::NamedDateInvalid,
        Self::OrderIdCut,
        Self::OrderIdMissing,
        Self::OrderIdSpoilt,
        Self::OrderIdTooLong,
        Self::OrderItemIdSpoilt,
        Self::OtherHeader,
        Self::QuantityInvalid,
        Self::QuantityMissing,
        Self::RateInvalid,
        Self::ShipmentItemIdMissing,
        Self::ShipmentItemIdSpoilt,
        Self::ShortDateInvalid,
        Self::SkuError,
        Self::SkuMissing,
        Self::SkuSpoilt,
        Self::StatusMissing,
        Self::TrackingSpoilt,
    ];

    /// The reason in one word.
    pub fn code(self) -> &'static str {
        match self {
            Self::AmountAmbiguous => "amount_ambiguous",
            Self::AmountComma => "amount_comma",
            Self::AmountInvalid => "amount_invalid",
            Self::AmountNegative => "amount_negative",
            Self::AmountWithoutCurrency => "amount_without_currency",
            Self::CurrenciesMixed => "currencies_mixed",
            Self::CurrencyInvalid => "currency_invalid",
            Self::DateInvalid | Self::NamedDateInvalid | Self::ShortDateInvalid => "date_invalid",
            Self::DateMissing => "date_missing",
            Self::DateOrder => "date_order",
            Self::DateRewritten => "date_rewritten",
            Self::DateSerial => "date_serial",
            Self::DateShortYear => "date_short_year",
            Self::FieldCount => "field_count",
            Self::LineCutShort => "line_cut_short",
            Self::LineInCell => "line_in_cell",
            Self::LineTooLong => "line_too_long",
            Self::OrderIdCut => "order_id_cut",
            Self::OrderIdMissing => "order_id_missing",
            Self::OrderIdSpoilt => "order_id_spoilt",
            Self::OrderIdTooLong => "order_id_too_long",
            Self::OrderItemIdSpoilt => "order_item_id_spoilt",
            Self::OtherHeader => "other_header",
            Self::QuantityInvalid => "quantity_invalid",
            Self::QuantityMissing => "quantity_missing",
            Self::RateInvalid => "rate_invalid",
            Self::ShipmentItemIdMissing => "shipment_item_id_missing",
            Self::ShipmentItemIdSpoilt => "shipment_item_id_spoilt",
            Self::SkuError => "sku_error",
            Self::SkuMissing => "sku_missing",
            Self::SkuSpoilt => "sku_spoilt",
            Self::StatusMissing => "status_missing",
            Self::TrackingSpoilt => "tracking_spoilt",
        }
    }

    /// The reason in a reader's words.
    pub fn text(self) -> &'static str {
        match self {
            Self::AmountAmbiguous => "an amount with two readings",
            Self::AmountComma => "an amount with a comma",
            Self::AmountInvalid => "not an amount",
            Self::AmountNegative => "a negative price",
            Self::AmountWithoutCurrency => "an amount without a currency",
            Self::CurrenciesMixed => "amounts in two currencies",
            Self::CurrencyInvalid => "not a currency code of three letters",
            Self::DateInvalid => "not a date of the form 2026-05-08T23:36:26+00:00",
            Self::DateMissing => "no date",
            Self::DateOrder => "no date in the order of day and month that this file has",
            Self::DateRewritten => "a date that a spreadsheet rewrote",
            Self::DateSerial => "a spreadsheet's serial number instead of a date",
            Self::DateShortYear => "a date that a spreadsheet rewrote with two digits of the year",
            Self::FieldCount => "wrong number of fields",
            Self::LineCutShort => "the file ends within this line",
            Self::LineInCell => "other lines inside a cell",
            Self::LineTooLong => "line longer than 1 MiB",
            Self::NamedDateInvalid => "not a date of the form 14-Jul-2025",
            Self::OrderIdCut => "an order id that is not whole",
            Self::OrderIdMissing => "no order id",
            Self::OrderIdSpoilt => "order id spoilt by a spreadsheet",
            Self::OrderIdTooLong => "longer than an order id can be",
            Self::OrderItemIdSpoilt => "order item id spoilt by a spreadsheet",
            Self::OtherHeader => "the header of another report",
            Self::QuantityInvalid => "not a whole quantity",
            Self::QuantityMissing => "no quantity",
            Self::RateInvalid => "not a rate from 0 to 1",
            Self::ShipmentItemIdMissing => "no shipment item id",
            Self::ShipmentItemIdSpoilt => "shipment item id spoilt by a spreadsheet",
            Self::ShortDateInvalid => "not a date of the form 04-30-22",
            Self::SkuError => "a spreadsheet's error instead of a sku",
            Self::SkuMissing => "no sku",
            Self::SkuSpoilt => "sku spoilt by a spreadsheet",
            Self::StatusMissing => "no order status",
            Self::TrackingSpoilt => "tracking number spoilt by a spreadsheet",
        }
    }
}

impl std::fmt::Display for RejectReason {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.text())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_two_reasons_have_one_text_and_codes_are_words() {
        let mut texts: Vec<_> = RejectReason::ALL
            .iter()
            .map(|reason| reason.text())
            .collect();
        texts.sort_unstable();
        texts.dedup();
        assert_eq!(texts.len(), RejectReason::ALL.len());
        let word = |code: &str| {
            code.bytes()
                .all(|byte| byte.is_ascii_lowercase() || byte == b'_')
        };
        assert!(RejectReason::ALL.iter().all(|reason| word(reason.code())));
    }
}
