SELECT account, currency, skus_sold, total AS sales, @share(@units(top_sku), @units(total)) AS share_of_top_sku,
  @share(@units(top_1), @units(total)) AS share_of_top_1, @share(@units(top_10), @units(total)) AS share_of_top_10,
  @share(@units(top_20), @units(total)) AS share_of_top_20, skus_for_80
FROM (SELECT account, currency, max(n) AS skus_sold, max(total) AS total, sum(CASE WHEN place = 1 THEN sales END) AS top_sku,
    sum(CASE WHEN (place - 1) * 100 < n THEN sales END) AS top_1, sum(CASE WHEN (place - 1) * 100 < n * 10 THEN sales END) AS top_10,
    sum(CASE WHEN (place - 1) * 100 < n * 20 THEN sales END) AS top_20, @sum(CASE WHEN before * 100 < total * 80 THEN 1 ELSE 0 END) AS skus_for_80
  FROM (SELECT account, currency, sales, count(*) OVER (PARTITION BY account, currency) AS n,
      row_number() OVER (PARTITION BY account, currency ORDER BY sales DESC, sku) AS place,
      @wide(sum(sales) OVER (PARTITION BY account, currency)) AS total,
      @wide(sum(sales) OVER (PARTITION BY account, currency ORDER BY sales DESC, sku
        ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) - sales) AS before
    FROM sku_sales WHERE currency <> '' AND sales > 0) t
  GROUP BY account, currency) u
