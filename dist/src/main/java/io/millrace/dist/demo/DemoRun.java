package io.millrace.dist.demo;

import static io.millrace.cli.ExitCode.FAILED;
import static java.util.Objects.requireNonNull;

import io.millrace.api.client.MillraceClient;
import io.millrace.cli.console.CommandFailure;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** One run of the example on a stack that is up: from empty tables to a result that was checked. */
final class DemoRun {
    /** How long nothing may move. */
    private static final Duration STILL = Duration.ofMinutes(2);
    /** How long a result may differ when all lines are through: what was counted last is on its way to PostgreSQL. */
    private static final Duration SETTLING = Duration.ofSeconds(20);

    private static final Pattern TABLE_FOLDER = Pattern.compile("detail-[0-9a-f]{8}(/|$)");

    private final Site site;
    private final Example example;
    private final ExampleJobs jobs;
    private final Consumer<String> progress;

    /**
     * The stack as the demo needs it.
     *
     * @param kafka bootstrap servers
     * @param warehouse the folder with the files of the catalog {@code warehouse}
     */
    record Site(MillraceClient client, String kafka, Path warehouse, String ui) {}

    DemoRun(Site site, Example example, Consumer<String> progress) {
        this.site = requireNonNull(site, "site");
        this.example = requireNonNull(example, "example");
        this.progress = requireNonNull(progress, "progress");
        this.jobs = new ExampleJobs(site.client().jobs(), example.jobs());
    }

    /** The result, without the times. */
    DemoResult run(InputLog log) throws InterruptedException {
        try (Warehouse warehouse = new Warehouse(site.client().sql(), example)) {
            progress.accept("taking away what an earlier run left");
            jobs.remove();
            warehouse.run(example.drops());
            deleteFiles(site.warehouse().resolve("traffic"));
            progress.accept("creating topics and tables");
            try (Topics topics = new Topics(site.kafka())) {
                topics.delete(example.topics());
                topics.create(example.topics());
            }
            warehouse.run(example.tables());
            progress.accept("starting the jobs");
            jobs.start();
            long lines = new Loader(site.kafka())
                    .load(log, Example.RAW, sent -> progress.accept(format("%,d lines loaded", sent)));
            progress.accept(format("%,d lines loaded, waiting for the jobs to work through them", lines));
            warehouse.prepareCheck(example.check());
            Warehouse.Arrived arrived = awaitArrival(warehouse, lines);
            progress.accept("comparing the streaming result with an offline one");
            awaitEquality(warehouse, arrived);
            return warehouse.result(arrived, site.ui());
        }
    }

    /** Asks for the jobs' end, for a run that was interrupted on a stack that stays. */
    void abandon() {
        jobs.stop();
    }

    private Warehouse.Arrived awaitArrival(Warehouse warehouse, long lines) throws InterruptedException {
        Deadline deadline = Deadline.in(STILL);
        long before = -1;
        while (true) {
            Warehouse.Arrived arrived = warehouse.arrived();
            if (arrived.lines() == lines) {
                return arrived;
            }
            if (arrived.lines() > lines) {
                throw new CommandFailure(FAILED, format("%,d lines arrived of %,d.", arrived.lines(), lines));
            }
            if (arrived.lines() != before) {
                deadline.restart();
                progress.accept(format("%,d of %,d lines counted", arrived.lines(), lines));
            }
            before = arrived.lines();
            jobs.requireAlive();
            deadline.check(format(
                    "Only %,d of %,d lines arrived and nothing moved for %d seconds; see millrace job list.",
                    arrived.lines(), lines, STILL.toSeconds()));
        }
    }

    private void awaitEquality(Warehouse warehouse, Warehouse.Arrived arrived) throws InterruptedException {
        Deadline archiving = Deadline.in(STILL);
        Deadline settling = Deadline.in(SETTLING);
        List<String> differences = warehouse.differences();
        while (!differences.isEmpty()) {
            jobs.requireAlive();
            long archived = warehouse.archived();
            if (archived < arrived.detail()) {
                archiving.check(format("Only %,d of %,d rows are in Parquet files.", archived, arrived.detail()));
                settling.restart();
            } else if (settling.isOver()) {
                throw Warehouse.differ(differences);
            }
            differences = warehouse.differences();
        }
    }

    /** Dropping the table leaves its folder, which has the table's name and eight digits of its id. */
    private static void deleteFiles(Path database) {
        if (!Files.isDirectory(database)) {
            return;
        }
        try (Stream<Path> files = Files.walk(database)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                if (TABLE_FOLDER.matcher(database.relativize(file).toString()).lookingAt()) {
                    Files.deleteIfExists(file);
                }
            }
        } catch (IOException | UncheckedIOException e) {
            throw new CommandFailure(FAILED, "The files of the last run cannot be deleted: " + e.getMessage() + ".");
        }
    }

    private static String format(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
