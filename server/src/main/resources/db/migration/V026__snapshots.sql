-- The ledger of snapshots: savepoints, and what attempts left of their checkpoints. Entries outlive their jobs.

CREATE TABLE snapshot (
    id           uuid PRIMARY KEY,
    target       text        NOT NULL,
    workspace_id uuid        NOT NULL,
    job_id       uuid        NOT NULL,
    job_name     text        NOT NULL,
    version      bigint      NOT NULL,
    -- 0 of what was imported.
    attempt      integer     NOT NULL,
    origin       text        NOT NULL,
    directory    text        NOT NULL,
    path         text,
    checkpoint   bigint,
    files        bigint,
    bytes        bigint,
    pinned       boolean     NOT NULL,
    phase        text        NOT NULL,
    outcome      text        NOT NULL,
    created_at   timestamptz NOT NULL,
    changed_at   timestamptz NOT NULL,
    UNIQUE (job_id, directory)
);

CREATE INDEX snapshot_by_job ON snapshot (job_id, created_at);

CREATE INDEX snapshot_imported ON snapshot (target) WHERE origin = 'IMPORT';

CREATE INDEX snapshot_due ON snapshot (target)
    WHERE phase IN ('INTENT', 'REQUESTED', 'DISPOSING') OR (phase = 'AVAILABLE' AND files IS NULL);

-- One savepoint of a job is taken at a time.
CREATE UNIQUE INDEX snapshot_one_open ON snapshot (job_id) WHERE phase IN ('INTENT', 'REQUESTED');

-- What earlier stops took.
INSERT INTO snapshot (id, target, workspace_id, job_id, job_name, version, attempt, origin, directory, path, checkpoint,
    pinned, phase, outcome, created_at, changed_at)
SELECT s.id, v.target, j.workspace_id, j.id, j.name, a.version, a.number, 'STOP', s.directory, s.savepoint_path,
    s.savepoint_id, false, 'AVAILABLE', '', s.changed_at, s.changed_at
FROM stop_operation s
JOIN job j ON j.id = s.job_id
JOIN attempt a ON a.job_id = s.job_id AND a.number = s.attempt
JOIN job_version v ON v.job_id = j.id AND v.version = a.version
WHERE s.savepoint_path IS NOT NULL AND starts_with(s.savepoint_path, s.directory || '/');

-- The checkpoints from which jobs go on.
INSERT INTO snapshot (id, target, workspace_id, job_id, job_name, version, attempt, origin, directory, path, checkpoint,
    pinned, phase, outcome, created_at, changed_at)
SELECT gen_random_uuid(), v.target, j.workspace_id, j.id, j.name, a.version, a.number, 'CHECKPOINT',
    regexp_replace(j.restore_path, '/[^/]+$', ''), j.restore_path, coalesce(a.checkpoint_id, 0), false, 'AVAILABLE', '',
    coalesce(a.ended_at, j.changed_at), coalesce(a.ended_at, j.changed_at)
FROM job j
JOIN attempt a ON a.job_id = j.id AND a.state = 'ENDED'
    AND regexp_replace(j.restore_path, '/[^/]+$', '') LIKE '%/' || a.flink_job_id
JOIN job_version v ON v.job_id = j.id AND v.version = a.version;
