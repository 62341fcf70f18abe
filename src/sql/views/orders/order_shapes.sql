-- Where an order goes and on what terms, with what it sold: all at home, and what it sold in another currency in a row of that currency.
SELECT account, place, terms, fulfillment, currency, 1 AS placed, sold, units, unpriced_units, CAST(NULL AS DECIMAL(18,4)) AS sales FROM orders
UNION ALL
SELECT o.account, o.place, o.terms, o.fulfillment, s.currency, 0, 0, 0, 0, s.sales
FROM orders o JOIN order_sales s ON o.account = s.account AND o.order_id = s.order_id
