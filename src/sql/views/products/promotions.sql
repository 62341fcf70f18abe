-- Live lines by the families of their promotions, each family once in a line; any discount stands for all lines with one.
SELECT account, nullif(currency, '') AS currency, CASE WHEN promotion = '' THEN 'any discount' ELSE promotion END AS promotion, lines, @share(lines, live_lines) AS share_of_lines, discounted_lines, units, sales,
  discounts, @share(@units(discounts), @units(sales)) AS depth
FROM (SELECT p.account AS account, p.currency AS currency, p.promotion AS promotion, count(*) AS lines, max(a.live_lines) AS live_lines,
    @sum(CASE WHEN p.discounts > 0 THEN 1 ELSE 0 END) AS discounted_lines, @sum(p.quantity) AS units,
    CASE WHEN p.currency <> '' THEN coalesce(sum(p.item_price), 0) END AS sales,
    CASE WHEN p.currency <> '' THEN coalesce(sum(p.discounts), 0) END AS discounts
  FROM (
    SELECT account, currency, '' AS promotion, quantity, item_price, discounts FROM kept WHERE live = 1 AND discounts > 0
    UNION ALL
    SELECT account, currency, @each_of(promotion_families) AS promotion, quantity, item_price, discounts
    FROM kept WHERE live = 1 AND promotion_families IS NOT NULL) p
  JOIN (SELECT account, currency, @sum(live) AS live_lines FROM kept GROUP BY account, currency) a
    ON p.account = a.account AND p.currency = a.currency
  GROUP BY p.account, p.currency, p.promotion) t
