package io.millrace.core.job;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The model of the bin, over that of the jobs. */
public final class InMemoryBin implements JobBin {
    private final InMemoryJobs stores;

    public InMemoryBin(InMemoryJobs stores) {
        this.stores = stores;
    }

    @Override
    public boolean put(Job job, Deletion deletion, JobEvent event) {
        synchronized (stores) {
            Job stored = stores.jobs.get(job.id());
            boolean may = stored != null
                    && !stores.deletions.containsKey(job.id())
                    && stored.generation() == job.generation()
                    && stores.load(job.id()).orElseThrow().atRest();
            if (may) {
                stores.jobs.put(job.id(), stored.deleted(deletion.at()));
                stores.deletions.put(job.id(), deletion);
                stores.add(job.id(), event);
            }
            return may;
        }
    }

    @Override
    public Optional<ListedJob> find(JobId id) {
        synchronized (stores) {
            return Optional.ofNullable(stores.jobs.get(id))
                    .map(stores::listed)
                    .filter(listed -> listed.deletion().isPresent());
        }
    }

    @Override
    public Restored restore(Job next, JobEvent event) {
        synchronized (stores) {
            Job stored = stores.jobs.get(next.id());
            if (!stores.deletions.containsKey(next.id())
                    || stored == null
                    || stored.generation() != next.generation() - 1) {
                return Restored.GONE;
            }
            if (stores.find(next.workspace().id(), next.name()).isPresent()) {
                return Restored.NAME_TAKEN;
            }
            stores.jobs.put(next.id(), stored.restored(next.name(), next.changedAt()));
            stores.deletions.remove(next.id());
            stores.add(next.id(), event);
            return Restored.DONE;
        }
    }

    @Override
    public boolean purge(JobId id) {
        synchronized (stores) {
            boolean there = stores.deletions.remove(id) != null;
            if (there) {
                stores.jobs.remove(id);
            }
            return there;
        }
    }

    @Override
    public int purge(Instant before, int limit) {
        synchronized (stores) {
            List<JobId> old = stores.deletions.entrySet().stream()
                    .filter(entry -> entry.getValue().at().isBefore(before))
                    .map(Map.Entry::getKey)
                    .limit(limit)
                    .toList();
            old.forEach(this::purge);
            return old.size();
        }
    }
}
