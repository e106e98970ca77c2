-- Who calls, and what proves it. Deleted principals stay as rows: histories name them, and an id is never given again.

CREATE TABLE principal (
    id         uuid PRIMARY KEY,
    name       text        NOT NULL,
    kind       text        NOT NULL CHECK (kind IN ('USER', 'SERVICE')),
    comment    text        NOT NULL,
    admin      boolean     NOT NULL,
    disabled   boolean     NOT NULL,
    password   text,
    version    bigint      NOT NULL CHECK (version >= 1),
    created_by text        NOT NULL,
    created_at timestamptz NOT NULL,
    deleted_at timestamptz
);

CREATE UNIQUE INDEX principal_name ON principal (name) WHERE deleted_at IS NULL;

-- The SHA-256 of 256 random bits: nothing here lets anybody in.
CREATE TABLE credential (
    hash         bytea PRIMARY KEY,
    id           uuid        NOT NULL UNIQUE,
    principal_id uuid        NOT NULL REFERENCES principal,
    kind         text        NOT NULL CHECK (kind IN ('TOKEN', 'SESSION', 'CODE')),
    name         text        NOT NULL,
    scope        text[]      NOT NULL,
    created_at   timestamptz NOT NULL,
    expires_at   timestamptz,
    used_at      timestamptz
);

CREATE INDEX credential_principal ON credential (principal_id);
CREATE INDEX credential_expiry ON credential (expires_at) WHERE expires_at IS NOT NULL;

-- While there has never been a principal: the hash of what lets the first one be made, by server.
CREATE TABLE setup_token (
    hash       bytea PRIMARY KEY,
    created_at timestamptz NOT NULL
);

-- One row a failed attempt to sign in; old ones go.
CREATE TABLE failed_sign_in (
    subject text        NOT NULL,
    at      timestamptz NOT NULL
);

CREATE INDEX failed_sign_in_subject ON failed_sign_in (subject, at);

CREATE TABLE activity (
    number  bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    at      timestamptz NOT NULL,
    by_name text        NOT NULL,
    action  text        NOT NULL,
    object  text        NOT NULL,
    outcome text        NOT NULL,
    from_ip text        NOT NULL,
    request text        NOT NULL
);

CREATE INDEX activity_by ON activity (by_name, number);
CREATE INDEX activity_at ON activity (at);

CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS
$$
BEGIN
    RAISE EXCEPTION 'activity is append-only';
END
$$;

CREATE TRIGGER activity_is_append_only
    BEFORE UPDATE OR DELETE OR TRUNCATE ON activity
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
