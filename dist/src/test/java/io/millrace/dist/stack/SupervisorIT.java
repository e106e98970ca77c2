package io.millrace.dist.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.millrace.cli.ExitCode;
import io.millrace.dist.process.Backoff;
import io.millrace.dist.process.Command;
import io.millrace.dist.process.ProcessId;
import io.millrace.dist.process.ProcessTable;
import io.millrace.dist.process.Signal;
import io.millrace.dist.process.Stopper;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The supervisor with small real processes. */
@Timeout(60)
class SupervisorIT {
    private static final Ports PORTS = new Ports("127.0.0.1", 8080, 1, 2, 3, 4, 5, 6, 7);
    private static final Backoff SHORT =
            new Backoff(Duration.ofMillis(50), Duration.ofSeconds(1), Duration.ofMinutes(1));
    private static final String SERVES = "touch $NAME.answers; exec sleep 100";

    private final ProcessTable table = new ProcessTable();
    private final List<StackRecord> history = Collections.synchronizedList(new ArrayList<>());
    private final List<Supervisor> supervisors = new ArrayList<>();

    @TempDir
    private Path folder;

    private Home home;

    @BeforeEach
    void makeHome() {
        home = new Home(folder);
        home.create();
    }

    @AfterEach
    void leaveNothing() {
        supervisors.forEach(Supervisor::stop);
    }

    @Test
    void startsAPartOnceWhatItNeedsAnswers() throws Exception {
        Supervisor supervisor =
                supervisor(new Script("late", SERVES).needing("early"), new Script("early", "sleep 0.3; " + SERVES));

        assertThat(supervisor.start()).isEmpty();

        assertThat(record().phase()).isEqualTo(Phase.UP);
        assertThat(history)
                .filteredOn(seen -> state(seen, "late") == PartState.STARTING)
                .allMatch(seen -> state(seen, "early") == PartState.UP)
                .isNotEmpty();
    }

    @Test
    void startsAProcessAgainThatDied() throws Exception {
        Supervisor supervisor = supervisor(new Script("a", SERVES), new Script("b", SERVES));
        supervisor.start();
        ProcessId first = process("a");

        new Stopper(table).send(first, Signal.KILL);

        await().until(() -> entry("a").restarts() == 1 && entry("a").state() == PartState.UP);
        assertThat(process("a")).isNotEqualTo(first);
        assertThat(entry("b").restarts()).isZero();
        assertThat(history).anyMatch(seen -> state(seen, "a") == PartState.BACKING_OFF);
    }

    @Test
    void goesOnStartingAProcessThatDiesAgainAndAgain() throws Exception {
        Supervisor supervisor =
                supervisor(new Script("a", "[ -e second ] && exit 1; touch second $NAME.answers; exec sleep 100"));
        supervisor.start();

        new Stopper(table).send(process("a"), Signal.KILL);

        await().until(() -> entry("a").restarts() >= 3);
    }

    @Test
    void failsWithTheLastLinesOfAProcessThatEndsAtOnce() throws Exception {
        Supervisor supervisor =
                supervisor(new Script("good", SERVES), new Script("bad", "echo no room for me; exit 3"));

        Failure failure = supervisor.start().orElseThrow();
        ProcessId good = record().entry("good").flatMap(Entry::process).orElse(new ProcessId(1, -1));
        supervisor.stop();

        assertThat(failure.exitCode()).isEqualTo(ExitCode.FAILED);
        assertThat(failure.sentence()).contains("bad ended with exit status 3").contains("bad.log");
        assertThat(failure.lastLines()).containsExactly("no room for me");
        assertThat(record().phase()).isEqualTo(Phase.FAILED);
        assertThat(table.runs(good)).isFalse();
    }

    @Test
    void failsForAPortWhenTheProcessSaysThatOneIsTaken() throws Exception {
        Supervisor supervisor = supervisor(new Script("a", "echo 'bind: Address already in use'; exit 1"));

        assertThat(supervisor.start()).get().extracting(Failure::exitCode).isEqualTo(ExitCode.PORT);
    }

    @Test
    void failsWhenAProcessNeverAnswers() throws Exception {
        Supervisor supervisor = supervisor(new Script("mute", "exec sleep 100"));

        Failure failure = supervisor.start().orElseThrow();

        assertThat(failure.sentence()).contains("mute did not answer within 2 s");
    }

