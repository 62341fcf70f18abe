-- What a SKU sold in a currency. An order counts once per SKU, in the least currency that its live lines of it state.
SELECT account, sku, currency, @sum(lines) AS lines, @sum(live_lines) AS live_lines, @sum(units) AS units, @sum(unpriced_units) AS unpriced_units,
  CASE WHEN currency <> '' THEN coalesce(sum(sales), 0) END AS sales, @sum(orders) AS orders
FROM (
  SELECT account, sku, currency, 1 AS lines, live AS live_lines, CASE WHEN live = 1 THEN quantity ELSE 0 END AS units,
    CASE WHEN live = 1 AND item_price IS NULL THEN quantity ELSE 0 END AS unpriced_units,
    CASE WHEN live = 1 THEN item_price END AS sales, 0 AS orders
  FROM kept
  UNION ALL
  SELECT account, sku, coalesce(min(nullif(currency, '')), ''), 0, 0, 0, 0, CAST(NULL AS DECIMAL(18,4)), 1
  FROM kept WHERE live = 1 GROUP BY account, sku, order_id) t
GROUP BY account, sku, currency
