-- What a version of a job keeps, as the planner described it when the version was written: compared before an upgrade.
CREATE TABLE job_state (
    job_id  uuid   NOT NULL,
    version bigint NOT NULL,
    engine  text   NOT NULL,
    plan    jsonb  NOT NULL,
    PRIMARY KEY (job_id, version),
    FOREIGN KEY (job_id, version) REFERENCES job_version (job_id, version) ON DELETE CASCADE
);
