package io.millrace.core.job;

import java.util.Comparator;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/** What a list of jobs holds, and in which order: the model of the SQL store's query. */
final class ListOrder {
    private ListOrder() {}

    static boolean isListed(JobFilter filter, Job job) {
        boolean here = filter.workspaces()
                .map(some -> some.contains(job.workspace().id()))
                .orElse(true);
        return (here && !filter.hidden().contains(job.id())) || filter.besides().contains(job.id());
    }

    static SortedMap<Tag, Integer> tags(Stream<ListedJob> jobs, JobFilter filter) {
        SortedMap<Tag, Integer> counts = new TreeMap<>();
        jobs.filter(listed -> listed.deletion().isPresent() == filter.deleted())
                .map(ListedJob::job)
                .filter(job -> isListed(filter, job))
                .forEach(job -> job.labels().tags().forEach(tag -> counts.merge(tag, 1, Integer::sum)));
        return counts;
    }

    static boolean matches(JobFilter filter, ListedJob job) {
        Labels labels = job.job().labels();
        return (filter.observed().isEmpty()
                        || filter.observed().contains(job.job().observed()))
                && labels.tags().containsAll(filter.tags())
                && filter.owner()
                        .map(owner -> labels.owner().equals(filter.owner()))
                        .orElse(true)
                && filter.text()
                        .map(text -> matches(job, text.toLowerCase(Locale.ROOT)))
                        .orElse(true);
    }

    private static boolean matches(ListedJob job, String text) {
        Labels labels = job.job().labels();
        return labels.tags().stream().anyMatch(tag -> tag.value().contains(text))
                || labels.owner().map(Owner::toString).orElse("").contains(text)
                || job.job().name().value().contains(text)
                || job.newest()
                        .description()
                        .orElse("")
                        .toLowerCase(Locale.ROOT)
                        .contains(text);
    }

    static Comparator<ListedJob> of(JobFilter.JobOrder order) {
        Comparator<ListedJob> workspace =
                Comparator.comparing(listed -> listed.job().workspace().name().value());
        Comparator<ListedJob> plain =
                Comparator.comparing(listed -> listed.job().name().value());
        Comparator<ListedJob> name = plain.thenComparing(workspace);
        Comparator<ListedJob> observed =
                Comparator.comparing(listed -> listed.job().observed().name());
        Comparator<ListedJob> changed =
                Comparator.comparing(listed -> listed.job().changedAt());
        return switch (order) {
            case NAME -> name;
            case NAME_DOWN -> plain.reversed().thenComparing(workspace);
            case OBSERVED -> observed.thenComparing(name);
            case OBSERVED_DOWN -> observed.reversed().thenComparing(name);
            case CHANGED -> changed.thenComparing(name);
            case CHANGED_DOWN -> changed.reversed().thenComparing(name);
        };
    }
}
