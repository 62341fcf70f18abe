-- position is the place of the row in the report: sales down, then SKU and currency in byte order.
SELECT s.account AS account, s.position AS position, s.sku AS sku, nullif(s.currency, '') AS currency, a.asin AS asin,
  n.product_name AS product_name, s.orders AS orders, s.units AS units, s.unpriced_units AS unpriced_units, s.sales AS sales,
  @share(@units(s.sales), @units(s.total)) AS share_of_sales,
  CASE WHEN coalesce(s.sales, 0) = 0 THEN 'U' WHEN s.before * 100 < s.total * 80 THEN 'A' WHEN s.before * 100 < s.total * 95 THEN 'B' ELSE 'C' END AS abc
FROM (SELECT account, sku, currency, orders, units, unpriced_units, sales,
    row_number() OVER (PARTITION BY account ORDER BY sales DESC NULLS LAST, sku, currency) AS position,
    @wide(sum(sales) OVER (PARTITION BY account, currency)) AS total,
    @wide(sum(sales) OVER (PARTITION BY account, currency ORDER BY sales DESC NULLS LAST, sku
      ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) - sales) AS before
  FROM sku_sales WHERE lines > 0 OR orders > 0) s
LEFT JOIN sku_asins a ON s.account = a.account AND s.sku = a.sku
LEFT JOIN sku_names n ON s.account = n.account AND s.sku = n.sku
