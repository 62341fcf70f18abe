-- Which snapshot of an order counts: the greatest stamp; of equal ones that of the file whose own newest update is later; then the
-- one with more lines; then the later name of the file in byte order.
SELECT account, order_id, file FROM (
  SELECT s.account AS account, s.order_id AS order_id, s.file AS file, row_number() OVER (PARTITION BY s.account, s.order_id
    ORDER BY s.stamp DESC NULLS LAST, f.newest_update DESC NULLS LAST, s.n DESC NULLS LAST, f.name DESC NULLS LAST, f.file DESC NULLS LAST) AS place
  FROM files f JOIN snapshots s ON s.account = f.account AND s.file = f.file) ranked
WHERE place = 1
