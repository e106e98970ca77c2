package io.millrace.core.error;

import static java.util.Objects.requireNonNull;

import java.util.Locale;

/** Every failure that a caller can meet. Names are contract: add, never rename. */
public enum ErrorCode {
    REQUEST_INVALID(Kind.INVALID, "The request is not valid"),
    PRECONDITION_REQUIRED(Kind.INVALID, "The request must say on which version it is based"),
    NOT_FOUND(Kind.NOT_FOUND, "There is nothing at this address"),
    NOT_SIGNED_IN(Kind.UNAUTHENTICATED, "The caller is not known"),
    SIGN_IN_LIMITED(Kind.LIMITED, "Too many attempts to sign in failed"),
    SIGN_IN_REFUSED(Kind.FORBIDDEN, "This user may not sign in"),
    OIDC_UNAVAILABLE(Kind.UNAVAILABLE, "The OpenID provider does not answer"),
    ACCESS_DENIED(Kind.FORBIDDEN, "The caller may not do this"),
    STALE_VERSION(Kind.CONFLICT, "The object changed meanwhile"),

    PRINCIPAL_NOT_FOUND(Kind.NOT_FOUND, "There is no such user"),
    PRINCIPAL_EXISTS(Kind.CONFLICT, "A user of this name exists"),
    PRINCIPAL_INVALID(Kind.INVALID, "The user is not valid"),
    IDENTITY_TAKEN(Kind.CONFLICT, "The identity belongs to another user"),
    LAST_ADMIN(Kind.CONFLICT, "Nobody would be left who may give rights"),
    PASSWORD_INVALID(Kind.INVALID, "The password cannot be used"),
    GROUP_NOT_FOUND(Kind.NOT_FOUND, "There is no such group"),
    GROUP_EXISTS(Kind.CONFLICT, "A group of this name exists"),
    GRANT_INVALID(Kind.INVALID, "This cannot be granted"),
    OBJECT_NOT_FOUND(Kind.NOT_FOUND, "There is nothing of this name to grant on"),
    TOKEN_NOT_FOUND(Kind.NOT_FOUND, "There is no such token"),
    TOKEN_INVALID(Kind.INVALID, "The token cannot be made"),

    SQL_INVALID(Kind.INVALID, "The statement cannot be planned"),
    SQL_REFUSED(Kind.INVALID, "Millrace does not run this kind of statement"),
    SQL_FAILED(Kind.INVALID, "The statement failed while it ran"),
    SQL_SESSION_NOT_FOUND(Kind.NOT_FOUND, "There is no such SQL session"),
    SQL_STATEMENT_NOT_FOUND(Kind.NOT_FOUND, "There is no such statement"),
    SQL_LIMIT_REACHED(Kind.CONFLICT, "A limit on sessions or statements is reached"),

    CATALOG_NOT_FOUND(Kind.NOT_FOUND, "There is no such catalog"),
    CATALOG_UNSUPPORTED(Kind.INVALID, "This catalog does not do this"),
    DATABASE_NOT_FOUND(Kind.NOT_FOUND, "There is no such database"),
    DATABASE_EXISTS(Kind.CONFLICT, "A database of this name exists"),
    DATABASE_NOT_EMPTY(Kind.CONFLICT, "The database is not empty"),
    TABLE_NOT_FOUND(Kind.NOT_FOUND, "There is no such table"),
    TABLE_EXISTS(Kind.CONFLICT, "A table of this name exists"),
    TABLE_INVALID(Kind.INVALID, "The table's definition is not valid"),
    FUNCTION_NOT_FOUND(Kind.NOT_FOUND, "There is no such function"),
    FUNCTION_EXISTS(Kind.CONFLICT, "A function of this name exists"),
    FUNCTION_INVALID(Kind.INVALID, "The function cannot be registered"),
    OPTION_INVALID(Kind.INVALID, "A table option is not valid"),
    TYPE_UNSUPPORTED(Kind.INVALID, "A column type cannot be mapped"),
    STORE_UNAVAILABLE(Kind.UNAVAILABLE, "The store behind the catalog does not answer"),

