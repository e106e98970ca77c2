-- Whom an OpenID provider has to name for a browser to sign in as a user: a name there may be given to somebody else, this
-- may not.

ALTER TABLE principal
    ADD COLUMN oidc_issuer text,
    ADD COLUMN oidc_subject text,
    ADD CONSTRAINT principal_identity_is_whole CHECK ((oidc_issuer IS NULL) = (oidc_subject IS NULL));

CREATE UNIQUE INDEX principal_identity ON principal (oidc_issuer, oidc_subject) WHERE deleted_at IS NULL;

-- A browser that was sent to the provider: the hash of what it has to show when it comes back, and what the provider has to
-- answer with. Each row serves once; old ones go.
CREATE TABLE oidc_attempt (
    browser    bytea PRIMARY KEY,
    state      text        NOT NULL,
    nonce      text        NOT NULL,
    verifier   text        NOT NULL,
    expires_at timestamptz NOT NULL
);

CREATE INDEX oidc_attempt_expiry ON oidc_attempt (expires_at);
