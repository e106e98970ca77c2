package io.millrace.core.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.core.state.StateOperator;
import io.millrace.core.state.StatePlan;
import io.millrace.core.state.StateTrait;
import org.junit.jupiter.api.Test;

import java.util.List;

/** What any store of states must do. Run for the in-memory store here and for the SQL store in server. */
public abstract class StateStoreContract {
    private static final StatePlan COUNTS = new StatePlan(
            "2.3.0",
            "d1",
            List.of(new StateOperator(
                    "id",
                    "aggregation",
                    "GroupAggregate(groupBy=[person], select=[person, COUNT(*) AS 'n'])",
                    "p",
                    true,
                    List.of(new StateTrait("keys", "person STRING", "d2")))),
            List.of("There is more."));
    private static final StatePlan NOTHING = new StatePlan("2.3.0", "", List.of(), List.of());

    protected abstract StateStore store();

    /** A job with two versions. */
    protected abstract JobId job();

    @Test
    void findsWhatWasPut() {
        JobId job = job();

        store().put(job, 1, COUNTS);
        store().put(job, 2, NOTHING);

        assertThat(store().find(job, 1)).contains(COUNTS);
        assertThat(store().find(job, 2)).contains(NOTHING);
    }

    @Test
    void findsNothingThatWasNotPut() {
        JobId job = job();
        store().put(job, 1, COUNTS);

        assertThat(store().find(job, 2)).isEmpty();
        assertThat(store().find(JobId.create(), 1)).isEmpty();
    }

    @Test
    void keepsTheFirst() {
        JobId job = job();
        store().put(job, 1, COUNTS);

        store().put(job, 1, NOTHING);

        assertThat(store().find(job, 1)).contains(COUNTS);
    }
}
