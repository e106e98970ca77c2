-- Which transaction wrote an event: the order in which events become visible is not that of their numbers.

ALTER TABLE job_event ADD COLUMN xid xid8 NOT NULL DEFAULT pg_current_xact_id();

CREATE INDEX job_event_by_transaction ON job_event (xid);
