package io.millrace.dist.parts;

import java.util.List;

/**
 * How the programs that use Log4j log: to standard output, which the supervisor keeps in the part's log file. Flink says
 * which job a line is about, so that the lines of one can be told from those of others.
 */
final class Log4j {
    private Log4j() {}

    static List<String> toStandardOutput() {
        return List.of(
                "rootLogger.level = INFO",
                "rootLogger.appenderRef.out.ref = out",
                "appender.out.name = out",
                "appender.out.type = Console",
                "appender.out.layout.type = PatternLayout",
                "appender.out.layout.pattern = %d{yyyy-MM-dd'T'HH:mm:ss.SSSXXX} %-5p %c{1.} %notEmpty{[%X{flink-job-id}] }%m%n",
                // Each is a page at INFO for every client that connects.
                "logger.clients.name = org.apache.kafka.clients",
                "logger.clients.level = WARN",
                "logger.appinfo.name = org.apache.kafka.common.utils.AppInfoParser",
                "logger.appinfo.level = WARN",
                // Flink's connector brings its own; one that a broker refuses fills disks at INFO.
                "logger.connector.name = org.apache.flink.kafka.shaded.org.apache.kafka",
                "logger.connector.level = WARN",
                "logger.pekko.name = org.apache.pekko",
                "logger.pekko.level = WARN");
    }
}
