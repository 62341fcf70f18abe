//! The encoding of a file, and the evidence for it.
//!
//! Cells are cut and read as bytes, which is the same in every encoding that goes with ASCII: what is decided here changes how
//! names print and never a key or a number. UTF-16 goes with nothing, so it is turned into UTF-8 before anything else.

mod transcode;

pub(super) use transcode::Recoded;

use std::borrow::Cow;
use std::io::{self, Read};

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{EUC_JP, SHIFT_JIS, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};
use encoding_rs_io::DecodeReaderBytesBuilder;
use hashbrown::HashMap;

/// An encoding by name, `None` if nobody knows it.
///
/// ```
/// use ordersift::report::encoding::by_name;
/// assert_eq!(by_name("CP932"), by_name("Shift_JIS"));
/// assert_eq!(by_name("klingon"), None);
/// ```
pub fn by_name(name: &str) -> Option<Charset> {
    let label = match name.trim() {
        cp932 if cp932.eq_ignore_ascii_case("cp932") => "shift_jis",
        label => label,
    };
    encoding_rs::Encoding::for_label(label.as_bytes())
        .filter(|charset| *charset != encoding_rs::REPLACEMENT)
}

/// One of the encodings of the web, which are those that spreadsheets and Amazon save in.
pub type Charset = &'static encoding_rs::Encoding;

/// How the text of a file is encoded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Encoding {
    /// The encoding.
    pub charset: Charset,
    /// How we know.
    pub evidence: Evidence,
    /// Whether lines end in a carriage return alone, as old programs saved.
    pub returns: bool,
}

/// How an encoding is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Evidence {
    /// A byte-order mark.
    Mark,
    /// Every other byte is zero.
    Zeros,
    /// Nothing speaks against UTF-8.
    Valid,
    /// It is the likeliest for the bytes of the whole file that are not ASCII.
    Text,
    /// It was said.
    Told,
}

impl Encoding {
    /// Of what is UTF-8 by now, whatever it was.
    pub fn utf_8() -> Self {
        Self {
            charset: UTF_8,
            evidence: Evidence::Valid,
            returns: false,
        }
    }

    /// What the first bytes say; `told` is what a person said, which counts unless the file has a mark.
    pub fn sniff(head: &[u8], told: Option<Charset>) -> Self {
        let (charset, evidence) = match (encoding_rs::Encoding::for_bom(head), told, zeros(head)) {
            (Some((charset, _)), ..) => (charset, Evidence::Mark),
            (None, Some(charset), _) => (charset, Evidence::Told),
            (None, None, Some(charset)) => (charset, Evidence::Zeros),
            (None, None, None) => (UTF_8, Evidence::Valid),
        };
        let mut encoding = Self {
            charset,
            evidence,
            returns: false,
        };
        let text = encoding.head(head);
        encoding.returns = text.contains(&b'\r') && !text.contains(&b'\n');
        encoding
    }

    /// Whether the bytes of the file are not those that are cut into lines.
    pub fn transcodes(self) -> bool {
        self.returns || self.wide()
    }

    fn wide(self) -> bool {
        self.charset == UTF_16LE || self.charset == UTF_16BE
    }

