package io.millrace.dist.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.dist.e2e.Millrace.Answer;
import io.millrace.dist.process.ProcessTable;
import io.millrace.dist.stack.Home;
import io.millrace.dist.stack.Journal;
import io.millrace.dist.stack.PartState;
import io.millrace.dist.stack.StackFile;
import io.millrace.dist.stack.StackStatus;
import io.millrace.dist.stack.StackStatus.ProcessStatus;
import io.millrace.dist.stack.StartTurn;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** The life of a local stack, seen from outside. */
class StackE2E {
    private static final Duration RESTART_LIMIT = Duration.ofSeconds(60);

    private static final String OWN = "-Dof.peoples.own=true";

    @TempDir
    private Path folder;

    @Test
    void comesUpBesideAnotherHealsSurvivesItsSupervisorAndGoesDown() throws Exception {
        try (var millrace = new Millrace(folder.resolve("home"))
                        .with(
                                "MILLRACE_JAVA_OPTIONS",
                                System.getenv().getOrDefault("MILLRACE_JAVA_OPTIONS", "") + " " + OWN)
                        .with("MILLRACE_JOB_KEEP_DELETED", "5d");
                var other = new Millrace(folder.resolve("other"))) {
            CompletableFuture<Answer> otherUp = inBackground(other);
            Answer up = millrace.run("up", "--output", "json");
            assertThat(up.exit()).as(up.err()).isZero();
            assertThat(up.json().path("state").asText()).isEqualTo("UP");
            assertThat(names(up.json()))
                    .containsExactlyInAnyOrder("postgres", "kafka", "jobmanager", "taskmanager", "gateway", "server");

            staysWhenAnotherGoes(millrace, up, other, otherUp.join());
            saysThatItIsUpAlready(millrace);
            showsNoSecret(millrace);
            takesOptionsOfPeoplesOwn(millrace);
            tellsSettingsToTheServerAlone(millrace);
            startsAgainWhatIsKilled(millrace, "kafka");
            startsAgainWhatIsKilled(millrace, "postgres");
            startsAgainWhatIsKilled(millrace, "jobmanager");
            endsTheQueriesOfAGatewayThatDies(millrace);
            recoversFromTheDeathOfItsSupervisor(millrace);

            assertThat(millrace.run("down").exit()).isZero();
            assertThat(millrace.processes()).isEmpty();
            Answer status = millrace.run("status", "--output", "json");
            assertThat(status.exit()).isEqualTo(3);
            assertThat(status.json().path("state").asText()).isEqualTo("DOWN");
            assertThat(millrace.run("logs", "supervisor").out()).contains("kafka ended with exit status 137");
            assertThat(millrace.run("down").exit()).isZero();
        }
    }

    private static void staysWhenAnotherGoes(Millrace millrace, Answer up, Millrace other, Answer otherUp)
            throws Exception {
        assertThat(otherUp.exit()).as(otherUp.err()).isZero();
        assertThat(otherUp.json().path("ui").asText())
                .isNotEqualTo(up.json().path("ui").asText());
        assertThat(other.run("down").exit()).isZero();
        assertThat(other.processes()).isEmpty();
        assertThat(millrace.run("status").exit()).isZero();
    }

    private static void saysThatItIsUpAlready(Millrace millrace) throws Exception {
        Set<Long> before = pids(millrace);

        Answer again = millrace.run("up");

        assertThat(again.exit()).isZero();
        assertThat(again.err()).contains("up already");
        assertThat(pids(millrace)).isEqualTo(before);
    }

    private static void takesOptionsOfPeoplesOwn(Millrace millrace) throws Exception {
        for (String part : List.of("kafka", "jobmanager", "taskmanager", "gateway", "server")) {
            assertThat(Files.readAllLines(millrace.home().resolve("conf/" + part + "/jvm.args")))
                    .endsWith('"' + OWN + '"');
        }
    }

    private static void tellsSettingsToTheServerAlone(Millrace millrace) throws Exception {
        for (String part : List.of("kafka", "jobmanager", "taskmanager", "gateway", "server")) {
            String environment = Files.readString(
                    Path.of("/proc", String.valueOf(process(millrace, part).pid()), "environ"));
            assertThat(environment.contains("MILLRACE_JOB_KEEP_DELETED=5d"))
                    .as(part)
                    .isEqualTo(part.equals("server"));
        }
    }

    private static void showsNoSecret(Millrace millrace) throws Exception {
        try (var secrets = Files.list(millrace.home().resolve("secrets"))) {
            for (Path secret : secrets.filter(Files::isRegularFile).toList()) {
                String value = Files.readString(secret).strip();
                assertThat(millrace.commandLines()).noneMatch(line -> line.contains(value));
            }
        }
    }

