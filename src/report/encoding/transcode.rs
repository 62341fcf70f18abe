//! Cells of files that are not UTF-8, as UTF-8: the texts of a line, and nothing else of it.

use crate::field::label::ends;
use crate::line::{Address, OrderLine, UnshippedLine};

use super::Encoding;
use crate::report::columns::Picked;

/// Texts that are found at once. The names of most sellers' products fit.
const RECENT: usize = 8192;
/// Bytes of a text that is worth keeping.
const LONGEST: usize = 512;

/// The texts of a line, decoded. Those met lately, as names of products, are not decoded again.
#[derive(Debug, Default)]
pub(in crate::report) struct Recoded {
    /// Of the line at hand.
    buffer: Vec<u8>,
    /// The encoding of what is kept.
    encoding: Option<Encoding>,
    /// Empty until the first text comes.
    recent: Vec<Known>,
}

/// A text as it stands in the file, and as UTF-8.
#[derive(Debug, Clone, Default)]
struct Known {
    raw: Vec<u8>,
    text: Vec<u8>,
}

/// Where a text of a line is.
enum Decoded {
    /// In the file: it is ASCII.
    Raw,
    /// In the buffer, up to here.
    Buffer(usize),
    /// Among those met lately.
    Recent(usize),
}

impl Recoded {
    /// A line of an all-orders report.
    pub(in crate::report) fn order_line<'s>(
        &'s mut self,
        line: &OrderLine<'s>,
        encoding: Encoding,
    ) -> OrderLine<'s> {
        let mut line = *line;
        let texts = line.texts_mut();
        let decoded = self.texts(texts.each_ref().map(|text| **text), encoding);
        for (text, decoded) in texts.into_iter().zip(decoded) {
            *text = decoded;
        }
        line
    }

    /// A line of an unshipped-orders report.
    pub(in crate::report) fn unshipped_line<'s>(
        &'s mut self,
        line: &UnshippedLine<'s>,
        encoding: Encoding,
    ) -> UnshippedLine<'s> {
        let [
            order_item_id,
            sku,
            product_name,
            ship_service_level,
            sales_channel,
            ship_city,
            ship_state,
            ship_country,
            address @ ..,
        ] = self.texts(line.texts(), encoding);
        UnshippedLine {
            order_item_id,
            sku,
            product_name,
            ship_service_level,
            sales_channel,
            ship_city,
            ship_state,
            ship_country,
            address: Address::of(address),
            ..*line
        }
    }

    /// The cells of a line of any other report.
    pub(in crate::report) fn cells<'s>(
        &'s mut self,
        cells: &Picked<'s>,
        encoding: Encoding,
    ) -> Picked<'s> {
        self.texts(*cells, encoding)
    }

    fn texts<'s, const N: usize>(
        &'s mut self,
        texts: [&'s [u8]; N],
        encoding: Encoding,
    ) -> [&'s [u8]; N] {
        if self.encoding != Some(encoding) {
            self.recent.clear();
            self.recent.resize(RECENT, Known::default());
            self.encoding = Some(encoding);
        }
        self.buffer.clear();
        // What this line's texts are taken from must stay until the line is done.
        let mut taken = [RECENT; N];
        let mut decode = |text: &[u8], taken: &mut [usize; N], index: usize| {
            if text.is_ascii() {
                return Decoded::Raw;
            }
            let place = place(text);
            if self.recent[place].raw == text {
                taken[index] = place;
                return Decoded::Recent(place);
            }
            let start = self.buffer.len();
            self.buffer.extend_from_slice(&encoding.cell(text));
            if text.len() <= LONGEST && !taken.contains(&place) {
                let known = &mut self.recent[place];
                known.raw.clear();
                known.raw.extend_from_slice(text);
                known.text.clear();
                known.text.extend_from_slice(&self.buffer[start..]);
            }
            Decoded::Buffer(self.buffer.len())
        };
        let decoded: [Decoded; N] =
            std::array::from_fn(|index| decode(texts[index], &mut taken, index));
        let mut start = 0;
        std::array::from_fn(|index| match decoded[index] {
            Decoded::Raw => texts[index],
            Decoded::Recent(place) => &self.recent[place].text,
            Decoded::Buffer(end) => {
                let text = &self.buffer[start..end];
                start = end;
                text
            }
        })
    }
}

/// Where a text is kept, by some of its bytes.
#[inline]
fn place(text: &[u8]) -> usize {
    let middle = &text[text.len() / 2..];
    let words = [ends(text), ends(&middle[..middle.len().min(8)])];
    let words = words.iter().flat_map(|(head, tail)| [*head, *tail]);
    let mixed = words.fold(text.len() as u64, |mixed, word| {
        (mixed.rotate_left(23) ^ word).wrapping_mul(0x9e37_79b9_7f4a_7c15)
    });
    usize::try_from(mixed >> 40).unwrap_or_default() % RECENT
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_decoded_as_by_itself_whatever_was_decoded_before() {
        let cp932 = Encoding::sniff(b"", Some(encoding_rs::SHIFT_JIS));
        let latin = Encoding::sniff(b"", Some(encoding_rs::WINDOWS_1252));
        let text = |n: usize| {
            let shown = format!("和柄トートバッグ{}{}", n % 9_001, "長".repeat(n % 40));
            encoding_rs::SHIFT_JIS.encode(&shown).0.into_owned()
        };
        let mut recoded = Recoded::default();
        for line in 0..6_000_usize {
            // The same text twice in a line, texts that come again, and some that take the places of others.
            let texts = [text(line), b"plain".to_vec(), text(line * 7), text(line)];
            let encoding = if line % 2_000 < 1_900 { cp932 } else { latin };
            let decoded = recoded.texts(texts.each_ref().map(|text| &text[..]), encoding);
            for (text, decoded) in texts.iter().zip(decoded) {
                assert_eq!(decoded, &*encoding.cell(text));
            }
        }
    }
}
