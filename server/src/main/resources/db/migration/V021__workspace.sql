-- Workspaces: a team's space for jobs. All jobs so far are in the one that every installation has.

CREATE TABLE workspace (
    id         uuid PRIMARY KEY,
    name       text        NOT NULL UNIQUE,
    comment    text        NOT NULL,
    version    bigint      NOT NULL CHECK (version >= 1),
    created_by text        NOT NULL,
    created_at timestamptz NOT NULL
);

INSERT INTO workspace (id, name, comment, version, created_by, created_at)
VALUES ('00000000-0000-0000-0000-000000000001', 'default', 'Every installation has it.', 1, 'system', now());

ALTER TABLE job
    ADD COLUMN workspace_id uuid NOT NULL DEFAULT '00000000-0000-0000-0000-000000000001' REFERENCES workspace,
    DROP CONSTRAINT job_name_key,
    ADD UNIQUE (workspace_id, name);

ALTER TABLE job ALTER COLUMN workspace_id DROP DEFAULT;

-- Runs are told under the full names of jobs from here on.
UPDATE run_event SET job_name = 'default.' || job_name;

-- A role counts as grants of its privileges on the workspace: SqlGrantStore reads both.
CREATE TABLE workspace_member (
    workspace_id uuid        NOT NULL REFERENCES workspace ON DELETE CASCADE,
    principal_id uuid REFERENCES principal,
    group_id     uuid REFERENCES access_group ON DELETE CASCADE,
    role         text        NOT NULL CHECK (role IN ('VIEWER', 'OPERATOR', 'EDITOR', 'OWNER')),
    added_by     text        NOT NULL,
    added_at     timestamptz NOT NULL,
    CHECK ((principal_id IS NULL) <> (group_id IS NULL)),
    UNIQUE NULLS NOT DISTINCT (workspace_id, principal_id, group_id)
);

CREATE INDEX workspace_member_principal ON workspace_member (principal_id) WHERE principal_id IS NOT NULL;
CREATE INDEX workspace_member_group ON workspace_member (group_id) WHERE group_id IS NOT NULL;

CREATE TRIGGER workspace_member_epoch AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON workspace_member
    FOR EACH STATEMENT EXECUTE FUNCTION count_access_epoch();

-- Until now the workspace was named by its name.
UPDATE access_grant SET object = 'workspace:00000000-0000-0000-0000-000000000001' WHERE object = 'workspace:default';
UPDATE access_grant
SET above = array_replace(above, 'workspace:default', 'workspace:00000000-0000-0000-0000-000000000001')
WHERE 'workspace:default' = ANY (above);

CREATE FUNCTION forget_grants_of_workspace() RETURNS trigger LANGUAGE plpgsql AS
$$
BEGIN
    DELETE FROM access_grant WHERE object = 'workspace:' || OLD.id;
    RETURN OLD;
END
$$;

CREATE TRIGGER workspace_grants AFTER DELETE ON workspace
    FOR EACH ROW EXECUTE FUNCTION forget_grants_of_workspace();