    private static void startsAgainWhatIsKilled(Millrace millrace, String name) throws Exception {
        ProcessStatus before = process(millrace, name);

        // A stack of another test that chose its ports now would take the one that is free for a moment.
        try (StartTurn turn = StartTurn.take(journal(millrace))) {
            assertThat(turn).isNotNull();
            kill("KILL", Objects.requireNonNull(before.pid()));

            await(name + " is started again").atMost(RESTART_LIMIT).until(() -> {
                ProcessStatus now = process(millrace, name);
                return now.restarts() == before.restarts() + 1 && now.state() == PartState.UP;
            });
        }
        await("all is well again").atMost(RESTART_LIMIT).until(() -> isUp(millrace));
    }

    private static Journal journal(Millrace millrace) {
        return new Journal(millrace.home().resolve("logs/test.log"), Clock.systemUTC());
    }

    /** Nobody could fetch their rows. */
    private static void endsTheQueriesOfAGatewayThatDies(Millrace millrace) throws Exception {
        Process query = millrace.start(
                "sql",
                "-e",
                "CREATE TEMPORARY TABLE n (i INT) WITH ('connector' = 'datagen', 'rows-per-second' = '1');"
                        + " SELECT i FROM n");
        await("the query runs").atMost(RESTART_LIMIT).until(() -> runningJobs(millrace) == 1);

        startsAgainWhatIsKilled(millrace, "gateway");

        assertThat(query.waitFor(100, TimeUnit.SECONDS)).isTrue();
        assertThat(query.exitValue()).isNotZero();
        await("the query's job is cancelled").atMost(Duration.ofMinutes(2)).until(() -> runningJobs(millrace) == 0);
    }

