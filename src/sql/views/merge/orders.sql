-- Every order once, at home: the least of each part in byte order where its lines disagree, and the least currency among its priced
-- lines. Orders are counted here and nowhere else, so counts of orders add up.
-- Texts that belong together are joined with chr(1) for the comparison and parted again.
SELECT o.account AS account, o.order_id AS order_id, fulfillment, split_part(home_status, chr(1), 1) AS status, split_part(home_status, chr(1), 2) AS status_group,
  split_part(home_channel, chr(1), 1) AS sales_channel, split_part(home_channel, chr(1), 2) AS zone, day,
  CASE WHEN @mod(earliest, 32) = 0 THEN NULL ELSE @mod(earliest, 32) - 1 END AS hour,
  currency, priced, live_lines, units, unpriced_units, coalesce(s.skus, 0) AS skus, place, terms,
  CASE WHEN split_part(home_status, chr(1), 2) <> 'cancelled' THEN 1 ELSE 0 END AS sold,
  CASE WHEN lower(substr(split_part(home_channel, chr(1), 1), 1, 10)) = 'non-amazon' THEN 1 ELSE 0 END AS multi_channel
FROM (
  SELECT account, order_id, min(fulfillment) AS fulfillment, min(status || chr(1) || status_group) AS home_status,
    min(sales_channel || chr(1) || zone) AS home_channel, min(day) AS day, min((day + 800000) * 32 + hour_slot) AS earliest,
    coalesce(min(priced_in), '') AS currency,
    max(CASE WHEN live = 1 AND item_price IS NOT NULL THEN 1 ELSE 0 END) AS priced,
    CAST(sum(live) AS BIGINT) AS live_lines, CAST(sum(CASE WHEN live = 1 THEN quantity ELSE 0 END) AS BIGINT) AS units,
    CAST(sum(CASE WHEN live = 1 AND item_price IS NULL THEN quantity ELSE 0 END) AS BIGINT) AS unpriced_units,
    min(place) AS place, min(terms) AS terms
  FROM kept GROUP BY account, order_id) o
LEFT JOIN (
  SELECT account, order_id, CAST(count(*) AS BIGINT) AS skus
  FROM (SELECT DISTINCT account, order_id, sku FROM kept WHERE live = 1 AND sku IS NOT NULL) sold
  GROUP BY account, order_id) s ON o.account = s.account AND o.order_id = s.order_id
