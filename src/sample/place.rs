//! Where parcels go: real towns, invented postal codes, states as carelessly written as in real
//! files.

use super::dice::Dice;

/// One town. Buyers write its state in several ways; the first is the proper one.
#[derive(Debug)]
pub(super) struct Place {
    city: &'static str,
    states: &'static [&'static str],
    /// `#` stands for a digit, `@` for a letter.
    postal_code: &'static str,
    country: &'static str,
    /// Sales tax in hundredths of a percent, where tax comes on top.
    pub(super) tax: u32,
}

/// A place as one buyer writes it; the same on all lines of an order.
#[derive(Debug, Clone)]
pub(super) struct Address {
    place: &'static Place,
    shouts: bool,
    state: &'static str,
    postal_code: [u8; 10],
    postal_length: usize,
}

impl Address {
    pub(super) fn draw(dice: &mut Dice, places: &'static [Place]) -> Self {
        // The lesser of two throws: towns at the head of the list buy most, the last one rarely.
        let place = &places[dice.place_in(places).min(dice.place_in(places))];
        let state = if dice.chance(700) {
            place.states[0]
        } else {
            dice.pick(place.states)
        };
        let mut address = Self {
            place,
            shouts: dice.chance(300) && place.city.is_ascii(),
            state,
            postal_code: [0; 10],
            postal_length: 0,
        };
        address.put_postal_code(dice, place.postal_code);
        if place.country == "US" && dice.chance(450) {
            address.put_postal_code(dice, "-####");
        }
        address
    }

    pub(super) fn tax(&self) -> u32 {
        self.place.tax
    }

    /// Appends ship-city, ship-state, ship-postal-code and ship-country with the tabs between them.
    pub(super) fn put(&self, out: &mut Vec<u8>) {
        let start = out.len();
        out.extend_from_slice(self.place.city.as_bytes());
        if self.shouts {
            out[start..].make_ascii_uppercase();
        }
        out.push(b'\t');
        out.extend_from_slice(self.state.as_bytes());
        out.push(b'\t');
        out.extend_from_slice(&self.postal_code[..self.postal_length]);
        out.push(b'\t');
        out.extend_from_slice(self.place.country.as_bytes());
    }

    fn put_postal_code(&mut self, dice: &mut Dice, pattern: &str) {
        for sign in pattern.bytes() {
            self.postal_code[self.postal_length] = match sign {
                b'#' => b'0' + (dice.below(10) % 10) as u8,
                b'@' => b"ABDEFGHJLNPQRSTUWXYZ"[dice.below(20) as usize],
                other => other,
            };
            self.postal_length += 1;
        }
    }
}

const fn place(
    city: &'static str,
    states: &'static [&'static str],
    postal_code: &'static str,
    country: &'static str,
    tax: u32,
) -> Place {
    Place {
        city,
        states,
        postal_code,
        country,
        tax,
    }
}

pub(super) static STATES: &[Place] = &[
    place(
        "Sacramento",
        &["CA", "California", "CALIFORNIA", "CA.", "ca"],
        "958##",
        "US",
        875,
    ),
    place(
        "San Diego",
        &["CA", "California", "Ca", "CA."],
        "921##",
        "US",
        775,
    ),
    place(
        "Los Angeles",
        &["CA", "California", "CALIFORNIA"],
        "900##",
        "US",
        950,
    ),
    place("Memphis", &["TN", "Tennessee", "tn"], "381##", "US", 975),
    place("Austin", &["TX", "Texas", "TEXAS"], "787##", "US", 825),
    place("Grand Prairie", &["TX", "Texas"], "750##", "US", 825),
    place(
        "Brooklyn",
        &["NY", "New York", "NEW YORK"],
        "112##",
        "US",
        888,
    ),
    place("Worcester", &["MA", "Massachusetts"], "016##", "US", 625),
    place("Newark", &["NJ", "New Jersey", "N.J."], "071##", "US", 663),
    place("Tampa", &["FL", "Florida", "FL."], "336##", "US", 750),
    place("Columbus", &["OH", "Ohio"], "432##", "US", 750),
    place("Portland", &["OR", "Oregon"], "972##", "US", 0),
    place("Spokane", &["WA", "Washington"], "992##", "US", 900),
    place("O'Fallon", &["MO", "Missouri"], "633##", "US", 795),
    place("Coeur d'Alene", &["ID", "Idaho"], "838##", "US", 600),
    place(
        "Chicago",
        &["IL", "Illinois", "ILLINOIS"],
        "606##",
        "US",
        1025,
    ),
    place("Bayamón", &["PR", "Puerto Rico"], "009##", "PR", 1150),
];

