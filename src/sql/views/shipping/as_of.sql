-- The newest moment that the kept lines of an account prove: all that is open is judged then. A bare day is the same everywhere.
-- A moment and whether it has a time are one number here, so that they are compared together.
SELECT account, @floor(newest, 2) - 62200000000 AS moment, @mod(newest, 2) AS timed
FROM (SELECT account, max(newest) AS newest FROM (
    SELECT account, greatest((bought + 62200000000) * 2 + bought_timed, coalesce((stamp + 62200000000) * 2 + stamp_timed, 0)) AS newest FROM kept
    UNION ALL
    SELECT account, greatest((bought + 62200000000) * 2 + bought_timed, coalesce((reported + 62200000000) * 2 + reported_timed, 0),
      coalesce((paid + 62200000000) * 2 + paid_timed, 0)) FROM backlog) t
  GROUP BY account) u
