-- The ASIN of the newest line of a SKU; of several at one moment the least in byte order.
SELECT account, sku, asin FROM (
  SELECT account, sku, asin, row_number() OVER (PARTITION BY account, sku ORDER BY newest DESC NULLS LAST, asin) AS place
  FROM (SELECT account, sku, asin, max(bought) AS newest FROM kept WHERE asin IS NOT NULL GROUP BY account, sku, asin) t) u
WHERE place = 1
