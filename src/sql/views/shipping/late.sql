-- Open orders by how late they are. An account with an unshipped report has all rows.
SELECT a.account AS account, n.bucket AS bucket, coalesce(t.orders, 0) AS orders, coalesce(t.lines, 0) AS lines, coalesce(t.units_to_ship, 0) AS units_to_ship,
  o.promise_local AS oldest_promise
FROM (SELECT DISTINCT account FROM files WHERE kind = 'unshipped') a
CROSS JOIN (VALUES @buckets()) AS n(number, bucket)
LEFT JOIN (SELECT account, bucket, count(DISTINCT order_id) AS orders, count(*) AS lines, @sum(quantity_to_ship) AS units_to_ship
  FROM open_lines GROUP BY account, bucket) t ON a.account = t.account AND n.number = t.bucket
LEFT JOIN (SELECT account, bucket, promise_local FROM (
    SELECT account, bucket, promise_local, row_number() OVER (PARTITION BY account, bucket ORDER BY promise, promise_timed, position) AS place
    FROM open_lines WHERE promise IS NOT NULL) u WHERE place = 1) o ON a.account = o.account AND n.number = o.bucket
