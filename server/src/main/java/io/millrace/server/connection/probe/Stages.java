package io.millrace.server.connection.probe;

import io.millrace.api.Json;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Collection;
import java.util.List;

/** Runs one stage after the other and says what came of each. The first that fails ends the test. */
final class Stages {
    static final String RESOLVE = "RESOLVE";
    static final String CONNECT = "CONNECT";
    static final String AUTHENTICATE = "AUTHENTICATE";
    static final String LIST = "LIST";

    private static final int LONGEST_MESSAGE = 500;

    private final PrintStream out;
    private final List<String> secrets;

    Stages(PrintStream out, Collection<String> secrets) {
        this.out = out;
        this.secrets = List.copyOf(secrets);
    }

    /** What the store says it is, the same to everybody who asks. */
    void identity(String text) {
        say(new ProbeLine(LIST, ProbeLine.TOLD, 0, clean(text)));
    }

    /** The step gives the sentence that is shown; what it throws is told as the failure. */
    void run(String stage, Step step) throws FailedException {
        say(new ProbeLine(stage, ProbeLine.RUNNING, 0, ""));
        long start = System.nanoTime();
        try {
            String message = step.run();
            say(new ProbeLine(stage, ProbeLine.DONE, millis(start), clean(message)));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new FailedException();
        } catch (Exception e) {
            say(new ProbeLine(stage, ProbeLine.FAILED, millis(start), clean(Sentences.of(e))));
            throw new FailedException();
        }
    }

    void skip(String stage, String why) {
        say(new ProbeLine(stage, ProbeLine.SKIPPED, 0, why));
    }

    /** What a store sends may hold anything, its user's password too. */
    private String clean(String message) {
        String clean = message;
        for (String secret : secrets) {
            clean = clean.replace(secret, "***");
        }
        clean = clean.replaceAll("[\\p{Cntrl}\\s]+", " ").strip();
        return clean.length() <= LONGEST_MESSAGE ? clean : clean.substring(0, LONGEST_MESSAGE) + "…";
    }

    private void say(ProbeLine line) {
        out.println(Json.write(line));
        out.flush();
    }

    private static long millis(long start) {
        return Duration.ofNanos(System.nanoTime() - start).toMillis();
    }

    /** One stage. */
    @FunctionalInterface
    interface Step {
        String run() throws Exception;
    }

    /** A stage failed and has been told. */
    static final class FailedException extends Exception {
        private static final long serialVersionUID = 1L;
    }
}
