//! Partial results obey laws: for all `a`, `b`, `c`, merging nothing changes nothing, and neither grouping nor order
//! matters. Two states are equal if they give the same.

use std::collections::BTreeMap;
use std::fmt::Debug;

use ordersift::cube::backlog::{Backlog, OpenLine};
use ordersift::cube::counted::Counted;
use ordersift::cube::fold::{Fold, Rules};
use ordersift::cube::quality::{Check, Quality};
use ordersift::cube::rejects::{LISTED, Rejects};
use ordersift::cube::sales::SalesMeasures;
use ordersift::cube::sku::{Newest, SkuMeasures, SkuNames};
use ordersift::cube::source::Source;
use ordersift::cube::summary::NewestMoments;
use ordersift::cube::{Merge, Summary};
use ordersift::field::{Amount, Currency, Fulfillment, Moment, Money, OrderIds, Zones};
use ordersift::line::{
    Absorb, Fault, FileId, OTHER_HEADER, OrderLine, Place, Reject, Row, UnshippedLine,
};
use ordersift::overlap::{BacklogFile, Holdings, Role, Survey, settle};
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

/// What is read of a file, line by line.
#[derive(Debug, Clone)]
enum Event {
    Order(Ordered),
    Open(Ordered),
    Bad(usize),
    Header,
    /// A chunk ends, and with it a run of lines of one order.
    Cut,
}

/// The cells of a line, as numbers into short lists.
type Ordered = [usize; 9];

const ORDERS: [&[u8]; 4] = [
    b"111-0000000-0000001",
    b"111-0000000-0000002",
    b"S01-0000000-0000001",
    b"odd",
];
const DATES: [&[u8]; 5] = [
    b"2026-07-20T06:59:59Z",
    b"2026-07-20T07:00:00Z",
    b"2026-07-20",
    b"2026-07-20T00:00:00Z",
    b"2026-08-02T12:00:00Z",
];
const STATUSES: [&[u8]; 3] = [b"Shipped", b"Cancelled", b"Pending"];
const CHANNELS: [&[u8]; 3] = [b"Amazon.com", b"Amazon.de", b""];
const SKUS: [&[u8]; 3] = [b"A", b"B", b"C"];
const TEXTS: [&[u8]; 4] = [b"", b"x", b"Name", b"Other name"];
const REASONS: [(&str, Option<&str>); 3] = [
    ("not an amount", Some("item-price")),
    ("wrong number of fields", None),
    (OTHER_HEADER, None),
];

fn moment(date: usize) -> Moment {
    Moment::read(DATES[date % 5]).unwrap()
}

fn order_line(ids: &OrderIds, cells: &Ordered) -> OrderLine<'static> {
    let [
        order,
        date,
        status,
        who,
        channel,
        sku,
        quantity,
        money,
        text,
    ] = *cells;
    let currency = [b"USD" as &[u8], b"JPY", b"USD"][money % 3];
    let price = (money < 6)
        .then(|| Amount::read([b"9.99" as &[u8], b"0", b"0.0001"][money % 3]).unwrap())
        .flatten();
    let other = Amount::read(b"1.5").unwrap().unwrap();
    OrderLine {
        order_id: ids.read(ORDERS[order % 4]).unwrap(),
        purchase_date: moment(date),
        last_updated_date: (date != text).then(|| moment(date + text)),
        order_status: STATUSES[status % 3],
        item_status: STATUSES[text % 2],
        fulfillment: Fulfillment::ALL[who % 3],
        sales_channel: CHANNELS[channel % 3],
        sku: SKUS[sku % 3],
        asin: TEXTS[quantity % 4],
        product_name: TEXTS[text % 4],
        quantity: u32::try_from(quantity).unwrap(),
        currency: Currency::read(if money == 8 { b"" } else { currency }).unwrap(),
        line_amount: price,
        tax: other,
        shipping: other,
        gift_wrap: other,
        discounts: other,
    }
}

fn open_line(ids: &OrderIds, cells: &Ordered) -> UnshippedLine<'static> {
    let [order, date, item, due, channel, sku, quantity, flag, text] = *cells;
    UnshippedLine {
        order_id: ids.read(ORDERS[order % 4]).unwrap(),
        order_item_id: TEXTS[item % 4],
        purchase_date: moment(date),
        payments_date: (due > 2).then(|| moment(due)),
        reporting_date: (due > 4).then(|| moment(text)),
        promise_date: (flag > 3).then(|| moment(due)),
        days_past_promise: Some(3),
        sku: SKUS[sku % 3],
        product_name: TEXTS[text % 4],
        quantity_to_ship: u32::try_from(quantity).unwrap(),
        ship_service_level: b"Standard",
        sales_channel: CHANNELS[channel % 3],
        ship_city: b"",
        ship_state: b"",
        ship_country: b"US",
        is_prime: Some(true),
        is_business: None,
        buyer_requested_cancellation: flag == 0,
    }
}

fn fault(which: usize) -> Fault {
    let (reason, column) = REASONS[which % 3];
    Fault {
        reason,
        column,
        text: format!("cell {which}"),
    }
}

