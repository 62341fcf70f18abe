//! The aggregator: takes lines and adds them to the state. This is the innermost loop of a run.

mod adjustment_cache;
mod filter;
pub(crate) mod order_run;
mod reconciliation;
mod supplementary;

use crate::field::label::is_utf8;
use crate::field::{
    Fulfillment, LabelId, LocalDays, OrderId, RecentPairs, Selection, StatusGroup, WeekStart,
    Zones, status, zone,
};
use crate::line::{
    Fault, LineSink, OrderLine, Place, Reject, Row, SupplementaryLine, UnshippedLine,
};
use crate::ownership::{Decision, Decisions, Role, SnapshotIndex};

use crate::merge::Merge;
use crate::state::State;
use crate::state::aggregator::order_run::{OrderRun, Placed};
use crate::topic::data_quality::state::quality::Check;
use crate::topic::data_quality::state::source::{Source, raise};
use crate::topic::data_quality::state::widest;
use crate::topic::demand::state::sales::SalesKey;
use crate::topic::products::state::sku::{SkuKey, SkuPeriod};
use crate::topic::shipping::state::history::{Listed, Seen};

use crate::topic::orders::state::profile_cache::ProfileCache;
use crate::topic::products::state::promotion_cache::PromotionCache;

/// What a fold must know to count a line.
#[derive(Debug, Clone, Copy)]
pub struct AggregatorOptions<'p> {
    /// Which file's lines of an order count.
    pub snapshots: &'p SnapshotIndex,
    /// Which zones the days are in.
    pub zones: Zones,
    /// Which lines are asked for.
    pub selection: &'p Selection,
    /// Where weeks start.
    pub week_start: WeekStart,
    /// Whether SKUs are kept by the day, not by the week: sales of a day have one rate.
    pub sku_days: bool,
    /// Whether to keep prices, for an estimate of what has none.
    pub estimate_pending: bool,
    /// Whether anybody asks where orders go, on what terms, and under which promotions.
    pub order_profiles: bool,
}

/// One thread's part of a run.
#[derive(Debug)]
pub struct Aggregator<'p> {
    options: AggregatorOptions<'p>,
    state: State,
    run: OrderRun,
    profile_cache: ProfileCache,
    promotion_cache: PromotionCache,
    /// What was read of the chunk at hand.
    source: Source,
    decisions: Decisions<'p>,
    adjustment_cache: adjustment_cache::AdjustmentCache,
    /// Whether anything is asked for.
    filters: bool,
    /// Chunks begun.
    chunks: u64,
    /// By channel.
    zones: Vec<Channel>,
    /// By status: its group.
    statuses: Vec<StatusGroup>,
    /// The channel and the status of lines met lately.
    recent: RecentPairs<(LabelId, LabelId)>,
}

/// What a fold knows of a sales channel.
#[derive(Debug)]
struct Channel {
    days: LocalDays,
    zone_known: bool,
    /// Whether it is asked for.
    wanted: bool,
    /// The last chunk that named it.
    chunk: u64,
}

impl<'p> Aggregator<'p> {
    /// An empty fold.
    pub fn new(options: AggregatorOptions<'p>) -> Self {
        Self {
            options,
            state: State::default(),
            run: OrderRun::new(options.order_profiles),
            profile_cache: ProfileCache::default(),
            promotion_cache: PromotionCache::default(),
            source: Source::default(),
            decisions: Decisions::new(options.snapshots),
            adjustment_cache: adjustment_cache::AdjustmentCache::new(
                options.zones,
                options.estimate_pending,
            ),
            filters: options.selection.filter.is_set(),
            chunks: 1,
            zones: Vec::new(),
            statuses: Vec::new(),
            recent: RecentPairs::default(),
        }
    }

    /// The state of all lines that were aggregated.
    pub fn into_state(self) -> State {
        self.state
    }

    #[inline(never)]
    fn channel(&mut self, text: &[u8]) -> LabelId {
        let id = self.state.labels.channels.intern(text);
        if id.0 as usize == self.zones.len() {
            let zone = self.options.zones.of_channel(text);
            // Multi-channel orders have no marketplace, and nobody expects one.
            let elsewhere = zone::is_multi_channel(text);
            let known =
                self.options.zones.forced.is_some() || elsewhere || zone != chrono_tz::Tz::UTC;
            self.zones.push(Channel {
                days: LocalDays::new(zone),
                zone_known: known,
                wanted: self.options.selection.filter.takes_channel(text),
                chunk: 0,
            });
        }
        id
    }

