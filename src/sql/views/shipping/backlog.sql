-- The lines of the newest unshipped report of an account: it replaces the older ones whole. How new a report is its own greatest date
-- says; of equally new ones the later name counts.
SELECT l.* FROM lines l JOIN (
  SELECT account, file, row_number() OVER (PARTITION BY account ORDER BY newest_moment DESC NULLS LAST, name DESC NULLS LAST, file DESC NULLS LAST) AS place
  FROM files WHERE kind = 'unshipped') f ON l.account = f.account AND l.file = f.file
WHERE f.place = 1 AND l.kind = 'unshipped'
