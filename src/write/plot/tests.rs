use super::super::fixtures;
use super::picture::*;
use super::*;

fn of(name: &str) -> Vec<Plot> {
    plots(fixtures::first_week().table(name).unwrap())
}

#[test]
fn a_trend_is_a_picture_for_every_currency_greatest_channel_first() {
    let plots = of("weekly");
    let titles: Vec<&str> = plots.iter().map(|plot| plot.title.as_str()).collect();
    let currencies = ["USD", "GBP", "EUR", "CAD"];
    assert_eq!(
        titles,
        currencies.map(|currency| format!("Sales by week, {currency}"))
    );
    let Drawn::Lines(grid) = &plots[0].drawn else {
        panic!("{plots:?}")
    };
    assert_eq!(plots[0].unit, Unit::Money(2));
    assert_eq!(grid.ticks.last().unwrap(), "2026-W30");
    assert_eq!(grid.series.len(), 1);
    // 5,643.68 of Amazon and 1,509.92 of the merchant.
    assert_eq!(grid.series[0].name, "Amazon.com");
    assert_eq!(grid.series[0].values.last(), Some(&Some(71_536_000)));
}

#[test]
fn parts_are_counts_of_every_whole() {
    let plots = of("status");
    let Drawn::Bars(grid) = &plots[0].drawn else {
        panic!("{plots:?}")
    };
    let all: i128 = grid
        .series
        .iter()
        .flat_map(|series| &series.values)
        .flatten()
        .sum();
    assert_eq!(all, 977);
    assert!(
        grid.series
            .iter()
            .all(|series| series.values.len() == grid.ticks.len())
    );
}

#[test]
fn too_many_series_become_one_and_nothing_is_lost() {
    let names: Vec<String> = (1..=9).map(|size| size.to_string()).collect();
    let values = names
        .iter()
        .zip(1..)
        .map(|(name, size)| (name.as_str(), 0, size));
    let shown = series(values, &[Some(0), None]);
    assert_eq!(shown.len(), SERIES);
    assert_eq!(shown[0].name, "9");
    assert_eq!(shown[SERIES - 1].name, "4 more");
    assert_eq!(shown[SERIES - 1].values, [Some(1 + 2 + 3 + 4), None]);
}

#[test]
fn a_series_for_every_value_takes_no_longer_than_the_values() {
    let took = |count: usize| {
        let names: Vec<String> = (0..count).map(|at| format!("Shop {at}")).collect();
        let values = names.iter().map(|name| (name.as_str(), 0, 1));
        let began = std::time::Instant::now();
        let shown = series(values, &[Some(0); 90]);
        assert_eq!(
            shown[SERIES - 1].name,
            format!("{} more", count - SERIES + 1)
        );
        began.elapsed()
    };
    let least = |count| (0..5).map(|_| took(count)).min().unwrap();
    // 32 times the values, and 1,000 times the work if every value looked through all series. On a busy machine any one run may
    // take long, so the least of five counts.
    // One of several tries must do: a look through all series for each value never does.
    let tries: Vec<_> = (0..4).map(|_| (least(2_000), least(64_000))).collect();
    let fine = |(usual, many): &(std::time::Duration, std::time::Duration)| *many < *usual * 250;
    assert!(tries.iter().any(fine), "{tries:?}");
}