    /// Notes that the chunk at hand names a channel.
    #[inline]
    fn note_channel(&mut self, id: LabelId, text: &[u8]) {
        let channel = &mut self.zones[id.0 as usize];
        if channel.chunk != self.chunks {
            channel.chunk = self.chunks;
            self.source.sales_channels.insert(text.into());
        }
    }

    #[inline(never)]
    fn status(&mut self, text: &[u8]) -> LabelId {
        let id = self.state.labels.statuses.intern(text);
        if id.0 as usize == self.statuses.len() {
            self.statuses.push(StatusGroup::read(text));
        }
        id
    }

    #[inline]
    fn close_run(&mut self) {
        self.run.close(&mut self.state);
    }

    /// A line of an all-orders file about an order that some unshipped file lists; older snapshots tell too.
    #[cold]
    fn note_seen(&mut self, line: &OrderLine<'_>, channel: LabelId) {
        let days = &mut self.zones[channel.0 as usize].days;
        self.state.shipping.history.seen.push(Seen {
            order: line.order_id,
            updated: line.last_updated_date,
            status: StatusGroup::read(line.order_status),
            merchant: line.fulfillment == Fulfillment::Merchant,
            purchase: line.purchase_date,
            day: days.of(line.purchase_date),
            zone: days.zone(),
        });
    }

    fn note_listed(&mut self, place: Place, line: &UnshippedLine<'_>) {
        let channel_known = !line.sales_channel.is_empty();
        let zone = self.zone_of(line.sales_channel, line.ship_country);
        let texts = &mut self.state.supplementary.texts;
        let (sku, service) = (
            texts.intern(line.sku),
            texts.intern(line.ship_service_level),
        );
        self.state.shipping.history.listed.push(Listed {
            order: line.order_id,
            file: place.file,
            promise: line.promise_date,
            purchase: line.purchase_date,
            zone,
            channel_known,
            sku,
            service,
        });
    }

    fn source_channel(&mut self, channel: &[u8]) {
        if !channel.is_empty() && !self.source.sales_channels.contains(channel) {
            self.source.sales_channels.insert(channel.into());
        }
    }

    /// Counts a line into the cubes.
    #[inline]
    fn count(&mut self, place: Place, line: &OrderLine<'_>, key: SalesKey, cancelled: bool) {
        if !self.run.holds(line.order_id) {
            self.close_run();
        }
        let days = &mut self.zones[key.channel.0 as usize].days;
        self.run
            .bought(line.purchase_date, key.channel, key.day, || {
                days.hour(line.purchase_date)
            });
        let live = !cancelled && !status::is_cancelled(line.item_status);
        let sales_place = self.state.demand.aggregate(line, key, live);
        if self.needs_adjustment(line, live) {
            self.note_adjustment(line, key, live);
        }
        let sku = self.state.labels.skus.intern(line.sku);
        let sku_key = SkuKey {
            sku,
            currency: line.currency,
            period: if self.options.sku_days {
                SkuPeriod::Day(key.day)
            } else {
                SkuPeriod::Week(key.day.week_number(self.options.week_start))
            },
        };
        let (sku_place, name_is_text) = self.state.products.aggregate(line, sku_key, live);
        if !name_is_text {
            let quality = &mut self.state.data_quality.quality;
            quality.note(Check::TextNotInEncoding, place);
        }
        if live && line.quantity == 0 {
            self.state
                .data_quality
                .quality
                .note(Check::LiveLineOfZeroUnits, place);
        }
        if !live
            && line
                .line_amount
                .is_some_and(|amount| amount.ten_thousandths() > 0)
        {
            self.state
                .data_quality
                .quality
                .note(Check::CancelledWithPrice, place);
        }
        let home = SalesKey {
            currency: line.line_amount.and(line.currency),
            ..key
        };
        let mut shape = (LabelId(0), LabelId(0));
        if self.options.order_profiles {
            shape = self
                .profile_cache
                .profile(line, &mut self.state.orders.profiles);
            if live {
                self.promotion_cache
                    .count(line, &mut self.state.products.promotions);
            }
        }
        let home = Placed {
            key: home,
            place: (home == key).then_some(sales_place),
        };
        let live = live.then_some(Placed {
            key: sku_key,
            place: Some(sku_place),
        });
        self.run.add(line, home, shape, live, &self.state);
    }
}

