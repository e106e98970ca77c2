-- Git as the source of a workspace's jobs.

CREATE TABLE git_binding (
    workspace_id   uuid PRIMARY KEY REFERENCES workspace ON DELETE CASCADE,
    -- Names it for its secrets.
    id             uuid        NOT NULL UNIQUE,
    url            text        NOT NULL,
    branch         text        NOT NULL,
    folder         text        NOT NULL,
    -- Null: pulled when asked only.
    interval_ms    bigint,
    user_name      text,
    host_key       text,
    ca_certificate text,
    -- With whose rights pulls are made.
    acts_as        uuid        NOT NULL REFERENCES principal,
    acts_as_name   text        NOT NULL,
    version        bigint      NOT NULL CHECK (version >= 1),
    set_at         timestamptz NOT NULL,
    -- The last commit that was applied since it was set; empty before that.
    pulled_commit  text        NOT NULL,
    due_at         timestamptz,
    -- Who pulls has the newest epoch, until then.
    epoch          bigint      NOT NULL DEFAULT 0,
    held_until     timestamptz NOT NULL DEFAULT 'epoch'
);

CREATE INDEX git_binding_due ON git_binding (due_at) WHERE due_at IS NOT NULL;

CREATE TABLE git_secret (
    binding_id uuid NOT NULL REFERENCES git_binding (id) ON DELETE CASCADE,
    field      text NOT NULL,
    origin     text NOT NULL,
    -- Sealed, or the name of the variable or file that holds the secret.
    content    text NOT NULL,
    key_id     text,
    PRIMARY KEY (binding_id, field),
    CHECK ((origin = 'VALUE') = (key_id IS NOT NULL))
);

-- The jobs whose source is Git.
CREATE TABLE git_job (
    job_id       uuid PRIMARY KEY REFERENCES job ON DELETE CASCADE,
    workspace_id uuid   NOT NULL REFERENCES git_binding ON DELETE CASCADE,
    file         text   NOT NULL,
    commit_id    text   NOT NULL,
    version      bigint NOT NULL
);

CREATE INDEX git_job_workspace ON git_job (workspace_id);

CREATE TABLE git_pull (
    number         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    workspace_id   uuid        NOT NULL REFERENCES workspace ON DELETE CASCADE,
    -- Null: it was time.
    asked_by       text,
    dry_run        boolean     NOT NULL,
    state          text        NOT NULL,
    commit_id      text,
    commit_author  text,
    commit_message text,
    code           text,
    field          text,
    reason         text        NOT NULL,
    problems       jsonb       NOT NULL,
    jobs           jsonb       NOT NULL,
    started_at     timestamptz NOT NULL,
    ended_at       timestamptz
);

CREATE INDEX git_pull_workspace ON git_pull (workspace_id, number);

CREATE UNIQUE INDEX git_pull_one_open ON git_pull (workspace_id) WHERE state = 'RUNNING';
