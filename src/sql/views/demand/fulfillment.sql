SELECT account, fulfillment, nullif(currency, '') AS currency, orders_placed, orders, orders_placed - orders AS cancelled_orders, lines,
  units, unpriced_units, sales, tax, shipping, gift_wrap, discounts,
  @average(sales, priced_units) AS asp, @average(sales, priced_orders) AS aov
FROM (SELECT account, fulfillment, currency, @sum(placed) AS orders_placed, @sum(sold) AS orders, @sum(line) AS lines, @sum(units) AS units,
    @sum(unpriced) AS unpriced_units, @sum(priced_units) AS priced_units, @sum(priced) AS priced_orders,
    @money(sales) AS sales, @money(tax) AS tax, @money(shipping) AS shipping, @money(gift_wrap) AS gift_wrap, @money(discounts) AS discounts
  FROM demand GROUP BY account, fulfillment, currency) t
