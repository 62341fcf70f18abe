-- The weeks and months of which no day is before the first purchase or after the last. covered is 1 where no day of them lacks.
-- n numbers weeks from that of 1970-01-01 and months from year 0, so that the period before has the number before.
SELECT account, compares, n, first_day, CASE WHEN lacking = 0 THEN 1 ELSE 0 END AS covered
FROM (
  SELECT account, 'week' AS compares, @floor(day + 3, 7) AS n, min(day) AS first_day, count(*) AS days, 7 AS length, @sum(lacks) AS lacking
  FROM days GROUP BY account, @floor(day + 3, 7)
  UNION ALL
  SELECT account, 'month', @month(day), min(day), count(*), max(@days_of_month(day)), @sum(lacks) FROM days GROUP BY account, @month(day)) t
WHERE days = length
