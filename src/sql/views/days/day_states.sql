-- Every day from the first to the last, what is in how many files of it, and what that makes of it.
WITH numbers AS (
  SELECT a.n + 10 * b.n + 100 * c.n + 1000 * d.n + 10000 * e.n AS n
  FROM (VALUES @digits()) AS a(n) CROSS JOIN (VALUES @digits()) AS b(n) CROSS JOIN (VALUES @digits()) AS c(n)
    CROSS JOIN (VALUES @digits()) AS d(n) CROSS JOIN (VALUES (0), (1), (2), (3)) AS e(n)),
calendar AS (
  SELECT b.account AS account, b.from_day + n.n AS day, b.last_day AS until_day FROM bounds b JOIN numbers n ON n.n <= b.last_day - b.from_day),
counted AS (SELECT account, day, @sum(placed) AS orders, @sum(line) AS lines FROM demand GROUP BY account, day),
held AS (
  -- shown_whole: in a file that goes on after the day.
  SELECT c.account AS account, c.day AS day, count(s.file) AS files,
    @sum(CASE WHEN s.file IS NULL THEN 0 WHEN s.ends IS NOT NULL AND s.last_day <= c.until_day AND s.last_day = c.day THEN 0 ELSE 1 END) AS shown_whole
  FROM calendar c LEFT JOIN spans s ON c.account = s.account AND s.first_day <= c.day AND c.day <= s.last_day
  GROUP BY c.account, c.day),
spanned AS (SELECT account, min(first_day) AS first_day, max(last_day) AS last_day FROM spans GROUP BY account),
first_look AS (
  SELECT h.account AS account, h.day AS day, h.files AS files, coalesce(c.orders, 0) AS orders, coalesce(c.lines, 0) AS lines,
    CASE WHEN h.files = 0 AND (h.day < p.first_day OR h.day > p.last_day) THEN 'part' WHEN h.files = 0 THEN 'missing'
      WHEN coalesce(c.lines, 0) = 0 THEN 'quiet' WHEN h.shown_whole = 0 THEN 'part' WHEN h.files > 1 THEN 'overlap' ELSE 'covered' END AS state
  FROM held h JOIN spanned p ON h.account = p.account LEFT JOIN counted c ON h.account = c.account AND h.day = c.day),
known AS (
  SELECT account, @sum(CASE WHEN state <> 'missing' THEN 1 ELSE 0 END) AS days,
    @sum(CASE WHEN state <> 'missing' THEN orders ELSE 0 END) AS orders FROM first_look GROUP BY account),
stretched AS (
  -- Days in a row that are all missing, or all not, have one difference of day and place.
  SELECT account, day, files, orders, lines, state, day - row_number() OVER (PARTITION BY account, CASE WHEN state = 'missing' THEN 1 ELSE 0 END ORDER BY day) AS stretch
  FROM first_look)
SELECT s.account AS account, s.day AS day, s.files AS files, s.orders AS orders, s.lines AS lines,
  CASE WHEN s.state = 'part' AND k.orders < 10 * k.days THEN CASE WHEN s.files > 1 THEN 'overlap' ELSE 'covered' END
    WHEN s.state = 'missing' AND s.length * k.orders < 10 * k.days THEN CASE WHEN s.lines > 0 THEN 'covered' ELSE 'quiet' END
    ELSE s.state END AS state
FROM (SELECT t.*, count(*) OVER (PARTITION BY account, CASE WHEN state = 'missing' THEN 1 ELSE 0 END, stretch) AS length FROM stretched t) s
JOIN known k ON s.account = k.account
