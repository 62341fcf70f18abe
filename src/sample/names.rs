//! Invented product names, with everything in them that breaks careless readers.

use super::dice::Dice;
use super::market::Shelf;

/// Names have at least this many characters and at most 150.
const SHORTEST: usize = 40;

/// The words of one shelf.
struct Words {
    brands: &'static [&'static str],
    things: &'static [&'static str],
    sizes: &'static [&'static str],
    extras: &'static [&'static str],
    colors: &'static [&'static str],
    /// Between the thing, the size and the extras.
    joints: [&'static str; 2],
}

/// Draws a product name.
pub(super) fn draw_name(dice: &mut Dice, shelf: Shelf) -> String {
    let words = match shelf {
        Shelf::English => &ENGLISH,
        Shelf::German => &GERMAN,
        Shelf::Japanese => &JAPANESE,
    };
    let mut name = dice.pick(words.brands).to_string();
    name.push_str(words.joints[0]);
    name.push_str(dice.pick(words.things));
    if dice.chance(600) {
        name.push_str(words.joints[0]);
        name.push_str(dice.pick(words.sizes));
    }
    let wanted = dice.between(40, 105) as usize;
    let mut next = dice.below(97) as usize;
    while name.chars().count() < wanted.max(SHORTEST) {
        name.push_str(words.joints[1]);
        name.push_str(words.extras[next % words.extras.len()]);
        next += 1;
    }
    if dice.chance(400) {
        name.push_str(" (");
        name.push_str(dice.pick(words.colors));
        name.push(')');
    }
    name
}

static ENGLISH: Words = Words {
    brands: &[
        "Northwick",
        "Lumora",
        "Oakfern",
        "Pellwood",
        "Brightmoor",
        "Tavo",
        "Hearth & Hazel",
        "Kestrel Bay",
        "Milly's",
        "Ravencott",
        "Sundrift",
        "Plain+Sturdy",
    ],
    things: &[
        "Throw Pillow Insert",
        "Stainless Steel Water Bottle",
        "Kids' Raincoat",
        "LED Desk Lamp",
        "Bath Towel Set",
        "Dog Leash",
        "Picture Frame",
        "Bamboo Cutting Board",
        "Yoga Mat",
        "Men's Wool Socks",
        "Garden Hose Nozzle",
        "Measuring Cups",
        "Door Mat",
        "Travel Organizer",
        "Phone Stand",
        "Baker's Rolling Pin",
        "Camping Lantern",
        "Jigsaw Puzzle",
        "Storage Bin",
        "Curtain Rod",
        "Spice Rack",
        "Bird Feeder",
        "Wall Clock",
        "Laptop Sleeve",
    ],
    sizes: &[
        "12\" x 18\"",
        "20\" x 20\"",
        "8\" x 10\"",
        "3/4\"",
        "24 oz",
        "6 ft",
        "15.6\"",
        "Size M",
        "XL",
        "2-Pack",
        "Pack of 4",
        "1,000 Pieces",
    ],
    extras: &[
        "Machine Washable",
        "BPA Free",
        "Gift for Mom, Dad & Teachers",
        "Won't Fade or Crack",
        "Indoor/Outdoor Use",
        "Crème Brûlée Edition",
        "Non-Slip",
        "Fits 12\" Shelves",
        "Easy to Clean",
        "Kid's Room Décor",
        "Extra Strong",
        "100% Cotton",
        "Lifetime Warranty",
    ],
    colors: &[
        "White",
        "Navy Blue",
        "Charcoal, Matte",
        "Café",
        "Sage Green",
        "Assorted Colors",
    ],
    joints: [" ", ", "],
};

static GERMAN: Words = Words {
    brands: &[
        "Waldhaus",
        "Möwenstein",
        "Küstenkind",
        "Nordlicht",
        "Grünspecht",
        "Förster & Söhne",
    ],
    things: &[
        "Küchenmesser-Set",
        "Gießkanne",
        "Türmatte",
        "Schlüsselbrett",
        "Bettwäsche",
        "Lötkolben",
        "Spülbürste",
        "Müslischale",
        "Wäschekorb",
        "Hängematte",
        "Fußbank",
        "Glühwein-Topf",
    ],
    sizes: &[
        "30 x 40 cm",
        "Größe L",
        "5-teilig",
        "1,5 l",
        "135 x 200 cm",
        "2er-Set",
        "Ø 24 cm",
    ],
    extras: &[
        "spülmaschinengeeignet",
        "rostfrei",
        "für Gemüse, Fleisch & Käse",
        "mit Aufhängeöse",
        "extra groß",
        "geprüft nach DIN",
        "für draußen",
        "Oma's Liebling",
        "pflegeleicht bei 60° waschbar",
    ],
    colors: &["weiß", "grün", "Anthrazit, matt", "natur geölt"],
    joints: [" ", ", "],
};

static JAPANESE: Words = Words {
    brands: &[
        "【ハルカゼ】",
        "【ミナト工房】",
        "アサギリ",
        "【木の葉堂】",
        "ユキノ",
    ],
    things: &[
        "折りたたみ収納ボックス",
        "ステンレスボトル",
        "スマートフォンケース",
        "防水デスクマット",
        "キッチンばさみ",
        "ヨガマット",
        "折り畳み傘",
        "LEDランタン",
        "まな板セット",
        "タオル",
    ],
    sizes: &[
        "500ml",
        "12L",
        "Lサイズ",
        "2個セット",
        "(30cm×45cm)",
        "13.3インチ",
    ],
    extras: &[
        "滑り止め付き",
        "食洗機対応",
        "耐衝撃・薄型",
        "ギフト包装対応",
        "洗える",
        "大容量",
        "軽量 コンパクト",
        "日本語説明書付き",
        "～簡単設置～",
    ],
    colors: &["ネイビー", "ホワイト, つや消し", "抹茶", "ソフトブラック"],
    joints: [" ", " "],
};

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sample::dice::Subject;

    #[test]
    fn names_have_40_to_150_characters_and_no_separators() {
        for shelf in [Shelf::English, Shelf::German, Shelf::Japanese] {
            for index in 0..3000 {
                let name = draw_name(&mut Dice::new(5, Subject::Catalog, index), shelf);
                assert!((SHORTEST..=150).contains(&name.chars().count()), "{name}");
                assert!(!name.contains(['\t', '\r', '\n']));
            }
        }
    }
}
