//! Text in the encoding of the sample.

use encoding_rs::{EncoderResult, Encoding, UTF_8, UTF_16BE, UTF_16LE};

/// What a file begins with, before it is encoded.
pub(super) fn mark(encoding: &'static Encoding) -> &'static str {
    if is_wide(encoding) { "\u{FEFF}" } else { "" }
}

/// Encodes UTF-8. A character that the encoding lacks becomes `?`, and bytes that are no UTF-8 stay as they are; in UTF-16 they
/// become half a surrogate pair.
pub(super) fn encode(text: &mut Vec<u8>, encoding: &'static Encoding) {
    if encoding == UTF_8 {
        return;
    }
    let mut encoded = Vec::with_capacity(text.len() * 2);
    for chunk in text.utf8_chunks() {
        if is_wide(encoding) {
            let broken = (!chunk.invalid().is_empty()).then_some(0xDC00);
            for unit in chunk.valid().encode_utf16().chain(broken) {
                encoded.extend(if encoding == UTF_16LE {
                    unit.to_le_bytes()
                } else {
                    unit.to_be_bytes()
                });
            }
        } else {
            encode_narrow(chunk.valid(), encoding, &mut encoded);
            encoded.extend_from_slice(chunk.invalid());
        }
    }
    *text = encoded;
}

fn encode_narrow(mut text: &str, encoding: &'static Encoding, out: &mut Vec<u8>) {
    let mut encoder = encoding.new_encoder();
    loop {
        let most = encoder.max_buffer_length_from_utf8_without_replacement(text.len());
        out.reserve(most.unwrap_or(text.len() * 4));
        let (result, read) = encoder.encode_from_utf8_to_vec_without_replacement(text, out, true);
        text = &text[read..];
        match result {
            EncoderResult::InputEmpty => return,
            EncoderResult::OutputFull => {}
            EncoderResult::Unmappable(_) => out.push(b'?'),
        }
    }
}

fn is_wide(encoding: &'static Encoding) -> bool {
    encoding == UTF_16LE || encoding == UTF_16BE
}

#[cfg(test)]
mod tests {
    use super::*;
    use encoding_rs::{SHIFT_JIS, WINDOWS_1252};

    fn encoded(text: &[u8], encoding: &'static Encoding) -> Vec<u8> {
        let mut text = text.to_vec();
        encode(&mut text, encoding);
        text
    }

    #[test]
    fn what_an_encoding_lacks_becomes_a_question_mark() {
        assert_eq!(
            encoded("é ソ髙①".as_bytes(), SHIFT_JIS),
            b"? \x83\x5C\xFB\xFC\x87\x40"
        );
        assert_eq!(encoded("é ソ".as_bytes(), WINDOWS_1252), b"\xE9 ?");
    }

    #[test]
    fn bytes_that_are_no_text_stay_or_become_half_a_pair() {
        assert_eq!(encoded(b"a\xFF\tb", WINDOWS_1252), b"a\xFF\tb");
        assert_eq!(encoded(b"a\xFFb", UTF_16LE), b"a\0\x00\xDCb\0");
        assert_eq!(encoded(b"ab", UTF_16BE), b"\0a\0b");
    }
}
