//! Aggregation of the lines of other reports.

use crate::field::{Fulfillment, LabelId, Moment};
use crate::line::supplementary::{
    FbaShipmentLine, MerchantReturnLine, PurchasedLine, UnstoredPurchase, UnstoredReturn,
    UnstoredShipment,
};
use crate::line::{FileId, Row, SupplementaryLine};
use crate::state::supplementary::{LocalPurchase, LocalReturn, LocalShipment};
use crate::topic::data_quality::state::source::raise;
use crate::topic::shipping::state::history::Listed;

use crate::state::aggregator::Aggregator;

impl Aggregator<'_> {
    /// Takes in a line; it counts until its file turns out to have given way.
    pub(crate) fn aggregate_supplementary(&mut self, row: Row<'_>, line: &SupplementaryLine<'_>) {
        self.source.kept += 1;
        let (place, file) = (row.place, row.place.file);
        match *line {
            SupplementaryLine::Purchased(line) => self.purchased(file, line),
            SupplementaryLine::Promotion(line) => {
                self.source.read_supplementary(None, None);
                let line = line.map_text(|text| self.text(text)).with(place);
                self.state.supplementary.lines.promotions.push(line);
            }
            SupplementaryLine::FbaShipment(line) => self.fba_shipment(file, line),
            SupplementaryLine::MerchantReturn(line) => self.merchant_return(file, line),
            SupplementaryLine::FbaReturn(line) => {
                self.source.read_supplementary(None, Some(line.return_date));
                if self.wants_parcel(Fulfillment::Amazon, b"", line.sku) {
                    let line = line.map_text(|text| self.text(text)).with(file);
                    self.state.supplementary.lines.fba_returns.push(line);
                }
            }
            SupplementaryLine::Pending(line) => {
                self.dated(line.purchase_date, None, None);
                self.state.supplementary.lines.pending.push((line, file));
            }
            SupplementaryLine::Confirmed(line) => {
                self.source.read_supplementary(None, line.ship_date);
                let line = line.map_text(|text| self.text(text)).with(place);
                self.state.supplementary.lines.confirmed.push(line);
            }
            SupplementaryLine::Metric(line) => {
                self.source.read_supplementary(None, None);
                let line = line.map_text(|text| self.text(text.as_bytes())).with(file);
                self.state.supplementary.lines.metrics.push(line);
            }
        }
    }

    /// Whether what was shipped or came back is asked for: what does not name its channel or country is not, if one is.
    fn wants_parcel(&self, who: Fulfillment, channel: &[u8], sku: &[u8]) -> bool {
        let filter = &self.options.selection.filter;
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

    fn purchased(&mut self, file: FileId, line: PurchasedLine<&[u8], UnstoredPurchase<'_>>) {
        let UnstoredPurchase {
            payments_date,
            reporting_date,
            ship_country,
        } = line.extra;
        self.dated(line.purchase_date, payments_date, reporting_date);
        self.source_channel(line.sales_channel);
        if !self.wants_merchant(line.sales_channel, line.sku, ship_country) {
            return;
        }
        let channel_known = !line.sales_channel.is_empty();
        let zone = self.zone_of(line.sales_channel, ship_country);
        let offset = crate::field::zone::offset(zone, line.purchase_date);
        let local = LocalPurchase {
            file,
            day: line.purchase_date.day(offset),
            zone,
            channel_known,
        };
        let line = line.map_text(|text| self.text(text)).with(local);
        if line.latest_ship_date.is_some() {
            self.state.shipping.history.due.push(Listed {
                order: line.order_id,
                file,
                promise: line.latest_ship_date,
                purchase: line.purchase_date,
                zone,
                channel_known,
                sku: line.sku,
                service: line.ship_service_level,
            });
        }
        self.state.supplementary.lines.purchases.push(line);
    }

    fn fba_shipment(&mut self, file: FileId, line: FbaShipmentLine<&[u8], UnstoredShipment<'_>>) {
        let read = line.extra;
        self.dated(read.purchase_date, read.payments_date, read.reporting_date);
        self.source_channel(line.sales_channel);
        if !self.wants_parcel(Fulfillment::Amazon, line.sales_channel, read.sku) {
            return;
        }
        let zone = self.channel(line.sales_channel);
        let days = &mut self.zones[zone.0 as usize].days;
        let local = LocalShipment {
            file,
            purchase_day: days.of(read.purchase_date),
            shipment_day: days.of(read.shipment_date),
            arrival_day: read.estimated_arrival_date.map(|arrival| days.of(arrival)),
        };
        let line = line.map_text(|text| self.text(text)).with(local);
        self.state.supplementary.lines.fba_shipments.push(line);
    }

    fn merchant_return(&mut self, file: FileId, line: MerchantReturnLine<&[u8], UnstoredReturn>) {
        let UnstoredReturn {
            request_date,
            order_date,
        } = line.extra;
        self.source.read_supplementary(None, Some(request_date));
        if !self.wants_parcel(Fulfillment::Merchant, b"", line.sku) {
            return;
        }
        let local = LocalReturn {
            file,
            request_day: request_date.day(0),
            order_day: order_date.map(|moment| moment.day(0)),
        };
        let line = line.map_text(|text| self.text(text)).with(local);
        self.state.supplementary.lines.merchant_returns.push(line);
    }
}
