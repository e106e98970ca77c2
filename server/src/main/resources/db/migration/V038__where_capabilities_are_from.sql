-- The address of the call for which the capability was made; empty when no call was.
ALTER TABLE capability ADD COLUMN from_ip text NOT NULL DEFAULT '';
