-- Registered databases and tables. Dropped ones stay as rows: names are unique among the others only.

CREATE TABLE catalog_database (
    id         uuid PRIMARY KEY,
    catalog    text        NOT NULL,
    name       text        NOT NULL,
    comment    text        NOT NULL,
    created_at timestamptz NOT NULL,
    dropped_at timestamptz
);

CREATE UNIQUE INDEX catalog_database_name ON catalog_database (catalog, name) WHERE dropped_at IS NULL;

CREATE TABLE catalog_table (
    id          text PRIMARY KEY,
    database_id uuid        NOT NULL REFERENCES catalog_database,
    name        text        NOT NULL,
    version     bigint      NOT NULL CHECK (version >= 1),
    definition  jsonb       NOT NULL,
    location    text,
    created_at  timestamptz NOT NULL,
    changed_at  timestamptz NOT NULL,
    dropped_at  timestamptz
);

CREATE UNIQUE INDEX catalog_table_name ON catalog_table (database_id, name) WHERE dropped_at IS NULL;
