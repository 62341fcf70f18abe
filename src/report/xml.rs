//! XML reports, element by element: what an element is called becomes the column that it would be in the table of the same, and
//! from there on both are one.

use std::io::{self, BufReader, Read};

use quick_xml::Reader;
use quick_xml::events::{BytesRef, BytesStart, Event};

use crate::field::{Amount, RejectReason, money};
use crate::line::{Fault, FileId, LineSink, Place, Row};

use super::columns::{Column, MAX_COLUMNS, Picked};
use super::scan::{Carried, Scan};
use super::{Encoding, Kind};

/// What the elements of an XML report are in the table of the same.
#[derive(Debug)]
struct Names {
    /// Every one of these becomes a line.
    item: &'static str,
    /// Element, or type of an amount, and column.
    columns: &'static [(&'static str, &'static str)],
}

const ALL_ORDERS: Names = Names {
    item: "OrderItem",
    columns: &[
        ("AmazonOrderID", "amazon-order-id"),
        ("PurchaseDate", "purchase-date"),
        ("LastUpdatedDate", "last-updated-date"),
        ("OrderStatus", "order-status"),
        ("FulfillmentChannel", "fulfillment-channel"),
        ("SalesChannel", "sales-channel"),
        ("SKU", "sku"),
        ("ASIN", "asin"),
        ("ProductName", "product-name"),
        ("ItemStatus", "item-status"),
        ("Quantity", "quantity"),
        ("currency", "currency"),
        ("Principal", "item-price"),
        ("Tax", "item-tax"),
        ("Shipping", "shipping-price"),
        ("ShippingTax", "shipping-tax"),
        ("GiftWrap", "gift-wrap-price"),
        ("GiftWrapTax", "gift-wrap-tax"),
        ("ItemPromotionDiscount", "item-promotion-discount"),
        ("ShipPromotionDiscount", "ship-promotion-discount"),
        ("Country", "ship-country"),
        ("State", "ship-state"),
        ("ShipServiceLevel", "ship-service-level"),
        ("IsBusinessOrder", "is-business-order"),
        ("PromotionIDs", "promotion-ids"),
    ],
};

const RETURNS: Names = Names {
    item: "item_details",
    columns: &[
        ("order_id", "order-id"),
        ("return_request_date", "return-request-date"),
        ("return_request_status", "return-request-status"),
        ("amazon_rma_id", "amazon-rma-id"),
        ("merchant_sku", "merchant-sku"),
        ("return_quantity", "return-quantity"),
        ("a_to_z_claim", "a-to-z-claim"),
        ("in_policy", "in-policy"),
        ("item_name", "item-name"),
        ("return_reason_code", "return-reason"),
        ("resolution", "resolution"),
        ("currency_code", "currency-code"),
        ("order_amount", "order-amount"),
        ("refund_amount", "refunded-amount"),
        ("order_date", "order-date"),
    ],
};

/// What kind of XML report a file is by its first bytes; `None` if none.
pub(super) fn kind(head: &[u8]) -> Option<Kind> {
    let head = &head[..head.len().min(1 << 16)];
    let holds = |text: &[u8]| memchr::memmem::find(head, text).is_some();
    match () {
        () if !head.trim_ascii_start().starts_with(b"<") => None,
        () if holds(b"<AmazonOrderID") || holds(b"AllOrdersReport") => Some(Kind::AllOrders),
        () if holds(b"<amazon_rma_id") || holds(b"<return_request_date") => {
            Some(Kind::MerchantReturns)
        }
        () => None,
    }
}

/// No element stands deeper.
const DEEPEST: usize = 64;
/// No text or tag, and no order with its items, is longer.
const LONGEST: u64 = 16 << 20;

/// Cells by column, and why they cannot be a line.
#[derive(Debug, Clone, Default)]
struct Cells {
    texts: [Vec<u8>; MAX_COLUMNS],
    mixed: bool,
    place: Place,
}

