-- A version of a job runs with the rights of who wrote it. Until now only administrators wrote jobs.
ALTER TABLE job_version
    ADD COLUMN author_id uuid,
    ADD COLUMN author    text NOT NULL DEFAULT '';

UPDATE job_version SET (author_id, author) = (
    SELECT id, name FROM principal WHERE admin AND deleted_at IS NULL ORDER BY created_at LIMIT 1)
WHERE EXISTS (SELECT 1 FROM principal WHERE admin AND deleted_at IS NULL);
