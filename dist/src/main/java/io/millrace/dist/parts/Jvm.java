package io.millrace.dist.parts;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The command line of a Java program. Written to an argument file, so that {@code ps} stays readable. */
final class Jvm {
    /** Where Flink and its libraries look into the JDK; the list of its default configuration. */
    static final String EXIT = "-XX:+ExitOnOutOfMemoryError";

    private static final List<String> FLINK_EXPORTS = List.of(
            "java.rmi/sun.rmi.registry",
            "jdk.compiler/com.sun.tools.javac.api",
            "jdk.compiler/com.sun.tools.javac.file",
            "jdk.compiler/com.sun.tools.javac.parser",
            "jdk.compiler/com.sun.tools.javac.tree",
            "jdk.compiler/com.sun.tools.javac.util",
            "java.security.jgss/sun.security.krb5");

    private static final List<String> FLINK_OPENS = List.of(
            "java.lang",
            "java.net",
            "java.io",
            "java.nio",
            "sun.nio.ch",
            "java.lang.reflect",
            "java.text",
            "java.time",
            "java.util",
            "java.util.concurrent",
            "java.util.concurrent.atomic",
            "java.util.concurrent.locks");

    /** What those who write SQL could have Kafka's clients load, read or call by options. None of it is needed. */
    private static final List<String> KAFKA = List.of(
            "automatic.config.providers=none",
            "disallowed.login.modules=com.sun.security.auth.module.JndiLoginModule,"
                    + "com.sun.security.auth.module.LdapLoginModule",
            "sasl.oauthbearer.allowed.urls=",
            "sasl.oauthbearer.allowed.files=");

    /** The clients in Flink's connector have the names of their own settings renamed. */
    private static final List<String> KAFKAS =
            List.of("org.apache.kafka.", "org.apache.flink.kafka.shaded.org.apache.kafka.");

    /** Options of people's own for each process, separated by blanks. */
    private static final String OWN = "MILLRACE_JAVA_OPTIONS";

    private final List<String> options = new ArrayList<>();

    private Jvm() {}

    /** A heap that starts small and collectors that cost little: a stack on somebody's machine is idle most of the time. */
    static Jvm withHeap(int megabytes, Site site) {
        var jvm = new Jvm();
        jvm.options.add("-Xms16m");
        jvm.options.add("-Xmx" + megabytes + "m");
        jvm.options.add("-XX:+UseSerialGC");
        jvm.options.add(EXIT);
        jvm.options.add("-Djava.io.tmpdir=" + site.home().tmp());
        jvm.options.add("-Dfile.encoding=UTF-8");
        jvm.options.add("-Djava.net.preferIPv4Stack=true");
        jvm.options.add("-Duser.timezone=UTC");
        KAFKAS.forEach(kafka -> KAFKA.forEach(setting -> jvm.options.add("-D" + kafka + setting)));
        return jvm;
    }

    Jvm with(String option) {
        options.add(requireNonNull(option, "option"));
        return this;
    }

    Jvm openForFlink() {
        FLINK_EXPORTS.forEach(name -> options.add("--add-exports=" + name + "=ALL-UNNAMED"));
        FLINK_OPENS.forEach(name -> options.add("--add-opens=java.base/" + name + "=ALL-UNNAMED"));
        return this;
    }

    Jvm classPath(List<Path> jars) {
        options.add("-cp");
        options.add(jars.stream().map(Path::toString).collect(Collectors.joining(":")));
        return this;
    }

    /** One option per line, as {@code java @file} reads it. People's own come last, for the last one counts. */
    List<String> lines() {
        String own = System.getenv().getOrDefault(OWN, "");
        return Stream.concat(options.stream(), Stream.of(own.split("\\s+")).filter(option -> !option.isEmpty()))
                .map(option -> '"' + option.replace("\\", "\\\\").replace("\"", "\\\"") + '"')
                .toList();
    }

    /** The Java that runs this program runs the parts too. */
    static String program() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }
}