pub(super) static CANADA: &[Place] = &[
    place("Toronto", &["ON", "Ontario", "ont"], "M5V #@#", "CA", 1300),
    place(
        "Montréal",
        &["QC", "Québec", "Quebec"],
        "H2X #@#",
        "CA",
        1498,
    ),
    place("Calgary", &["AB", "Alberta"], "T2P #@#", "CA", 500),
    place(
        "Vancouver",
        &["BC", "British Columbia", "B.C."],
        "V6B #@#",
        "CA",
        1200,
    ),
    place("Trois-Rivières", &["QC", "Québec"], "G8Z #@#", "CA", 1498),
    place("Halifax", &["NS", "Nova Scotia"], "B3H #@#", "CA", 1400),
];

pub(super) static KINGDOM: &[Place] = &[
    place(
        "London",
        &["", "London", "Greater London"],
        "E8 #@@",
        "GB",
        0,
    ),
    place(
        "Leeds",
        &["West Yorkshire", "", "W Yorks"],
        "LS6 #@@",
        "GB",
        0,
    ),
    place("Bristol", &["", "Avon"], "BS7 #@@", "GB", 0),
    place("King's Lynn", &["Norfolk", "norfolk"], "PE30 #@@", "GB", 0),
    place(
        "Glasgow",
        &["Lanarkshire", "", "Scotland"],
        "G12 #@@",
        "GB",
        0,
    ),
    place("Cardiff", &["", "South Glamorgan"], "CF10 #@@", "GB", 0),
];

pub(super) static GERMANY: &[Place] = &[
    place("Berlin", &["", "Berlin"], "104##", "DE", 0),
    place("München", &["", "Bayern", "BY"], "803##", "DE", 0),
    place(
        "Köln",
        &["", "NRW", "Nordrhein-Westfalen"],
        "506##",
        "DE",
        0,
    ),
    place("Düsseldorf", &["Nordrhein-Westfalen", ""], "402##", "DE", 0),
    place("Leipzig", &["", "Sachsen"], "041##", "DE", 0),
    place("Graz", &["", "Steiermark"], "80##", "AT", 0),
];

pub(super) static JAPAN: &[Place] = &[
    place("世田谷区", &["東京都", "Tokyo"], "154-00##", "JP", 0),
    place("横浜市港北区", &["神奈川県"], "222-00##", "JP", 0),
    place("大阪市北区", &["大阪府", "Osaka"], "530-00##", "JP", 0),
    place("札幌市中央区", &["北海道", "Hokkaido"], "060-00##", "JP", 0),
    place(
        "福岡市博多区",
        &["福岡県", "Fukuoka-ken"],
        "812-00##",
        "JP",
        0,
    ),
    place("名古屋市中区", &["愛知県"], "460-00##", "JP", 0),
];

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::sample::dice::Subject;

    #[test]
    fn an_address_has_four_cells() {
        for (index, places) in (0..).zip([STATES, CANADA, KINGDOM, GERMANY, JAPAN]) {
            let mut out = Vec::new();
            Address::draw(&mut Dice::new(1, Subject::Order, index), places).put(&mut out);
            let text = String::from_utf8(out).unwrap();
            assert_eq!(text.split('\t').count(), 4, "{text}");
            assert!(!text.contains('#') && !text.contains('@'), "{text}");
        }
    }
}
