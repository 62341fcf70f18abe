-- Every day with what is usual on it, and whether it lacks: 1 if it is in no file, or shows no or next to no orders where ten are usual.
WITH weeks AS (SELECT n FROM (VALUES (-8), (-7), (-6), (-5), (-4), (-3), (-2), (-1), (1), (2), (3), (4), (5), (6), (7), (8)) AS w(n)),
around AS (
  -- The other day is a column of its own: DataFusion 55 loses a condition on a sum of columns of two tables.
  SELECT d.account AS account, d.day AS day, o.orders AS orders, count(*) OVER (PARTITION BY d.account, d.day) AS n,
    row_number() OVER (PARTITION BY d.account, d.day ORDER BY o.orders) AS place
  FROM (SELECT s.account AS account, s.day AS day, s.day + 7 * w.n AS other_day FROM day_states s CROSS JOIN weeks w) d
  JOIN day_states o ON d.account = o.account AND d.other_day = o.day
  WHERE o.state NOT IN ('missing', 'part')),
usual AS (SELECT account, day, orders AS usual FROM around WHERE n >= 4 AND place = @floor(n + 1, 2)),
looked AS (
  SELECT d.account AS account, d.day AS day, d.files AS files, d.orders AS orders, d.lines AS lines, d.state AS state, u.usual AS usual,
    CASE WHEN d.state = 'quiet' AND u.usual >= 10 THEN 1 ELSE 0 END AS odd
  FROM day_states d LEFT JOIN usual u ON d.account = u.account AND d.day = u.day),
beside AS (
  SELECT l.*, coalesce(lag(CASE WHEN state = 'missing' THEN 1 ELSE odd END) OVER (PARTITION BY account ORDER BY day), 0)
      + coalesce(lead(CASE WHEN state = 'missing' THEN 1 ELSE odd END) OVER (PARTITION BY account ORDER BY day), 0) AS gaps_beside
  FROM looked l)
SELECT account, day, files, orders, lines, state, usual,
  CASE WHEN odd = 1 THEN 1 WHEN state <> 'missing' AND gaps_beside > 0 AND usual >= 10 AND orders * 4 < usual THEN 1 ELSE 0 END AS lacks_orders,
  CASE WHEN odd = 1 OR state = 'missing' THEN 1 WHEN gaps_beside > 0 AND usual >= 10 AND orders * 4 < usual THEN 1 ELSE 0 END AS lacks
FROM beside
