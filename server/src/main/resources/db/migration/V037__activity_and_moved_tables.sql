-- What is old may go, from millrace.activity.keep; nothing else of the activity log, and nothing in it changes.

DROP TRIGGER activity_is_append_only ON activity;

CREATE TRIGGER activity_is_append_only
    BEFORE UPDATE OR TRUNCATE ON activity
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

CREATE FUNCTION refuse_deletion_of_recent_activity() RETURNS trigger LANGUAGE plpgsql AS
$$
BEGIN
    IF OLD.at > now() - interval '29 days' THEN
        RAISE EXCEPTION 'activity is append-only; what is not a month old stays';
    END IF;
    RETURN OLD;
END
$$;

CREATE TRIGGER activity_is_kept
    BEFORE DELETE ON activity
    FOR EACH ROW EXECUTE FUNCTION refuse_deletion_of_recent_activity();

-- What was granted on a table stays when it is moved to another database, as stores allow; what it is in, and so what
-- counts for it besides, is the new one.
CREATE FUNCTION move_grants_of_table() RETURNS trigger LANGUAGE plpgsql AS
$$
BEGIN
    UPDATE access_grant
    SET above = (SELECT ARRAY['database:' || d.catalog || '/' || d.name, 'catalog:' || d.catalog, 'server:']
                 FROM catalog_database d WHERE d.id = NEW.database_id)
    WHERE object = 'table:' || NEW.id;
    RETURN NULL;
END
$$;

CREATE TRIGGER catalog_table_moved AFTER UPDATE OF database_id ON catalog_table
    FOR EACH ROW WHEN (NEW.database_id <> OLD.database_id)
    EXECUTE FUNCTION move_grants_of_table();
