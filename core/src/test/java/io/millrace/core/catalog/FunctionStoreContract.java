package io.millrace.core.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.core.catalog.Change.Cause;
import io.millrace.core.catalog.Metastore.Outcome;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What any store of functions must do. Run for the in-memory store here and for the SQL one in server. */
public abstract class FunctionStoreContract {
    private static final Instant NOON = Instant.parse("2026-05-04T12:00:00Z");
    private static final DatabasePath SHOP = DatabasePath.of("warehouse", "shop");
    private static final RegisteredFunction HOST = function("f-1", "host");
    private static final RegisteredFunction OTHER = HOST.as("com.example.Other");

    protected abstract Metastore metastore();

    protected abstract FunctionStore functions();

    @BeforeEach
    void aFunctionWithTwoVersions() {
        metastore().createDatabase(new Database(SHOP, ""), NOON);
        assertThat(functions().create(HOST, change(Cause.CREATED, 1))).isEqualTo(Outcome.DONE);
        assertThat(functions().replace(OTHER, change(Cause.ALTERED, 2))).isEqualTo(Outcome.DONE);
    }

    @Test
    void findsByNameInAnyCase() {
        assertThat(functions().find(SHOP.function(new FunctionName("HOST")))).contains(OTHER);
        assertThat(functions().find(SHOP.function(new FunctionName("ghost")))).isEmpty();
        assertThat(functions().find(FunctionPath.of("kafka", "shop", "host"))).isEmpty();
    }

    @Test
    void keepsNamesUniqueInADatabase() {
        assertThat(functions().create(function("f-2", "Host"), change(Cause.CREATED, 3)))
                .isEqualTo(Outcome.NAME_TAKEN);

        metastore().createDatabase(new Database(DatabasePath.of("warehouse", "other"), ""), NOON);
        var elsewhere = new RegisteredFunction(
                new FunctionId("f-3"), FunctionPath.of("warehouse", "other", "host"), "com.example.Host", 1);
        assertThat(functions().create(elsewhere, change(Cause.CREATED, 3))).isEqualTo(Outcome.DONE);
    }

    @Test
    void needsADatabase() {
        var lost = new RegisteredFunction(
                new FunctionId("f-2"), FunctionPath.of("warehouse", "none", "host"), "com.example.Host", 1);

        assertThat(functions().create(lost, change(Cause.CREATED, 3))).isEqualTo(Outcome.MISSING);
        assertThat(functions().list(lost.path().parent(), TableFilter.ALL)).isEmpty();
    }

    @Test
    void refusesAVersionThatSomebodyElseReplaced() {
        assertThat(functions().replace(HOST.as("com.example.Late"), change(Cause.ALTERED, 3)))
                .isEqualTo(Outcome.STALE);
        assertThat(functions().drop(HOST, change(Cause.DROPPED, 3))).isEqualTo(Outcome.STALE);

        assertThat(functions().find(HOST.path())).contains(OTHER);
        assertThat(functions().versions(HOST.id(), Long.MAX_VALUE, 10)).hasSize(2);
    }

    @Test
    void listsByNameInPages() {
        functions().create(function("f-2", "agent"), change(Cause.CREATED, 3));
        functions().create(function("f-3", "hosted_by"), change(Cause.CREATED, 3));

        assertThat(names(TableFilter.ALL)).containsExactly("agent", "host", "hosted_by");
        assertThat(names(new TableFilter("HOST", "", 10))).containsExactly("host", "hosted_by");
        assertThat(names(new TableFilter("", "agent", 1))).containsExactly("host");
    }

    @Test
    void keepsEveryVersion() {
        assertThat(functions().versions(HOST.id(), Long.MAX_VALUE, 10))
                .containsExactly(
                        new FunctionVersion(OTHER, change(Cause.ALTERED, 2)),
                        new FunctionVersion(HOST, change(Cause.CREATED, 1)));
        assertThat(functions().versions(HOST.id(), 2, 10)).hasSize(1);
        assertThat(functions().versions(HOST.id(), Long.MAX_VALUE, 1)).hasSize(1);
        assertThat(functions().versions(new FunctionId("f-9"), Long.MAX_VALUE, 10))
                .isEmpty();
    }

    @Test
    void bringsADroppedFunctionBack() {
        functions().drop(OTHER, change(Cause.DROPPED, 3));

        assertThat(functions().find(HOST.path())).isEmpty();
        var last = new FunctionVersion(OTHER.as(OTHER.className()), change(Cause.DROPPED, 3));
        assertThat(functions().dropped(SHOP, 0, 10)).containsExactly(last);
        assertThat(functions().dropped(SHOP, 1, 10)).isEmpty();
        assertThat(functions().dropped(HOST.id())).contains(last);

        assertThat(functions().restore(HOST.id(), new FunctionName("host"), change(Cause.RESTORED, 4)))
                .isEqualTo(Outcome.DONE);
        assertThat(functions().find(HOST.path()))
                .contains(new RegisteredFunction(HOST.id(), HOST.path(), OTHER.className(), 4));
        assertThat(functions().dropped(SHOP, 0, 10)).isEmpty();
        assertThat(functions().restore(HOST.id(), new FunctionName("host"), change(Cause.RESTORED, 5)))
                .isEqualTo(Outcome.MISSING);
    }

    @Test
    void bringsNoFunctionBackUnderANameThatIsTaken() {
        functions().drop(OTHER, change(Cause.DROPPED, 3));
        functions().create(function("f-2", "host"), change(Cause.CREATED, 4));

        assertThat(functions().restore(HOST.id(), new FunctionName("host"), change(Cause.RESTORED, 5)))
                .isEqualTo(Outcome.NAME_TAKEN);
        assertThat(functions().restore(HOST.id(), new FunctionName("host_2"), change(Cause.RESTORED, 5)))
                .isEqualTo(Outcome.DONE);
        assertThat(functions().find(FunctionPath.of("warehouse", "shop", "host_2")))
                .map(RegisteredFunction::id)
                .contains(HOST.id());
    }

    @Test
    void goesWithItsDatabase() {
        assertThat(metastore().dropDatabase(SHOP, false, change(Cause.DROPPED, 3)))
                .isEqualTo(Outcome.NOT_EMPTY);
        assertThat(metastore().dropDatabase(SHOP, true, change(Cause.DROPPED, 3)))
                .isEqualTo(Outcome.DONE);

        assertThat(functions().find(HOST.path())).isEmpty();
        assertThat(functions().versions(HOST.id(), Long.MAX_VALUE, 1))
                .extracting(FunctionVersion::change)
                .containsExactly(change(Cause.DROPPED, 3));
        assertThat(functions().dropped(SHOP, 0, 10)).isEmpty();
        assertThat(functions().restore(HOST.id(), new FunctionName("host"), change(Cause.RESTORED, 4)))
                .isEqualTo(Outcome.MISSING);
    }

    private List<String> names(TableFilter filter) {
        return functions().list(SHOP, filter).stream()
                .map(function -> function.path().function().value())
                .toList();
    }

    private static RegisteredFunction function(String id, String name) {
        return new RegisteredFunction(new FunctionId(id), SHOP.function(new FunctionName(name)), "com.example.Host", 1);
    }

    private static Change change(Cause cause, int hour) {
        var origin = new Origin("local", Optional.of("-- " + cause));
        return new Change(cause, "number " + hour, origin, NOON.plusSeconds(hour * 3600L));
    }
}
