package io.millrace.dist.demo;

import java.util.List;
import java.util.Map;

/**
 * What {@code demo --output json} prints. The names are contract.
 *
 * @param lines those that arrived: {@code quarantined} and {@code detail} together
 * @param detail requests
 * @param visitors distinct pairs of client and user agent
 * @param bots requests of bots
 * @param statuses requests by status
 * @param topPages the ten paths with most page views
 * @param validated whether streaming and offline results are equal, row by row
 */
record DemoResult(
        long lines,
        long quarantined,
        long detail,
        long pageViews,
        long visitors,
        long bots,
        Map<String, Long> statuses,
        List<TopPage> topPages,
        boolean validated,
        Seconds seconds,
        String ui) {
    /** A path and how often it was viewed. */
    record TopPage(String path, long views) {}

    /** How long the stack took to start, and the example to run. */
    record Seconds(double start, double run) {}

    DemoResult took(double start, double run) {
        return new DemoResult(
                lines,
                quarantined,
                detail,
                pageViews,
                visitors,
                bots,
                statuses,
                topPages,
                validated,
                new Seconds(start, run),
                ui);
    }
}
