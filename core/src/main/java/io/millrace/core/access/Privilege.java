package io.millrace.core.access;

/** What can be granted, or denied, on an object and everything below it. */
public enum Privilege {
    /** Know that a catalog, database or workspace is there, without what is in it; try a connection. */
    USE,
    /** See that an object is there, its definition, its history and its lineage. */
    DESCRIBE,
    /** Read rows; of a view and, because views run with the rights of who reads them, of everything below it. */
    READ,
    /** Insert, change and delete rows. */
    WRITE,
    /** Change the definition. */
    ALTER,
    /** Remove it. */
    DROP,
    /** Make objects below it. */
    CREATE,
    /** Call a function. */
    EXECUTE,
    /** Start and stop a job. */
    OPERATE,
    /** Give others privileges on it. */
    GRANT,
    /**
     * On the server only: tables that name a connector of their own, and functions of any class that Flink has. Whoever
     * has it can reach whatever the Flink processes can reach.
     */
    INLINE_CONNECTOR;

    /** Whether it lets what it is granted on, and everything below that, be described: all do that need an object. */
    public boolean describes() {
        return this != USE && this != CREATE && this != INLINE_CONNECTOR;
    }
}
