-- The service level is what stands before the last tab of the terms of an order.
SELECT account, nullif(term, '') AS ship_service_level, fulfillment, nullif(currency, '') AS currency, orders_placed, orders, units, unpriced_units, sales,
  @share(@units(sales), @units(total)) AS share_of_sales
FROM (SELECT t.*, sum(sales) OVER (PARTITION BY account, currency) AS total
  FROM (SELECT account, term, fulfillment, currency, @sum(placed) AS orders_placed, @sum(sold) AS orders, @sum(units) AS units,
      @sum(unpriced_units) AS unpriced_units, @money(sales) AS sales
    FROM (SELECT account, CASE WHEN terms LIKE '%unknown' THEN substr(terms, 1, char_length(terms) - 8) ELSE substr(terms, 1, char_length(terms) - 9) END AS term,
        fulfillment, currency, placed, sold, units, unpriced_units, sales FROM order_shapes) s
    GROUP BY account, term, fulfillment, currency) t) u
WHERE orders_placed > 0 OR coalesce(sales, 0) <> 0
