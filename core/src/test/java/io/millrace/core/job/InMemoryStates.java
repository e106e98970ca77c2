package io.millrace.core.job;

import io.millrace.core.state.StatePlan;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The model of a {@link StateStore}. */
public final class InMemoryStates implements StateStore {
    private final Map<Key, StatePlan> states = new ConcurrentHashMap<>();

    private record Key(JobId job, long version) {}

    @Override
    public void put(JobId job, long version, StatePlan state) {
        states.putIfAbsent(new Key(job, version), state);
    }

    @Override
    public Optional<StatePlan> find(JobId job, long version) {
        return Optional.ofNullable(states.get(new Key(job, version)));
    }
}
