package io.millrace.server.sql;

import io.millrace.api.sql.Analysis;
import io.millrace.api.sql.CompletionRequest;
import io.millrace.api.sql.Completions;
import io.millrace.api.sql.NewAnalysis;
import io.millrace.api.sql.NewSqlSession;
import io.millrace.api.sql.NewSqlStatement;
import io.millrace.api.sql.ResultPage;
import io.millrace.api.sql.SqlSessionView;
import io.millrace.api.sql.SqlStatementView;
import io.millrace.core.access.Permission;
import io.millrace.core.access.Principal;
import io.millrace.core.error.ErrorCode;
import io.millrace.core.error.Flaw;
import io.millrace.core.error.MillraceException;
import io.millrace.server.access.Capabilities;
import io.millrace.server.access.Capabilities.Capability;
import io.millrace.server.gateway.GatewayClient;
import org.jspecify.annotations.Nullable;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Use cases on SQL sessions. Both sides speak the wire records of {@code api.sql}, so they pass through; what is decided
 * here is who a session belongs to, how long it lives and how many there are. Thread-safe.
 */
public final class SqlSessionService {
    /** A session that is in use all the time is opened anew once a week. */
    private static final Duration LONGEST = Duration.ofDays(7);

    private final GatewayClient gateway;
    private final Clock clock;
    private final Duration idle;
    private final int limit;
    private final Supplier<Principal> caller;
    private final Supplier<Set<Permission>> scope;
    private final Capabilities capabilities;
    private final Map<String, Session> sessions = new ConcurrentHashMap<>();

    /** {@code scope} is what the token of the caller is limited to; empty without a limit. */
    SqlSessionService(
            GatewayClient gateway,
            Clock clock,
            Duration idle,
            int limit,
            Supplier<Principal> caller,
            Supplier<Set<Permission>> scope,
            Capabilities capabilities) {
        this.gateway = gateway;
        this.clock = clock;
        this.idle = idle;
        this.limit = limit;
        this.caller = caller;
        this.scope = scope;
        this.capabilities = capabilities;
    }

    public SqlSessionView open(NewSqlSession wanted) {
        expire();
        String id = UUID.randomUUID().toString();
        // The place is taken before the gateway is asked, so that callers at the same time can't pass the limit.
        Session place = new Session(caller.get().id(), scope.get(), null, clock.instant(), Optional.empty());
        synchronized (sessions) {
            if (sessions.size() >= limit) {
                throw new MillraceException(
                        ErrorCode.SQL_LIMIT_REACHED,
                        "There are " + limit + " open SQL sessions, which is the most. Close one, or wait "
                                + idle.toMinutes() + " minutes for an idle one to end.");
            }
            sessions.put(id, place);
        }
        try {
            Capability capability = capabilities.ofCaller(LONGEST);
            SqlSessionView opened = gateway.open(wanted, capability.secret());
            sessions.put(id, place.opened(opened.id(), clock.instant(), capability));
            return new SqlSessionView(id, opened.catalog(), opened.database());
        } catch (RuntimeException e) {
            sessions.remove(id, place);
            throw e;
        }
    }

    /** Ends a session and what runs in it. */
    public void close(String id) {
        within(id, session -> {
            gateway.close(session);
            return Boolean.TRUE;
        });
        end(sessions.remove(id));
    }

    private void end(@Nullable Session session) {
        if (session != null) {
            session.capability().ifPresent(capabilities::end);
        }
    }

    public SqlStatementView run(String id, NewSqlStatement statement) {
        return within(id, session -> gateway.run(session, statement));
    }

    public SqlStatementView show(String id, String statement) {
        return within(id, session -> gateway.show(session, statement));
    }

    /** The next rows; waits up to {@code waitMillis} for the first of them. */
    public ResultPage rows(String id, String statement, @Nullable String pageToken, int pageSize, int waitMillis) {
        return within(id, session -> gateway.rows(session, statement, pageToken, pageSize, waitMillis));
    }

    public void cancel(String id, String statement) {
        within(id, session -> {
            gateway.cancel(session, statement);
            return Boolean.TRUE;
        });
    }

    public Completions complete(String id, CompletionRequest request) {
        return within(id, session -> gateway.complete(session, request));
    }

    /** Analyses a script, in a session of the caller's or in a fresh one. */
    public Analysis analyse(NewAnalysis wanted) {
        String id = wanted.session();
        if (id == null) {
            return capabilities.duringCall(capability -> gateway.analyse(wanted, capability));
        }
        return within(
                id,
                session -> capabilities.duringCall(capability -> gateway.analyse(
                        new NewAnalysis(wanted.script(), session, wanted.catalog(), wanted.database()), capability)));
    }

    /** Calls the gateway's session behind {@code id}; forgets it when the gateway no longer knows it. */
    private <T> T within(String id, Function<String, T> call) {
        expire();
        UUID owner = caller.get().id();
        Session session = sessions.computeIfPresent(id, (key, current) -> current.usedBy(owner, clock.instant()));
        // Those of others are as good as none.
        String gatewayId = session == null || !session.owner().equals(owner) ? null : session.gatewayId();
        if (gatewayId == null) {
            throw notFound();
        }
        if (!session.mayBeUsedWith(scope.get())) {
            throw new MillraceException(
                    ErrorCode.ACCESS_DENIED,
                    "This SQL session was opened with a token that may do what this one may not. Open a session with"
                            + " this token.");
        }
        try {
            return call.apply(gatewayId);
        } catch (MillraceException e) {
            if (e.code() == ErrorCode.SQL_SESSION_NOT_FOUND) {
                end(sessions.remove(id));
                throw notFound();
            }
            throw e;
        }
    }

    /** Forgets idle sessions. The gateway ends its side by its own clock, so nothing has to be sent. */
    private void expire() {
        Instant oldest = clock.instant().minus(idle);
        sessions.forEach((id, session) -> {
            if (session.usedAt().isBefore(oldest) && sessions.remove(id, session)) {
                end(session);
            }
        });
    }

    private static MillraceException notFound() {
        return new MillraceException(
                ErrorCode.SQL_SESSION_NOT_FOUND,
                "The SQL session has ended or never was; open a new one.",
                List.of(Flaw.at("/session", "not an open session")));
    }

    /**
     * What stands behind a public session id.
     *
     * @param owner who opened it
     * @param scope what its statements are limited to, by the token that opened it; empty without a limit
     * @param gatewayId null until the gateway has opened it
     * @param capability what the gateway shows for it
     */
    private record Session(
            UUID owner,
            Set<Permission> scope,
            @Nullable String gatewayId,
            Instant usedAt,
            Optional<Capability> capability) {
        Session opened(String id, Instant now, Capability made) {
            return new Session(owner, scope, id, now, Optional.of(made));
        }

        Session usedBy(UUID user, Instant now) {
            return user.equals(owner) ? new Session(owner, scope, gatewayId, now, capability) : this;
        }

        /** A token must not do through a session what it may not do itself. */
        boolean mayBeUsedWith(Set<Permission> limits) {
            return limits.isEmpty() || (!scope.isEmpty() && limits.containsAll(scope));
        }
    }
}
