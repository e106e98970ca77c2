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

CREATE TEMPORARY VIEW windows AS
SELECT 'page_views_1m' AS table_name, CAST(minute_start AS STRING) AS row_key,
  COUNT(*) FILTER (WHERE page_view) AS page_views, COUNT(DISTINCT visitor) AS visitors,
  COUNT(*) FILTER (WHERE error) AS errors, SUM(bytes_sent) AS bytes_sent
FROM requests GROUP BY minute_start
UNION ALL
SELECT 'page_views_1h', CAST(hour_start AS STRING),
  COUNT(*) FILTER (WHERE page_view), COUNT(DISTINCT visitor),
  COUNT(*) FILTER (WHERE error), SUM(bytes_sent)
FROM requests GROUP BY hour_start;

CREATE TEMPORARY VIEW ranked_pages AS
SELECT hour_start, path, page_views,
  ROW_NUMBER() OVER (PARTITION BY hour_start ORDER BY page_views DESC, path) AS place
FROM (SELECT hour_start, path, COUNT(*) AS page_views FROM requests WHERE page_view GROUP BY hour_start, path);

CREATE TEMPORARY VIEW recomputed AS
SELECT table_name, row_key, CONCAT_WS(' ', CAST(page_views AS STRING), CAST(visitors AS STRING), CAST(errors AS STRING), CAST(bytes_sent AS STRING)) AS row_values
FROM windows
UNION ALL
SELECT 'top_pages_1h', CAST(hour_start AS STRING) || ' ' || CAST(place AS STRING), CAST(page_views AS STRING) || ' ' || path
FROM ranked_pages WHERE place <= 10
UNION ALL
SELECT 'top_pages', CAST(place AS STRING), CAST(page_views AS STRING) || ' ' || path
FROM (
  SELECT path, page_views, ROW_NUMBER() OVER (ORDER BY page_views DESC, path) AS place
  FROM (SELECT path, COUNT(*) AS page_views FROM requests WHERE page_view GROUP BY path))
WHERE place <= 10
UNION ALL
SELECT 'statuses', CAST(status AS STRING), CAST(COUNT(*) AS STRING)
FROM requests GROUP BY status
UNION ALL
SELECT 'totals', 'traffic.detail', CONCAT_WS(' ',
  CAST(COUNT(*) AS STRING), CAST(COUNT(*) FILTER (WHERE page_view) AS STRING), CAST(COUNT(DISTINCT visitor) AS STRING),
  CAST(COUNT(*) FILTER (WHERE bot) AS STRING), CAST(COUNT(*) FILTER (WHERE error) AS STRING), CAST(SUM(bytes_sent) AS STRING))
FROM requests;

CREATE TEMPORARY VIEW streamed AS
SELECT 'page_views_1m' AS table_name, CAST(window_start AS STRING) AS row_key, CONCAT_WS(' ', CAST(page_views AS STRING), CAST(visitors AS STRING), CAST(errors AS STRING), CAST(bytes_sent AS STRING)) AS row_values
FROM postgres.traffic.page_views_1m
UNION ALL
SELECT 'page_views_1h', CAST(window_start AS STRING), CONCAT_WS(' ', CAST(page_views AS STRING), CAST(visitors AS STRING), CAST(errors AS STRING), CAST(bytes_sent AS STRING))
FROM postgres.traffic.page_views_1h
UNION ALL
SELECT 'top_pages_1h', CAST(window_start AS STRING) || ' ' || CAST(place AS STRING), CAST(page_views AS STRING) || ' ' || path
FROM postgres.traffic.top_pages_1h
UNION ALL
SELECT 'top_pages', CAST(place AS STRING), CAST(page_views AS STRING) || ' ' || path
FROM postgres.traffic.top_pages
UNION ALL
SELECT 'statuses', CAST(status AS STRING), CAST(requests AS STRING)
FROM postgres.traffic.statuses
UNION ALL
SELECT 'totals', source_topic, CONCAT_WS(' ',
  CAST(requests AS STRING), CAST(page_views AS STRING), CAST(visitors AS STRING),
  CAST(bots AS STRING), CAST(errors AS STRING), CAST(bytes_sent AS STRING))
FROM postgres.traffic.totals;

SELECT table_name, row_key, row_values, SUM(streamed) AS times_streamed, SUM(recomputed) AS times_recomputed
FROM (
  SELECT *, 1 AS streamed, 0 AS recomputed FROM streamed
  UNION ALL
  SELECT *, 0 AS streamed, 1 AS recomputed FROM recomputed)
GROUP BY table_name, row_key, row_values
HAVING SUM(streamed) <> SUM(recomputed);
