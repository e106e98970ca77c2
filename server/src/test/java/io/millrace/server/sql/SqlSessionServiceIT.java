package io.millrace.server.sql;

import static io.millrace.server.access.TestPrincipals.user;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.api.client.Rest;
import io.millrace.api.sql.CompletionRequest;
import io.millrace.api.sql.NewAnalysis;
import io.millrace.api.sql.NewSqlSession;
import io.millrace.api.sql.NewSqlStatement;
import io.millrace.core.access.Permission;
import io.millrace.core.access.Principal;
import io.millrace.core.error.ErrorCode;
import io.millrace.core.error.MillraceException;
import io.millrace.server.access.TestCapabilities;
import io.millrace.server.gateway.GatewayClient;
import io.millrace.server.gateway.GatewayProtocol;
import io.millrace.testkit.TestClock;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Set;

/** How long sessions live and how many there are. */
class SqlSessionServiceIT {
    private static final NewSqlSession ANY = new NewSqlSession(null, null, null);
    private static final NewSqlStatement THREE_ROWS = new NewSqlStatement("3", null, null);

    private final GatewayProtocol gateway = new GatewayProtocol("token");
    private final TestClock clock = new TestClock();
    private final TestCapabilities capabilities = new TestCapabilities();
    private Principal caller = user("alice");
    private Set<Permission> scope = Set.of();
    private final SqlSessionService service = new SqlSessionService(
            new GatewayClient(Rest.at(gateway.url()).withToken(() -> "token")),
            clock,
            Duration.ofMinutes(30),
            2,
            () -> caller,
            () -> scope,
            capabilities);

    @AfterEach
    void stop() {
        gateway.close();
    }

    @Test
    void hidesASessionFromEverybodyElse() {
        String mine = service.open(ANY).id();
        Principal me = caller;
        caller = user("bob");
        assertNotFound(() -> service.run(mine, THREE_ROWS));
        assertNotFound(() -> service.close(mine));
        caller = me;
        assertThat(service.run(mine, THREE_ROWS)).isNotNull();
    }

    @Test
    void isNoWayAroundTheLimitsOfAToken() {
        String free = service.open(ANY).id();
        scope = Set.of(Permission.SQL_RUN, Permission.GRANT_READ);
        String limited = service.open(ANY).id();

        assertDenied(() -> service.run(free, THREE_ROWS));
        assertDenied(() -> service.complete(free, new CompletionRequest("S", 1)));
        assertDenied(() -> service.close(free));
        scope = Set.of(Permission.SQL_RUN);
        assertDenied(() -> service.run(limited, THREE_ROWS));
        scope = Set.of(Permission.SQL_RUN, Permission.GRANT_READ, Permission.JOB_READ);
        assertThat(service.run(limited, THREE_ROWS)).isNotNull();
        scope = Set.of();
        assertThat(service.run(limited, THREE_ROWS)).isNotNull();
        assertThat(service.run(free, THREE_ROWS)).isNotNull();
    }

    private static void assertDenied(ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        MillraceException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.ACCESS_DENIED))
                .hasMessageContaining("Open a session with this token");
    }

    @Test
    void hidesTheGatewaysIds() {
        assertThat(service.open(ANY).id()).doesNotContain("gateway");
        assertNotFound(() -> service.run("gateway-1", THREE_ROWS));
    }

    @Test
    void endsASessionThatNobodyUses() {
        String used = service.open(ANY).id();
        String idle = service.open(ANY).id();

        clock.advance(Duration.ofMinutes(20));
        service.run(used, THREE_ROWS);
        clock.advance(Duration.ofMinutes(20));

        assertThat(service.run(used, THREE_ROWS).rowCount()).isEqualTo(3);
        assertNotFound(() -> service.run(idle, THREE_ROWS));
    }

    @Test
    void opensNoMoreThanTheLimit() {
        String first = service.open(ANY).id();
        service.open(ANY);

        assertThatThrownBy(() -> service.open(ANY))
                .isInstanceOfSatisfying(
                        MillraceException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.SQL_LIMIT_REACHED));
        assertThat(gateway.openSessions()).isEqualTo(2);

        service.close(first);
        assertThat(service.open(ANY).catalog()).isEqualTo("warehouse");
    }

    @Test
    void keepsNoPlaceForASessionThatCouldNotBeOpened() {
        gateway.close();

        for (int i = 0; i < 3; i++) {
            assertThatThrownBy(() -> service.open(ANY))
                    .isInstanceOfSatisfying(
                            MillraceException.class,
                            e -> assertThat(e.code()).isEqualTo(ErrorCode.GATEWAY_UNAVAILABLE));
        }
    }

    @Test
    void tellsClientsToOpenAnotherOneAfterARestartOfTheGateway() throws Exception {
        String session = service.open(ANY).id();
        HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(gateway.url().resolve("/test/restart"))
                                .POST(HttpRequest.BodyPublishers.noBody())
                                .build(),
                        HttpResponse.BodyHandlers.discarding());

        assertNotFound(() -> service.run(session, THREE_ROWS));
        assertNotFound(() -> service.analyse(new NewAnalysis("SELECT 1", session, null, null)));
        assertThat(service.run(service.open(ANY).id(), THREE_ROWS).rowCount()).isEqualTo(3);
    }

    private static void assertNotFound(ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        MillraceException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.SQL_SESSION_NOT_FOUND));
    }
}
