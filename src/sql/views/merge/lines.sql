-- Every readable line of every file, unmerged. Lines whose file has no row in files are not there yet.
-- Moments are seconds since 1970 in UTC, days are days since 1970: no engine needs a time zone or a calendar.
-- A date without a time stands at its midnight in UTC. hour_slot is 0 where the hour is not known, else the hour plus 1.
SELECT l.account AS account, l.file AS file, l.line AS line, l.kind AS kind, l.order_id AS order_id, l.order_item_id AS order_item_id,
  coalesce(@seconds(l.last_updated_date), @day_number(l.last_updated_day) * 86400) AS stamp,
  CASE WHEN l.last_updated_date IS NOT NULL THEN 1 ELSE 0 END AS stamp_timed,
  coalesce(@seconds(l.purchase_date), @day_number(l.purchase_day) * 86400) AS bought,
  CASE WHEN l.purchase_date IS NOT NULL THEN 1 ELSE 0 END AS bought_timed,
  @day_number(l.purchase_day) AS day, coalesce(l.purchase_hour + 1, 0) AS hour_slot, l.zone AS zone,
  l.order_status AS order_status, l.status_group AS status_group, CASE WHEN l.live THEN 1 ELSE 0 END AS live,
  l.fulfillment AS fulfillment, coalesce(l.sales_channel, '') AS sales_channel,
  l.sku AS sku, l.asin AS asin, l.product_name AS product_name, l.quantity AS quantity,
  coalesce(l.currency, '') AS currency, l.item_price AS item_price, l.tax AS tax, l.shipping AS shipping, l.gift_wrap AS gift_wrap,
  l.discounts AS discounts, coalesce(l.place_country, '') || chr(9) || coalesce(l.place_state, '') AS place,
  coalesce(l.ship_service_level, '') || chr(9)
    || CASE WHEN l.is_business IS NULL THEN 'unknown' WHEN l.is_business THEN 'business' ELSE 'consumer' END AS terms,
  l.promotion_families AS promotion_families, coalesce(l.ship_service_level, '') AS ship_service_level,
  coalesce(l.ship_city, '') AS ship_city, coalesce(l.ship_state, '') AS ship_state, coalesce(l.ship_country, '') AS ship_country,
  l.is_business AS is_business, l.is_prime AS is_prime,
  coalesce(@seconds(l.reporting_date), @day_number(l.reporting_day) * 86400) AS reported,
  CASE WHEN l.reporting_date IS NOT NULL THEN 1 ELSE 0 END AS reported_timed,
  coalesce(@seconds(l.payments_date), @day_number(l.payments_day) * 86400) AS paid,
  CASE WHEN l.payments_date IS NOT NULL THEN 1 ELSE 0 END AS paid_timed,
  coalesce(@seconds(l.promise_date), @day_number(l.promise_day) * 86400) AS promise,
  CASE WHEN l.promise_date IS NOT NULL THEN 1 ELSE 0 END AS promise_timed,
  l.days_past_promise AS days_past_promise, l.quantity_to_ship AS quantity_to_ship,
  CASE WHEN l.buyer_requested_cancellation THEN 1 ELSE 0 END AS buyer_requested_cancellation,
  l.verge_of_cancellation AS verge_of_cancellation
FROM files f JOIN lake_lines l ON l.account = f.account AND l.file = f.file
