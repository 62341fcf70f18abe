-- One row for each content of an account. An input that is there under several names has the least of them, in byte order.
-- A row of another schema version ends the query with an error: its columns could mean something else.
SELECT account, file, min(name) AS name, min(kind) AS kind, min(readable) AS readable,
  max(@seconds(newest_update)) AS newest_update, max(CASE WHEN newest_update_timed THEN 1 ELSE 0 END) AS newest_update_timed,
  max(@seconds(newest_moment)) AS newest_moment,
  min(@seconds(first_purchase)) AS first_purchase, max(CASE WHEN first_purchase_timed THEN 1 ELSE 0 END) AS first_purchase_timed,
  max(@seconds(last_purchase)) AS last_purchase, max(CASE WHEN last_purchase_timed THEN 1 ELSE 0 END) AS last_purchase_timed
FROM lake_files
WHERE CAST(CASE WHEN schema_version = @version() THEN '1'
  ELSE 'a file in this lake has another schema version: convert it again, or take the views of its version' END AS INTEGER) = 1
GROUP BY account, file
