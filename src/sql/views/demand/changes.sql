-- The last complete week and month against earlier ones, by channel, fulfillment and currency, and in all. What an earlier period is
-- compared by is null unless that period is covered. Multi-channel orders are in no total, which has no fulfillment.
WITH daily_sums AS (
  SELECT account, day, sales_channel, fulfillment, currency, @sum(sold) AS orders, @sum(units) AS units, coalesce(sum(sales), 0) AS sales
  FROM demand GROUP BY account, day, sales_channel, fulfillment, currency),
counted AS (
  SELECT account, day, sales_channel, fulfillment, currency, orders, units, sales FROM daily_sums
  UNION ALL
  SELECT account, day, 'all Amazon', '', currency, orders, units, sales FROM daily_sums
  WHERE lower(substr(sales_channel, 1, 10)) <> 'non-amazon'),
cut AS (
  SELECT c.*, 'week' AS compares, @floor(day + 3, 7) AS n FROM counted c
  UNION ALL
  SELECT c.*, 'month' AS compares, @month(day) AS n FROM counted c),
last AS (
  SELECT account, compares, max(n) AS n, max(n) - CASE WHEN compares = 'week' THEN 52 ELSE 12 END AS year_ago
  FROM periods WHERE covered = 1 GROUP BY account, compares),
known AS (
  SELECT l.account AS account, l.compares AS compares, l.n AS n, l.year_ago AS year_ago, max(CASE WHEN p.n = l.n THEN p.first_day END) AS first_day,
    @sum(CASE WHEN p.n = l.n - 1 THEN p.covered ELSE 0 END) AS before, @sum(CASE WHEN p.n < l.n AND p.n >= l.n - 4 THEN p.covered ELSE 0 END) AS four,
    @sum(CASE WHEN p.n < l.n AND p.n >= l.n - 8 THEN p.covered ELSE 0 END) AS eight, @sum(CASE WHEN p.n = l.year_ago THEN p.covered ELSE 0 END) AS year
  FROM last l JOIN periods p ON l.account = p.account AND l.compares = p.compares GROUP BY l.account, l.compares, l.n, l.year_ago),
added AS (
  SELECT k.account AS account, k.compares AS compares, k.first_day AS first_day, c.sales_channel AS sales_channel, c.fulfillment AS fulfillment, c.currency AS currency,
    k.before AS covered_before, k.four AS covered_four, k.eight AS covered_eight, k.year AS covered_year,
    @sum(CASE WHEN c.n = k.n THEN c.orders ELSE 0 END) AS orders, @sum(CASE WHEN c.n = k.n - 1 THEN c.orders ELSE 0 END) AS orders_then,
    @sum(CASE WHEN c.n = k.n THEN c.units ELSE 0 END) AS units, @sum(CASE WHEN c.n = k.n - 1 THEN c.units ELSE 0 END) AS units_then,
    @wide(sum(CASE WHEN c.n = k.n THEN c.sales ELSE 0 END)) AS sales, @wide(sum(CASE WHEN c.n = k.n - 1 THEN c.sales ELSE 0 END)) AS sales_then,
    @wide(sum(CASE WHEN c.n < k.n AND c.n >= k.n - 4 THEN c.sales ELSE 0 END)) AS sales_four,
    @wide(sum(CASE WHEN c.n < k.n AND c.n >= k.n - 8 THEN c.sales ELSE 0 END)) AS sales_eight,
    @wide(sum(CASE WHEN c.n = k.year_ago THEN c.sales ELSE 0 END)) AS sales_year
  FROM cut c JOIN known k ON c.account = k.account AND c.compares = k.compares
  GROUP BY k.account, k.compares, k.first_day, k.before, k.four, k.eight, k.year, c.sales_channel, c.fulfillment, c.currency)
SELECT account, compares,
  CASE WHEN compares = 'week' THEN @week_name(first_day)
    ELSE substr(CAST(@date(first_day) AS @text_type()), 1, 7) END AS period,
  @date(first_day) AS first_day, nullif(sales_channel, '') AS sales_channel, nullif(fulfillment, '') AS fulfillment, nullif(currency, '') AS currency, orders,
  CASE WHEN covered_before = 1 THEN orders_then END AS orders_before,
  CASE WHEN covered_before = 1 THEN @share(orders - orders_then, orders_then) END AS orders_change, units,
  CASE WHEN covered_before = 1 THEN units_then END AS units_before,
  CASE WHEN covered_before = 1 THEN @share(units - units_then, units_then) END AS units_change,
  CASE WHEN currency <> '' THEN sales END AS sales, CASE WHEN currency <> '' AND covered_before = 1 THEN sales_then END AS sales_before,
  CASE WHEN currency <> '' AND covered_before = 1 THEN sales - sales_then END AS sales_difference,
  CASE WHEN currency <> '' AND covered_before = 1 THEN @share(@units(sales - sales_then), @units(sales_then)) END AS sales_change,
  CASE WHEN currency <> '' AND covered_four = 4 THEN @share(@units(sales * 4 - sales_four), @units(sales_four)) END AS sales_vs_mean_4,
  CASE WHEN currency <> '' AND covered_eight = 8 THEN @share(@units(sales * 8 - sales_eight), @units(sales_eight)) END AS sales_vs_mean_8,
  CASE WHEN currency <> '' AND covered_year = 1 THEN @share(@units(sales - sales_year), @units(sales_year)) END AS sales_vs_last_year,
  CASE WHEN covered_before = 1 AND orders_then = 0 AND orders > 0 THEN 'new' WHEN covered_before = 1 AND orders_then > 0 AND orders = 0 THEN 'gone' END AS mark
FROM added WHERE orders + units > 0 OR orders_then + units_then > 0
