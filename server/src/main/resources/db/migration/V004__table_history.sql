-- All tables have a history, also those whose structure is fetched from a store of their own. A version is never
-- changed, except for comments that were changed in the store.

ALTER TABLE catalog_table
    ADD COLUMN last_column_id integer,
    ADD COLUMN remote_key     text,
    ADD COLUMN stamp          text,
    ADD COLUMN seen_at        timestamptz,
    ADD COLUMN view           boolean GENERATED ALWAYS AS (definition ->> 'kind' = 'VIEW') STORED,
    ADD COLUMN comment        text    GENERATED ALWAYS AS (coalesce(definition ->> 'comment', '')) STORED;

CREATE INDEX catalog_table_remote_key ON catalog_table (remote_key) WHERE dropped_at IS NULL AND remote_key IS NOT NULL;

-- Lists of tables are read in this order.
CREATE INDEX catalog_table_list ON catalog_table (database_id, name COLLATE "C") INCLUDE (view, comment)
    WHERE dropped_at IS NULL;

CREATE TABLE catalog_table_version (
    table_id       text        NOT NULL REFERENCES catalog_table,
    version        bigint      NOT NULL,
    name           text        NOT NULL,
    definition     jsonb       NOT NULL,
    last_column_id integer,
    cause          text        NOT NULL,
    summary        text        NOT NULL,
    author         text        NOT NULL,
    statement      text,
    at             timestamptz NOT NULL,
    PRIMARY KEY (table_id, version)
);

INSERT INTO catalog_table_version (table_id, version, name, definition, cause, summary, author, at)
SELECT id, version, name, definition, 'CREATED', 'as it was when the history began', 'local', changed_at
FROM catalog_table;
