-- A lease for each cluster, so that several servers share the work.

CREATE TABLE control_plane (
    single boolean PRIMARY KEY DEFAULT true CHECK (single),
    -- Marks the JobIDs of this control plane for as long as this database lives.
    tag    integer NOT NULL
);

INSERT INTO control_plane (tag) SELECT tag FROM lease;

DROP TABLE lease;

CREATE TABLE lease (
    target     text PRIMARY KEY,
    epoch      bigint      NOT NULL,
    holder     text        NOT NULL,
    renewed_at timestamptz NOT NULL
);

CREATE TABLE server (
    name    text PRIMARY KEY,
    seen_at timestamptz NOT NULL
);
