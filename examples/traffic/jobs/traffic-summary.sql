---
name: traffic-summary
description: Counts page views, visitors, errors and bytes per minute and per hour, and the top pages
mode: streaming
target: local
parallelism: 1
checkpoint: 10 s
---
-- Each row belongs to the minute and the hour of its own event time, and each window is a row of PostgreSQL that is
-- written anew whenever its numbers change. So a late row still counts, and the last window is right as soon as its last
-- row was read: nothing waits for a watermark. The price is state: a window's visitors are kept until no row has come
-- for the window for as long as the next line says. A row that comes even later would start its window from zero.
SET 'table.exec.state.ttl' = '7 d';
SET 'table.local-time-zone' = 'UTC';
-- One write per window and second instead of one per row.
SET 'table.exec.mini-batch.enabled' = 'true';
SET 'table.exec.mini-batch.allow-latency' = '500 ms';
SET 'table.exec.mini-batch.size' = '5000';

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
  page_view,
  source_topic
FROM kafka.main.traffic_detail;

CREATE TEMPORARY VIEW views_1h AS
SELECT hour_start, path, COUNT(*) AS page_views
FROM requests
WHERE page_view
GROUP BY hour_start, path;

CREATE TEMPORARY VIEW views_by_path AS
SELECT path, COUNT(*) AS page_views
FROM requests
WHERE page_view
GROUP BY path;

EXECUTE STATEMENT SET
BEGIN

INSERT INTO postgres.traffic.page_views_1m
SELECT
  minute_start,
  COUNT(*) FILTER (WHERE page_view),
  COUNT(DISTINCT visitor),
  COUNT(*) FILTER (WHERE error),
  SUM(bytes_sent)
FROM requests
GROUP BY minute_start;

INSERT INTO postgres.traffic.page_views_1h
SELECT
  hour_start,
  COUNT(*) FILTER (WHERE page_view),
  COUNT(DISTINCT visitor),
  COUNT(*) FILTER (WHERE error),
  SUM(bytes_sent)
FROM requests
GROUP BY hour_start;

INSERT INTO postgres.traffic.top_pages_1h
SELECT hour_start, place, path, page_views
FROM (
  SELECT *, ROW_NUMBER() OVER (PARTITION BY hour_start ORDER BY page_views DESC, path) AS place
  FROM views_1h)
WHERE place <= 10;

INSERT INTO postgres.traffic.top_pages
SELECT place, path, page_views
FROM (
  SELECT *, ROW_NUMBER() OVER (ORDER BY page_views DESC, path) AS place
  FROM views_by_path)
WHERE place <= 10;

INSERT INTO postgres.traffic.statuses
SELECT status, COUNT(*) FROM requests GROUP BY status;

INSERT INTO postgres.traffic.refused_lines
SELECT reason, COUNT(*) FROM kafka.main.traffic_quarantine GROUP BY reason;

INSERT INTO postgres.traffic.totals
SELECT
  source_topic,
  COUNT(*),
  COUNT(*) FILTER (WHERE page_view),
  COUNT(DISTINCT visitor),
  COUNT(*) FILTER (WHERE bot),
  COUNT(*) FILTER (WHERE error),
  SUM(bytes_sent)
FROM requests
GROUP BY source_topic;

END;
