-- What is wrong with the lake; no row if nothing is. Ask this before anything else. The views below end with an error where a file is
-- of another version or lacks lines. Lines without a row in files do not count.
SELECT account, file, problem FROM (
  SELECT coalesce(f.account, l.account) AS account, coalesce(f.file, l.file) AS file,
    CASE WHEN f.names IS NULL THEN 'its lines are there, and no row in files: convert it again'
      WHEN f.ours <> f.names THEN 'it has another schema version: convert all reports again into a new folder'
      WHEN f.readable <> coalesce(l.n, 0) THEN 'it has not as many lines as files says: convert it again with --force' END AS problem
  FROM (
    SELECT account, file, count(*) AS names, count(CASE WHEN schema_version = @version() THEN 1 END) AS ours, min(readable) AS readable
    FROM lake_files GROUP BY account, file) f
  FULL OUTER JOIN (SELECT account, file, count(*) AS n FROM lake_lines GROUP BY account, file) l
    ON f.account = l.account AND f.file = l.file) t
WHERE problem IS NOT NULL
