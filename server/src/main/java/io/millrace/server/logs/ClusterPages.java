package io.millrace.server.logs;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.api.Json;
import io.millrace.core.target.FlinkJobId;
import io.millrace.server.target.FlinkPages;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** What a cluster says of its processes, their logs and its jobs. */
record ClusterPages(FlinkPages pages) {
    private static final int MOST = 8 << 20;
    private static final Pattern NAME = Pattern.compile("[\\w.:@-]{1,200}");
    private static final Pattern JOB = Pattern.compile("[0-9a-f]{32}");

    /** A file beside a log; {@code changed} in milliseconds. */
    record Listed(String name, long size, long changed) {}

    /** Those that it has and those that it remembers. */
    Set<FlinkJobId> jobs() throws IOException {
        Set<FlinkJobId> jobs = new LinkedHashSet<>();
        for (JsonNode job : json("/jobs/overview").path("jobs")) {
            String id = job.path("jid").asText();
            if (JOB.matcher(id).matches()) {
                jobs.add(new FlinkJobId(id));
            }
        }
        return jobs;
    }

    /** The JobManager first. */
    List<String> processes() throws IOException {
        List<String> processes = new ArrayList<>(List.of(LogFile.JOBMANAGER));
        for (JsonNode taskManager : json("/taskmanagers").path("taskmanagers")) {
            String id = taskManager.path("id").asText();
            if (NAME.matcher(id).matches() && !id.equals(LogFile.JOBMANAGER)) {
                processes.add(id);
            }
        }
        return processes;
    }

    /** What is in the folder of its log, the newest first: not all of it need be the process's own. */
    List<Listed> beside(String process) throws IOException {
        List<Listed> files = new ArrayList<>();
        for (JsonNode file : json(path(process) + "/logs").path("logs")) {
            String name = file.path("name").asText();
            if (NAME.matcher(name).matches()) {
                files.add(new Listed(
                        name, file.path("size").asLong(), file.path("mtime").asLong()));
            }
        }
        files.sort((one, other) -> Long.compare(other.changed(), one.changed()));
        return files;
    }

    <T> T log(String process, FlinkPages.Reading<T> reading) throws IOException {
        return pages.read(path(process) + "/log", reading);
    }

    <T> T file(String process, String name, FlinkPages.Reading<T> reading) throws IOException {
        return pages.read(path(process) + "/logs/" + name, reading);
    }

    private static String path(String process) {
        return process.equals(LogFile.JOBMANAGER) ? "/jobmanager" : "/taskmanagers/" + process;
    }

    private JsonNode json(String path) throws IOException {
        return Json.lenient().readTree(pages.tail(path, MOST));
    }
}