    /// The first bytes as they are cut into lines.
    pub fn head(self, head: &[u8]) -> Cow<'_, [u8]> {
        if !self.transcodes() {
            return head.into();
        }
        let mut text = Vec::new();
        // Memory does not fail to be read.
        let _ = self.text(&mut &head[..]).read_to_end(&mut text);
        text.into()
    }

    /// The bytes of a file as they are cut into lines: UTF-8 instead of UTF-16, a newline at the end of every line.
    pub fn text<'r>(self, source: &'r mut dyn Read) -> Box<dyn Read + 'r> {
        let source: Box<dyn Read + 'r> = if self.wide() {
            Box::new(
                DecodeReaderBytesBuilder::new()
                    .encoding(Some(self.charset))
                    .strip_bom(true)
                    .build(source),
            )
        } else {
            Box::new(source)
        };
        if self.returns {
            Box::new(Newlines {
                source,
                after_return: false,
            })
        } else {
            source
        }
    }

    /// The same, all of it UTF-8, with replacement marks for what is not in the encoding.
    pub(super) fn decoded<R: Read>(self, source: R) -> impl Read {
        DecodeReaderBytesBuilder::new()
            .encoding(Some(self.charset))
            .build(source)
    }

    /// A cell as UTF-8. One that is not what its file is stays as it is: two different cells never become the same one.
    pub fn cell(self, cell: &[u8]) -> Cow<'_, [u8]> {
        if !self.decodes() || cell.is_ascii() {
            return cell.into();
        }
        match self
            .charset
            .decode_without_bom_handling_and_without_replacement(cell)
        {
            Some(text) => Cow::Owned(text.into_owned().into_bytes()),
            None => cell.into(),
        }
    }

    /// Whether cells have to be turned into UTF-8.
    #[inline]
    pub fn decodes(self) -> bool {
        self.charset != UTF_8 && !self.wide()
    }

    /// What `sources` says.
    pub fn shown(self) -> String {
        let name = name(self.charset);
        let evidence = match self.evidence {
            Evidence::Mark => " (byte-order mark)",
            Evidence::Zeros => " (every other byte is zero)",
            Evidence::Valid => "",
            Evidence::Text => " (by its text)",
            Evidence::Told => " (--encoding)",
        };
        let returns = if self.returns {
            ", lines end in CR"
        } else {
            ""
        };
        format!("{name}{evidence}{returns}")
    }
}

/// The name that people use.
pub fn name(charset: Charset) -> String {
    if charset == SHIFT_JIS {
        return "cp932".to_owned();
    }
    charset.name().to_ascii_lowercase()
}

/// UTF-16 without a mark shows in its zeros: header names are ASCII.
fn zeros(head: &[u8]) -> Option<Charset> {
    let pairs = &head[..head.len().min(4096) & !1];
    let zeros = |parity: usize| {
        pairs
            .iter()
            .skip(parity)
            .step_by(2)
            .filter(|byte| **byte == 0)
            .count()
    };
    let (even, odd) = (zeros(0), zeros(1));
    let most = |count: usize| pairs.len() >= 16 && count * 2 * 10 > pairs.len() * 9;
    match () {
        () if most(odd) && even == 0 => Some(UTF_16LE),
        () if most(even) && odd == 0 => Some(UTF_16BE),
        () => None,
    }
}

/// Makes a newline of every carriage return that stands alone.
struct Newlines<R> {
    source: R,
    /// A newline now would only be the second half of the last one.
    after_return: bool,
}

impl<R: Read> Read for Newlines<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        loop {
            let read = self.source.read(buffer)?;
            if read == 0 {
                return Ok(0);
            }
            let mut kept = 0;
            for at in 0..read {
                let byte = buffer[at];
                if byte == b'\n' && self.after_return {
                    self.after_return = false;
                    continue;
                }
                self.after_return = byte == b'\r';
                buffer[kept] = if byte == b'\r' { b'\n' } else { byte };
                kept += 1;
            }
            if kept > 0 {
                return Ok(kept);
            }
        }
    }
}

/// What lines say about the encoding of their file.
///
/// A text is looked at once, however many lines repeat it: the same product name stands on thousands of lines, and a detector
/// takes a microsecond for every few bytes.
pub struct Ballot {
    all: EncodingDetector,
    /// Is fed only texts that cp932 allows: a detector gives an encoding up at the first byte that it does not, and reports are
    /// damaged.
    valid_japanese: EncodingDetector,
    /// The texts that were looked at, and in which of the strict encodings each is valid.
    texts: HashMap<Box<[u8]>, [bool; 3]>,
    /// Bytes of them.
    fed: usize,
    /// Lines of them that were sold in Japan.
    japanese: u64,
    /// Lines that are not ASCII, and those of them that are not valid in each of the encodings that can be wrong.
    spoken: u64,
    invalid: [u64; 3],
}

