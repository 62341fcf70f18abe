-- A snapshot is all lines of one order in one file. Its stamp is the greatest last-updated-date among them.
SELECT account, order_id, file, max(stamp) AS stamp, count(*) AS n
FROM lines WHERE kind = 'all-orders' GROUP BY account, order_id, file
