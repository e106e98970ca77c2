-- Who may do what to which object. Objects are named by kind and id: what is made anew under an old name has other
-- grants, or none.

CREATE TABLE access_group (
    id         uuid PRIMARY KEY,
    name       text        NOT NULL UNIQUE,
    comment    text        NOT NULL,
    created_by text        NOT NULL,
    created_at timestamptz NOT NULL
);

CREATE TABLE access_member (
    group_id     uuid NOT NULL REFERENCES access_group ON DELETE CASCADE,
    principal_id uuid NOT NULL REFERENCES principal,
    PRIMARY KEY (group_id, principal_id)
);

CREATE INDEX access_member_principal ON access_member (principal_id);

CREATE TABLE access_grant (
    id           bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    principal_id uuid REFERENCES principal,
    group_id     uuid REFERENCES access_group ON DELETE CASCADE,
    object       text        NOT NULL,
    -- What the object is in, from the nearest.
    above        text[]      NOT NULL,
    privilege    text        NOT NULL,
    effect       text        NOT NULL CHECK (effect IN ('ALLOW', 'DENY')),
    granted_by   text        NOT NULL,
    granted_at   timestamptz NOT NULL,
    CHECK ((principal_id IS NULL) <> (group_id IS NULL)),
    UNIQUE NULLS NOT DISTINCT (principal_id, group_id, object, privilege, effect)
);

CREATE INDEX access_grant_group ON access_grant (group_id) WHERE group_id IS NOT NULL;
CREATE INDEX access_grant_object ON access_grant (object);

-- Everybody is in it; it has no rows of members.
INSERT INTO access_group (id, name, comment, created_by, created_at)
VALUES ('00000000-0000-0000-0000-000000000001', 'everyone', 'Every user and service account.', 'system', now());

-- Counted up by each change of what anybody may do, in the transaction of the change: what was derived from an older
-- one is not used. By triggers, so that no change can leave it out.
CREATE TABLE access_epoch (
    one   boolean PRIMARY KEY DEFAULT true CHECK (one),
    value bigint NOT NULL
);

INSERT INTO access_epoch (value) VALUES (1);

CREATE FUNCTION count_access_epoch() RETURNS trigger LANGUAGE plpgsql AS
$$
BEGIN
    UPDATE access_epoch SET value = value + 1;
    RETURN NULL;
END
$$;

CREATE TRIGGER access_grant_epoch AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON access_grant
    FOR EACH STATEMENT EXECUTE FUNCTION count_access_epoch();
CREATE TRIGGER access_member_epoch AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON access_member
    FOR EACH STATEMENT EXECUTE FUNCTION count_access_epoch();
CREATE TRIGGER access_group_epoch AFTER DELETE OR TRUNCATE ON access_group
    FOR EACH STATEMENT EXECUTE FUNCTION count_access_epoch();

-- Catalogs and databases are named by their names. Nothing that was granted on them outlives them.
CREATE FUNCTION forget_grants_of_connection() RETURNS trigger LANGUAGE plpgsql AS
$$
BEGIN
    DELETE FROM access_grant
    WHERE 'catalog:' || OLD.name = ANY (above || object)
       OR 'database:' || lower(OLD.kind) || '/' || OLD.name = ANY (above || object)
       OR object = 'connection:' || OLD.id;
    RETURN OLD;
END
$$;

CREATE TRIGGER connection_grants AFTER DELETE ON connection
    FOR EACH ROW EXECUTE FUNCTION forget_grants_of_connection();

CREATE FUNCTION forget_grants_of_database() RETURNS trigger LANGUAGE plpgsql AS
$$
BEGIN
    DELETE FROM access_grant WHERE 'database:' || OLD.catalog || '/' || OLD.name = ANY (above || object);
    RETURN NEW;
END
$$;

CREATE TRIGGER catalog_database_grants AFTER UPDATE OF dropped_at ON catalog_database
    FOR EACH ROW WHEN (NEW.dropped_at IS NOT NULL AND OLD.dropped_at IS NULL)
    EXECUTE FUNCTION forget_grants_of_database();

CREATE FUNCTION forget_grants_of_job() RETURNS trigger LANGUAGE plpgsql AS
$$
BEGIN
    DELETE FROM access_grant WHERE object = 'job:' || OLD.id;
    RETURN OLD;
END
$$;

CREATE TRIGGER job_grants AFTER DELETE ON job FOR EACH ROW EXECUTE FUNCTION forget_grants_of_job();

-- What the SQL gateway shows for whom it asks. Without a principal: the system itself. What it was made from takes it
-- along when it is revoked.
CREATE TABLE capability (
    hash          bytea PRIMARY KEY,
    id            uuid        NOT NULL UNIQUE,
    principal_id  uuid REFERENCES principal,
    credential_id uuid REFERENCES credential (id) ON DELETE CASCADE,
    expires_at    timestamptz NOT NULL
);

CREATE INDEX capability_expiry ON capability (expires_at);
CREATE INDEX capability_credential ON capability (credential_id);
