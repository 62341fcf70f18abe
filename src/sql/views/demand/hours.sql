-- The grid is whole, so that an hour without orders is seen as one. An order whose lines differ counts at the earliest.
SELECT g.account AS account, g.weekday AS weekday, g.hour AS hour, coalesce(o.orders_placed, 0) AS orders_placed
FROM (SELECT a.account AS account, w.number AS number, w.weekday AS weekday, h.hour AS hour
  FROM (SELECT DISTINCT account FROM orders) a
  CROSS JOIN (VALUES (0, 'Monday'), (1, 'Tuesday'), (2, 'Wednesday'), (3, 'Thursday'), (4, 'Friday'), (5, 'Saturday'), (6, 'Sunday'))
    AS w(number, weekday)
  CROSS JOIN (SELECT a.n + 10 * b.n AS hour FROM (VALUES @digits()) AS a(n) CROSS JOIN (VALUES (0), (1), (2)) AS b(n)) h
  WHERE h.hour < 24) g
LEFT JOIN (SELECT account, @weekday(day) AS number, hour, count(*) AS orders_placed
  FROM orders WHERE hour IS NOT NULL GROUP BY account, @weekday(day), hour) o
  ON g.account = o.account AND g.number = o.number AND g.hour = o.hour
UNION ALL
SELECT account, CASE @weekday(day) WHEN 0 THEN 'Monday' WHEN 1 THEN 'Tuesday' WHEN 2 THEN 'Wednesday' WHEN 3 THEN 'Thursday'
    WHEN 4 THEN 'Friday' WHEN 5 THEN 'Saturday' ELSE 'Sunday' END AS weekday, CAST(NULL AS INTEGER) AS hour, count(*) AS orders_placed
FROM orders WHERE hour IS NULL GROUP BY account, @weekday(day)
