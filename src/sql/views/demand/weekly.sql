-- ISO weeks, from Monday. A week is partial if the files do not cover all its days. Its number is that of its Thursday.
WITH periods AS (
  SELECT account, first_day, last_day, sales_channel, fulfillment, currency, @sum(placed) AS orders_placed, @sum(sold) AS orders,
    @sum(units) AS units, @sum(unpriced) AS unpriced_units, @money(sales) AS sales
  FROM (SELECT d.*, day - @weekday(day) AS first_day, day - @weekday(day) + 6 AS last_day FROM demand d) t
  GROUP BY account, first_day, last_day, sales_channel, fulfillment, currency),
lacking AS (
  SELECT account, first_day, @sum(lacks) AS days FROM (SELECT account, lacks, day - @weekday(day) AS first_day FROM days) t GROUP BY account, first_day)
SELECT p.account AS account, @week_name(p.first_day) AS period, @date(p.first_day) AS first_day, @date(p.last_day) AS last_day,
  p.first_day < b.first_day OR p.last_day > b.last_day OR coalesce(l.days, 0) > 0 AS partial,
  nullif(p.sales_channel, '') AS sales_channel, p.fulfillment AS fulfillment, nullif(p.currency, '') AS currency, p.orders_placed AS orders_placed,
  p.orders AS orders, p.units AS units, p.unpriced_units AS unpriced_units, p.sales AS sales
FROM periods p JOIN bounds b ON p.account = b.account
LEFT JOIN lacking l ON p.account = l.account AND p.first_day = l.first_day
