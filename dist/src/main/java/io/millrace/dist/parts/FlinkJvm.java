package io.millrace.dist.parts;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** What the three Flink processes have in common. */
final class FlinkJvm {
    private FlinkJvm() {}

    /** {@code log.file} is where Flink's own console looks for the log. */
    static List<String> options(int heap, Site site, String part, String conf, List<Path> classPath) {
        return Jvm.withHeap(heap, site)
                .with("-XX:MaxMetaspaceSize=320m")
                .with("-Dlog.file=" + site.home().log(part))
                .with("-Dlog4j2.configurationFile="
                        + site.home().conf(conf).resolve("log4j2.properties").toUri())
                .openForFlink()
                .classPath(classPath)
                .lines();
    }

    static Map<String, String> environment(Site site, String conf) {
        return Map.of("FLINK_CONF_DIR", site.home().conf(conf).toString());
    }
}
