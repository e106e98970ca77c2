package io.millrace.dist.drill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.millrace.api.client.ApiException;
import io.millrace.api.client.JobsClient;
import io.millrace.api.client.UnreachableException;
import io.millrace.api.job.JobSpec;
import io.millrace.api.job.JobVersionView;
import io.millrace.dist.process.ProcessId;
import io.millrace.dist.process.ProcessTable;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** F32. */
final class PostgresDeathDrill implements Drill {
    private static final String NAME = "f32-";
    private static final String PART = "postgres";
    private static final int KILLS = 20;
    private static final int WRITERS = 4;
    private static final int POSTMASTER_EVERY = 10;

    @Override
    public String id() {
        return "F32";
    }

    @Override
    public String title() {
        return "PostgreSQL dies again and again while people write";
    }

    @Override
    public Control control() {
        return new Control("the job with all that was written is deleted", "every answered write is there");
    }

    @Override
    public void run(Trial trial) throws Exception {
        try (DrillServer server = trial.server();
                Writers writers = new Writers(server.jobs())) {
            for (int i = 1; i <= trial.rounds(KILLS); i++) {
                writers.awaitAnswer();
                boolean never = new CountDownLatch(1).await(trial.random().nextInt(500), TimeUnit.MILLISECONDS);
                assertThat(never).isFalse();
                kill(trial, i % POSTMASTER_EVERY == 0);
            }
            writers.awaitAnswer();
            writers.join();
            trial.sabotage(() -> {
                server.jobs().delete(NAME + 0);
                server.jobs().apply(NAME + 0, Jobs.SPEC);
            });
            check(trial, server.jobs(), writers);
        }
    }

    private static void check(Trial trial, JobsClient jobs, Writers writers) throws IOException {
        for (String name : writers.names()) {
            Set<String> there = jobs.versions(name).stream()
                    .map(JobVersionView::spec)
                    .map(JobSpec::description)
                    .collect(Collectors.toSet());
            assertThat(writers.answered(name).filter(mark -> !there.contains(mark)))
                    .as("every answered write is there: %s", name)
                    .isEmpty();
            Jobs.remove(trial, jobs, name);
        }
        trial.found(writers.answers() + " answered writes, 0 lost");
        try (Stream<String> log = Files.lines(trial.stack().home().log(PART))) {
            List<String> bad = log.filter(line -> line.contains("PANIC") || line.contains("invalid page"))
                    .toList();
            assertThat(bad).as("signs of corruption").isEmpty();
        }
        trial.found("0 corruptions");
    }

    /** People who write new versions of jobs, one after the other, and note which were answered. */
    private static final class Writers implements AutoCloseable {
        private final Map<String, Queue<String>> answered = new TreeMap<>();
        private final List<Thread> threads = new ArrayList<>();
        private volatile boolean closed;

        Writers(JobsClient jobs) {
            for (int i = 0; i < WRITERS; i++) {
                String name = NAME + i;
                answered.put(name, new ConcurrentLinkedQueue<>());
                Thread thread = new Thread(() -> write(jobs, name), "writer-" + i);
                threads.add(thread);
                thread.start();
            }
        }

        private void write(JobsClient jobs, String name) {
            for (int i = 0; !closed; i++) {
                String mark = "write " + i;
                try {
                    jobs.apply(name, new JobSpec(Jobs.SCRIPT, null, null, 1, "PT1S", mark, null));
                    answered.get(name).add(mark);
                } catch (ApiException | UnreachableException e) {
                    // Not answered with success: it may be there or not.
                }
            }
        }

        Set<String> names() {
            return answered.keySet();
        }

        Stream<String> answered(String name) {
            return answered.get(name).stream();
        }

        int answers() {
            return answered.values().stream().mapToInt(Queue::size).sum();
        }

        /** So that each death meets a server at work. */
        void awaitAnswer() {
            int before = answers();
            await("a write is answered").atMost(Jobs.CONVERGED).until(() -> answers() > before);
        }

        void join() throws InterruptedException {
            closed = true;
            for (Thread thread : threads) {
                thread.join();
            }
        }

        @Override
        public void close() {
            closed = true;
        }
    }

    private static void kill(Trial trial, boolean postmaster) throws Exception {
        DrillStack stack = trial.stack();
        if (postmaster) {
            ProcessId before = stack.process(PART);
            stack.kill(PART);
            trial.injected("postmaster killed");
            stack.awaitBack(PART, before);
        } else {
            stack.signal(backend(stack, trial.random()), "KILL");
            trial.injected("one process of PostgreSQL killed");
        }
    }

    /** Any child: those of clients, but also those that write the log and clean up. */
    private static ProcessId backend(DrillStack stack, Random random) throws IOException {
        long postmaster = stack.process(PART).pid();
        try (Stream<Path> processes = Files.list(Path.of("/proc"))) {
            List<Long> children = processes
                    .map(path -> path.getFileName().toString())
                    .filter(name -> name.matches("\\d+"))
                    .flatMap(pid -> ProcessHandle.of(Long.parseLong(pid)).stream())
                    .filter(process -> process.parent()
                            .map(ProcessHandle::pid)
                            .filter(pid -> pid == postmaster)
                            .isPresent())
                    .map(ProcessHandle::pid)
                    .sorted()
                    .toList();
            long chosen = children.get(random.nextInt(children.size()));
            return new ProcessTable().find(chosen).orElseThrow();
        }
    }
}
