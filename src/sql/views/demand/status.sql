SELECT account, fulfillment, status_group, nullif(status, '') AS status, nullif(currency, '') AS currency, orders_placed, lines, quantity, amount,
  @share(orders_placed, all_orders) AS share_of_orders
FROM (SELECT account, fulfillment, status_group, status, currency, orders_placed, lines, quantity, amount,
    sum(orders_placed) OVER (PARTITION BY account, fulfillment) AS all_orders
  FROM (SELECT account, fulfillment, status_group, status, currency, @sum(placed) AS orders_placed, @sum(line) AS lines,
      @sum(quantity) AS quantity, @money(amount) AS amount
    FROM demand GROUP BY account, fulfillment, status_group, status, currency) t) u
