-- The part of cancellations_and_returns that all-orders reports alone tell: how much is cancelled, and the rate of all the others of
-- the same group. The bounds of a rate need a square root to nine places, which engines compute in floating point: see --list.
SELECT account, group_type, nullif(name, '') AS name, lines, cancelled_lines, @share(cancelled_lines, lines) AS cancellation_rate,
  @share(all_cancelled - cancelled_lines, all_lines - lines) AS cancellation_usual, units
FROM (SELECT t.*, sum(lines) OVER (PARTITION BY account, group_type) AS all_lines,
    sum(cancelled_lines) OVER (PARTITION BY account, group_type) AS all_cancelled
  FROM (SELECT account, group_type, name, count(*) AS lines, @sum(1 - live) AS cancelled_lines, @sum(CASE WHEN live = 1 THEN quantity ELSE 0 END) AS units
    FROM (
      SELECT account, 'fulfillment' AS group_type, fulfillment AS name, live, quantity FROM kept
      UNION ALL
      SELECT account, 'sales_channel', sales_channel, live, quantity FROM kept
      UNION ALL
      SELECT account, 'sku', sku, live, quantity FROM kept) s
    GROUP BY account, group_type, name) t) u
WHERE group_type <> 'sku' OR cancelled_lines > 0