impl Cells {
    /// Another value of the same column is added, if both are amounts; else the first counts.
    fn set(&mut self, column: usize, name: &str, text: &[u8]) {
        let known = &mut self.texts[column];
        if known.is_empty() {
            text.clone_into(known);
            return;
        }
        let adds = name.contains("price") || name.contains("tax") || name.contains("discount");
        if let (true, Ok(Some(a)), Ok(Some(b))) = (adds, Amount::read(known), Amount::read(text)) {
            *known = money::text(a.plus(b).ten_thousandths().into(), 2).into_bytes();
        } else if name == "currency" && *known != text {
            self.mixed = true;
        } else if name == "promotion-ids" {
            known.push(b',');
            known.extend_from_slice(text);
        }
    }
}

/// The order at hand and its items.
#[derive(Debug, Default)]
struct Record {
    shared: Cells,
    items: Vec<Cells>,
    bytes: u64,
    /// How deep items stand.
    depth: Option<usize>,
    /// The type of the amount at hand, and the amount, in whichever order they come.
    component: (String, String),
}

impl Scan<'_> {
    /// Passes on the items of an XML report; gives the number of its lines.
    ///
    /// # Errors
    /// The file cannot be read, or is not well-formed: the error says where.
    pub fn xml(self, file: FileId, source: impl Read, into: &mut impl LineSink) -> io::Result<u64> {
        let names = match self.report.spec.kind {
            Kind::MerchantReturns => &RETURNS,
            _ => &ALL_ORDERS,
        };
        let mut report = self.report.clone();
        report.encoding = Encoding::utf_8();
        let source = self.report.encoding.decoded(source);
        let scan = Scan {
            report: &report,
            ..self
        };
        let mut walk = Walk {
            names,
            columns: report.spec.columns,
            path: Vec::new(),
            text: String::new(),
            record: Record::default(),
            place: Place {
                file,
                line: 1,
                ..Place::default()
            },
        };
        let (mut state, mut items) = (Carried::default(), 0);
        let mut reader = Reader::from_reader(BufReader::new(Limited {
            source,
            left: LONGEST,
        }));
        let mut buffer = Vec::new();
        loop {
            walk.place.byte = reader.buffer_position();
            let event = reader.read_event_into(&mut buffer);
            let event = event.map_err(|error| broken(reader.error_position(), &error))?;
            if matches!(event, Event::Eof) {
                break;
            }
            let newlines = memchr::memchr_iter(b'\n', event.as_bytes()).count() as u64;
            if walk.step(&event)? {
                items += walk.hand_on(scan, &mut state, into);
            }
            walk.place.line += newlines;
            buffer.clear();
            reader.get_mut().get_mut().left = LONGEST;
        }
        if !walk.path.is_empty() {
            return Err(broken(walk.place.byte, &"it ends within an element"));
        }
        let lines = walk.place.line.max(items);
        into.end_of_chunk(
            Place {
                file,
                ..Place::default()
            },
            lines,
        );
        Ok(lines)
    }
}

/// Where in the document a walk is.
struct Walk {
    names: &'static Names,
    columns: &'static [Column],
    path: Vec<String>,
    text: String,
    record: Record,
    place: Place,
}

impl Walk {
    /// Takes in what comes next; whether an order with its items is complete.
    fn step(&mut self, event: &Event<'_>) -> io::Result<bool> {
        match event {
            Event::Start(tag) => self.open(tag)?,
            Event::Empty(tag) => {
                self.open(tag)?;
                return Ok(self.close());
            }
            Event::Text(text) => self.add(text)?,
            Event::CData(text) => self.add(text)?,
            Event::GeneralRef(name) => {
                let text = resolved(name);
                self.add(&text)?;
            }
            Event::End(_) => return Ok(self.close()),
            _ => {}
        }
        Ok(false)
    }

    fn add(&mut self, text: &str) -> io::Result<()> {
        self.text.push_str(text);
        self.record.bytes += text.len() as u64;
        if self.record.bytes > LONGEST || self.text.len() as u64 > LONGEST {
            return Err(broken(self.place.byte, &"an order longer than 16 MiB"));
        }
        Ok(())
    }

