package io.millrace.core.state;

import static io.millrace.core.state.Finding.Fate.CHANGED;
import static io.millrace.core.state.Finding.Fate.KEPT;
import static io.millrace.core.state.Finding.Fate.LOST;
import static io.millrace.core.state.Finding.Fate.NEW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;

class ComparisonTest {
    private static final StateOperator ORDERS = source("orders");
    private static final StateOperator USERS = source("users");
    private static final StateOperator COUNTS =
            operator("aggregation", "by user", "keys", "user", "aggregates", "COUNT");
    private static final StateOperator SUMS = operator("aggregation", "by user", "keys", "user", "aggregates", "SUM");
    private static final StateOperator JOIN = operator("join", "with users", "rows", "(id, user)");
    private static final StateOperator OUT = sink("out");

    private static StateOperator source(String table) {
        return operator(StateOperator.SOURCE, table, "table", table);
    }

    private static StateOperator sink(String table) {
        return operator(StateOperator.SINK, table, "table", table);
    }

    private static StateOperator operator(String role, String place, String... traits) {
        List<StateTrait> found = new ArrayList<>();
        for (int i = 0; i < traits.length; i += 2) {
            found.add(new StateTrait(traits[i], traits[i + 1], "d:" + traits[i + 1]));
        }
        String id = role + " " + String.join(" ", traits);
        return new StateOperator(id, role, role + "(" + place + ")", place, true, found);
    }

    private static StatePlan plan(StateOperator... operators) {
        return new StatePlan("2.3.0", List.of(operators).toString(), List.of(operators), List.of());
    }

    private static Compatibility compare(StatePlan before, StatePlan after) {
        return Comparison.of(before, after);
    }

    @Test
    void callsTheSamePlanIdentical() {
        var result = compare(plan(ORDERS, COUNTS, OUT), plan(ORDERS, COUNTS, OUT));

        assertThat(result.verdict()).isEqualTo(Verdict.IDENTICAL);
        assertThat(result.findings()).extracting(Finding::fate).containsOnly(KEPT);
    }

    @Test
    void callsAnotherPlanWithTheSameStateCompatible() {
        StatePlan filtered = new StatePlan("2.3.0", "other", List.of(ORDERS, COUNTS, OUT), List.of());

        assertThat(compare(plan(ORDERS, COUNTS, OUT), filtered).verdict()).isEqualTo(Verdict.COMPATIBLE);
    }

    @Test
    void aNewSourceOrSinkTakesNothingAway() {
        var result = compare(plan(ORDERS, COUNTS, OUT), plan(ORDERS, COUNTS, OUT, USERS, sink("more")));

        assertThat(result.verdict()).isEqualTo(Verdict.COMPATIBLE);
        assertThat(result.findings()).extracting(Finding::fate).containsExactly(KEPT, KEPT, KEPT, NEW, NEW);
    }

    @Test
    void aNewOperatorThatComputesMakesItPartial() {
        var result = compare(plan(ORDERS, OUT), plan(ORDERS, COUNTS, OUT));

        assertThat(result.verdict()).isEqualTo(Verdict.PARTIAL);
        assertThat(result.reason()).isEqualTo("Not all goes on: one operator begins empty.");
    }

    @Test
    void anOperatorThatIsGoneMakesItPartial() {
        var result = compare(plan(ORDERS, USERS, JOIN, COUNTS, OUT), plan(ORDERS, COUNTS, OUT));

        assertThat(result.verdict()).isEqualTo(Verdict.PARTIAL);
        assertThat(result.reason()).isEqualTo("Not all goes on: the state of 2 operators is dropped.");
        assertThat(result.findings())
                .extracting(Finding::operator, Finding::fate)
                .containsExactly(
                        tuple("source(orders)", KEPT),
                        tuple("aggregation(by user)", KEPT),
                        tuple("sink(out)", KEPT),
                        tuple("source(users)", LOST),
                        tuple("join(with users)", LOST));
    }

    @Test
    void anotherTableIsAnotherSink() {
        var result = compare(plan(ORDERS, COUNTS, OUT), plan(ORDERS, COUNTS, sink("elsewhere")));

        assertThat(result.verdict()).isEqualTo(Verdict.PARTIAL);
        assertThat(result.findings()).extracting(Finding::fate).containsExactly(KEPT, KEPT, NEW, LOST);
    }

    @Test
    void anOperatorInTheSamePlaceThatKeepsSomethingElseMakesItIncompatible() {
        var result = compare(plan(ORDERS, COUNTS, OUT), plan(ORDERS, SUMS, OUT));

        assertThat(result.verdict()).isEqualTo(Verdict.INCOMPATIBLE);
        assertThat(result.reason()).isEqualTo("One operator cannot read the state that is there.");
        assertThat(result.findings().get(1))
                .isEqualTo(new Finding(
                        "aggregation",
                        "aggregation(by user)",
                        CHANGED,
                        "Its aggregates changed from COUNT to SUM. It cannot read the old state and begins empty."));
    }

