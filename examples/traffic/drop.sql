-- Takes the example's tables away again. Stop its jobs first; the demo does both before it runs.
DROP TABLE IF EXISTS kafka.main.traffic_raw;
DROP TABLE IF EXISTS kafka.main.traffic_quarantine;
DROP TABLE IF EXISTS kafka.main.traffic_detail;
DROP TABLE IF EXISTS warehouse.traffic.detail;
DROP TABLE IF EXISTS postgres.traffic.page_views_1m;
DROP TABLE IF EXISTS postgres.traffic.page_views_1h;
DROP TABLE IF EXISTS postgres.traffic.top_pages_1h;
DROP TABLE IF EXISTS postgres.traffic.top_pages;
DROP TABLE IF EXISTS postgres.traffic.statuses;
DROP TABLE IF EXISTS postgres.traffic.refused_lines;
DROP TABLE IF EXISTS postgres.traffic.totals;
