//! Aggregation of the lines of other reports.

use crate::field::{Fulfillment, LabelId, Moment};
use crate::line::supplementary::{
    ConfirmedLine, FbaReturnLine, FbaShipmentLine, MerchantReturnLine, MetricLine, PurchasedLine,
};
use crate::line::{FileId, Place, Row, SupplementaryLine};
use crate::state::supplementary::{
    Confirmed, FbaReturn, FbaShipment, MerchantReturn, Metric, Pending, Promotion, Purchase,
};
use crate::topic::data_quality::state::source::raise;
use crate::topic::shipping::state::history::Listed;

use crate::state::aggregator::Aggregator;

impl Aggregator<'_> {
    /// Takes in a line; it counts until its file turns out to have given way.
    pub(crate) fn aggregate_supplementary(&mut self, row: Row<'_>, line: &SupplementaryLine<'_>) {
        self.source.kept += 1;
        let (place, file) = (row.place, row.place.file);
        match line {
            SupplementaryLine::Purchased(line) => self.purchased(file, line),
            SupplementaryLine::Promotion(line) => {
                self.source.read_supplementary(None, None);
                let item = self.text(line.order_item_id);
                self.state.supplementary.lines.promotions.push(Promotion {
                    place,
                    order: line.order_id,
                    item,
                    discounts: line.discounts,
                });
            }
            SupplementaryLine::FbaShipment(line) => self.fba_shipment(file, line),
            SupplementaryLine::MerchantReturn(line) => self.merchant_return(file, line),
            SupplementaryLine::FbaReturn(line) => self.fba_return(file, line),
            SupplementaryLine::Pending(line) => {
                self.dated(line.purchase_date, None, None);
                self.state.supplementary.lines.pending.push(Pending {
                    file,
                    order: line.order_id,
                    purchase: line.purchase_date,
                });
            }
            SupplementaryLine::Confirmed(line) => self.confirmed(place, line),
            SupplementaryLine::Metric(line) => self.metric(file, line),
        }
    }

    /// Whether what was shipped or came back is asked for: what does not name its channel or country is not, if one is.
    fn wants_parcel(&self, who: Fulfillment, channel: &[u8], sku: &[u8]) -> bool {
        let filter = self.options.filter;
        filter.takes_fulfillment(who)
            && filter.takes_channel(channel)
            && filter.takes_sku(sku)
            && filter.countries.is_empty()
    }

    fn text(&mut self, text: &[u8]) -> LabelId {
        self.state.supplementary.texts.intern(text)
    }

    /// The dates of a line, of which the newest tells how new its file is, and the run.
    fn dated(&mut self, purchase: Moment, payments: Option<Moment>, reporting: Option<Moment>) {
        let newest = Some(purchase).max(payments).max(reporting);
        self.source.read_supplementary(Some(purchase), newest);
        let run = &mut self.state.data_quality.newest;
        raise(&mut run.purchase, Some(purchase));
        raise(&mut run.payments, payments);
        raise(&mut run.reporting, reporting);
    }

    fn purchased(&mut self, file: FileId, line: &PurchasedLine<'_>) {
        self.dated(line.purchase_date, line.payments_date, line.reporting_date);
        self.source_channel(line.sales_channel);
        if !self.wants_merchant(line.sales_channel, line.sku, line.ship_country) {
            return;
        }
        let channel_known = !line.sales_channel.is_empty();
        let zone = self.zone_of(line.sales_channel, line.ship_country);
        let purchase = Purchase {
            file,
            order: line.order_id,
            item: self.text(line.order_item_id),
            sku: self.text(line.sku),
            channel: self.text(line.sales_channel),
            service: self.text(line.ship_service_level),
            purchase: line.purchase_date,
            day: line
                .purchase_date
                .day(crate::field::zone::offset(zone, line.purchase_date)),
            promise: line.latest_ship_date,
            zone,
            channel_known,
            quantity: line.quantity,
            currency: line.currency,
            amount: line.line_amount,
            tax: line.tax,
            shipping: line.shipping,
            gift_wrap: line.gift_wrap,
            discounts: line.discounts,
        };
        if line.latest_ship_date.is_some() {
            self.state.shipping.history.due.push(Listed {
                order: line.order_id,
                file,
                promise: line.latest_ship_date,
                purchase: line.purchase_date,
                zone,
                channel_known,
                sku: purchase.sku,
                service: purchase.service,
            });
        }
        self.state.supplementary.lines.purchases.push(purchase);
    }

    fn fba_shipment(&mut self, file: FileId, line: &FbaShipmentLine<'_>) {
        self.dated(line.purchase_date, line.payments_date, line.reporting_date);
        self.source_channel(line.sales_channel);
        if !self.wants_parcel(Fulfillment::Amazon, line.sales_channel, line.sku) {
            return;
        }
        let zone = self.channel(line.sales_channel);
        let days = &mut self.zones[zone.0 as usize].days;
        let days = (
            days.of(line.purchase_date),
            days.of(line.shipment_date),
            line.estimated_arrival_date.map(|arrival| days.of(arrival)),
        );
        let shipment = FbaShipment {
            file,
            order: line.order_id,
            shipment: self.text(line.shipment_id),
            item: self.text(line.shipment_item_id),
            carrier: self.text(line.carrier),
            channel: self.text(line.sales_channel),
            quantity: line.quantity,
            days,
        };
        self.state.supplementary.lines.fba_shipments.push(shipment);
    }

    fn merchant_return(&mut self, file: FileId, line: &MerchantReturnLine<'_>) {
        self.source
            .read_supplementary(None, Some(line.request_date));
        if !self.wants_parcel(Fulfillment::Merchant, b"", line.sku) {
            return;
        }
        let record = MerchantReturn {
            file,
            order: line.order_id,
            rma: self.text(line.rma_id),
            requested: line.request_date.day(0),
            status: self.text(line.status),
            claim: line.a_to_z_claim,
            in_policy: line.in_policy,
            sku: self.text(line.sku),
            name: self.text(line.product_name),
            quantity: line.quantity,
            reason: self.text(line.reason),
            resolution: self.text(line.resolution),
            currency: line.currency,
            order_amount: line.order_amount,
            refunded: line.refunded_amount,
            ordered: line.order_date.map(|moment| moment.day(0)),
        };
        self.state.supplementary.lines.merchant_returns.push(record);
    }

    fn fba_return(&mut self, file: FileId, line: &FbaReturnLine<'_>) {
        self.source.read_supplementary(None, Some(line.return_date));
        if !self.wants_parcel(Fulfillment::Amazon, b"", line.sku) {
            return;
        }
        let record = FbaReturn {
            order: line.order_id,
            returned: line.return_date,
            sku: self.text(line.sku),
            quantity: line.quantity,
            disposition: self.text(line.disposition),
            reason: self.text(line.reason),
            status: self.text(line.status),
            plate: self.text(line.license_plate),
        };
        self.state
            .supplementary
            .lines
            .fba_returns
            .push((record, file));
    }

    fn confirmed(&mut self, place: Place, line: &ConfirmedLine<'_>) {
        self.source.read_supplementary(None, line.ship_date);
        let record = Confirmed {
            place,
            order: line.order_id,
            item: self.text(line.order_item_id),
            quantity: line.quantity,
            ship_date: line.ship_date,
            carrier_code: self.text(line.carrier_code),
            carrier_name: self.text(line.carrier_name),
            tracking: self.text(line.tracking_number),
            method: self.text(line.ship_method),
            unsubmitted: line.unsubmitted,
        };
        self.state.supplementary.lines.confirmed.push(record);
    }

    fn metric(&mut self, file: FileId, line: &MetricLine<'_>) {
        self.source.read_supplementary(None, None);
        let record = Metric {
            file,
            metric: self.text(line.metric.as_bytes()),
            marketplace: self.text(line.marketplace.as_bytes()),
            status: self.text(line.status.as_bytes()),
            rate: line.rate,
            target: line.target,
            days: line.days,
        };
        self.state.supplementary.lines.metrics.push(record);
    }
}
