package io.millrace.server.job;

import org.jdbi.v3.core.Jdbi;

import java.util.function.BooleanSupplier;
import java.util.function.Predicate;

/** Undoes what was written during a work unless that answers true. Stores join the one that is open on their thread. */
final class JobTransaction implements Predicate<BooleanSupplier> {
    private final Jdbi jdbi;

    JobTransaction(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    @Override
    public boolean test(BooleanSupplier work) {
        return jdbi.inTransaction(handle -> {
            boolean done = work.getAsBoolean();
            if (!done) {
                handle.rollback();
            }
            return done;
        });
    }
}
