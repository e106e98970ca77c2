package io.millrace.server.lineage;

import java.util.List;

/** What repeats itself for as long as the server runs. */
record LineageLoops(List<LineageLoop> all) {
    LineageLoops {
        all = List.copyOf(all);
    }
}
