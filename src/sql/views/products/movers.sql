-- The ten SKUs of a currency whose sales rose most from the week before to the last complete week, and the ten whose sales fell most.
WITH last AS (
  SELECT l.account AS account, l.n AS n, p.first_day AS first_day
  FROM (SELECT account, max(n) AS n FROM periods WHERE compares = 'week' AND covered = 1 GROUP BY account) l
  JOIN periods p ON l.account = p.account AND l.n = p.n
  JOIN periods b ON l.account = b.account AND l.n = b.n + 1
  WHERE p.compares = 'week' AND b.compares = 'week' AND b.covered = 1),
pairs AS (
  SELECT k.account AS account, k.currency AS currency, k.sku AS sku, l.first_day AS first_day,
    @wide(sum(CASE WHEN k.day >= l.first_day THEN coalesce(k.item_price, 0) ELSE 0 END)) AS sales,
    @wide(sum(CASE WHEN k.day < l.first_day THEN coalesce(k.item_price, 0) ELSE 0 END)) AS sales_before,
    @sum(CASE WHEN k.day >= l.first_day THEN k.quantity ELSE 0 END) AS units, @sum(CASE WHEN k.day < l.first_day THEN k.quantity ELSE 0 END) AS units_before
  FROM kept k JOIN last l ON k.account = l.account
  WHERE k.live = 1 AND k.currency <> '' AND k.day >= l.first_day - 7 AND k.day < l.first_day + 7
  GROUP BY k.account, k.currency, k.sku, l.first_day),
weighed AS (
  SELECT p.*, sum(sales) OVER (PARTITION BY account, currency) AS total, sum(sales_before) OVER (PARTITION BY account, currency) AS total_before FROM pairs p),
ranked AS (
  SELECT w.*, CASE WHEN sales > sales_before THEN 'up' ELSE 'down' END AS direction,
    row_number() OVER (PARTITION BY account, currency, CASE WHEN sales > sales_before THEN 'up' ELSE 'down' END ORDER BY abs(sales - sales_before) DESC NULLS LAST, sku) AS place
  FROM weighed w WHERE sales <> sales_before AND (sales > 0 AND sales * 1000 >= total OR sales_before > 0 AND sales_before * 1000 >= total_before))
SELECT r.account AS account, @week_name(r.first_day) AS period,
  r.currency AS currency, r.direction AS direction, CAST(r.place AS BIGINT) AS rank, r.sku AS sku, n.product_name AS product_name, r.sales AS sales,
  r.sales_before AS sales_before, r.sales - r.sales_before AS sales_difference,
  @share(@units(r.sales - r.sales_before), @units(r.sales_before)) AS sales_change, r.units AS units, r.units_before AS units_before,
  CASE WHEN r.sales_before = 0 THEN 'new' WHEN r.sales = 0 THEN 'gone' END AS mark
FROM ranked r LEFT JOIN sku_names n ON r.account = n.account AND r.sku = n.sku
WHERE r.place <= 10
