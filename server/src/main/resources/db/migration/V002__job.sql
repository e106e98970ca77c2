-- Jobs: what people want, what was seen, and what was tried.

CREATE TABLE job (
    id             uuid PRIMARY KEY,
    name           text        NOT NULL UNIQUE,
    -- Written by people.
    version        bigint      NOT NULL,
    generation     bigint      NOT NULL,
    desired        text        NOT NULL,
    wish           bigint      NOT NULL,
    wish_version   bigint      NOT NULL,
    wish_savepoint boolean     NOT NULL,
    wish_empty     boolean     NOT NULL,
    created_at     timestamptz NOT NULL,
    changed_at     timestamptz NOT NULL,
    -- Written by the reconciler.
    observed       text        NOT NULL,
    observed_at    timestamptz NOT NULL,
    reason         text        NOT NULL,
    restore_path   text,
    failures       integer     NOT NULL,
    not_before     timestamptz,
    -- The number of the newest attempt; 0 before the first.
    attempt        integer     NOT NULL DEFAULT 0,
    -- Nothing is to be done until people want something else. Written by both.
    at_rest        boolean     NOT NULL DEFAULT true
);

CREATE INDEX job_not_at_rest ON job (id) WHERE NOT at_rest;

CREATE TABLE job_version (
    job_id        uuid        NOT NULL REFERENCES job ON DELETE CASCADE,
    version       bigint      NOT NULL,
    script        text        NOT NULL,
    mode          text        NOT NULL,
    target        text        NOT NULL,
    parallelism   integer     NOT NULL,
    checkpoint_ms bigint,
    description   text,
    settings      jsonb       NOT NULL,
    created_at    timestamptz NOT NULL,
    PRIMARY KEY (job_id, version)
);

CREATE TABLE attempt (
    job_id          uuid    NOT NULL REFERENCES job ON DELETE CASCADE,
    number          integer NOT NULL,
    flink_job_id    text    NOT NULL UNIQUE,
    wish            bigint  NOT NULL,
    version         bigint  NOT NULL,
    restore_path    text,
    state           text    NOT NULL,
    incarnation     text,
    first_sent_at   timestamptz,
    last_sent_at    timestamptz,
    running_since   timestamptz,
    checkpoint_path text,
    checkpoint_id   bigint,
    cause           text,
    evidence        text,
    ended_at        timestamptz,
    PRIMARY KEY (job_id, number)
);

-- Whatever else goes wrong: one live attempt of a job.
CREATE UNIQUE INDEX attempt_one_live ON attempt (job_id) WHERE state <> 'ENDED';

CREATE TABLE stop_operation (
    id             uuid PRIMARY KEY,
    job_id         uuid        NOT NULL,
    attempt        integer     NOT NULL,
    wish           bigint      NOT NULL,
    kind           text        NOT NULL,
    trigger_id     text        NOT NULL UNIQUE,
    directory      text        NOT NULL,
    phase          text        NOT NULL,
    savepoint_path text,
    savepoint_id   bigint,
    outcome        text        NOT NULL,
    created_at     timestamptz NOT NULL,
    changed_at     timestamptz NOT NULL,
    FOREIGN KEY (job_id, attempt) REFERENCES attempt ON DELETE CASCADE
);

CREATE UNIQUE INDEX stop_operation_one_open ON stop_operation (job_id) WHERE phase IN ('INTENT', 'REQUESTED');

CREATE INDEX stop_operation_by_attempt ON stop_operation (job_id, attempt, created_at);

CREATE TABLE job_event (
    id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    job_id     uuid        NOT NULL REFERENCES job ON DELETE CASCADE,
    at         timestamptz NOT NULL,
    kind       text        NOT NULL,
    from_state text,
    to_state   text,
    attempt    integer,
    reason     text        NOT NULL
);

CREATE INDEX job_event_by_job ON job_event (job_id, id);

CREATE TABLE target_seen (
    target        text PRIMARY KEY,
    flink_version text    NOT NULL,
    slots_total   integer NOT NULL,
    slots_free    integer NOT NULL,
    seen_at       timestamptz,
    unknown_since timestamptz
);

-- Who acts on jobs. One row; the tag marks the JobIDs of this control plane for as long as this database lives.
CREATE TABLE lease (
    single     boolean PRIMARY KEY DEFAULT true CHECK (single),
    epoch      bigint      NOT NULL,
    holder     text        NOT NULL,
    renewed_at timestamptz NOT NULL,
    tag        integer     NOT NULL
);

INSERT INTO lease (epoch, holder, renewed_at, tag)
VALUES (0, '', 'epoch', ('x' || substr(md5(gen_random_uuid()::text), 1, 8))::bit(32)::integer);