/// The encodings in which some bytes mean nothing.
const STRICT: [Charset; 3] = [UTF_8, SHIFT_JIS, EUC_JP];

/// No more evidence than this is weighed, in bytes of different texts.
const ENOUGH: usize = 4 << 20;

/// So many lines that are not ASCII are enough to believe an encoding that most bytes would contradict.
const BELIEVED: u64 = 64;

impl Default for Ballot {
    fn default() -> Self {
        Self {
            all: EncodingDetector::new(Iso2022JpDetection::Deny),
            valid_japanese: EncodingDetector::new(Iso2022JpDetection::Deny),
            texts: HashMap::new(),
            fed: 0,
            japanese: 0,
            spoken: 0,
            invalid: [0; 3],
        }
    }
}

impl Ballot {
    /// Looks at a line.
    pub fn line(&mut self, line: &[u8]) {
        if line.is_ascii() {
            return;
        }
        self.spoken += 1;
        let mut valid = [true; 3];
        for text in line.split(|byte| *byte == b'\t') {
            if !text.is_ascii() {
                let text = self.text(text);
                valid = std::array::from_fn(|charset| valid[charset] && text[charset]);
            }
        }
        for (valid, invalid) in valid.iter().zip(&mut self.invalid) {
            *invalid += u64::from(!valid);
        }
        self.japanese += u64::from(memchr::memmem::find(line, b"mazon.co.jp").is_some());
    }

    /// In which of the strict encodings a text is valid.
    fn text(&mut self, text: &[u8]) -> [bool; 3] {
        if let Some(valid) = self.texts.get(text) {
            return *valid;
        }
        let valid = STRICT.map(|charset| {
            charset
                .decode_without_bom_handling_and_without_replacement(text)
                .is_some()
        });
        if self.fed < ENOUGH {
            self.fed += text.len();
            self.texts.insert(text.into(), valid);
            for part in [text, b"\t"] {
                self.all.feed(part, false);
                if valid[1] {
                    self.valid_japanese.feed(part, false);
                }
            }
        }
        valid
    }

    /// The encoding that these lines prove, if the others need not be looked at: one in which most bytes mean nothing, valid on
    /// every line of many, most of which are not UTF-8. A text that is valid neither in it nor in UTF-8 shows when it is read,
    /// and then all lines are looked at. A file is decided otherwise than by all of its lines only if most of them are UTF-8 and
    /// none of those is in a sample, nor in the first 16 MiB if the file is compressed: then its UTF-8 texts that cp932 lacks stay
    /// what they are, and the others are read as cp932.
    pub fn proven(self) -> Option<Charset> {
        let many = self.spoken >= BELIEVED && self.invalid(UTF_8) * 10 >= self.spoken * 9;
        let sound = [SHIFT_JIS, EUC_JP].map(|charset| (charset, self.invalid(charset) == 0));
        let charset = self.count();
        let sound = sound.contains(&(charset, true));
        (many && sound).then_some(charset)
    }

    /// The encoding that the lines are in.
    ///
    /// Text that is UTF-8 by chance is rare, so where as many lines are valid as are not, the file is UTF-8 and the others are
    /// damaged.
    pub fn count(mut self) -> Charset {
        if self.invalid(UTF_8) * 2 <= self.spoken {
            return UTF_8;
        }
        // A few bytes fit many encodings: where the lines are sold settles it.
        let country: Option<&[u8]> = (self.japanese * 10 >= self.spoken * 9).then_some(b"jp");
        let guess = |detector: &mut EncodingDetector, country| {
            detector.feed(b"", true);
            detector.guess(country, Utf8Detection::Deny)
        };
        let guesses = [
            guess(&mut self.valid_japanese, country),
            guess(&mut self.all, None),
        ];
        let fits = |(index, charset): &(usize, Charset)| {
            (*index > 0 || *charset == SHIFT_JIS) && self.invalid(charset) * 4 <= self.spoken
        };
        let mut guesses = guesses.into_iter().enumerate();
        guesses
            .find(fits)
            .map_or(WINDOWS_1252, |(_, charset)| charset)
    }

