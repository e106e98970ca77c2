package io.millrace.api.git;

/**
 * What a pull did with a job, or would do.
 *
 * @param file its path in the repository; of a job that is left, where it was
 * @param version the job's newest version; 0 for one that is not there yet
 * @param diff what would change, in unified form; of dry runs only
 * @param note what people should know; may be empty
 */
public record GitJobView(String name, String file, GitJobChange change, long version, String diff, String note) {}
