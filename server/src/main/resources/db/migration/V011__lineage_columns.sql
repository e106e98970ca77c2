-- Columns of a flow are followed by their ids in the metastore, which survive renames: for each table, by its id, the
-- ids by the names that the flow uses. What is known so far has names only, and is analysed again.

ALTER TABLE lineage_flow ADD COLUMN column_ids jsonb NOT NULL DEFAULT '{}';

DELETE FROM lineage_analysis;
