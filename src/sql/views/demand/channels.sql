SELECT account, nullif(sales_channel, '') AS sales_channel, fulfillment, nullif(currency, '') AS currency, orders_placed, orders,
  orders_placed - orders AS cancelled_orders, units, unpriced_units, sales, @share(units, all_units) AS share_of_units,
  @average(sales, priced_units) AS asp, @average(sales, priced_orders) AS aov
FROM (SELECT t.*, sum(units) OVER (PARTITION BY account) AS all_units
  FROM (SELECT account, sales_channel, fulfillment, currency, @sum(placed) AS orders_placed, @sum(sold) AS orders, @sum(units) AS units,
      @sum(unpriced) AS unpriced_units, @sum(priced_units) AS priced_units, @sum(priced) AS priced_orders, @money(sales) AS sales
    FROM demand GROUP BY account, sales_channel, fulfillment, currency) t) u
