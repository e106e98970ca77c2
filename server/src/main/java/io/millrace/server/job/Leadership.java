package io.millrace.server.job;

import io.millrace.core.job.Lease;
import io.millrace.core.job.LeaseStore;
import io.millrace.core.target.TargetName;
import org.jboss.logging.Logger;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The targets after which this server looks: its share of all, which it takes when it starts, and what other servers
 * leave behind. A target whose holder is silent goes to who has less than its share; when nobody took it for some time,
 * to anybody, so that a server that does not know a target keeps it from no other.
 */
final class Leadership {
    private static final Logger LOG = Logger.getLogger(Leadership.class);

    /** How many times as long as a silent holder a target waits before it goes to a server that has its share. */
    private static final int ABANDONED = 3;

    private final LeaseStore store;
    private final String server;
    private final Set<TargetName> targets;
    private final Duration silence;
    private final Map<TargetName, Lease> mine = new ConcurrentHashMap<>();
    private boolean started;
    private boolean left;

    /** {@code server} names this process; {@code silence} is how long a holder may not renew before it counts as dead. */
    Leadership(LeaseStore store, String server, Set<TargetName> targets, Duration silence) {
        this.store = store;
        this.server = server;
        this.targets = Set.copyOf(targets);
        this.silence = silence;
    }

    Optional<Lease> lease(TargetName target) {
        return Optional.ofNullable(mine.get(target));
    }

    /** Keeps what it has and takes what it should have. Called every few seconds; answers what is new. */
    synchronized List<TargetName> tend() {
        if (left) {
            return List.of();
        }
        int servers = store.beat(server, silence);
        keep();
        int share = (targets.size() + servers - 1) / servers;
        List<TargetName> taken = new ArrayList<>();
        Others others = new Others(store.held(targets));
        for (Optional<TargetName> next = others.next(); next.isPresent(); next = others.next()) {
            Duration patience = mine.size() < share ? silence : silence.multipliedBy(ABANDONED);
            boolean force = !started && mine.size() < share;
            if (force || others.silent(next.get(), patience)) {
                take(next.get(), force, patience).ifPresent(lease -> {
                    mine.put(lease.target(), lease);
                    taken.add(lease.target());
                });
            }
        }
        started = true;
        return taken;
    }

    /** Lets others take at once what this server has. Called last. */
    synchronized void leave() {
        left = true;
        mine.clear();
        store.leave(server);
    }

    private Optional<Lease> take(TargetName target, boolean force, Duration patience) {
        return force ? Optional.of(store.takeOver(target, server)) : store.takeOverSilent(target, server, patience);
    }

    private void keep() {
        List<Lease> had = List.copyOf(mine.values());
        if (!had.isEmpty()) {
            List<Lease> kept = store.renew(had);
            had.stream().filter(lease -> !kept.contains(lease)).forEach(this::lost);
        }
    }

    /** What this server has not got, one after the other: first what nobody has, then of who has most. */
    private final class Others {
        private final Map<TargetName, LeaseStore.Held> holders = new HashMap<>();
        private final Map<String, Integer> load = new HashMap<>();
        private final Set<TargetName> left = new TreeSet<>(Comparator.comparing(TargetName::value));

        Others(List<LeaseStore.Held> all) {
            left.addAll(targets);
            left.removeAll(mine.keySet());
            for (LeaseStore.Held held : all) {
                holders.put(held.target(), held);
                load.merge(held.server(), 1, Integer::sum);
            }
        }

        Optional<TargetName> next() {
            Optional<TargetName> next = left.stream().max(Comparator.comparingInt(this::weight));
            next.ifPresent(target -> {
                left.remove(target);
                Optional.ofNullable(holders.get(target)).ifPresent(held -> load.merge(held.server(), -1, Integer::sum));
            });
            return next;
        }

        private int weight(TargetName target) {
            return Optional.ofNullable(holders.get(target))
                    .map(held -> load.get(held.server()))
                    .orElse(Integer.MAX_VALUE);
        }

        boolean silent(TargetName target, Duration patience) {
            return Optional.ofNullable(holders.get(target))
                    .map(held -> held.silent().compareTo(patience) >= 0)
                    .orElse(true);
        }
    }

    /** Another server has it now; whoever meets that tells. */
    void lost(Lease lease) {
        if (mine.remove(lease.target(), lease)) {
            LOG.warnf("Another server looks after the jobs on %s now.", lease.target());
        }
    }
}
