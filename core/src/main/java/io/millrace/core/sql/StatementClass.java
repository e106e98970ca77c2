package io.millrace.core.sql;

/** What running a statement means. */
public enum StatementClass {
    /** SET, RESET, USE. */
    SETTING,
    /** Makes or removes something that lives as long as the session. */
    TEMPORARY,
    /** Changes the catalog. */
    CATALOG,
    /** Returns rows. */
    QUERY,
    /** Writes rows: INSERT, STATEMENT SET. */
    SINK,
    /** SHOW, DESCRIBE, EXPLAIN. */
    INFO,
    /** Something that Millrace does not run. */
    REFUSED
}
