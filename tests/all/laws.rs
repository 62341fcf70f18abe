//! Partial results obey laws: for all `a`, `b`, `c`, merging nothing changes nothing, and neither grouping nor order
//! matters. Two states are equal if they give the same.

use std::fmt::Debug;

use crate::common::lines::{CHANNELS, fault, feed, moment, open_line, order_line, parts, tables};

use ordersift::field::{Money, OrderIds, Zones};
use ordersift::line::{
    Fault, FileId, LineSink, OrderLine, Place, Reject, Row, SupplementaryLine, UnshippedLine,
};
use ordersift::merge::Merge;
use ordersift::ownership::{
    BacklogFile, Decision, Decisions, Role, SnapshotIndex, SnapshotScan, settle,
};
use ordersift::state::aggregator::{Aggregator, AggregatorOptions};
use ordersift::topic::data_quality::state::newest::NewestMoments;
use ordersift::topic::data_quality::state::quality::{Check, Quality};
use ordersift::topic::data_quality::state::rejects::{LISTED, Rejects};
use ordersift::topic::data_quality::state::source::Source;
use ordersift::topic::demand::state::reconciliation::AdjustmentMeasures;
use ordersift::topic::demand::state::sales::SalesMeasures;
use ordersift::topic::demand::state::unit_price::Units;
use ordersift::topic::products::state::sku::{Newest, SkuMeasures, SkuNames};
use ordersift::topic::shipping::state::backlog::{Backlog, OpenLine};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;

/// The laws, for three states and what they give.
fn obeys<S: Merge + Clone, V: PartialEq + Debug>(
    [a, b, c]: [S; 3],
    gives: impl Fn(S) -> V,
) -> Result<(), TestCaseError> {
    let sum = |x: &S, y: &S| {
        let mut sum = x.clone();
        sum.merge(y.clone());
        sum
    };
    let nothing = S::default();
    prop_assert_eq!(
        gives(sum(&nothing, &a)),
        gives(a.clone()),
        "nothing + a = a"
    );
    prop_assert_eq!(
        gives(sum(&a, &nothing)),
        gives(a.clone()),
        "a + nothing = a"
    );
    let (left, right) = (sum(&sum(&a, &b), &c), sum(&a, &sum(&b, &c)));
    prop_assert_eq!(gives(left), gives(right), "(a + b) + c = a + (b + c)");
    prop_assert_eq!(gives(sum(&a, &b)), gives(sum(&b, &a)), "a + b = b + a");
    Ok(())
}

/// The verdict on every line of an all-orders file. Chunks that a survey has not seen are nobody's.
struct Asked<'h> {
    decisions: Decisions<'h>,
    all: Vec<(Place, Decision)>,
}

