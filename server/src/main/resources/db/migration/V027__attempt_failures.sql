-- Why an attempt failed, or was restarted by Flink last, and the bundle of all that tells more.
CREATE TABLE attempt_failure (
    job_id       uuid        NOT NULL,
    attempt      integer     NOT NULL,
    kind         text        NOT NULL,
    cause        text        NOT NULL,
    exception    text        NOT NULL,
    at           timestamptz NOT NULL,
    -- WANTED until somebody has saved it (SAVED), nobody could (MISSED), or it was deleted to make room (DELETED).
    bundle       text        NOT NULL DEFAULT 'WANTED',
    bundle_tries integer     NOT NULL DEFAULT 0,
    bundle_size  bigint,
    bundle_note  text        NOT NULL DEFAULT '',
    PRIMARY KEY (job_id, attempt),
    FOREIGN KEY (job_id, attempt) REFERENCES attempt ON DELETE CASCADE
);

CREATE INDEX attempt_failure_wanted ON attempt_failure (at) WHERE bundle = 'WANTED';
