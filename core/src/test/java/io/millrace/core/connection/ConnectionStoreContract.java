package io.millrace.core.connection;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.core.connection.ConnectionChange.What;
import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** What any store of connections must do. Run for the in-memory store here and for the SQL one in server. */
public abstract class ConnectionStoreContract {
    private static final Instant NOON = Instant.parse("2026-05-04T12:00:00Z");
    private static final Connection.Author ANN = new Connection.Author("ann", NOON.plusSeconds(60));
    private static final StoredSecret SEALED = new StoredSecret(SecretOrigin.VALUE, "v1.x.y", Optional.of("k1"));
    private static final StoredSecret REFERENCE =
            new StoredSecret(SecretOrigin.ENV, "MILLRACE_SECRET_CRM", Optional.empty());
    private static final Connection CRM = connection("crm", Map.of("password", SEALED, "token", REFERENCE));

    protected abstract ConnectionStore store();

    @Test
    void givesBackWhatItWasGiven() {
        assertThat(store().insert(CRM, created(CRM))).isTrue();

        assertThat(store().find(CRM.name())).contains(CRM);
        assertThat(store().find(new ConnectionName("other"))).isEmpty();
    }

    @Test
    void listsByName() {
        Connection abc = connection("abc", Map.of());
        store().insert(CRM, created(CRM));
        store().insert(abc, created(abc));

        assertThat(store().all()).containsExactly(abc, CRM);
    }

    @Test
    void refusesANameTwice() {
        store().insert(CRM, created(CRM));
        Connection second = connection("crm", Map.of());

        assertThat(store().insert(second, created(second))).isFalse();
        assertThat(store().find(CRM.name())).contains(CRM);
        assertThat(store().history(CRM.name(), Long.MAX_VALUE, 10)).hasSize(1);
    }

    @Test
    void refusesAVersionThatSomebodyElseReplaced() {
        store().insert(CRM, created(CRM));
        Connection next = changed(CRM);

        assertThat(store().replace(next, entry(next, What.CHANGED))).isTrue();
        assertThat(store().replace(next, entry(next, What.CHANGED))).isFalse();
        assertThat(store().find(CRM.name())).contains(next);
        assertThat(store().delete(CRM, entry(CRM, What.DELETED))).isFalse();
    }

    @Test
    void freesTheNameOfADeletedOneAndKeepsItsHistory() {
        store().insert(CRM, created(CRM));
        Connection next = changed(CRM);
        store().replace(next, entry(next, What.CHANGED));

        assertThat(store().delete(next, entry(next, What.DELETED))).isTrue();
        assertThat(store().delete(next, entry(next, What.DELETED))).isFalse();
        assertThat(store().find(CRM.name())).isEmpty();

        Connection again = connection("crm", Map.of());
        assertThat(store().insert(again, created(again))).isTrue();
        assertThat(store().replace(changed(next), entry(next, What.CHANGED)))
                .as("of the deleted one")
                .isFalse();
        List<ConnectionChange> history = store().history(CRM.name(), Long.MAX_VALUE, 10);
        assertThat(history)
                .extracting(ConnectionChange::what)
                .containsExactly(What.CREATED, What.DELETED, What.CHANGED, What.CREATED);
        assertThat(history.get(2).fields()).containsExactly("host", "password");
        assertThat(history.get(2).by()).isEqualTo("ann");
        assertThat(store().history(CRM.name(), history.get(1).number(), 1)).containsExactly(history.get(2));
    }

    @Test
    void putsNewlySealedSecretsIntoTheSameVersion() {
        store().insert(CRM, created(CRM));
        var sealed = Map.of(
                "password", new StoredSecret(SecretOrigin.VALUE, "v1.a.b", Optional.of("k2")), "token", REFERENCE);

        assertThat(store().reseal(CRM.id(), 2, sealed)).isFalse();
        assertThat(store().reseal(CRM.id(), 1, sealed)).isTrue();
        assertThat(store().find(CRM.name())).contains(CRM.resealed(sealed));
        assertThat(store().history(CRM.name(), Long.MAX_VALUE, 10)).hasSize(1);
    }

    @Test
    void tellsThatSomethingChanged() {
        long empty = store().revision();
        store().insert(CRM, created(CRM));
        long one = store().revision();
        Connection next = changed(CRM);
        store().replace(next, entry(next, What.CHANGED));
        long two = store().revision();
        store().replace(next, entry(next, What.CHANGED));
        long still = store().revision();
        store().delete(next, entry(next, What.DELETED));

        assertThat(Set.of(empty, one, two, store().revision())).hasSize(4);
        assertThat(still).isEqualTo(two);
    }

    private static Connection changed(Connection connection) {
        return connection.changed(new ConnectionFields(Map.of("host", "db2")), connection.secrets(), "the CRM", ANN);
    }

    private static ConnectionChange created(Connection connection) {
        return entry(connection, What.CREATED);
    }

    private static ConnectionChange entry(Connection connection, What what) {
        return ConnectionChange.of(connection, what, ANN, Set.of("password", "host"));
    }

    private static Connection connection(String name, Map<String, StoredSecret> secrets) {
        return new Connection(
                new ConnectionId(UUID.randomUUID()),
                new ConnectionName(name),
                ConnectionKind.MYSQL,
                new ConnectionFields(Map.of("host", "db", "port", 3306, "tls", true, "list", List.of("a", "b"))),
                secrets,
                "客户",
                1,
                "local",
                NOON,
                NOON);
    }
}
