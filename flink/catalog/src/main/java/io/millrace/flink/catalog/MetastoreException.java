package io.millrace.flink.catalog;

import org.apache.flink.table.catalog.exceptions.CatalogException;

/** The server refused a request, or gave none that can be understood. The message is fit for users. */
public final class MetastoreException extends CatalogException {
    private static final long serialVersionUID = 1L;

    private final String code;
    private final int status;

    MetastoreException(String code, int status, String message) {
        super(message);
        this.code = code;
        this.status = status;
    }

    MetastoreException(String code, int status, String message, Throwable cause) {
        super(message, cause);
        this.code = code;
        this.status = status;
    }

    static MetastoreException denied(String sentence) {
        return new MetastoreException("ACCESS_DENIED", 403, sentence);
    }

    /** Whether the caller lacks a privilege, which the message names. */
    public boolean isDenial() {
        return is("ACCESS_DENIED");
    }

    /** The server's error code, such as {@code TABLE_EXISTS}; {@code METASTORE_UNAVAILABLE} without an answer. */
    public String code() {
        return code;
    }

    /** The HTTP status of the answer; 503 without one. */
    public int status() {
        return status;
    }

    boolean is(String other) {
        return code.equals(other);
    }
}
