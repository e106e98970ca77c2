package io.millrace.server.bundle;

import io.millrace.core.job.JobId;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Which bundles are kept.
 *
 * @param perJob so many of each job, the newest
 * @param bytes as many as have room, the newest
 */
record Retention(Duration keep, int perJob, long bytes) {
    /** A saved bundle. */
    record Saved(BundleKey key, Instant at, long size) {}

    /** Those that have to go; {@code saved} is newest first. */
    List<BundleKey> excess(List<Saved> saved, Instant now) {
        List<BundleKey> excess = new ArrayList<>();
        Map<JobId, Integer> ofJob = new HashMap<>();
        long total = 0;
        for (Saved each : saved) {
            boolean old = each.at().plus(keep).isBefore(now);
            boolean many = ofJob.merge(each.key().job(), 1, Integer::sum) > perJob;
            boolean large = total + each.size() > bytes;
            if (old || many || large) {
                excess.add(each.key());
            } else {
                total += each.size();
            }
        }
        return excess;
    }
}
