-- One row for each content of an account. An input that is there under several names has the least of them, in byte order.
-- A row of another schema version ends the query with an error: its columns could mean something else. So does a row whose lines are
-- not all there, since every sum would lack them. lake_problems names such files.
SELECT named.account AS account, named.file AS file, named.name AS name, named.kind AS kind, named.readable AS readable,
  named.newest_update AS newest_update, named.newest_update_timed AS newest_update_timed, named.newest_moment AS newest_moment,
  named.first_purchase AS first_purchase, named.first_purchase_timed AS first_purchase_timed,
  named.last_purchase AS last_purchase, named.last_purchase_timed AS last_purchase_timed
FROM (
  SELECT account, file, min(name) AS name, min(kind) AS kind, min(readable) AS readable,
    max(@seconds(newest_update)) AS newest_update, max(CASE WHEN newest_update_timed THEN 1 ELSE 0 END) AS newest_update_timed,
    max(@seconds(newest_moment)) AS newest_moment,
    min(@seconds(first_purchase)) AS first_purchase, max(CASE WHEN first_purchase_timed THEN 1 ELSE 0 END) AS first_purchase_timed,
    max(@seconds(last_purchase)) AS last_purchase, max(CASE WHEN last_purchase_timed THEN 1 ELSE 0 END) AS last_purchase_timed
  FROM lake_files
  WHERE @must(schema_version = @version(), 'a file in this lake has another schema version: ask lake_problems')
  GROUP BY account, file) named
LEFT JOIN (SELECT account, file, count(*) AS n FROM lake_lines GROUP BY account, file) held
  ON named.account = held.account AND named.file = held.file
WHERE @must(named.readable = coalesce(held.n, 0), 'this lake does not have the lines that files says: ask lake_problems')
