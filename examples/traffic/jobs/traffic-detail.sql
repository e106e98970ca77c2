---
name: traffic-detail
description: Reads each line of the log into its parts; quarantines what can't be read
mode: streaming
target: local
parallelism: 1
checkpoint: 5 s
---
-- A row is visible in Kafka and in Parquet once a checkpoint has committed it: the interval above is the delay that
-- readers see, and the time that one Parquet file per hour of event time collects rows.
SET 'table.local-time-zone' = 'UTC';

CREATE TEMPORARY VIEW parsed AS
SELECT entry.*, loaded_at, raw_partition, raw_offset
FROM kafka.main.traffic_raw
CROSS JOIN LATERAL TABLE(PARSE_ACCESS_LOG(line)) AS entry;

CREATE TEMPORARY VIEW detail AS
SELECT
  event_time,
  client,
  http_method,
  path,
  query,
  protocol,
  status,
  bytes_sent,
  URL_HOST(referrer) AS referrer_host,
  user_agent,
  browser,
  browser_version,
  os,
  device,
  bot,
  QUERY_PARAMETER(query, 'utm_source') AS utm_source,
  QUERY_PARAMETER(query, 'utm_medium') AS utm_medium,
  QUERY_PARAMETER(query, 'utm_campaign') AS utm_campaign,
  QUERY_PARAMETER(query, 'utm_term') AS utm_term,
  QUERY_PARAMETER(query, 'utm_content') AS utm_content,
  -- A page view is a GET that brought a page, or found it unchanged, and not one of the files that belong to a page.
  http_method = 'GET'
    AND (status BETWEEN 200 AND 299 OR status = 304)
    AND NOT REGEXP(LOWER(path), '\.(css|js|png|jpg|jpeg|gif|ico|svg|woff|woff2|ttf|map|txt|xml)$') AS page_view
FROM parsed
CROSS JOIN LATERAL TABLE(PARSE_USER_AGENT(user_agent)) AS agent
WHERE error IS NULL;

EXECUTE STATEMENT SET
BEGIN

INSERT INTO kafka.main.traffic_quarantine
SELECT error, line_text, loaded_at, raw_partition, raw_offset FROM parsed WHERE error IS NOT NULL;

INSERT INTO kafka.main.traffic_detail
SELECT * FROM detail;

INSERT INTO warehouse.traffic.detail
SELECT *, DATE_FORMAT(event_time, 'yyyy-MM-dd'), DATE_FORMAT(event_time, 'HH') FROM detail;

END;
