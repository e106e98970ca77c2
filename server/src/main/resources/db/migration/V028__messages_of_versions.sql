-- What the author of a version says of it.
ALTER TABLE job_version ADD COLUMN message text NOT NULL DEFAULT '';
