package io.millrace.flink.gateway.problem;

import java.util.Locale;

/** The error codes that a gateway answers with; names and titles are those of the server. */
public enum Code {
    REQUEST_INVALID(422, "The request is not valid"),
    NOT_FOUND(404, "There is nothing at this address"),
    NOT_SIGNED_IN(401, "The caller is not known"),
    ACCESS_DENIED(403, "The caller may not do this"),
    SQL_INVALID(422, "The statement cannot be planned"),
    SQL_REFUSED(422, "Millrace does not run this kind of statement"),
    SQL_FAILED(422, "The statement failed while it ran"),
    SQL_SESSION_NOT_FOUND(404, "There is no such SQL session"),
    SQL_STATEMENT_NOT_FOUND(404, "There is no such statement"),
    SQL_LIMIT_REACHED(409, "A limit on sessions or statements is reached"),
    JOB_ALREADY_SUBMITTED(409, "A job with this id was submitted before"),
    CLUSTER_UNAVAILABLE(503, "The Flink cluster does not answer"),
    METASTORE_UNAVAILABLE(503, "The metastore does not answer"),
    INTERNAL_ERROR(500, "Something went wrong inside Millrace");

    private final int status;
    private final String title;

    Code(int status, String title) {
        this.status = status;
        this.title = title;
    }

    public int status() {
        return status;
    }

    String title() {
        return title;
    }

    String type() {
        return "/problems/" + name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
