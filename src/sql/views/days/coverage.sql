-- Days of one kind in a row are one row. note names what shows it: the files on both sides of a gap, or until when the last file goes.
WITH marked AS (
  SELECT d.*, CASE WHEN d.state <> 'part' AND d.state = lag(d.state) OVER (PARTITION BY account ORDER BY day)
      AND d.files = lag(d.files) OVER (PARTITION BY account ORDER BY day)
      AND d.lacks_orders = lag(d.lacks_orders) OVER (PARTITION BY account ORDER BY day) THEN 0 ELSE 1 END AS starts
  FROM days d),
stretches AS (
  SELECT m.*, sum(starts) OVER (PARTITION BY account ORDER BY day ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) AS stretch FROM marked m),
summed AS (
  SELECT account, stretch, min(day) AS first_day, max(day) AS last_day, count(*) AS days, min(state) AS found, min(files) AS files,
    @sum(orders) AS orders_placed, @sum(lines) AS lines, CASE WHEN count(usual) = count(*) THEN @sum(usual) END AS usual_orders, min(lacks_orders) AS lacks_orders
  FROM stretches GROUP BY account, stretch),
before AS (
  SELECT account, stretch, name FROM (
    SELECT s.account AS account, s.stretch AS stretch, p.name AS name, row_number() OVER (PARTITION BY s.account, s.stretch ORDER BY p.last_day DESC, p.name) AS place
    FROM summed s JOIN spans p ON s.account = p.account AND p.last_day < s.first_day WHERE s.found = 'missing') t WHERE place = 1),
after AS (
  SELECT account, stretch, name FROM (
    SELECT s.account AS account, s.stretch AS stretch, p.name AS name, row_number() OVER (PARTITION BY s.account, s.stretch ORDER BY p.first_day, p.name) AS place
    FROM summed s JOIN spans p ON s.account = p.account AND p.first_day > s.last_day WHERE s.found = 'missing') t WHERE place = 1),
ending AS (
  SELECT account, stretch, name, minute FROM (
    SELECT s.account AS account, s.stretch AS stretch, p.name AS name, @floor(p.ends_local - 86400 * @floor(p.ends_local, 86400), 60) AS minute,
      row_number() OVER (PARTITION BY s.account, s.stretch ORDER BY p.ends DESC, p.name) AS place
    FROM summed s JOIN spans p ON s.account = p.account AND p.last_day = s.first_day WHERE s.found = 'part' AND p.ends IS NOT NULL) t WHERE place = 1)
SELECT s.account AS account, @date(s.first_day) AS first_day, @date(s.last_day) AS last_day, s.days AS days, s.found AS found, s.files AS files,
  s.orders_placed AS orders_placed, s.lines AS lines, s.usual_orders AS usual_orders,
  CASE WHEN s.lacks_orders = 1 THEN 'orders are usual'
    WHEN s.found = 'missing' THEN 'between ' || b.name || ' and ' || a.name
    WHEN s.found = 'part' THEN 'until ' || @two(@floor(e.minute, 60)) || ':' || @two(@mod(e.minute, 60)) || ' in ' || e.name END AS note
FROM summed s LEFT JOIN before b ON s.account = b.account AND s.stretch = b.stretch
  LEFT JOIN after a ON s.account = a.account AND s.stretch = a.stretch
  LEFT JOIN ending e ON s.account = e.account AND s.stretch = e.stretch
