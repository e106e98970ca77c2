-- What a store calls the columns of a table that was fetched from it, by the columns' ids: a column that somebody renames
-- in its store keeps its id by this. What is known already is looked at once more, which finds the keys.
ALTER TABLE catalog_table ADD COLUMN column_keys jsonb NOT NULL DEFAULT '{}';

UPDATE catalog_table SET stamp = NULL WHERE stamp IS NOT NULL AND dropped_at IS NULL;
