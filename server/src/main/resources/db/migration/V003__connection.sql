-- How stores are reached. Secrets are apart, sealed by the server before they come here.

CREATE TABLE connection (
    id         uuid PRIMARY KEY,
    name       text        NOT NULL UNIQUE,
    kind       text        NOT NULL,
    fields     jsonb       NOT NULL,
    comment    text        NOT NULL,
    version    bigint      NOT NULL CHECK (version >= 1),
    changed_by text        NOT NULL,
    created_at timestamptz NOT NULL,
    changed_at timestamptz NOT NULL
);

CREATE TABLE connection_secret (
    connection_id uuid NOT NULL REFERENCES connection ON DELETE CASCADE,
    field         text NOT NULL,
    origin        text NOT NULL,
    -- Sealed, or the name of the variable or file that holds the secret.
    content       text NOT NULL,
    -- The master key with which the value is sealed.
    key_id        text,
    PRIMARY KEY (connection_id, field),
    CHECK ((origin = 'VALUE') = (key_id IS NOT NULL))
);

-- Stays when the connection is deleted: the names of what changed, never the values.
CREATE TABLE connection_change (
    number        bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    connection_id uuid        NOT NULL,
    name          text        NOT NULL,
    version       bigint      NOT NULL,
    what          text        NOT NULL,
    changed_by    text        NOT NULL,
    changed_at    timestamptz NOT NULL,
    fields        text[]      NOT NULL
);

CREATE INDEX connection_change_name ON connection_change (name, number DESC);

-- One row, counted up by each change: tells every server cheaply that what it holds is old.
CREATE TABLE connection_revision (
    one   boolean PRIMARY KEY DEFAULT true CHECK (one),
    value bigint NOT NULL
);

INSERT INTO connection_revision (value) VALUES (0);
