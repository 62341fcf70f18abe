-- What is wrong with the lake; no row if nothing is. Ask this before anything else: a file of lines that was deleted, or one whose
-- row is missing, would change every sum.
SELECT account, file, problem FROM (
  SELECT coalesce(f.account, l.account) AS account, coalesce(f.file, l.file) AS file,
    CASE WHEN f.file IS NULL THEN 'its lines are there, and no row in files: convert it again'
      WHEN f.readable <> coalesce(l.n, 0) THEN 'it has not as many lines as files says: convert it again with --force' END AS problem
  FROM files f FULL OUTER JOIN (SELECT account, file, count(*) AS n FROM lake_lines GROUP BY account, file) l
    ON f.account = l.account AND f.file = l.file) t
WHERE problem IS NOT NULL
