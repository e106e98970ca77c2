-- What a search for tables looks into: name, comment, and names and comments of columns.

ALTER TABLE catalog_table
    ADD COLUMN search_text text GENERATED ALWAYS AS (lower(
        name || ' ' || coalesce(definition ->> 'comment', '')
        || ' ' || CAST(jsonb_path_query_array(definition, '$.columns[*].name') AS text)
        || ' ' || CAST(jsonb_path_query_array(definition, '$.columns[*].comment') AS text))) STORED;

-- Tables over the same topic or path are found by these options.
CREATE INDEX catalog_table_options ON catalog_table USING gin ((definition -> 'options') jsonb_path_ops)
    WHERE dropped_at IS NULL;

-- Searching reads all rows where PostgreSQL has no trigrams, or does not let us have them.
DO $$
BEGIN
    CREATE EXTENSION IF NOT EXISTS pg_trgm;
    CREATE INDEX catalog_table_search ON catalog_table USING gin (search_text gin_trgm_ops) WHERE dropped_at IS NULL;
EXCEPTION WHEN OTHERS THEN
    RAISE NOTICE 'tables are searched without an index: %', SQLERRM;
END
$$;
