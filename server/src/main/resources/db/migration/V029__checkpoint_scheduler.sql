-- Who times a job's checkpoints, and how people changed the timing while the job runs.

ALTER TABLE job_version ADD COLUMN checkpoint_scheduler text NOT NULL DEFAULT 'FLINK';

ALTER TABLE job_version ALTER COLUMN checkpoint_scheduler DROP DEFAULT;

CREATE INDEX job_version_timed ON job_version (job_id, version) WHERE checkpoint_scheduler = 'SERVER';

CREATE TABLE checkpoint_plan (
    job_id       uuid PRIMARY KEY REFERENCES job ON DELETE CASCADE,
    running      boolean     NOT NULL,
    -- NULL for what the version says.
    interval_ms  bigint,
    min_pause_ms bigint      NOT NULL,
    changed_by   text        NOT NULL,
    changed_at   timestamptz NOT NULL
);
