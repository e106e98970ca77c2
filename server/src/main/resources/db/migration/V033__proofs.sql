-- Proofs that a version of a job can go on from a snapshot.

CREATE TABLE proof (
    id            uuid PRIMARY KEY,
    job_id        uuid        NOT NULL REFERENCES job ON DELETE CASCADE,
    job_name      text        NOT NULL,
    target        text        NOT NULL,
    -- 0: nobody knows which version wrote the snapshot.
    from_version  bigint      NOT NULL,
    version       bigint      NOT NULL,
    drops         boolean     NOT NULL,
    kept          integer     NOT NULL,
    author        text        NOT NULL,
    snapshot_id   uuid,
    snapshot_path text,
    phase         text        NOT NULL,
    flink_job_id  text UNIQUE,
    sent_at       timestamptz,
    deadline      timestamptz,
    verdict       text,
    outcome       text        NOT NULL,
    created_at    timestamptz NOT NULL,
    changed_at    timestamptz NOT NULL
);

CREATE INDEX proof_by_job ON proof (job_id, created_at);

CREATE INDEX proof_due ON proof (target) WHERE phase <> 'OVER';

-- A job is proven once at a time.
CREATE UNIQUE INDEX proof_one_open ON proof (job_id) WHERE phase <> 'OVER';
