-- What the store at an address says it is, as it said when a connection to it was tried last. By this, two connections
-- with different addresses are known to lead to one store.
CREATE TABLE store_identity (
    kind text NOT NULL,
    address text NOT NULL,
    identity text NOT NULL,
    seen_at timestamptz NOT NULL,
    PRIMARY KEY (kind, address)
);
