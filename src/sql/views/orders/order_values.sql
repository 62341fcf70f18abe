-- What an order is worth: of orders with a priced live line and sales in no other currency than their own. Quantiles are exact: the
-- amount at a whole place of the sorted orders.
SELECT account, fulfillment, currency, max(n) AS orders, sum(amount) AS sales, @average(sum(amount), max(n)) AS aov, min(amount) AS least,
  max(CASE WHEN place = @place_of(10) THEN amount END) AS p10, max(CASE WHEN place = @place_of(25) THEN amount END) AS p25,
  max(CASE WHEN place = @place_of(50) THEN amount END) AS p50, max(CASE WHEN place = @place_of(75) THEN amount END) AS p75,
  max(CASE WHEN place = @place_of(90) THEN amount END) AS p90, max(CASE WHEN place = @place_of(99) THEN amount END) AS p99,
  max(amount) AS most
FROM (SELECT account, fulfillment, currency, amount, count(*) OVER (PARTITION BY account, fulfillment, currency) AS n,
    row_number() OVER (PARTITION BY account, fulfillment, currency ORDER BY amount) AS place
  FROM (SELECT o.account AS account, o.order_id AS order_id, o.fulfillment AS fulfillment, o.currency AS currency,
      coalesce(max(CASE WHEN s.currency = o.currency THEN s.sales END), CAST(0 AS DECIMAL(18,4))) AS amount,
      max(CASE WHEN s.currency <> o.currency THEN 1 ELSE 0 END) AS mixed
    FROM orders o LEFT JOIN order_sales s ON o.account = s.account AND o.order_id = s.order_id
    WHERE o.priced = 1 AND o.currency <> '' GROUP BY o.account, o.order_id, o.fulfillment, o.currency) v
  WHERE mixed = 0) t
GROUP BY account, fulfillment, currency
