//! What the seller sells: articles with a fixed sku, asin, name and price, a few of them far more
//! wanted than the rest.

use super::dice::{Dice, Subject, key, scramble};
use super::market::{Market, Shelf};
use super::names::draw_name;
use super::text::put_number;

/// One article.
#[derive(Debug)]
pub(super) struct Article {
    pub(super) sku: Vec<u8>,
    pub(super) asin: [u8; 10],
    pub(super) name: String,
    /// US cents.
    price: u32,
    /// The week, counted from 22 June, in which it is a tenth cheaper.
    offer_week: u32,
}

/// Who ships.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fulfillment {
    Amazon = 0,
    Merchant = 1,
}

/// All articles, and for each shelf and way of fulfillment those that can be drawn.
#[derive(Debug)]
pub(super) struct Catalog {
    articles: Vec<Article>,
    shelves: [[Wanted; 2]; 3],
}

/// Articles by demand: `upto` are running sums of weights that fall like 1/rank.
#[derive(Debug, Default)]
struct Wanted {
    articles: Vec<usize>,
    upto: Vec<u32>,
}

/// Which article is shipped in which ways; three of five by Amazon alone, one either way, one by
/// the seller.
const WAYS: [&[Fulfillment]; 5] = [
    &[Fulfillment::Amazon],
    &[Fulfillment::Amazon, Fulfillment::Merchant],
    &[Fulfillment::Merchant],
    &[Fulfillment::Amazon],
    &[Fulfillment::Amazon],
];
const MOST_ARTICLES: u64 = 2000;
const FEWEST_ARTICLES: u64 = 30;

impl Catalog {
    /// Small reports come from small shops: one article for twenty lines, within limits.
    pub(super) fn new(seed: u64, lines: u64) -> Self {
        let count = (lines / 20).clamp(FEWEST_ARTICLES, MOST_ARTICLES);
        let mut catalog = Self {
            articles: Vec::new(),
            shelves: Default::default(),
        };
        let mut ranks = [0_usize; 3];
        for number in 0..count {
            let shelf = shelf_of(number);
            let rank = &mut ranks[shelf as usize];
            // By rank, not by chance: then even the smallest shelf holds something for both ways.
            for &way in WAYS[*rank % WAYS.len()] {
                catalog.shelves[shelf as usize][way as usize].add(catalog.articles.len());
            }
            *rank += 1;
            catalog.articles.push(Article::draw(seed, number, shelf));
        }
        catalog
    }

    /// Draws an article of this marketplace that is shipped this way.
    pub(super) fn draw(&self, dice: &mut Dice, from: Shelf, fulfillment: Fulfillment) -> &Article {
        let wanted = &self.shelves[from as usize][fulfillment as usize];
        let total = wanted.upto.last().copied().unwrap_or(1);
        let thrown = dice.below(total);
        &self.articles[wanted.articles[wanted.upto.partition_point(|&before| before <= thrown)]]
    }
}

impl Wanted {
    fn add(&mut self, article: usize) {
        let rank = u32::try_from(self.articles.len()).unwrap_or(u32::MAX);
        let before = self.upto.last().copied().unwrap_or(0);
        self.articles.push(article);
        self.upto.push(before + 1_000_000 / (rank + 4));
    }
}

impl Article {
    fn draw(seed: u64, number: u64, shelf: Shelf) -> Self {
        let mut dice = Dice::new(seed, Subject::Catalog, number);
        let name = draw_name(&mut dice, shelf);
        let whole = if dice.chance(700) {
            dice.between(5, 39)
        } else {
            dice.between(40, 159)
        };
        let price = whole * 100 + dice.pick(&[0, 50, 95, 99, 99, 99]);
        Self {
            sku: draw_sku(&mut dice, number),
            asin: asin(seed, number),
            name,
            price,
            offer_week: dice.below(18),
        }
    }

    /// What one piece costs in a marketplace, in hundredths of its currency; it keeps its ending
    /// (`.99`, `.5`, `.0`) everywhere but in yen.
    pub(super) fn unit_price(&self, market: &Market, week: u32) -> u64 {
        let offered = if week == self.offer_week {
            self.price * 9 / 10
        } else {
            self.price
        };
        let local = u64::from(offered) * u64::from(market.rate) / 100;
        if market.is_yen() {
            local - local % 1000
        } else {
            local - local % 100 + u64::from(self.price % 100)
        }
    }
}

/// Eight of ten articles are for English readers, one each for German and Japanese ones.
fn shelf_of(number: u64) -> Shelf {
    match number % 10 {
        4 => Shelf::German,
        7 => Shelf::Japanese,
        _ => Shelf::English,
    }
}

/// Skus as sellers make them: no two are alike because each holds its number.
fn draw_sku(dice: &mut Dice, number: u64) -> Vec<u8> {
    let mut sku = dice
        .pick(&["KT", "HX", "ob", "Q7", "LUM", "th"])
        .as_bytes()
        .to_vec();
    if dice.chance(600) {
        sku.push(b'-');
    }
    put_number(&mut sku, 100 + number * 7 % 90_000);
    sku.extend_from_slice(
        dice.pick(&["", "-BLU", "-2PK", "_US", "-FBA", "p4", "-WHT-L", ".new"])
            .as_bytes(),
    );
    sku
}

/// An asin: `B0` and eight signs that no other article of the seller has.
fn asin(seed: u64, number: u64) -> [u8; 10] {
    let (left, right) = scramble(key(seed, Subject::Catalog), number);
    let mut rest = left * 10_000_000 + right;
    let mut asin = *b"B000000000";
    // 36^8 is below 10^14, so two numbers could share eight signs; the last three hold the number
    // itself.
    for sign in &mut asin[2..7] {
        *sign = SIGNS[(rest % 36) as usize];
        rest /= 36;
    }
    for (place, sign) in (0..).zip(&mut asin[7..]) {
        *sign = SIGNS[(number / 36_u64.pow(place) % 36) as usize];
    }
    asin
}

const SIGNS: &[u8; 36] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sample::market::MARKETS;
    use std::collections::BTreeSet;

    #[test]
    fn skus_and_asins_are_unique() {
        let catalog = Catalog::new(9, 1_000_000);
        assert_eq!(catalog.articles.len(), 2000);
        let skus: BTreeSet<_> = catalog
            .articles
            .iter()
            .map(|article| &article.sku)
            .collect();
        let asins: BTreeSet<_> = catalog
            .articles
            .iter()
            .map(|article| article.asin)
            .collect();
        assert_eq!((skus.len(), asins.len()), (2000, 2000));
    }

    #[test]
    fn the_smallest_catalog_fills_every_shelf() {
        let catalog = Catalog::new(9, 1);
        for ways in &catalog.shelves {
            assert!(ways.iter().all(|wanted| !wanted.articles.is_empty()));
        }
    }

    #[test]
    fn yen_prices_are_round_and_others_keep_their_ending() {
        let article = Article::draw(1, 1, Shelf::English);
        assert_eq!(article.unit_price(&MARKETS[4], 99) % 1000, 0);
        assert_eq!(
            article.unit_price(&MARKETS[3], 99) % 100,
            u64::from(article.price % 100)
        );
    }
}
