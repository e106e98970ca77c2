package io.millrace.flink.gateway.policy;

import io.millrace.flink.gateway.problem.Code;
import io.millrace.flink.gateway.problem.GatewayException;
import org.apache.flink.core.fs.Path;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The files of the host that the options of a table name which names its connector itself. Options that are a path are
 * known by how they are called; of all others, what looks like one counts as one, whatever the option is for. What may be
 * hidden in a value, or behind a file system that leads back to the host's own, is refused here; where the others may be
 * is the server's to decide.
 */
public final class LocalFiles {
    /** Of the connectors on our class path, and what those of others call such options. */
    private static final Pattern IS_A_PATH =
            Pattern.compile("(.*[._-])?(path|warehouse|dir|directory|folder|file|location|keystore|truststore|keytab)"
                    + "|.*[a-z](File|Path|Dir|Location)");

    private static final Pattern LEADS_BACK = Pattern.compile("(^|[/\\\\:])\\.\\.([/\\\\]|$)");

    /** Makes values out of what is in files, in ways of its own. */
    private static final String PROVIDERS = "config.providers";

    private static final String PROPERTIES = "properties.";
    private static final String PEM = "-----BEGIN ";

    /** Stores that are none of the host's own; Hadoop brings more, some of which read its files by another name. */
    private static final Set<String> REMOTE = Set.of(
            "hdfs", "s3", "s3a", "s3n", "s3p", "gs", "oss", "obs", "cosn", "abfs", "abfss", "wasb", "wasbs", "http",
            "https", "thrift");

    private static final Pattern LOOKS_LIKE_A_FILE =
            Pattern.compile("(/|~/|\\.\\.?/|file:).+", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
    private static final Pattern HOLDS_A_FILE = Pattern.compile(
            "(?<![a-z])file:|keytab|ticketcache|[\"'=:\\s,;({\\[](/[^/\\s]|~/|\\.\\.?/)",
            Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

    /** One host and database, or several hosts; nothing that a driver could take for something else. */
    private static final String JDBC_SCHEME = "jdbc:";

    private static final Pattern JDBC = Pattern.compile(
            "jdbc:(?:mysql|mariadb|postgresql|tidb)://[\\w.:,\\-\\[\\]]*(?:/[\\w$\\-]*)?(?:\\?(.*))?", Pattern.DOTALL);

    /** Drivers have hundreds, some of which name files or classes. */
    private static final Set<String> JDBC_PARAMETERS = Set.of(
            "applicationname",
            "autoreconnect",
            "characterencoding",
            "connecttimeout",
            "currentschema",
            "logintimeout",
            "rewritebatchedinserts",
            "rewritebatchedstatements",
            "servertimezone",
            "sockettimeout",
            "ssl",
            "sslmode",
            "tcpkeepalive",
            "timezone",
            "tinyint1isbit",
            "usebulkstmts",
            "usecompression",
            "useserverprepstmts",
            "usessl",
            "useunicode",
            "zerodatetimebehavior");

    private LocalFiles() {}

    /**
     * What the options name, by option, with symbolic links followed as far as there are files.
     *
     * @throws GatewayException with SQL_REFUSED, naming the option, if it cannot be told what a value names
     */
    public static Map<String, java.nio.file.Path> of(Map<String, String> options) {
        Map<String, java.nio.file.Path> files = new TreeMap<>();
        boolean jdbc = "jdbc".equals(options.get("connector"));
        options.forEach((key, value) -> {
            String text = value.strip();
            if (key.contains(PROVIDERS)) {
                throw refused(key, "has values be read from elsewhere");
            } else if (jdbc && key.startsWith(PROPERTIES)) {
                parameter(key, key.substring(PROPERTIES.length()));
            } else if ((jdbc && key.equals("url"))
                    || text.regionMatches(true, 0, JDBC_SCHEME, 0, JDBC_SCHEME.length())) {
                jdbc(key, text);
            } else if (isPath(key) || LOOKS_LIKE_A_FILE.matcher(text).matches()) {
                local(key, text).ifPresent(file -> files.put(key, file));
            } else if (!text.startsWith(PEM) && HOLDS_A_FILE.matcher(text).find()) {
                throw refused(key, "holds what may be the name of a file within other text");
            }
        });
        return files;
    }

    /** Whether an option of this name says where files are. */
    public static boolean isPath(String key) {
        return IS_A_PATH.matcher(key).matches();
    }

    private static void jdbc(String key, String value) {
        Matcher url = JDBC.matcher(value);
        if (!url.matches()) {
            throw refused(key, "is no address such as jdbc:postgresql://host:5432/database");
        }
        String parameters = url.group(1);
        if (parameters != null && !parameters.isEmpty()) {
            for (String each : parameters.split("&", -1)) {
                parameter(key, each.split("=", 2)[0]);
            }
        }
    }

    private static void parameter(String key, String name) {
        if (!JDBC_PARAMETERS.contains(name.toLowerCase(Locale.ROOT))) {
            throw refused(key, "sets '" + name + "', which is none of the parameters of a driver that are known here");
        }
    }

    /** As Flink's and Hadoop's file systems read it. */
    private static Optional<java.nio.file.Path> local(String key, String value) {
        if (LEADS_BACK.matcher(value).find()) {
            throw refused(key, "has '..' in a path, which not everybody who opens it reads alike");
        }
        try {
            Path path = new Path(value);
            String scheme = path.toUri().getScheme();
            if (scheme != null && REMOTE.contains(scheme.toLowerCase(Locale.ROOT))) {
                return Optional.empty();
            }
            if (scheme != null && !scheme.equalsIgnoreCase("file")) {
                throw refused(key, "is of '" + scheme + "', which is none of the stores that are known here");
            }
            return Optional.of(real(new File(path.getPath()).toPath().toAbsolutePath()));
        } catch (IllegalArgumentException | IOException e) {
            throw refused(key, "is no path that can be followed");
        }
    }

    /** The real path of what is there, and below it what is not there yet. */
    private static java.nio.file.Path real(java.nio.file.Path file) throws IOException {
        java.nio.file.Path there = file;
        while (there.getParent() != null && !Files.exists(there)) {
            if (Files.isSymbolicLink(there)) {
                throw new IOException("a link that leads nowhere yet");
            }
            there = there.getParent();
        }
        return there.toRealPath().resolve(there.relativize(file)).normalize();
    }

    private static GatewayException refused(String key, String why) {
        return new GatewayException(
                Code.SQL_REFUSED,
                "Option '" + key + "' of a table that names its connector " + why
                        + ". Such tables reach files below allowed folders only; have a connection made for others.");
    }
}