    @Test
    void noticesAProcessThatFallsSilentAndOneThatSpeaksAgain() throws Exception {
        Supervisor supervisor = supervisor(new Script("a", SERVES));
        supervisor.start();

        Files.delete(folder.resolve("a.answers"));
        await().until(() -> entry("a").state() == PartState.UNHEALTHY);

        Files.createFile(folder.resolve("a.answers"));
        await().until(() -> entry("a").state() == PartState.UP);
        assertThat(entry("a").restarts()).isZero();
    }

    @Test
    void endsAPartOnlyWhenThoseThatItOutlivesAreGone() throws Exception {
        Supervisor supervisor = supervisor(
                new Script("store", SERVES).outliving("user"),
                new Script(
                        "user", "trap 'sleep 0.3; exit 0' TERM; touch $NAME.answers; while true; do sleep 0.05; done"));
        supervisor.start();

        supervisor.stop();

        assertThat(history)
                .filteredOn(seen -> state(seen, "store") == PartState.STOPPING)
                .isNotEmpty()
                .allMatch(seen -> state(seen, "user") == PartState.DOWN);
        assertThat(record().phase()).isEqualTo(Phase.DOWN);
    }

    @Test
    void endsAProcessThatStillStarts() throws Exception {
        Supervisor supervisor =
                supervisor(new Script("slow", "exec sleep 100"), new Script("waiting", SERVES).needing("slow"));
        var starter = new Thread(() -> {
            try {
                supervisor.start();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
        starter.start();
        await().until(() -> entry("slow").process().isPresent());
        ProcessId slow = process("slow");

        supervisor.stop();
        starter.join();

        assertThat(table.runs(slow)).isFalse();
        assertThat(record().phase()).isEqualTo(Phase.DOWN);
    }

    @Test
    void cleansUpAfterASupervisorThatDied() throws Exception {
        Supervisor supervisor = supervisor(new Script("a", SERVES), new Script("b", SERVES));
        supervisor.start();
        StackRecord left = record();
        supervisor.stop();
        var orphan = new ProcessBuilder("sleep", "100").start();
        ProcessId id = table.find(orphan.pid()).orElseThrow();
        Instant noon = Instant.parse("2026-11-20T12:00:00Z");
        new StackFile(home.record())
                .write(left.with("a", entry -> entry.died(noon).started(id, noon)));

        try (HomeLock lock = HomeLock.take(home)) {
            assertThat(new Leftovers(table, Clock.systemUTC()).stop(home, lock)).containsExactly("a");
        }

        assertThat(table.runs(id)).isFalse();
        assertThat(record().phase()).isEqualTo(Phase.DOWN);
    }

    private Supervisor supervisor(Script... scripts) {
        List<Part> parts = List.of(scripts);
        var clock = Clock.systemUTC();
        var journal = new Journal(home.log(Supervisor.NAME), clock);
        ProcessId self = table.find(ProcessHandle.current().pid()).orElseThrow();
        var first =
                StackRecord.starting(self, PORTS, parts.stream().map(Part::name).toList(), clock.instant());
        var board = new Board(first, new StackFile(home.record()), clock, journal, history::add);
        var supervisor = new Supervisor(board, parts, home, journal, Duration.ofSeconds(2), SHORT);
        supervisors.add(supervisor);
        return supervisor;
    }

    private StackRecord record() {
        return new StackFile(home.record()).read().orElseThrow();
    }

    private Entry entry(String part) {
        return record().entry(part).orElseThrow();
    }

    private ProcessId process(String part) {
        return entry(part).process().orElseThrow();
    }

    private static PartState state(StackRecord record, String part) {
        return record.entry(part).orElseThrow().state();
    }

    /** A part that is a shell script; it answers when it made the file {@code <name>.answers}. */
    private final class Script implements Part {
        private final String name;
        private final String script;
        private Set<String> needs = Set.of();
        private Set<String> outlives = Set.of();

        Script(String name, String script) {
            this.name = name;
            this.script = script;
        }

        Script needing(String part) {
            needs = Set.of(part);
            return this;
        }

        Script outliving(String part) {
            outlives = Set.of(part);
            return this;
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public Set<String> needs() {
            return needs;
        }

        @Override
        public Set<String> outlives() {
            return outlives;
        }

        @Override
        public void prepare() {}

        @Override
        public Command command() {
            return new Command(
                    List.of("/bin/sh", "-c", script),
                    Map.of("PATH", System.getenv("PATH"), "NAME", name),
                    folder,
                    home.log(name));
        }

        @Override
        public boolean answers() {
            return Files.exists(folder.resolve(name + ".answers"));
        }
    }
}
