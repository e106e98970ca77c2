package io.millrace.server.bundle;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.api.Json;
import io.millrace.core.target.FlinkJobId;
import io.millrace.server.secret.Redactor;
import io.millrace.server.target.FlinkPages;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Writes a bundle. What the cluster does not tell is named in it; only what it tells is there, without secrets. */
final class Collector {
    private static final int PAGE = 4 << 20;
    private static final int LOG = 16 << 20;
    private static final int EXCERPT = 2 << 20;
    private static final int MOST_TASKMANAGERS = 8;
    private static final int MOST_METRICS = 200;
    private static final int MOST_SILENCES = 3;

    private final FlinkPages pages;
    private final UnaryOperator<String> redact;
    private final Clock clock;
    private final List<String> absent = new ArrayList<>();
    private int silences;

    Collector(FlinkPages pages, UnaryOperator<String> redact, Clock clock) {
        this.pages = pages;
        this.redact = redact;
        this.clock = clock;
    }

    void write(WantedBundle bundle, OutputStream output) throws IOException {
        try (ZipOutputStream zip = new ZipOutputStream(output)) {
            add(zip, "failure.txt", summary(bundle));
            add(zip, "exception.txt", bundle.exception());
            add(zip, "job.sql", bundle.script());
            add(zip, "settings.json", bundle.settings());
            FlinkJobId job = bundle.flinkJob();
            page(zip, "exceptions.json", "/jobs/" + job + "/exceptions?maxExceptions=20");
            page(zip, "checkpoints.json", "/jobs/" + job + "/checkpoints");
            page(zip, "checkpoint-settings.json", "/jobs/" + job + "/checkpoints/config");
            page(zip, "flink-job.json", "/jobs/" + job);
            page(zip, "flink-settings.json", "/jobs/" + job + "/config");
            metrics(zip, job);
            cluster(zip);
            page(zip, "taskmanagers.json", "/taskmanagers");
            log(zip, "jobmanager", "/jobmanager/log", job);
            for (String taskManager : taskManagers()) {
                log(zip, "taskmanager-" + taskManager, "/taskmanagers/" + taskManager + "/log", job);
            }
            add(zip, "absent.txt", String.join("\n", absent));
        }
    }

    private String summary(WantedBundle bundle) {
        return String.join(
                "\n",
                "job         " + bundle.name(),
                "version     " + bundle.version(),
                "attempt     " + bundle.key().attempt(),
                "flink job   " + bundle.flinkJob(),
                "failed at   " + bundle.at(),
                "saved at    " + clock.instant(),
                "kind        " + bundle.kind(),
                "cause       " + bundle.cause(),
                "remedy      " + bundle.kind().remedy(),
                "");
    }

    private void add(ZipOutputStream zip, String name, String text) throws IOException {
        zip.putNextEntry(new ZipEntry(name));
        zip.write(redact.apply(text).getBytes(UTF_8));
        zip.closeEntry();
    }

    /** What is not told is no reason to have no bundle; that it cannot be written is. */
    private void page(ZipOutputStream zip, String name, String path) throws IOException {
        String text;
        try {
            text = text(path, PAGE);
        } catch (IOException e) {
            absent.add(name + ": " + e.getMessage());
            return;
        }
        add(zip, name, text);
    }

    private String text(String path, int most) throws IOException {
        if (silences >= MOST_SILENCES) {
            throw new IOException("the cluster does not answer");
        }
        try {
            return new String(pages.tail(path, most), UTF_8);
        } catch (FlinkPages.Refused e) {
            throw e;
        } catch (IOException e) {
            silences++;
            throw e;
        }
    }

    private JsonNode json(String path) throws IOException {
        return Json.lenient().readTree(text(path, PAGE));
    }

    /** The job's own, and of each of its vertices what it read and wrote. */
    private void metrics(ZipOutputStream zip, FlinkJobId job) throws IOException {
        JsonNode values;
        try {
            List<String> names = new ArrayList<>();
            json("/jobs/" + job + "/metrics")
                    .forEach(each -> names.add(each.path("id").asText()));
            String query = names.stream().limit(MOST_METRICS).collect(Collectors.joining(","));
            values = json("/jobs/" + job + "/metrics?get=" + query);
        } catch (IOException e) {
            absent.add("metrics.json: " + e.getMessage());
            return;
        }
        add(zip, "metrics.json", values.toPrettyString());
    }

    /** The names say which settings of a cluster are secrets; Flink itself hides few of them. */
    private void cluster(ZipOutputStream zip) throws IOException {
        JsonNode settings;
        try {
            settings = json("/jobmanager/config");
        } catch (IOException e) {
            absent.add("cluster-settings.json: " + e.getMessage());
            return;
        }
        for (JsonNode each : settings) {
            if (each instanceof ObjectNode setting
                    && Redactor.isSecret(setting.path("key").asText())) {
                setting.put("value", "***");
            }
        }
        add(zip, "cluster-settings.json", settings.toPrettyString());
    }

    private List<String> taskManagers() {
        List<String> ids = new ArrayList<>();
        try {
            json("/taskmanagers")
                    .path("taskmanagers")
                    .forEach(each -> ids.add(each.path("id").asText()));
        } catch (IOException e) {
            absent.add("logs of TaskManagers: " + e.getMessage());
        }
        return ids.stream()
                .filter(id -> id.matches("[\\w.:-]{1,200}"))
                .limit(MOST_TASKMANAGERS)
                .toList();
    }

    private void log(ZipOutputStream zip, String name, String path, FlinkJobId job) throws IOException {
        String excerpt;
        try {
            excerpt = LogExcerpt.of(text(path, LOG), job, EXCERPT);
        } catch (IOException e) {
            absent.add("logs/" + name + ".log: " + e.getMessage());
            return;
        }
        add(zip, "logs/" + name.replace(':', '_') + ".log", excerpt);
    }
}
