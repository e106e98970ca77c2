-- Logs of JobManagers and TaskManagers, kept for the attempts that they are about.

-- How far the log of each process has been read.
CREATE TABLE log_file (
    target      text        NOT NULL,
    -- 'jobmanager', or the id of a TaskManager.
    process     text        NOT NULL,
    -- What it begins with (SHA-256 of so many bytes), which tells one file from the next in its place.
    head        text        NOT NULL,
    head_length integer     NOT NULL,
    -- Where its last entry begins that was read, and up to where that is kept: an entry may still grow.
    position    bigint      NOT NULL,
    stored      bigint      NOT NULL,
    read_at     timestamptz NOT NULL,
    gone        boolean     NOT NULL DEFAULT false,
    PRIMARY KEY (target, process)
);

CREATE TABLE log_chunk (
    id           bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    target       text        NOT NULL,
    process      text        NOT NULL,
    -- JOB: entries of that attempt. CLUSTER: of the process itself. SOME_JOB: of a job, and nobody knows of which.
    about        text        NOT NULL CHECK (about IN ('JOB', 'CLUSTER', 'SOME_JOB')),
    -- They go with the attempt.
    flink_job_id text REFERENCES attempt (flink_job_id) ON DELETE CASCADE,
    first_at     timestamptz NOT NULL,
    last_at      timestamptz NOT NULL,
    -- The most serious level in it, as a number.
    severity     integer     NOT NULL,
    -- How long it is unpacked.
    length       integer     NOT NULL,
    size         integer     NOT NULL,
    -- Packed already.
    body         bytea STORAGE EXTERNAL NOT NULL,
    CHECK ((about = 'JOB') = (flink_job_id IS NOT NULL))
);

CREATE INDEX log_chunk_of_attempt ON log_chunk (flink_job_id, process, id) WHERE flink_job_id IS NOT NULL;
CREATE INDEX log_chunk_of_process ON log_chunk (target, process, about, id) WHERE flink_job_id IS NULL;
CREATE INDEX log_chunk_age ON log_chunk (last_at, id);

-- What was deleted to make room.
CREATE TABLE log_cut (
    target       text        NOT NULL,
    flink_job_id text        NOT NULL,
    until        timestamptz NOT NULL,
    PRIMARY KEY (target, flink_job_id)
);

-- Which attempts ended, and which failed, since some moment.
CREATE INDEX attempt_ended ON attempt (ended_at) WHERE ended_at IS NOT NULL;
CREATE INDEX attempt_failure_at ON attempt_failure (at);
