package io.millrace.core.access;

import java.util.List;

/** Who did what. It can be added to and read; nothing in it changes, and nothing goes before its time. */
public interface ActivityLog {
    void append(Activity activity);

    /**
     * The newest first.
     *
     * @param before only those with a smaller number
     */
    List<Activity> list(ActivityFilter filter, long before, int limit);
}