    CONNECTION_NOT_FOUND(Kind.NOT_FOUND, "There is no such connection"),
    CONNECTION_EXISTS(Kind.CONFLICT, "A connection of this name exists"),
    CONNECTION_INVALID(Kind.INVALID, "The connection is not valid"),
    CONNECTION_MANAGED(Kind.CONFLICT, "The connection is defined by settings"),
    CONNECTION_IN_USE(Kind.CONFLICT, "Tables use the connection"),
    CONNECTION_UNSUPPORTED(Kind.INVALID, "Millrace cannot do this with connections of this kind"),
    EGRESS_DENIED(Kind.FORBIDDEN, "Connections may not reach this place"),
    SECRET_UNREADABLE(Kind.UNAVAILABLE, "A secret cannot be read"),

    WORKSPACE_NOT_FOUND(Kind.NOT_FOUND, "There is no such workspace"),
    WORKSPACE_EXISTS(Kind.CONFLICT, "A workspace of this name exists"),
    WORKSPACE_INVALID(Kind.INVALID, "The workspace is not valid"),
    WORKSPACE_NOT_EMPTY(Kind.CONFLICT, "The workspace has jobs"),
    MEMBER_NOT_FOUND(Kind.NOT_FOUND, "There is no such member of the workspace"),

    GIT_NOT_BOUND(Kind.NOT_FOUND, "The workspace's jobs do not come from Git"),
    GIT_INVALID(Kind.INVALID, "The repository cannot be used like this"),
    GIT_UNREACHABLE(Kind.UNAVAILABLE, "The repository does not answer"),
    GIT_COMMIT_INVALID(Kind.INVALID, "The commit has something that is no valid job"),
    GIT_PULL_RUNNING(Kind.CONFLICT, "A pull is on its way"),

    JOB_NOT_FOUND(Kind.NOT_FOUND, "There is no such job"),
    JOB_INVALID(Kind.INVALID, "The job is not valid"),
    JOB_EXISTS(Kind.CONFLICT, "A job of this name exists"),
    JOB_TAG_UNKNOWN(Kind.INVALID, "No job has such a tag"),
    JOB_BUSY(Kind.CONFLICT, "The job is not in a state for this"),
    JOB_VERSION_NOT_FOUND(Kind.NOT_FOUND, "The job has no such version"),
    JOB_OBJECTS_CHANGED(Kind.CONFLICT, "The job was applied over other tables"),
    JOB_ATTEMPT_NOT_FOUND(Kind.NOT_FOUND, "The job has no such attempt"),
    BUNDLE_NOT_FOUND(Kind.NOT_FOUND, "There is no bundle of the attempt"),
    STATE_INCOMPATIBLE(Kind.CONFLICT, "State of the job would be dropped"),
    JOB_NOT_RUNNING(Kind.CONFLICT, "The job does not run"),
    CHECKPOINTS_TIMED_BY_FLINK(Kind.CONFLICT, "Flink times the checkpoints of this job"),
    SNAPSHOT_INVALID(Kind.INVALID, "The savepoint or checkpoint cannot be used"),
    SNAPSHOT_NOT_FOUND(Kind.NOT_FOUND, "There is no such savepoint or checkpoint"),
    SNAPSHOT_IN_USE(Kind.CONFLICT, "The savepoint or checkpoint must stay"),
    EVENT_STREAMS_LIMITED(Kind.LIMITED, "The server streams events to as many clients as it may"),
    PROOF_NOT_FOUND(Kind.NOT_FOUND, "There is no such proof"),
    TARGET_NOT_FOUND(Kind.NOT_FOUND, "There is no such target"),

    GATEWAY_UNAVAILABLE(Kind.UNAVAILABLE, "The SQL gateway does not answer"),
    CLUSTER_UNAVAILABLE(Kind.UNAVAILABLE, "The Flink cluster does not answer"),
    METASTORE_UNAVAILABLE(Kind.UNAVAILABLE, "The metastore does not answer"),

    INTERNAL_ERROR(Kind.BUG, "Something went wrong inside Millrace");

    private final Kind kind;
    private final String title;

    ErrorCode(Kind kind, String title) {
        this.kind = requireNonNull(kind, "kind");
        this.title = requireNonNull(title, "title");
    }

    public Kind kind() {
        return kind;
    }

    /** One English sentence without a full stop, the same for every occurrence. */
    public String title() {
        return title;
    }

    /** The code as part of an address: {@code SQL_INVALID} is documented at {@code /problems/sql-invalid}. */
    public String slug() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
