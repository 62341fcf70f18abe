-- Open units by SKU. position is the working order: that of the most urgent order that each SKU is in.
SELECT t.account AS account, row_number() OVER (PARTITION BY t.account ORDER BY f.bucket, f.promise_day NULLS FIRST, f.promise NULLS FIRST,
    f.promise_timed NULLS FIRST, t.sku) AS position,
  t.sku AS sku, nullif(t.product_name, '') AS product_name, t.units_to_ship AS units_to_ship, t.orders AS orders, n.bucket AS bucket,
  f.promise_local AS oldest_promise
FROM (SELECT account, sku, min(product_name) AS product_name, @sum(quantity_to_ship) AS units_to_ship, count(DISTINCT order_id) AS orders,
    min(position) AS position
  FROM open_lines WHERE hold = 0 GROUP BY account, sku) t
JOIN open_lines f ON t.account = f.account AND t.position = f.position
JOIN (VALUES @buckets()) AS n(number, bucket) ON f.bucket = n.number
