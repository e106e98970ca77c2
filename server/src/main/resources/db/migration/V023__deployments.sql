-- What a start begins with, and the replacement of a running version by another one.

ALTER TABLE job
    ADD COLUMN wish_from     text    NOT NULL DEFAULT 'LATEST',
    ADD COLUMN wish_snapshot text,
    ADD COLUMN wish_partial  boolean NOT NULL DEFAULT false;

UPDATE job SET wish_from = 'EMPTY' WHERE wish_empty;

ALTER TABLE job
    DROP COLUMN wish_empty,
    ALTER COLUMN wish_from DROP DEFAULT,
    ALTER COLUMN wish_partial DROP DEFAULT;

CREATE TABLE deployment (
    job_id       uuid        NOT NULL REFERENCES job ON DELETE CASCADE,
    wish         bigint      NOT NULL,
    from_version bigint      NOT NULL,
    to_version   bigint      NOT NULL,
    restore_path text,
    phase        text        NOT NULL,
    outcome      text        NOT NULL,
    created_at   timestamptz NOT NULL,
    changed_at   timestamptz NOT NULL,
    PRIMARY KEY (job_id, wish)
);
