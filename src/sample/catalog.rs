//! The seller's articles, each with a fixed SKU, ASIN, name and price; a few of them sell far more than the rest.

use super::market::Market;
use super::product_name::Words;
use super::rng::{Rng, Subject, key, scramble};

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

/// All articles, and for each language and way of fulfillment those that can be drawn.
#[derive(Debug)]
pub(super) struct Catalog {
    articles: Vec<Article>,
    sections: Vec<Section>,
}

/// The articles with names in one language.
#[derive(Debug)]
struct Section {
    language: &'static str,
    words: Words,
    articles: usize,
    demand: [Demand; 2],
}

/// Articles by demand: `sums` are running sums of weights that fall like 1/rank.
#[derive(Debug, Default)]
struct Demand {
    articles: Vec<usize>,
    sums: Vec<u32>,
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
/// After so many weeks all offers come again.
pub(super) const OFFER_WEEKS: u32 = 18;
const MOST_ARTICLES: u64 = 2000;
const FEWEST_ARTICLES: u64 = 30;

/// The section of an article by the last digit of its number, if there are so many; else the first.
const SECTIONS: [usize; 10] = [0, 0, 3, 0, 1, 0, 0, 2, 0, 4];

impl Catalog {
    /// Small reports come from small shops: one article for twenty lines, within limits.
    pub(super) fn new(seed: u64, lines: u64, markets: &[Market]) -> Self {
        let mut sections: Vec<Section> = Vec::new();
        for market in markets {
            let language = market.language;
            if sections.iter().all(|section| section.language != language) {
                sections.push(Section {
                    language,
                    words: Words::of(language),
                    articles: 0,
                    demand: Default::default(),
                });
            }
        }
        let count = (lines / 20).clamp(FEWEST_ARTICLES, MOST_ARTICLES);
        let mut articles = Vec::new();
        for number in 0..count {
            let section = SECTIONS[(number % 10) as usize];
            let exists = section < sections.len();
            let section = &mut sections[if exists { section } else { 0 }];
            // By rank, not by chance: then even the smallest section holds something for both ways.
            for &way in WAYS[section.articles % WAYS.len()] {
                section.demand[way as usize].add(articles.len());
            }
            section.articles += 1;
            articles.push(Article::draw(seed, number, &section.words));
        }
        Self { articles, sections }
    }

    /// Draws an article of this marketplace that is shipped this way.
    pub(super) fn draw(
        &self,
        rng: &mut Rng,
        market: &Market,
        fulfillment: Fulfillment,
    ) -> &Article {
        let here = |section: &&Section| section.language == market.language;
        let section = self.sections.iter().find(here);
        let demand = &section.unwrap_or(&self.sections[0]).demand[fulfillment as usize];
        let total = demand.sums.last().copied().unwrap_or(1);
        let drawn = rng.below(total);
        &self.articles[demand.articles[demand.sums.partition_point(|&before| before <= drawn)]]
    }
}

impl Demand {
    fn add(&mut self, article: usize) {
        let rank = u32::try_from(self.articles.len()).unwrap_or(u32::MAX);
        let before = self.sums.last().copied().unwrap_or(0);
        self.articles.push(article);
        self.sums.push(before + 1_000_000 / (rank + 4));
    }
}

impl Article {
    fn draw(seed: u64, number: u64, words: &Words) -> Self {
        let mut rng = Rng::new(seed, Subject::Catalog, number);
        let name = words.draw_name(&mut rng);
        let whole = if rng.chance(700) {
            rng.between(5, 39)
        } else {
            rng.between(40, 159)
        };
        let price = whole * 100 + rng.pick(&[0, 50, 95, 99, 99, 99]);
        Self {
            sku: draw_sku(&mut rng, number),
            asin: asin(seed, number),
            name,
            price,
            offer_week: rng.below(OFFER_WEEKS),
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

/// Skus as sellers make them: no two are alike because each holds its number.
fn draw_sku(rng: &mut Rng, number: u64) -> Vec<u8> {
    let mut sku = rng
        .pick(&["KT", "HX", "ob", "Q7", "LUM", "th"])
        .as_bytes()
        .to_vec();
    if rng.chance(600) {
        sku.push(b'-');
    }
    sku.extend_from_slice((100 + number * 7 % 90_000).to_string().as_bytes());
    sku.extend_from_slice(
        rng.pick(&["", "-BLU", "-2PK", "_US", "-FBA", "p4", "-WHT-L", ".new"])
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
    use crate::sample::SampleMarket;
    use crate::sample::market::markets;
    use std::collections::BTreeSet;

    #[test]
    fn skus_and_asins_are_unique() {
        let catalog = Catalog::new(9, 1_000_000, &markets(SampleMarket::Mixed));
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
    fn the_smallest_catalog_has_articles_for_every_section_and_fulfillment() {
        for set in [
            SampleMarket::Mixed,
            SampleMarket::Jp,
            SampleMarket::Us,
            SampleMarket::Eu,
        ] {
            for section in &Catalog::new(9, 1, &markets(set)).sections {
                assert!(
                    section
                        .demand
                        .iter()
                        .all(|demand| !demand.articles.is_empty())
                );
            }
        }
    }

    #[test]
    fn yen_prices_are_round_and_others_keep_their_ending() {
        let article = Article::draw(1, 1, &Words::of("english"));
        let markets = markets(SampleMarket::Mixed);
        assert_eq!(article.unit_price(&markets[4], 99) % 1000, 0);
        assert_eq!(
            article.unit_price(&markets[3], 99) % 100,
            u64::from(article.price % 100)
        );
    }
}
