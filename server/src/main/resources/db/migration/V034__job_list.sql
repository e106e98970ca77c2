-- Lists of many jobs: found by what the newest version says of them, in the usual orders, without reading all versions.

ALTER TABLE job ADD COLUMN description text;

UPDATE job SET description = v.description
FROM job_version v WHERE v.job_id = job.id AND v.version = job.version;

-- PostgreSQL calls the text of an array changeable, for other types than text.
CREATE FUNCTION sought(name text, description text, tags text[], owner text) RETURNS text IMMUTABLE LANGUAGE sql AS
$$
SELECT lower(name || E'\n' || coalesce(description, '') || E'\n' || array_to_string(tags, E'\n') || E'\n' || owner)
$$;

ALTER TABLE job ADD COLUMN sought text GENERATED ALWAYS AS (sought(name, description, tags, owner)) STORED;

CREATE INDEX job_by_name ON job (name COLLATE "C");
CREATE INDEX job_by_change ON job (changed_at);

-- Searching reads all rows where PostgreSQL has no trigrams, as for tables.
DO $$
BEGIN
    CREATE INDEX job_sought ON job USING gin (sought gin_trgm_ops);
EXCEPTION WHEN undefined_object THEN
    RAISE NOTICE 'jobs are searched without an index: %', SQLERRM;
END
$$;