impl LineSink for Aggregator<'_> {
    #[inline]
    fn order_line(&mut self, row: Row<'_>, line: &OrderLine<'_>) {
        let place = row.place;
        self.source
            .read(line.purchase_date, line.last_updated_date, None);
        let recent = self.recent.find(line.sales_channel, line.order_status, 0);
        let channel = match recent {
            Ok((channel, _)) => channel,
            Err(_) => self.channel(line.sales_channel),
        };
        self.note_channel(channel, line.sales_channel);
        if self.options.snapshots.watches(line.order_id) {
            self.note_seen(line, channel);
        }
        if self.decisions.on(place, line.order_id) == Decision::Superseded {
            self.source.superseded += 1;
            return;
        }
        self.source.kept += 1;
        let newest = &mut self.state.data_quality.newest;
        raise(&mut newest.last_updated, line.last_updated_date);
        raise(&mut newest.purchase, Some(line.purchase_date));
        let known = &mut self.zones[channel.0 as usize];
        let (day, zone_known) = (known.days.of(line.purchase_date), known.zone_known);
        if !self.options.selection.takes_day(day) || self.filters && !self.wants(line, channel) {
            self.state.data_quality.outside += 1;
            let days = &mut self.state.data_quality.outside_days;
            *days = widest(*days, Some((day, day)));
            return;
        }
        let status = match recent {
            Ok((_, status)) => status,
            Err(slot) => {
                let status = self.status(line.order_status);
                self.recent.keep(slot, (channel, status));
                status
            }
        };
        let group = self.statuses[status.0 as usize];
        if group == StatusGroup::Pending && line.fulfillment == Fulfillment::Merchant {
            let pending = &mut self.state.shipping.history.pending;
            pending.push((line.order_id, line.purchase_date));
        }
        if !zone_known {
            self.state
                .data_quality
                .quality
                .note(Check::ChannelWithoutZone, place);
        }
        if group == StatusGroup::Unknown {
            self.state
                .data_quality
                .quality
                .note(Check::UnknownStatus, place);
        }
        if line.fulfillment == Fulfillment::Unknown {
            self.state
                .data_quality
                .quality
                .note(Check::UnknownFulfillment, place);
        }
        let key = SalesKey {
            fulfillment: line.fulfillment,
            status,
            channel,
            day,
            currency: line.currency,
        };
        if group == StatusGroup::Returned {
            self.note_returned(line, key);
        }
        self.count(place, line, key, group == StatusGroup::Cancelled);
    }

    fn unshipped_line(&mut self, row: Row<'_>, line: &UnshippedLine<'_>) {
        let newest = line
            .reporting_date
            .max(line.payments_date)
            .max(Some(line.purchase_date));
        self.source.read(line.purchase_date, None, newest);
        self.source_channel(line.sales_channel);
        let wanted = self.wants_merchant(line.sales_channel, line.sku, line.ship_country);
        if wanted {
            self.note_listed(row.place, line);
        }
        if !matches!(
            self.options.snapshots.role(row.place.file),
            Role::Current | Role::OtherAccount
        ) {
            self.source.superseded += 1;
            return;
        }
        self.source.kept += 1;
        let newest = &mut self.state.data_quality.newest;
        newest.reporting = newest.reporting.max(line.reporting_date);
        newest.payments = newest.payments.max(line.payments_date);
        newest.purchase = newest.purchase.max(Some(line.purchase_date));
        if !line.texts().into_iter().all(is_utf8) {
            self.state
                .data_quality
                .quality
                .note(Check::TextNotInEncoding, row.place);
        }
        if line.quantity_to_ship > 0 && wanted {
            if line.whole_item_id() != line.order_item_id {
                let check = Check::OrderItemIdSpoilt;
                self.state.data_quality.quality.note(check, row.place);
            }
            self.state.shipping.backlog.add(row.place, line);
        }
    }

    fn supplementary_line(&mut self, row: Row<'_>, line: &SupplementaryLine<'_>) {
        self.aggregate_supplementary(row, line);
    }

    fn unreadable(&mut self, row: Row<'_>, order: Option<OrderId>, fault: Fault) {
        let decision = order.map(|order| self.decisions.on(row.place, order));
        self.state.data_quality.conflicting_rejects |=
            decision.is_some_and(|decision| decision != Decision::Unique);
        self.reject(row, fault);
    }

    fn reject(&mut self, row: Row<'_>, fault: Fault) {
        let reject = Reject {
            place: row.place,
            fault,
        };
        self.source.reject(&reject);
        self.state.data_quality.rejects.add(reject);
    }

    fn split_at_returns(&mut self) {
        self.state.data_quality.conflicting_rejects = true;
    }

    fn repeated_header(&mut self, row: Row<'_>) {
        self.state
            .data_quality
            .quality
            .note(Check::RepeatedHeader, row.place);
    }

    fn end_of_chunk(&mut self, start: Place, lines: u64) {
        self.close_run();
        let mut source = std::mem::take(&mut self.source);
        source.end_of_chunk(start.byte, lines);
        self.state
            .data_quality
            .sources
            .entry(start.file)
            .or_default()
            .merge(source);
        self.chunks += 1;
    }
}
