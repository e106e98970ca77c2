-- The bin, tags and owners of jobs, and who caused what happened to them.

ALTER TABLE job
    ADD COLUMN deleted_at  timestamptz,
    ADD COLUMN deleted_by  text,
    ADD COLUMN tags        text[] NOT NULL DEFAULT '{}',
    -- A user, or group:NAME; empty for nobody. It gives no rights, and stays when the user or group goes.
    ADD COLUMN owner       text   NOT NULL DEFAULT '',
    ADD CHECK ((deleted_at IS NULL) = (deleted_by IS NULL)),
    -- Nothing is done with what is in the bin.
    ADD CHECK (deleted_at IS NULL OR at_rest),
    DROP CONSTRAINT job_workspace_id_name_key;

-- The name of a deleted job is free.
CREATE UNIQUE INDEX job_name ON job (workspace_id, name) WHERE deleted_at IS NULL;

CREATE INDEX job_deleted ON job (deleted_at) WHERE deleted_at IS NOT NULL;

-- A workspace refers to its jobs whether they are deleted or not.
CREATE INDEX job_workspace ON job (workspace_id);

CREATE INDEX job_tags ON job USING gin (tags);

CREATE INDEX job_owner ON job (owner);

UPDATE job j SET owner = v.author FROM job_version v WHERE v.job_id = j.id AND v.version = 1;

-- Empty: nobody knows.
ALTER TABLE job_event ADD COLUMN actor text NOT NULL DEFAULT '';