/// Lets whatever absorbs lines absorb a part: files 0 to 2 hold orders, 3 and 4 backlogs, and no part shares a chunk.
fn absorb(into: &mut impl Absorb, ids: &OrderIds, part: usize, events: &[(u32, Event)]) {
    for file in 0..5 {
        let start = 1000 * (part as u64 + 1);
        let mut place = Place {
            file: FileId(file),
            byte: start,
            chunk: start,
            line: 0,
        };
        for (_, event) in events.iter().filter(|(of, _)| *of == file) {
            (place.byte, place.line) = (place.byte + 1, place.line + 1);
            let row = Row { place, raw: b"" };
            match event {
                Event::Order(cells) if file < 3 => into.order_line(row, &order_line(ids, cells)),
                Event::Order(cells) | Event::Open(cells) if file >= 3 => {
                    into.unshipped_line(row, &open_line(ids, cells))
                }
                Event::Bad(which) => into.reject(row, fault(*which)),
                Event::Header => into.repeated_header(row),
                _ => {
                    into.end_of_chunk(
                        Place {
                            byte: place.chunk,
                            ..place
                        },
                        place.line,
                    );
                    (place.chunk, place.line) = (place.byte, 0);
                }
            }
        }
        into.end_of_chunk(
            Place {
                byte: place.chunk,
                ..place
            },
            place.line,
        );
    }
}

fn parts() -> impl Strategy<Value = [Vec<(u32, Event)>; 3]> {
    let cells = || prop::array::uniform9(0..9_usize);
    let event = prop_oneof![
        12 => cells().prop_map(Event::Order),
        3 => cells().prop_map(Event::Open),
        1 => (0..3_usize).prop_map(Event::Bad),
        1 => Just(Event::Header),
        2 => Just(Event::Cut),
    ];
    prop::array::uniform3(vec((0..5_u32, event), 0..12))
}

/// Everything that tables are rolled up from, by texts instead of numbers.
fn tables(mut summary: Summary, ids: &OrderIds) -> impl PartialEq + Debug + use<> {
    summary.orders.records.sort_unstable();
    let counted = Counted::new(summary, ids);
    let (statuses, channels, skus) = (&counted.statuses, &counted.channels, &counted.skus);
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    let sales = counted
        .sales
        .iter()
        .filter(|(_, cell)| cell.lines + cell.orders_placed > 0);
    let sales: BTreeMap<_, SalesMeasures> = sales
        .map(|(key, cell)| {
            let texts = [
                text(statuses.get(key.status)),
                text(channels.get(key.channel)),
            ];
            ((key.fulfillment, texts, key.day, key.currency), *cell)
        })
        .collect();
    let sku_sales = counted
        .sku_sales
        .iter()
        .filter(|(_, cell)| cell.lines + cell.orders > 0);
    let sku_sales: BTreeMap<_, SkuMeasures> = sku_sales
        .map(|(key, cell)| ((text(skus.get(key.sku)), key.currency), *cell))
        .collect();
    let names: BTreeMap<String, SkuNames> = skus
        .ids()
        .map(|id| (text(skus.get(id)), counted.sku_names[id.0 as usize].clone()))
        .collect();
    (
        (sales, sku_sales, names, counted.backlog, counted.sources),
        (
            counted.rejects,
            counted.quality,
            counted.newest,
            counted.outside,
        ),
        (counted.conflicts, counted.conflict_example),
    )
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
    fn summaries_obey(parts in parts(), days in (any::<bool>(), any::<bool>())) {
        let ids = OrderIds::default();
        let mut holdings = Holdings::default();
        holdings.set_role(FileId(3), Role::Current);
        holdings.set_role(FileId(4), Role::History);
        let day = |text| ordersift::field::Day::read(text);
        let rules = Rules {
            holdings: &holdings,
            zones: Zones::default(),
            from: days.0.then(|| day(b"2026-07-20")).flatten(),
            to: days.1.then(|| day(b"2026-07-31")).flatten(),
        };
        let mut part = 0;
        let states = parts.map(|events| {
            let mut fold = Fold::new(rules);
            absorb(&mut fold, &ids, part, &events);
            part += 1;
            fold.into_summary()
        });
        obeys(states, |summary| tables(summary, &ids))?;
    }

    #[test]
    fn surveys_obey(parts in parts(), account in any::<bool>()) {
        let ids = OrderIds::default();
        let mut part = 0;
        let states = parts.map(|events| {
            let mut survey = Survey::default();
            absorb(&mut survey, &ids, part, &events);
            part += 1;
            survey
        });
        let account = account.then(|| "one".to_owned());
        let backlogs = [3, 4].map(|file| BacklogFile { file: FileId(file), account: account.clone() });
        obeys(states, |survey| {
            let holdings = settle(survey, &[FileId(0), FileId(1), FileId(2)], &backlogs);
            let files = || (0..5).map(FileId);
            let kept = |order: &[u8]| -> Vec<bool> {
                let order = ids.read(order).unwrap();
                files().map(|file| holdings.keeps(order, file)).collect()
            };
            let roles: Vec<Role> = files().map(|file| holdings.role(file)).collect();
            (roles, ORDERS.map(kept), holdings.uneven_ties)
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
            notes.into_iter().for_each(|(check, place)| quality.note(check, place));
            quality
        });
        obeys(states, |quality| quality)?;
    }

    #[test]
    fn names_obey(parts in prop::array::uniform3(vec(prop::array::uniform9(0..9_usize), 0..5))) {
        let ids = OrderIds::default();
        let states = parts.map(|lines| {
            let mut names = SkuNames::default();
            lines.iter().for_each(|cells| names.see(&order_line(&ids, cells)));
            names
        });
        let asins: [Newest; 3] = states.clone().map(|names| names.asin);
        obeys(states, |names| names)?;
        obeys(asins, |newest| newest)?;
    }

    #[test]
    fn sales_obey(numbers in prop::array::uniform3(prop::array::uniform12(0..1_u64 << 60))) {
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
        }), |measures| measures)?;
        obeys(numbers.map(|n| SkuMeasures {
            orders: n[0],
            lines: n[1],
            units: n[2],
            unpriced_units: n[3],
            sales: money(n[4]),
        }), |measures| measures)?;
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