    fn open(&mut self, tag: &BytesStart<'_>) -> io::Result<()> {
        if self.path.len() >= DEEPEST {
            let what = "elements within elements, more than 64 deep";
            return Err(broken(self.place.byte, &what));
        }
        let name = tag.local_name().into_inner().to_owned();
        if name == self.names.item {
            self.record.depth = Some(self.path.len());
            self.record.bytes += size_of::<Cells>() as u64;
            self.record.items.push(Cells {
                place: self.place,
                ..Cells::default()
            });
        }
        self.path.push(name);
        self.text.clear();
        let currency = tag.attributes().flatten();
        let mut currency =
            currency.filter(|attribute| attribute.key.local_name().into_inner() == "currency");
        if let Some(currency) = currency.next() {
            self.set("currency", &currency.value);
        }
        Ok(())
    }

    /// An element ends. Whether it was the one that items stand in.
    fn close(&mut self) -> bool {
        let Some(name) = self.path.pop() else {
            return false;
        };
        let text = std::mem::take(&mut self.text);
        let text = text.trim();
        match &name[..] {
            "Component" => {
                let (of, amount) = std::mem::take(&mut self.record.component);
                self.set(&of, &amount);
            }
            "Type" if self.within("Component") => text.clone_into(&mut self.record.component.0),
            "Amount" if self.within("Component") => text.clone_into(&mut self.record.component.1),
            _ => self.set(&name, text),
        }
        self.record.depth == Some(self.path.len() + 1)
    }

    fn within(&self, element: &str) -> bool {
        self.path.last().is_some_and(|name| name == element)
    }

    /// Keeps a value if it is one of a column.
    fn set(&mut self, name: &str, text: &str) {
        let Some((_, column)) = self.names.columns.iter().find(|(known, _)| *known == name) else {
            return;
        };
        let Some(place) = self.columns.iter().position(|known| known.name == *column) else {
            return;
        };
        if text.is_empty() {
            return;
        }
        let inside = self
            .record
            .depth
            .is_some_and(|depth| self.path.len() > depth);
        let cells = match self.record.items.last_mut().filter(|_| inside) {
            Some(item) => item,
            None if place == 0 && !self.record.shared.texts[0].is_empty() => {
                // An order without items stood before this one.
                self.record.shared = Cells::default();
                &mut self.record.shared
            }
            None => &mut self.record.shared,
        };
        cells.set(place, column, text.as_bytes());
    }

    /// The items of the order at hand, each with what is said of them all; gives how many there were.
    fn hand_on(&mut self, scan: Scan<'_>, state: &mut Carried, into: &mut impl LineSink) -> u64 {
        let depth = self.record.depth;
        let record = std::mem::take(&mut self.record);
        self.record.depth = depth;
        let count = record.items.len() as u64;
        for item in &record.items {
            let picked: Picked<'_> = std::array::from_fn(|column| {
                let own = &item.texts[column][..];
                if own.is_empty() {
                    &record.shared.texts[column][..]
                } else {
                    own
                }
            });
            let row = Row {
                place: item.place,
                raw: b"<>",
            };
            if item.mixed {
                let fault = Fault {
                    reason: RejectReason::CurrenciesMixed,
                    column: Some("currency"),
                    text: String::new(),
                };
                into.unreadable(row, scan.ids.read(picked[0]).ok(), fault);
            } else {
                scan.cells(row, &picked, state, into);
            }
        }
        count
    }
}

fn resolved(name: &BytesRef<'_>) -> String {
    if let Ok(Some(letter)) = name.resolve_char_ref() {
        return letter.to_string();
    }
    let name: &str = name;
    // An entity of the document's own stays as it is: nobody unfolds those.
    let known = quick_xml::escape::resolve_predefined_entity(name);
    known.map_or_else(|| format!("&{name};"), str::to_owned)
}

fn broken(byte: u64, what: &dyn std::fmt::Display) -> io::Error {
    io::Error::new(
        io::ErrorKind::InvalidData,
        format!("XML that breaks at byte {byte}: {what}"),
    )
}

/// A reader that gives only so much until it is told to go on, so that no single tag can fill the memory.
struct Limited<R> {
    source: R,
    left: u64,
}

impl<R: Read> Read for Limited<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.left == 0 {
            let what = "XML with a tag or a text longer than 16 MiB";
            return Err(io::Error::new(io::ErrorKind::InvalidData, what));
        }
        let read = self.source.read(buffer)?;
        self.left = self.left.saturating_sub(read as u64);
        Ok(read)
    }
}
