-- Orders with a live line by their size; 5 stands for all above it. Multi-channel orders are left out.
SELECT account, fulfillment, counted_by, CASE WHEN size = 5 THEN '5 or more' ELSE CAST(size AS @text_type()) END AS size, orders,
  @share(orders, all_orders) AS share_of_orders
FROM (SELECT account, fulfillment, counted_by, size, count(*) AS orders,
    sum(count(*)) OVER (PARTITION BY account, fulfillment, counted_by) AS all_orders
  FROM (
    SELECT account, fulfillment, 'units' AS counted_by, least(units, 5) AS size FROM orders WHERE live_lines > 0 AND multi_channel = 0
    UNION ALL
    SELECT account, fulfillment, 'lines', least(live_lines, 5) FROM orders WHERE live_lines > 0 AND multi_channel = 0
    UNION ALL
    SELECT account, fulfillment, 'skus', least(skus, 5) FROM orders WHERE live_lines > 0 AND multi_channel = 0) s
  GROUP BY account, fulfillment, counted_by, size) t
