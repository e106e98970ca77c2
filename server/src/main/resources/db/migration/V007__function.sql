-- Registered functions and what they were. Dropped ones stay as rows: names are unique among the others only. Names
-- are in lower case.

CREATE TABLE catalog_function (
    id          text PRIMARY KEY,
    database_id uuid        NOT NULL REFERENCES catalog_database,
    name        text        NOT NULL,
    class_name  text        NOT NULL,
    version     bigint      NOT NULL CHECK (version >= 1),
    created_at  timestamptz NOT NULL,
    changed_at  timestamptz NOT NULL,
    dropped_at  timestamptz
);

CREATE UNIQUE INDEX catalog_function_name ON catalog_function (database_id, name COLLATE "C") WHERE dropped_at IS NULL;

CREATE TABLE catalog_function_version (
    function_id text        NOT NULL REFERENCES catalog_function,
    version     bigint      NOT NULL,
    name        text        NOT NULL,
    class_name  text        NOT NULL,
    cause       text        NOT NULL,
    summary     text        NOT NULL,
    author      text        NOT NULL,
    statement   text,
    at          timestamptz NOT NULL,
    PRIMARY KEY (function_id, version)
);

-- Which functions a version of a job, or a view, calls, by their full names: a name is looked up at each start.
CREATE TABLE lineage_call (
    job_id   uuid REFERENCES job ON DELETE CASCADE,
    view_id  text REFERENCES catalog_table ON DELETE CASCADE,
    version  bigint NOT NULL,
    function text   NOT NULL,
    CHECK ((job_id IS NULL) <> (view_id IS NULL)),
    UNIQUE (job_id, version, function),
    UNIQUE (view_id, version, function)
);

CREATE INDEX lineage_call_function ON lineage_call (function);
