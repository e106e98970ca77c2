-- What belongs to a table goes with it when it is removed for good.

ALTER TABLE catalog_table_version
    DROP CONSTRAINT catalog_table_version_table_id_fkey,
    ADD FOREIGN KEY (table_id) REFERENCES catalog_table ON DELETE CASCADE;

ALTER TABLE lineage_flow
    DROP CONSTRAINT lineage_flow_view_id_fkey,
    ADD FOREIGN KEY (view_id) REFERENCES catalog_table ON DELETE CASCADE;

ALTER TABLE lineage_analysis
    DROP CONSTRAINT lineage_analysis_view_id_fkey,
    ADD FOREIGN KEY (view_id) REFERENCES catalog_table ON DELETE CASCADE;
