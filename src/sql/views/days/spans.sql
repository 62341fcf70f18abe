-- The days that an all-orders file spans, from its first purchase to its last. ends: the newest moment in it, where that is on its
-- last day, so that more orders of that day may have come. A date without a time is its own day.
SELECT account, file, name, first_day, last_day,
  CASE WHEN last_timed = 1 AND newest_day = last_day THEN newest END AS ends,
  CASE WHEN last_timed = 1 AND newest_day = last_day THEN newest + newest_offset END AS ends_local
FROM (
  SELECT t.account AS account, t.file AS file, t.name AS name, t.last_timed AS last_timed, t.newest AS newest, c.offset_seconds AS newest_offset,
    @floor(t.first_purchase + CASE WHEN t.first_timed = 1 THEN a.offset_seconds ELSE 0 END, 86400) AS first_day,
    @floor(t.last_purchase + CASE WHEN t.last_timed = 1 THEN b.offset_seconds ELSE 0 END, 86400) AS last_day,
    @floor(t.newest + CASE WHEN t.newest_timed = 1 THEN c.offset_seconds ELSE 0 END, 86400) AS newest_day
  FROM (SELECT f.account AS account, f.file AS file, f.name AS name, z.zone AS zone, f.first_purchase AS first_purchase,
      f.first_purchase_timed AS first_timed, f.last_purchase AS last_purchase, f.last_purchase_timed AS last_timed,
      CASE WHEN f.newest_update > f.last_purchase THEN f.newest_update ELSE f.last_purchase END AS newest,
      CASE WHEN f.newest_update > f.last_purchase THEN f.newest_update_timed
        WHEN f.newest_update = f.last_purchase AND f.newest_update_timed = 1 THEN 1 ELSE f.last_purchase_timed END AS newest_timed
    FROM files f JOIN report_zones z ON f.account = z.account
    WHERE f.kind = 'all-orders' AND f.first_purchase IS NOT NULL) t
  JOIN offsets a ON t.zone = a.zone AND t.first_purchase >= a.from_utc AND t.first_purchase < a.until_utc
  JOIN offsets b ON t.zone = b.zone AND t.last_purchase >= b.from_utc AND t.last_purchase < b.until_utc
  JOIN offsets c ON t.zone = c.zone AND t.newest >= c.from_utc AND t.newest < c.until_utc) u