impl LineSink for Asked<'_> {
    fn order_line(&mut self, row: Row<'_>, line: &OrderLine<'_>) {
        self.all
            .push((row.place, self.decisions.on(row.place, line.order_id)));
    }
    fn unshipped_line(&mut self, _: Row<'_>, _: &UnshippedLine<'_>) {}
    fn supplementary_line(&mut self, _: Row<'_>, _: &SupplementaryLine<'_>) {}
    fn reject(&mut self, _: Row<'_>, _: Fault) {}
    fn repeated_header(&mut self, _: Row<'_>) {}
    fn end_of_chunk(&mut self, _: Place, _: u64) {}
}

fn place() -> impl Strategy<Value = Place> {
    (0..3_u32, 0..50_u64).prop_map(|(file, byte)| Place {
        file: FileId(file),
        byte,
        chunk: 0,
        line: byte,
    })
}

fn cases(cases: u32) -> ProptestConfig {
    ProptestConfig {
        cases,
        failure_persistence: None,
        ..ProptestConfig::default()
    }
}

proptest! {
    #![proptest_config(cases(256))]

    #[test]
    fn summaries_obey(parts in parts(), days in (any::<bool>(), any::<bool>()), adjustment_cache in (any::<bool>(), any::<bool>())) {
        let ids = OrderIds::default();
        let mut snapshots = SnapshotIndex::default();
        snapshots.set_role(FileId(3), Role::Current);
        snapshots.set_role(FileId(4), Role::History);
        let day = |text| ordersift::field::Day::read(text);
        let rules = AggregatorOptions {
            selection: &ordersift::field::Selection {
                from: days.0.then(|| day(b"2026-07-20")).flatten(),
                to: days.1.then(|| day(b"2026-07-31")).flatten(),
                ..Default::default()
            },
            week_start: ordersift::field::WeekStart::Monday,
            snapshots: &snapshots,
            zones: Zones { forced: adjustment_cache.0.then_some(chrono_tz::Tz::Asia__Tokyo) },
            estimate_pending: adjustment_cache.1,
            order_profiles: true,
            sku_days: false,
        };
        let mut part = 0;
        let states = parts.map(|events| {
            let mut fold = Aggregator::new(rules);
            feed(&mut fold, &ids, part, &events);
            part += 1;
            fold.into_state()
        });
        obeys(states, |summary| tables(summary, &ids))?;
    }

    #[test]
    fn surveys_obey(parts in parts(), account in any::<bool>()) {
        let ids = OrderIds::default();
        let mut part = 0;
        let states = parts.clone().map(|events| {
            let mut snapshot_scan = SnapshotScan::default();
            feed(&mut snapshot_scan, &ids, part, &events);
            part += 1;
            snapshot_scan
        });
        let account = account.then(|| "one".to_owned());
        let backlogs = [3, 4].map(|file| BacklogFile { file: FileId(file), account: account.clone() });
        obeys(states, |mut snapshot_scan| {
            let snapshots = settle(&mut snapshot_scan, &[FileId(0), FileId(1), FileId(2)], &backlogs);
            let mut asked = Asked { decisions: Decisions::new(&snapshots), all: Vec::new() };
            for (part, events) in parts.iter().enumerate() {
                feed(&mut asked, &ids, part, events);
            }
            let roles: Vec<Role> = (0..5).map(|file| snapshots.role(FileId(file))).collect();
            (roles, asked.all, snapshots.uneven_ties)
        })?;
    }

    #[test]
    fn sources_obey(parts in prop::array::uniform3(vec((0..5_usize, 0..5_usize, 0..4_usize, 0..9_u64), 0..6))) {
        let states = parts.map(|lines| {
            let mut source = Source::default();
            for (date, update, which, number) in lines {
                let place = Place { byte: number, ..Place::default() };
                match which {
                    0 => source.reject(&Reject { place, fault: fault(2) }),
                    1 => source.end_of_chunk(number, number),
                    _ => source.read(moment(date), Some(moment(update)), (which > 2).then(|| moment(update))),
                }
                (source.kept, source.superseded) = (source.kept + number, source.superseded + 1);
                source.sales_channels.insert(CHANNELS[date % 3].into());
            }
            source
        });
        obeys(states, |source| source)?;
    }

    #[test]
    fn rejects_obey(parts in prop::array::uniform3(vec((place(), 0..3_usize), 0..9))) {
        // Two rejects never stand at one place.
        let mut file = 0;
        let states = parts.map(|lines| {
            let mut rejects = Rejects::default();
            for (place, which) in lines {
                file += 1;
                rejects.add(Reject { place: Place { file: FileId(file), ..place }, fault: fault(which) });
            }
            rejects
        });
        obeys(states, |rejects| rejects)?;
    }

    #[test]
    fn quality_obeys(parts in prop::array::uniform3(vec((select(Check::ALL.to_vec()), place()), 0..9))) {
        let states = parts.map(|notes| {
            let mut quality = Quality::default();
            for (check, place) in notes {
                quality.note(check, place);
            }
            quality
        });
        obeys(states, |quality| quality)?;
    }

    #[test]
    fn names_obey(parts in prop::array::uniform3(vec(prop::array::uniform9(0..9_usize), 0..5))) {
        let ids = OrderIds::default();
        let states = parts.map(|lines| {
            let mut names = SkuNames::default();
            for cells in &lines {
                names.see(&order_line(&ids, cells));
            }
            names
        });
        let asins: [Newest; 3] = states.clone().map(|names| names.asin);
        obeys(states, |names| names)?;
        obeys(asins, |newest| newest)?;
    }

    #[test]
    fn sales_obey(numbers in prop::array::uniform3(prop::array::uniform14(0..1_u64 << 60))) {
        let money = |number: u64| Money(i128::from(number) << 60);
        obeys(numbers.map(|n| SalesMeasures {
            orders_placed: n[0],
            priced_orders: n[1],
            lines: n[2],
            quantity: n[3],
            units: n[4],
            unpriced_units: n[5],
            sales: money(n[6]),
            amount: money(n[7]),
            tax: money(n[8]),
            shipping: money(n[9]),
            gift_wrap: money(n[10]),
            discounts: money(n[11]),
            live_lines: n[12],
            discounted_lines: n[13],
        }), |measures| measures)?;
        obeys(numbers.map(|n| SkuMeasures {
            orders: n[0],
            lines: n[1],
            live_lines: n[5],
            units: n[2],
            unpriced_units: n[3],
            sales: money(n[4]),
        }), |measures| measures)?;
        obeys(numbers.map(|n| AdjustmentMeasures { lines: n[0], units: n[1], amount: money(n[2]) }), |measures| measures)?;
        obeys(numbers.map(|n| Units(n[0])), |units| units)?;
    }

    #[test]
    fn newest_moments_obey(dates in prop::array::uniform3(prop::array::uniform4(0..7_usize))) {
        let known = |date: usize| (date < 5).then(|| moment(date));
        obeys(dates.map(|d| NewestMoments {
            last_updated: known(d[0]),
            reporting: known(d[1]),
            payments: known(d[2]),
            purchase: known(d[3]),
        }), |moments| moments)?;
    }

    #[test]
    fn backlogs_obey(parts in prop::array::uniform3(vec(prop::array::uniform9(0..9_usize), 0..6))) {
        let ids = OrderIds::default();
        let mut byte = 0;
        let states = parts.map(|lines| {
            let mut backlog = Backlog::default();
            for cells in &lines {
                byte += 1;
                backlog.add(Place { byte, ..Place::default() }, &open_line(&ids, cells));
            }
            backlog
        });
        obeys(states, |backlog| -> Vec<OpenLine> { backlog.sorted() })?;
    }
}

#[test]
fn more_rejects_than_are_listed_obey() {
    let states = [0, 1, 2].map(|part| {
        let mut rejects = Rejects::default();
        for byte in 0..LISTED as u64 / 2 {
            let place = Place {
                byte: byte * 3 + part,
                ..Place::default()
            };
            rejects.add(Reject {
                place,
                fault: fault(0),
            });
        }
        rejects
    });
    obeys(states, |rejects| rejects).unwrap();
}
