-- What is still to be told to OpenLineage receivers. Without references: a deleted job's last event is told too.

CREATE TABLE run_event (
    id       bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    job_id   uuid        NOT NULL,
    job_name text        NOT NULL,
    version  bigint      NOT NULL,
    attempt  integer     NOT NULL,
    moment   text        NOT NULL,
    at       timestamptz NOT NULL,
    evidence text,
    tries    integer     NOT NULL DEFAULT 0,
    UNIQUE (job_id, attempt, moment)
);

-- How many events were given up, ever. One row.
CREATE TABLE run_event_given_up (
    single boolean PRIMARY KEY DEFAULT true CHECK (single),
    events bigint NOT NULL
);

INSERT INTO run_event_given_up (events) VALUES (0);
