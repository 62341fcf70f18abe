-- A row for each line where it stands, and one for each order at home. Every table of demand is a sum over it.
SELECT account, fulfillment, status_group, status, sales_channel, day, currency, 0 AS placed, 0 AS sold, 0 AS priced, 1 AS line, live,
  quantity AS quantity, CASE WHEN live = 1 THEN quantity ELSE 0 END AS units,
  CASE WHEN live = 1 AND item_price IS NULL THEN quantity ELSE 0 END AS unpriced,
  CASE WHEN live = 1 AND item_price IS NOT NULL THEN quantity ELSE 0 END AS priced_units,
  item_price AS amount, CASE WHEN live = 1 THEN item_price END AS sales, CASE WHEN live = 1 THEN tax END AS tax,
  CASE WHEN live = 1 THEN shipping END AS shipping, CASE WHEN live = 1 THEN gift_wrap END AS gift_wrap,
  CASE WHEN live = 1 THEN discounts END AS discounts
FROM kept
UNION ALL
SELECT account, fulfillment, status_group, status, sales_channel, day, currency, 1, sold, priced, 0, 0, 0, 0, 0, 0,
  CAST(NULL AS DECIMAL(18,4)), CAST(NULL AS DECIMAL(18,4)), CAST(NULL AS DECIMAL(18,4)),
  CAST(NULL AS DECIMAL(18,4)), CAST(NULL AS DECIMAL(18,4)), CAST(NULL AS DECIMAL(18,4))
FROM orders
