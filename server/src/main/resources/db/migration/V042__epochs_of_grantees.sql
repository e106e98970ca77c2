-- The epoch counted all changes, so that each one had everybody's rights read again. Now it is also kept which of them
-- was the last one of each user, service account and group: what was derived for somebody is good until one of the own
-- rows changes, or one of the own groups'.
CREATE TABLE access_change (
    grantee_id uuid PRIMARY KEY,
    epoch      bigint NOT NULL
);

-- Whoever counts waits for the end of who counted before: of two epochs that can be seen, the greater one is the later.
CREATE OR REPLACE FUNCTION count_access_epoch() RETURNS trigger LANGUAGE plpgsql AS
$$
DECLARE
    grantees uuid[];
    counted  bigint;
BEGIN
    IF TG_OP = 'TRUNCATE' THEN
        grantees := ARRAY ['00000000-0000-0000-0000-000000000001'];
    ELSIF TG_OP = 'UPDATE' THEN
        grantees := ARRAY(SELECT coalesce(principal_id, group_id) FROM changed
                          UNION SELECT coalesce(principal_id, group_id) FROM former);
    ELSE
        grantees := ARRAY(SELECT DISTINCT coalesce(principal_id, group_id) FROM changed);
    END IF;
    IF grantees <> '{}' THEN
        UPDATE access_epoch SET value = value + 1 RETURNING value INTO counted;
        INSERT INTO access_change (grantee_id, epoch) SELECT grantee, counted FROM unnest(grantees) AS grantee
        ON CONFLICT (grantee_id) DO UPDATE SET epoch = excluded.epoch;
    END IF;
    RETURN NULL;
END
$$;

-- A group that goes takes its members' rows along, and so counts for each of them.
DROP TRIGGER access_group_epoch ON access_group;
DROP TRIGGER access_grant_epoch ON access_grant;
DROP TRIGGER access_member_epoch ON access_member;
DROP TRIGGER workspace_member_epoch ON workspace_member;

DO
$$
DECLARE
    rights text;
BEGIN
    FOREACH rights IN ARRAY ARRAY ['access_grant', 'access_member', 'workspace_member']
    LOOP
        EXECUTE format('CREATE TRIGGER %1$s_added AFTER INSERT ON %1$s REFERENCING NEW TABLE AS changed '
                       'FOR EACH STATEMENT EXECUTE FUNCTION count_access_epoch()', rights);
        EXECUTE format('CREATE TRIGGER %1$s_altered AFTER UPDATE ON %1$s '
                       'REFERENCING OLD TABLE AS former NEW TABLE AS changed '
                       'FOR EACH STATEMENT EXECUTE FUNCTION count_access_epoch()', rights);
        EXECUTE format('CREATE TRIGGER %1$s_removed AFTER DELETE ON %1$s REFERENCING OLD TABLE AS changed '
                       'FOR EACH STATEMENT EXECUTE FUNCTION count_access_epoch()', rights);
        EXECUTE format('CREATE TRIGGER %1$s_emptied AFTER TRUNCATE ON %1$s '
                       'FOR EACH STATEMENT EXECUTE FUNCTION count_access_epoch()', rights);
    END LOOP;
END
$$;
