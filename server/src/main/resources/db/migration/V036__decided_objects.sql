-- What a version's script was decided about when it was applied: a list of kind, id, version and name. Null in versions
-- that are older than this.
ALTER TABLE job_version ADD COLUMN objects jsonb;

-- What a capability is limited to: keys of tables and functions, such as table:…; null without such a limit.
ALTER TABLE capability ADD COLUMN objects text[];
