-- One row for each open order line; position is the working order.
SELECT l.account AS account, l.position AS position, l.order_id AS order_id, nullif(l.order_item_id, '') AS order_item_id, l.sku AS sku,
  nullif(l.product_name, '') AS product_name, l.quantity_to_ship AS quantity_to_ship, nullif(l.ship_service_level, '') AS ship_service_level,
  l.promise_local AS promise_local, l.days_overdue AS days_overdue, n.bucket AS bucket, @date(l.cancel_by) AS cancel_by, l.near_auto_cancel AS near_auto_cancel,
  l.verge AS amazon_near_auto_cancel, CASE WHEN l.hold = 1 THEN 'buyer_requested_cancellation' END AS hold, l.is_prime AS is_prime,
  l.is_business AS is_business, nullif(l.ship_city, '') AS ship_city, nullif(l.ship_state, '') AS ship_state, nullif(l.ship_country, '') AS ship_country
FROM open_lines l JOIN (VALUES @buckets()) AS n(number, bucket) ON l.bucket = n.number