    fn invalid(&self, charset: Charset) -> u64 {
        let strict = STRICT
            .iter()
            .zip(self.invalid)
            .find(|(strict, _)| **strict == charset);
        strict.map_or(0, |(_, invalid)| invalid)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decided(lines: &[&[u8]]) -> Charset {
        let mut ballot = Ballot::default();
        for line in lines {
            ballot.line(line);
        }
        ballot.count()
    }

    #[test]
    fn decides_by_all_lines_and_a_damaged_one_turns_nothing() {
        assert_eq!(decided(&[b"plain"]), UTF_8);
        let utf8 = "K\u{fc}che\u{ff08}\u{9752}\u{ff09}".as_bytes();
        assert_eq!(decided(&[b"plain", utf8]), UTF_8);
        let (umlauts, _, _) =
            WINDOWS_1252.encode("Gr\u{f6}\u{df}e 40\tf\u{fc}r M\u{e4}nner, Stra\u{df}e");
        assert_eq!(decided(&[&umlauts]), WINDOWS_1252);
        let japanese = "\u{30d7}\u{30ec}\u{30df}\u{30a2}\u{30e0} \u{5927}\u{962a}\u{5e9c}";
        let (cp932, _, _) = SHIFT_JIS.encode(japanese);
        assert_eq!(
            decided(&[b"x", &cp932, b"\x8f\t", &cp932, &cp932, &cp932]),
            SHIFT_JIS
        );
        let (euc, _, _) = EUC_JP.encode(japanese);
        assert_eq!(decided(&[&euc]), EUC_JP);
        assert_eq!(decided(&[utf8, utf8, &umlauts]), UTF_8);
    }

    #[test]
    fn utf_16_is_known_by_its_mark_or_by_its_zeros() {
        let text = "amazon-order-id\tsku\r\n";
        let little: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let big: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
        for (bytes, charset) in [(little, UTF_16LE), (big, UTF_16BE)] {
            let encoding = Encoding::sniff(&bytes, None);
            assert_eq!(
                (encoding.charset, encoding.evidence),
                (charset, Evidence::Zeros)
            );
            assert_eq!(encoding.head(&bytes), text.as_bytes());
        }
        let marked: Vec<u8> = "\u{feff}a\tb"
            .encode_utf16()
            .flat_map(u16::to_le_bytes)
            .collect();
        let encoding = Encoding::sniff(&marked, Some(SHIFT_JIS));
        assert_eq!(encoding.evidence, Evidence::Mark);
        assert_eq!(encoding.head(&marked), &b"a\tb"[..]);
    }

    #[test]
    fn carriage_returns_alone_end_lines_where_nothing_else_does() {
        let read = |text: &[u8]| Encoding::sniff(text, None).head(text).into_owned();
        assert_eq!(read(b"a\rb\r\rc"), b"a\nb\n\nc");
        assert_eq!(read(b"a\rb\r\nc"), b"a\rb\r\nc");
        let mut both = Vec::new();
        let mut source = Newlines {
            source: &b"a\r\nb\rc"[..],
            after_return: false,
        };
        source.read_to_end(&mut both).unwrap();
        assert_eq!(both, b"a\nb\nc");
    }

    #[test]
    fn a_cell_that_cannot_be_decoded_stays_itself() {
        let encoding = Encoding {
            charset: SHIFT_JIS,
            evidence: Evidence::Text,
            returns: false,
        };
        assert_eq!(encoding.cell(b"\x90\xc2"), "\u{9752}".as_bytes());
        assert_eq!(encoding.cell(b"\x90"), &b"\x90"[..]);
        assert_ne!(encoding.cell(b"a\x90"), encoding.cell(b"a\x91"));
    }

    #[test]
    fn names_of_encodings_are_those_that_people_type() {
        for (name, charset) in [
            ("cp932", SHIFT_JIS),
            ("Windows-1252", WINDOWS_1252),
            ("cp1252", WINDOWS_1252),
            ("utf-16", UTF_16LE),
        ] {
            assert_eq!(by_name(name), Some(charset), "{name}");
        }
    }
}
