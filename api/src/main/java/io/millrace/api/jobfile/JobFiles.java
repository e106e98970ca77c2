package io.millrace.api.jobfile;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Job files that are read together: no two of them name one job.
 *
 * @param passedOver the names of files of folders that are no job files
 */
public record JobFiles(List<JobFile> jobs, List<String> passedOver) {
    public JobFiles {
        jobs = List.copyOf(jobs);
        passedOver = List.copyOf(passedOver);
    }

    /**
     * A text that may be a job file.
     *
     * @param name for messages
     * @param inFolder whether nobody named it, so that it need not be one
     */
    public record Source(String name, String content, boolean inFolder) {
        public static Source named(String name, String content) {
            return new Source(name, content, false);
        }

        public static Source inFolder(String name, String content) {
            return new Source(name, content, true);
        }
    }

    /** Reads all, or says everything that is wrong with any. */
    public static JobFiles read(List<Source> sources) throws InvalidFilesException {
        List<JobFile> jobs = new ArrayList<>();
        List<String> passedOver = new ArrayList<>();
        List<SourceProblem> problems = new ArrayList<>();
        for (Source source : sources) {
            if (source.inFolder && !FrontMatter.opens(source.content)) {
                passedOver.add(source.name);
                continue;
            }
            try {
                jobs.add(JobFile.read(source.name, source.content));
            } catch (InvalidFilesException e) {
                problems.addAll(e.problems());
            }
        }
        problems.addAll(repeatedNames(jobs));
        if (!problems.isEmpty()) {
            throw new InvalidFilesException(problems);
        }
        return new JobFiles(jobs, passedOver);
    }

    private static List<SourceProblem> repeatedNames(List<JobFile> jobs) {
        List<SourceProblem> problems = new ArrayList<>();
        Map<String, String> files = new HashMap<>();
        for (JobFile job : jobs) {
            String first = files.putIfAbsent(job.name(), job.file());
            if (first != null) {
                problems.add(job.at(
                        "name",
                        "the job '" + job.name() + "' is in " + first + " too",
                        "give one of the two another name:, or delete it"));
            }
        }
        return problems;
    }
}
