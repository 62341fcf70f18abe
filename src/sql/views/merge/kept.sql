-- The lines that count: all lines of the snapshot that counts, equal lines included, since two equal lines can be two sales.
-- priced_in is the currency of a line with a price.
SELECT l.account AS account, l.order_id AS order_id, l.file AS file, l.line AS line, l.fulfillment AS fulfillment,
  l.order_status AS status, l.status_group AS status_group, l.sales_channel AS sales_channel, l.zone AS zone, l.day AS day,
  l.hour_slot AS hour_slot, l.currency AS currency,
  CASE WHEN l.item_price IS NOT NULL AND l.currency <> '' THEN l.currency END AS priced_in,
  l.sku AS sku, l.asin AS asin, l.product_name AS product_name, l.stamp AS stamp, l.stamp_timed AS stamp_timed, l.bought AS bought,
  l.bought_timed AS bought_timed, l.live AS live, l.quantity AS quantity, l.item_price AS item_price, l.tax AS tax,
  l.shipping AS shipping, l.gift_wrap AS gift_wrap, l.discounts AS discounts, l.place AS place, l.terms AS terms,
  l.promotion_families AS promotion_families
FROM winners w JOIN lines l ON l.account = w.account AND l.order_id = w.order_id AND l.file = w.file
WHERE l.kind = 'all-orders'
