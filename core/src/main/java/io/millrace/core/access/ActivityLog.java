package io.millrace.core.access;

import java.util.List;

/** Who did what. It can be added to and read; nothing in it changes, and nothing goes before its time. */
public interface ActivityLog {
    void append(Activity activity);

    /**
     * Writes it down a little later. The caller waits for nothing, so that the time of an answer does not tell that
     * something was written down.
     */
    void later(Activity activity);

    /**
     * The newest first.
     *
     * @param before only those with a smaller number
     */
    List<Activity> list(ActivityFilter filter, long before, int limit);
}