    @Test
    void theOnlyOperatorOfItsKindIsKnownAgainInAnotherPlace() {
        StateOperator moved = operator("aggregation", "of the join", "keys", "id", "aggregates", "COUNT");

        var result = compare(plan(ORDERS, COUNTS, OUT), plan(ORDERS, USERS, JOIN, moved, OUT));

        assertThat(result.verdict()).isEqualTo(Verdict.INCOMPATIBLE);
        assertThat(result.findings()).extracting(Finding::fate).containsExactly(KEPT, NEW, NEW, CHANGED, KEPT);
        assertThat(result.findings().get(3).reason()).startsWith("Its keys changed from user to id.");
    }

    @Test
    void twoOfAKindInOtherPlacesAreNotTakenForEachOther() {
        StateOperator first = operator("aggregation", "a", "keys", "a");
        StateOperator second = operator("aggregation", "b", "keys", "b");

        var result = compare(plan(ORDERS, COUNTS, OUT), plan(ORDERS, first, second, OUT));

        assertThat(result.verdict()).isEqualTo(Verdict.PARTIAL);
        assertThat(result.findings()).extracting(Finding::fate).containsExactly(KEPT, NEW, NEW, KEPT, LOST);
    }

    @Test
    void stateOfNothingIsTakenOver() {
        var result = compare(plan(ORDERS, OUT), plan(USERS, sink("elsewhere")));

        assertThat(result.verdict()).isEqualTo(Verdict.INCOMPATIBLE);
        assertThat(result.reason()).isEqualTo("No state is taken over.");
    }

    @Test
    void saysWhatIsDifferentThoughTheStateIsKept() {
        StateOperator older = kept("never");
        StateOperator newer = kept("after 1 h");

        var result = compare(plan(ORDERS, older, OUT), plan(ORDERS, newer, OUT));

        assertThat(result.verdict()).isEqualTo(Verdict.COMPATIBLE);
        assertThat(result.findings().get(1).reason())
                .isEqualTo("It takes its state over. Its expiry changed from never to after 1 h.");
    }

    private static StateOperator kept(String expiry) {
        return new StateOperator(
                "same", "aggregation", "a", "a", true, List.of(new StateTrait("expiry", expiry, "with time to live")));
    }

    @Test
    void twoExpressionsOfTheSameNameAreTwo() {
        StateOperator was = new StateOperator("1", "join", "j", "j", true, List.of(new StateTrait("keys", "k", "a+b")));
        StateOperator now = new StateOperator("2", "join", "j", "j", true, List.of(new StateTrait("keys", "k", "a-b")));

        assertThat(compare(plan(was), plan(now)).findings().get(0).reason())
                .startsWith("Its keys changed, though written in the same way: k.");
    }

    @Test
    void doesNotJudgeWhatItDoesNotKnow() {
        StateOperator own = new StateOperator("x", "unknown operator", "MyFunction(t)", "p", false, List.of());
        StatePlan withGap = new StatePlan("2.3.0", "d", List.of(ORDERS), List.of("Flink cannot write this plan down."));
        StatePlan newer = new StatePlan("2.4.0", "d", List.of(ORDERS, OUT), List.of());

        assertThat(compare(plan(ORDERS, own, OUT), plan(ORDERS, own, sink("more")))
                        .reason())
                .isEqualTo("Nothing is known of the state of MyFunction(t).");
        assertThat(compare(plan(ORDERS, own, OUT), plan(ORDERS, own, OUT)).verdict())
                .isEqualTo(Verdict.IDENTICAL);
        assertThat(compare(plan(ORDERS), withGap).verdict()).isEqualTo(Verdict.UNKNOWN);
        assertThat(compare(plan(ORDERS, OUT), newer).reason())
                .isEqualTo("They are planned by different engines, Flink 2.3.0 and 2.4.0.");
    }

    @Test
    void jobsWithoutStateHaveNothingToLose() {
        StatePlan batch = new StatePlan("2.3.0", "", List.of(), List.of());

        assertThat(compare(batch, batch).verdict()).isEqualTo(Verdict.COMPATIBLE);
        assertThat(compare(batch, plan(ORDERS, OUT)).verdict()).isEqualTo(Verdict.COMPATIBLE);
        assertThat(compare(plan(ORDERS, OUT), batch).verdict()).isEqualTo(Verdict.INCOMPATIBLE);
    }
}
