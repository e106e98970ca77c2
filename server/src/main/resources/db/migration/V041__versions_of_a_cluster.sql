-- What there is to look at on a cluster is asked for in each pass: found without reading all versions with their scripts.

CREATE INDEX job_version_by_target ON job_version (target, job_id, version) INCLUDE (mode);
