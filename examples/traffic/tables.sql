-- The tables of the traffic warehouse. Times are in UTC.

-- raw: every line of the log as the bytes that came in.
CREATE TABLE kafka.main.traffic_raw (
  line BYTES,
  loaded_at TIMESTAMP_LTZ(3) NOT NULL METADATA FROM 'timestamp' VIRTUAL,
  raw_partition INT NOT NULL METADATA FROM 'partition' VIRTUAL,
  raw_offset BIGINT NOT NULL METADATA FROM 'offset' VIRTUAL
) COMMENT 'Access log lines, as loaded'
WITH ('topic' = 'traffic.raw', 'format' = 'raw', 'scan.startup.mode' = 'earliest-offset');

-- quarantine: every line that could not be read, and why. raw_partition and raw_offset lead to its bytes in raw.
CREATE TABLE kafka.main.traffic_quarantine (
  reason STRING,
  line STRING,
  loaded_at TIMESTAMP_LTZ(3),
  raw_partition INT,
  raw_offset BIGINT
) COMMENT 'Lines that could not be read, with the reason'
WITH (
  'topic' = 'traffic.quarantine',
  'format' = 'json',
  'json.timestamp-format.standard' = 'ISO-8601',
  'scan.startup.mode' = 'earliest-offset',
  'sink.delivery-guarantee' = 'exactly-once',
  'sink.transactional-id-prefix' = 'traffic-quarantine'
);

-- detail: one row for each request.
CREATE TABLE kafka.main.traffic_detail (
  event_time TIMESTAMP_LTZ(3),
  client STRING,
  http_method STRING,
  path STRING,
  query STRING,
  protocol STRING,
  status INT,
  bytes_sent BIGINT,
  referrer_host STRING,
  user_agent STRING,
  browser STRING,
  browser_version STRING,
  os STRING,
  device STRING,
  bot BOOLEAN,
  utm_source STRING,
  utm_medium STRING,
  utm_campaign STRING,
  utm_term STRING,
  utm_content STRING,
  page_view BOOLEAN,
  source_topic STRING NOT NULL METADATA FROM 'topic' VIRTUAL
) COMMENT 'One row for each request'
WITH (
  'topic' = 'traffic.detail',
  'format' = 'json',
  'json.timestamp-format.standard' = 'ISO-8601',
  'scan.startup.mode' = 'earliest-offset',
  'sink.delivery-guarantee' = 'exactly-once',
  'sink.transactional-id-prefix' = 'traffic-detail'
);

CREATE DATABASE IF NOT EXISTS warehouse.traffic;

-- The same rows for later: Parquet files, one folder for each hour of event time.
CREATE TABLE warehouse.traffic.detail (
  event_time TIMESTAMP_LTZ(3),
  client STRING,
  http_method STRING,
  path STRING,
  query STRING,
  protocol STRING,
  status INT,
  bytes_sent BIGINT,
  referrer_host STRING,
  user_agent STRING,
  browser STRING,
  browser_version STRING,
  os STRING,
  device STRING,
  bot BOOLEAN,
  utm_source STRING,
  utm_medium STRING,
  utm_campaign STRING,
  utm_term STRING,
  utm_content STRING,
  page_view BOOLEAN,
  p_date STRING,
  p_hour STRING
) COMMENT 'One row for each request, by hour' PARTITIONED BY (p_date, p_hour);

CREATE DATABASE IF NOT EXISTS postgres.traffic;

-- summary: what dashboards read. visitors counts the distinct pairs of client and user agent.
CREATE TABLE postgres.traffic.page_views_1m (
  window_start TIMESTAMP(3) NOT NULL,
  page_views BIGINT,
  visitors BIGINT,
  errors BIGINT,
  bytes_sent BIGINT,
  PRIMARY KEY (window_start) NOT ENFORCED
);

CREATE TABLE postgres.traffic.page_views_1h (
  window_start TIMESTAMP(3) NOT NULL,
  page_views BIGINT,
  visitors BIGINT,
  errors BIGINT,
  bytes_sent BIGINT,
  PRIMARY KEY (window_start) NOT ENFORCED
);

CREATE TABLE postgres.traffic.top_pages_1h (
  window_start TIMESTAMP(3) NOT NULL,
  place BIGINT NOT NULL,
  path STRING,
  page_views BIGINT,
  PRIMARY KEY (window_start, place) NOT ENFORCED
);

CREATE TABLE postgres.traffic.top_pages (
  place BIGINT NOT NULL,
  path STRING,
  page_views BIGINT,
  PRIMARY KEY (place) NOT ENFORCED
);

CREATE TABLE postgres.traffic.statuses (
  status INT NOT NULL,
  requests BIGINT,
  PRIMARY KEY (status) NOT ENFORCED
);

CREATE TABLE postgres.traffic.refused_lines (
  reason STRING NOT NULL,
  line_count BIGINT,
  PRIMARY KEY (reason) NOT ENFORCED
);

-- One row for each topic that details come from: here just one.
CREATE TABLE postgres.traffic.totals (
  source_topic STRING NOT NULL,
  requests BIGINT,
  page_views BIGINT,
  visitors BIGINT,
  bots BIGINT,
  errors BIGINT,
  bytes_sent BIGINT,
  PRIMARY KEY (source_topic) NOT ENFORCED
);
