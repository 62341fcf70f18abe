-- What the live lines of an order sold in each currency; no row of nothing.
SELECT account, order_id, currency, sum(item_price) AS sales
FROM kept WHERE live = 1 AND priced_in IS NOT NULL
GROUP BY account, order_id, currency HAVING sum(item_price) <> 0
