SELECT account, nullif(split_part(place, chr(9), 1), '') AS ship_country, nullif(substr(place, char_length(split_part(place, chr(9), 1)) + 2), '') AS ship_state,
  nullif(currency, '') AS currency, orders_placed, orders, units, unpriced_units, sales, @share(units, all_units) AS share_of_units
FROM (SELECT t.*, sum(units) OVER (PARTITION BY account) AS all_units
  FROM (SELECT account, place, currency, @sum(placed) AS orders_placed, @sum(sold) AS orders, @sum(units) AS units,
      @sum(unpriced_units) AS unpriced_units, @money(sales) AS sales
    FROM order_shapes GROUP BY account, place, currency) t) u
WHERE orders_placed > 0 OR coalesce(sales, 0) <> 0
