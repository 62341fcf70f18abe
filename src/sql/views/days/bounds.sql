-- The first and the last day of purchase of the kept lines of an account. Days more than a hundred years before the last are left out.
SELECT account, min(day) AS first_day, max(day) AS last_day, greatest(min(day), max(day) - 36525) AS from_day FROM kept GROUP BY account