    private static long runningJobs(Millrace millrace) throws Exception {
        var settings = new Properties();
        try (var file = Files.newBufferedReader(millrace.home().resolve("conf/server/application.properties"))) {
            settings.load(file);
        }
        URI overview = URI.create(settings.getProperty("millrace.target.local.rest-url") + "/jobs/overview");
        String jobs = HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(overview).build(), BodyHandlers.ofString())
                .body();
        return new ObjectMapper()
                .readTree(jobs).findValuesAsText("state").stream()
                        .filter("RUNNING"::equals)
                        .count();
    }

    private static void recoversFromTheDeathOfItsSupervisor(Millrace millrace) throws Exception {
        Set<Long> orphans = pids(millrace);
        long supervisor = millrace.processes().stream()
                .map(ProcessHandle::pid)
                .filter(pid -> ProcessHandle.of(pid)
                        .flatMap(handle -> handle.info().commandLine())
                        .filter(line -> line.contains(" supervise"))
                        .isPresent())
                .findFirst()
                .orElseThrow();

        kill("KILL", supervisor);
        await().until(() -> ProcessHandle.of(supervisor).isEmpty());
        Answer status = millrace.run("status");
        assertThat(status.exit()).isEqualTo(1);
        assertThat(status.out()).contains("DEGRADED").contains("supervisor died");

        assertThat(millrace.run("up").exit()).isZero();
        assertThat(pids(millrace)).hasSize(6).doesNotContainAnyElementsOf(orphans);
        assertThat(orphans).noneMatch(pid -> ProcessHandle.of(pid).isPresent());
    }

    @Test
    void leavesNothingWhenItsStartIsInterrupted() throws Exception {
        try (var millrace = new Millrace(folder.resolve("home"))) {
            Process up = millrace.start("up");
            await("some processes run")
                    .atMost(RESTART_LIMIT)
                    .until(() -> millrace.processes().size() >= 3);

            kill("INT", up.pid());

            assertThat(up.waitFor(100, TimeUnit.SECONDS)).isTrue();
            assertThat(up.exitValue()).isEqualTo(130);
            assertThat(millrace.processes()).isEmpty();
            assertThat(millrace.run("status").exit()).isEqualTo(3);
        }
    }

    @Test
    void staysInTheForegroundUntilItIsEnded() throws Exception {
        try (var millrace = new Millrace(folder.resolve("home"))) {
            Process up = millrace.start("up", "--foreground");
            await("the stack is up").atMost(Duration.ofMinutes(2)).until(() -> isUp(millrace));
            assertThat(millrace.run("status").exit()).isZero();
            assertThat(up.isAlive()).isTrue();

            kill("TERM", up.pid());

            assertThat(up.waitFor(100, TimeUnit.SECONDS)).isTrue();
            assertThat(up.exitValue()).isEqualTo(143);
            assertThat(millrace.processes()).isEmpty();
            assertThat(millrace.run("status").exit()).isEqualTo(3);
        }
    }

    @Test
    void leavesNothingWhenAProcessDoesNotAnswerInTime() throws Exception {
        try (var millrace = new Millrace(folder.resolve("home"))) {
            Answer up = millrace.run("up", "--timeout", "1");

            assertThat(up.exit()).isEqualTo(1);
            assertThat(up.err()).contains("did not answer within 1 s; its log is " + millrace.home());
            assertThat(millrace.processes()).isEmpty();
        }
    }

    @Test
    void refusesAPortThatAnotherProgramHolds() throws Exception {
        try (var millrace = new Millrace(folder.resolve("home"));
                var other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Answer up = millrace.run("up", "--port", "" + other.getLocalPort());

            assertThat(up.exit()).isEqualTo(5);
            assertThat(up.out()).isEmpty();
            assertThat(sentences(up)).singleElement().asString().contains("Port " + other.getLocalPort());
            assertThat(millrace.processes()).isEmpty();
        }
    }

    @Test
    void refusesAHomeThatCannotBe() throws Exception {
        Path file = Files.writeString(folder.resolve("file"), "not a folder");
        try (var millrace = new Millrace(file.resolve("home"))) {
            Answer up = millrace.run("up");

            assertThat(up.exit()).isEqualTo(4);
            assertThat(sentences(up)).singleElement().asString().contains("MILLRACE_HOME");
        }
    }

    @Test
    void refusesADamagedRecord() throws Exception {
        try (var millrace = new Millrace(folder.resolve("home"))) {
            Files.writeString(Files.createDirectories(millrace.home()).resolve("stack.json"), "{\"format\":");

            for (String command : List.of("up", "status", "down")) {
                Answer answer = millrace.run(command);

                assertThat(answer.exit()).as(command).isEqualTo(4);
                assertThat(sentences(answer)).singleElement().asString().contains("stack.json is damaged");
            }
            assertThat(millrace.processes()).isEmpty();
        }
    }

    @Test
    void refusesAnOldJava() throws Exception {
        Path old = folder.resolve("jdk-11");
        Path java = Files.createDirectories(old.resolve("bin")).resolve("java");
        Files.writeString(old.resolve("release"), "JAVA_VERSION=\"11.0.2\"\n");
        Files.writeString(java, "#!/bin/sh\nexit 1\n");
        assertThat(java.toFile().setExecutable(true)).isTrue();
        try (var millrace = new Millrace(folder.resolve("home")).with("JAVA_HOME", old.toString())) {
            Answer status = millrace.run("status");

            assertThat(status.exit()).isEqualTo(4);
            assertThat(sentences(status))
                    .singleElement()
                    .asString()
                    .contains("11.0.2")
                    .contains("17 or newer");
        }
    }

    @Test
    void tellsWrongUsageApartFromFailure() throws Exception {
        try (var millrace = new Millrace(folder.resolve("home"))) {
            assertThat(millrace.run("up", "--port", "70000").exit()).isEqualTo(2);
            assertThat(millrace.run("raise").exit()).isEqualTo(2);
            assertThat(millrace.run().exit()).isEqualTo(2);
            assertThat(millrace.run("logs").exit()).isEqualTo(4);
            assertThat(millrace.run("status").exit()).isEqualTo(3);
        }
    }

    private static CompletableFuture<Answer> inBackground(Millrace millrace) {
        return CompletableFuture.supplyAsync(() -> {
            try {
                return millrace.run("up", "--output", "json");
            } catch (IOException | InterruptedException e) {
                throw new CompletionException(e);
            }
        });
    }

    private static List<String> sentences(Answer answer) {
        return answer.err()
                .lines()
                .filter(line -> line.startsWith("millrace: "))
                .toList();
    }

    private static List<String> names(JsonNode status) {
        return status.path("processes").findValuesAsText("name");
    }

    private static Set<Long> pids(Millrace millrace) {
        return look(millrace).processes().stream().map(ProcessStatus::pid).collect(Collectors.toSet());
    }

    private static ProcessStatus process(Millrace millrace, String name) {
        return look(millrace).processes().stream()
                .filter(process -> process.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError("there is no process " + name));
    }

    private static boolean isUp(Millrace millrace) {
        return look(millrace).state() == StackStatus.State.UP;
    }

    /** What {@code millrace status} prints, without a process for each look. */
    private static StackStatus look(Millrace millrace) {
        return StackStatus.of(new StackFile(new Home(millrace.home()).record()).read(), new ProcessTable()::runs);
    }

    private static void kill(String signal, long pid) throws Exception {
        new ProcessBuilder("/bin/sh", "-c", "kill -" + signal + " " + pid)
                .start()
                .waitFor();
    }
}
