-- Every open line with what its order as a whole is due for. The channel of an order is that of the all-orders reports where the
-- unshipped report names none, and the zone is that of the channel, or of the country that the parcel goes to.
-- Numbers such as line_place give an order to lines that are otherwise equal; a missing value comes first, as in the report.
WITH open AS (
  SELECT b.account AS account, b.order_id AS order_id, coalesce(b.order_item_id, '') AS order_item_id, b.sku AS sku, coalesce(b.product_name, '') AS product_name,
    b.quantity_to_ship AS quantity_to_ship, b.ship_service_level AS ship_service_level, b.ship_city AS ship_city, b.ship_state AS ship_state,
    b.ship_country AS ship_country, b.promise AS promise, b.promise_timed AS promise_timed, b.buyer_requested_cancellation AS hold,
    b.verge_of_cancellation AS verge, b.is_prime AS is_prime, b.is_business AS is_business, b.days_past_promise AS days_past_promise,
    CASE WHEN b.sales_channel <> '' THEN b.sales_channel ELSE coalesce(o.sales_channel, '') END AS channel,
    CASE WHEN b.sales_channel = '' AND coalesce(o.sales_channel, '') <> '' THEN o.zone ELSE b.zone END AS zone, b.line AS line
  FROM backlog b LEFT JOIN orders o ON b.account = o.account AND b.order_id = o.order_id
  WHERE b.quantity_to_ship > 0),
placed AS (
  SELECT t.*, row_number() OVER (PARTITION BY account, order_id ORDER BY promise NULLS LAST, promise_timed, content_place) AS due_place
  FROM (SELECT o.*, row_number() OVER (PARTITION BY account, order_id ORDER BY order_item_id, sku, product_name, ship_service_level, channel, ship_country,
      ship_state, ship_city, promise NULLS FIRST, promise_timed NULLS FIRST, quantity_to_ship, hold, @flag(verge), @flag(is_prime), @flag(is_business),
      days_past_promise NULLS FIRST, line) AS content_place FROM open o) t),
due AS (
  -- A promise proves its own offset, since it is 23:59:59 somewhere: where that is not the zone taken, its day is read from the promise.
  SELECT p.account AS account, p.order_id AS order_id, p.promise AS promise, p.promise_timed AS promise_timed, a.moment AS moment,
    CASE WHEN p.promise_timed = 0 OR @mod(p.promise + z.offset_seconds + 86400000000, 86400) = 86399 THEN z.offset_seconds
      WHEN @mod(proven.seconds + 86400000000, 900) = 0 THEN CASE WHEN proven.seconds > 43200 THEN proven.seconds - 86400 ELSE proven.seconds END
      ELSE z.offset_seconds END AS offset_seconds,
    @floor(a.moment + CASE WHEN a.timed = 1 THEN n.offset_seconds ELSE 0 END, 86400) AS today, a.timed AS moment_timed,
    CASE WHEN lower(p.channel) LIKE '%.sa' OR lower(p.channel) LIKE '%.ae' OR p.channel = '' AND p.ship_country IN ('SA', 'AE') THEN 1 ELSE 0 END AS calendar_days
  FROM placed p JOIN as_of a ON p.account = a.account
  JOIN offsets n ON p.zone = n.zone AND a.moment >= n.from_utc AND a.moment < n.until_utc
  LEFT JOIN offsets z ON p.zone = z.zone AND p.promise >= z.from_utc AND p.promise < z.until_utc
  LEFT JOIN (SELECT DISTINCT promise, @mod(86399 - promise + 86400000000, 86400) AS seconds FROM open) proven ON p.promise = proven.promise
  WHERE p.due_place = 1),
dated AS (
  SELECT d.*, @floor(promise + CASE WHEN promise_timed = 1 THEN offset_seconds ELSE 0 END, 86400) AS promise_day FROM due d),
judged AS (
  SELECT t.*, CASE WHEN calendar_days = 1 THEN promise_day + 5 ELSE promise_day + CASE @weekday(promise_day) WHEN 3 THEN 11 WHEN 4 THEN 11 WHEN 5 THEN 10 ELSE 9 END END AS cancel_by
  FROM dated t),
held AS (SELECT account, order_id, max(hold) AS hold FROM open GROUP BY account, order_id),
bucketed AS (
  SELECT j.*, h.hold AS hold, today - promise_day AS days_overdue,
    CASE WHEN h.hold = 1 THEN 1 WHEN promise IS NULL THEN 11 WHEN today > cancel_by THEN 2 WHEN today - promise_day >= 8 THEN 3
      WHEN today - promise_day >= 4 THEN 4 WHEN today - promise_day >= 2 THEN 5 WHEN today - promise_day = 1 THEN 6
      WHEN today = promise_day AND (moment > promise OR moment = promise AND moment_timed > promise_timed) THEN 7
      WHEN today = promise_day THEN 8 WHEN today - promise_day = -1 THEN 9 ELSE 10 END AS bucket,
    cancel_by - CASE @weekday(cancel_by) WHEN 0 THEN 3 WHEN 6 THEN 2 ELSE 1 END AS last_business_day
  FROM judged j JOIN held h ON j.account = h.account AND j.order_id = h.order_id)
SELECT p.account AS account, row_number() OVER (PARTITION BY p.account ORDER BY b.bucket, b.promise_day NULLS FIRST, b.promise NULLS FIRST, b.promise_timed NULLS FIRST,
    p.order_id, p.content_place) AS position,
  p.order_id AS order_id, p.order_item_id AS order_item_id, p.sku AS sku, p.product_name AS product_name, p.quantity_to_ship AS quantity_to_ship,
  p.ship_service_level AS ship_service_level, p.ship_city AS ship_city, p.ship_state AS ship_state, p.ship_country AS ship_country,
  p.verge AS verge, p.is_prime AS is_prime, p.is_business AS is_business, b.hold AS hold, b.bucket AS bucket, b.days_overdue AS days_overdue,
  b.cancel_by AS cancel_by, CASE WHEN b.promise IS NOT NULL THEN b.today >= b.last_business_day END AS near_auto_cancel,
  b.promise AS promise, b.promise_timed AS promise_timed, b.promise_day AS promise_day,
  CASE WHEN b.promise IS NULL THEN NULL WHEN b.promise_timed = 0 THEN CAST(@date(b.promise_day) AS @text_type())
    ELSE CAST(@date(b.promise_day) AS @text_type()) || 'T' || @two(@floor(b.second_of_day, 3600)) || ':' || @two(@mod(@floor(b.second_of_day, 60), 60))
      || ':' || @two(@mod(b.second_of_day, 60)) || CASE WHEN b.offset_seconds < 0 THEN '-' ELSE '+' END
      || @two(@floor(abs(b.offset_seconds), 3600)) || ':' || @two(@mod(@floor(abs(b.offset_seconds), 60), 60)) END AS promise_local
FROM placed p JOIN (SELECT t.*, promise + offset_seconds - 86400 * promise_day AS second_of_day FROM bucketed t) b
  ON p.account = b.account AND p.order_id = b.order_id
