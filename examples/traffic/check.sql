-- The summary once more, offline: a batch job over the Parquet files, compared row by row with what the streaming job
-- wrote to PostgreSQL. An empty result means that both are equal. Otherwise it lists the rows that differ: how often the
-- streaming job wrote each, and how often it comes out of the files.
SET 'execution.runtime-mode' = 'batch';
SET 'table.local-time-zone' = 'UTC';

CREATE TEMPORARY VIEW requests AS
SELECT
  CAST(FLOOR(event_time TO MINUTE) AS TIMESTAMP(3)) AS minute_start,
  CAST(FLOOR(event_time TO HOUR) AS TIMESTAMP(3)) AS hour_start,
  client || ' ' || COALESCE(user_agent, '-') AS visitor,
  path,
  status,
  status >= 400 AS error,
  bytes_sent,
  bot,
  page_view
FROM warehouse.traffic.detail;

-- Per minute, per hour and in all, in one pass.
CREATE TEMPORARY VIEW windows AS
SELECT
  minute_start,
  hour_start,
  GROUPING_ID(minute_start, hour_start) AS grain,
  COUNT(*) AS requests,
  COUNT(*) FILTER (WHERE page_view) AS page_views,
  COUNT(DISTINCT visitor) AS visitors,
  COUNT(*) FILTER (WHERE bot) AS bots,
  COUNT(*) FILTER (WHERE error) AS errors,
  SUM(bytes_sent) AS bytes_sent
FROM requests
GROUP BY GROUPING SETS ((minute_start), (hour_start), ());

-- Per hour and in all.
CREATE TEMPORARY VIEW pages AS
SELECT
  hour_start,
  path,
  page_views,
  ROW_NUMBER() OVER (PARTITION BY hour_start ORDER BY page_views DESC, path) AS place
FROM (
  SELECT hour_start, path, COUNT(*) AS page_views
  FROM requests
  WHERE page_view
  GROUP BY GROUPING SETS ((hour_start, path), (path)));

CREATE TEMPORARY VIEW recomputed AS
SELECT
  CASE grain WHEN 1 THEN 'page_views_1m' WHEN 2 THEN 'page_views_1h' ELSE 'totals' END AS table_name,
  CASE grain WHEN 3 THEN 'traffic.detail' ELSE CAST(COALESCE(minute_start, hour_start) AS STRING) END AS row_key,
  CONCAT_WS(
    ' ',
    CASE grain WHEN 3 THEN CAST(requests AS STRING) END,
    CAST(page_views AS STRING),
    CAST(visitors AS STRING),
    CASE grain WHEN 3 THEN CAST(bots AS STRING) END,
    CAST(errors AS STRING),
    CAST(bytes_sent AS STRING)) AS row_values
FROM windows
-- Without any request, the total is no row.
WHERE requests > 0
UNION ALL
SELECT
  CASE WHEN hour_start IS NULL THEN 'top_pages' ELSE 'top_pages_1h' END,
  CONCAT_WS(' ', CAST(hour_start AS STRING), CAST(place AS STRING)),
  CONCAT_WS(' ', CAST(page_views AS STRING), path)
FROM pages
WHERE place <= 10
UNION ALL
SELECT 'statuses', CAST(status AS STRING), CAST(COUNT(*) AS STRING)
FROM requests
GROUP BY status;

CREATE TEMPORARY VIEW streamed AS
SELECT
  'page_views_1m' AS table_name,
  CAST(window_start AS STRING) AS row_key,
  CONCAT_WS(
    ' ',
    CAST(page_views AS STRING),
    CAST(visitors AS STRING),
    CAST(errors AS STRING),
    CAST(bytes_sent AS STRING)) AS row_values
FROM postgres.traffic.page_views_1m
UNION ALL
SELECT
  'page_views_1h',
  CAST(window_start AS STRING),
  CONCAT_WS(
    ' ',
    CAST(page_views AS STRING),
    CAST(visitors AS STRING),
    CAST(errors AS STRING),
    CAST(bytes_sent AS STRING))
FROM postgres.traffic.page_views_1h
UNION ALL
SELECT
  'totals',
  source_topic,
  CONCAT_WS(
    ' ',
    CAST(requests AS STRING),
    CAST(page_views AS STRING),
    CAST(visitors AS STRING),
    CAST(bots AS STRING),
    CAST(errors AS STRING),
    CAST(bytes_sent AS STRING))
FROM postgres.traffic.totals
UNION ALL
SELECT
  'top_pages_1h',
  CONCAT_WS(' ', CAST(window_start AS STRING), CAST(place AS STRING)),
  CONCAT_WS(' ', CAST(page_views AS STRING), path)
FROM postgres.traffic.top_pages_1h
UNION ALL
SELECT 'top_pages', CAST(place AS STRING), CONCAT_WS(' ', CAST(page_views AS STRING), path)
FROM postgres.traffic.top_pages
UNION ALL
SELECT 'statuses', CAST(status AS STRING), CAST(requests AS STRING)
FROM postgres.traffic.statuses;

SELECT
  table_name,
  row_key,
  row_values,
  SUM(streamed) AS times_streamed,
  SUM(recomputed) AS times_recomputed
FROM (
  SELECT *, 1 AS streamed, 0 AS recomputed FROM streamed
  UNION ALL
  SELECT *, 0 AS streamed, 1 AS recomputed FROM recomputed)
GROUP BY table_name, row_key, row_values
HAVING SUM(streamed) <> SUM(recomputed);
