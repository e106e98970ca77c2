-- Who makes which columns of which. A flow is one sink of a job's version, or the query of a view, as it was analysed.

CREATE TABLE lineage_flow (
    id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    job_id      uuid REFERENCES job ON DELETE CASCADE,
    view_id     text REFERENCES catalog_table,
    version     bigint      NOT NULL,
    place       integer     NOT NULL,
    line        integer     NOT NULL,
    target      text        NOT NULL,
    flow        jsonb       NOT NULL,
    CHECK ((job_id IS NULL) <> (view_id IS NULL))
);

CREATE UNIQUE INDEX lineage_flow_of_job ON lineage_flow (job_id, version, place) WHERE job_id IS NOT NULL;
CREATE UNIQUE INDEX lineage_flow_of_view ON lineage_flow (view_id, place) WHERE view_id IS NOT NULL;
CREATE INDEX lineage_flow_target ON lineage_flow (target);

-- A target or source is the id of a table, or the full name of one that is not in the metastore yet.
CREATE TABLE lineage_read (
    flow_id bigint NOT NULL REFERENCES lineage_flow ON DELETE CASCADE,
    source  text   NOT NULL,
    PRIMARY KEY (flow_id, source)
);

CREATE INDEX lineage_read_source ON lineage_read (source);

-- Which versions were analysed, and which could not be and when that is tried again.
CREATE TABLE lineage_analysis (
    job_id      uuid REFERENCES job ON DELETE CASCADE,
    view_id     text REFERENCES catalog_table,
    version     bigint      NOT NULL,
    reason      text,
    failures    integer     NOT NULL,
    retry_at    timestamptz,
    analysed_at timestamptz NOT NULL,
    CHECK ((job_id IS NULL) <> (view_id IS NULL)),
    UNIQUE (job_id, version),
    UNIQUE (view_id, version)
);

CREATE INDEX catalog_table_view ON catalog_table (id) WHERE view AND dropped_at IS NULL;
