-- The zone of the channel with the most orders of an account, of equal ones the first channel in byte order: files are cut into days there.
SELECT account, zone FROM (
  SELECT account, zone, row_number() OVER (PARTITION BY account ORDER BY n DESC, sales_channel) AS place
  FROM (SELECT account, sales_channel, min(zone) AS zone, count(*) AS n FROM orders GROUP BY account, sales_channel) t) u
WHERE place = 1
