-- The name of the newest line of a SKU. A name of one byte is none: Amazon writes one on multi-channel lines.
SELECT account, sku, product_name FROM (
  SELECT account, sku, product_name, row_number() OVER (PARTITION BY account, sku ORDER BY newest DESC NULLS LAST, product_name) AS place
  FROM (SELECT account, sku, product_name, max(bought) AS newest FROM kept
    WHERE char_length(product_name) > 1 OR product_name > chr(127) GROUP BY account, sku, product_name) t) u
WHERE place = 1
