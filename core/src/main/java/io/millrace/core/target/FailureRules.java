package io.millrace.core.target;

import static io.millrace.core.target.FailureKind.ACCESS_DENIED;
import static io.millrace.core.target.FailureKind.CONFIGURATION;
import static io.millrace.core.target.FailureKind.DATA;
import static io.millrace.core.target.FailureKind.LOST_CLUSTER;
import static io.millrace.core.target.FailureKind.MISSING;
import static io.millrace.core.target.FailureKind.NO_SLOTS;
import static io.millrace.core.target.FailureKind.OUT_OF_MEMORY;
import static io.millrace.core.target.FailureKind.STATE;
import static io.millrace.core.target.FailureKind.UNREACHABLE;

import io.millrace.core.target.ExceptionChain.Link;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Knows the exceptions of Flink, its connectors and their clients. Always by the class of an exception, and by its
 * message only where a class says too little: a message can quote data, which must not decide.
 *
 * <p>The first rule that knows any exception of a chain counts, so what is specific stands before what is general: a
 * lost TaskManager before the refused connections that follow from it.
 */
final class FailureRules {
    private static final int LONGEST = 500;

    private static final List<Rule> RULES = List.of(
            rule(OUT_OF_MEMORY, "OutOfMemoryError|MemoryAllocationException|MemoryReservationException"),
            rule(
                    OUT_OF_MEMORY,
                    ".*Exception",
                    ".*(OOMKilled|running beyond (?:physical|virtual) memory limits|exit(?:ed with)? code:? 137).*"),
            rule(
                    LOST_CLUSTER,
                    "RemoteTransportException|LocalTransportException|TaskManagerLostException|HeartbeatTimeoutException"
                            + "|RecipientUnreachableException|ProducerFailedException|TaskExecutorGatewayException"),
            rule(LOST_CLUSTER, "TimeoutException", "Heartbeat of .*"),
            rule(
                    LOST_CLUSTER,
                    "JobMasterException|FlinkException|FlinkExpectedException|Exception|ResourceManagerException|ExecutionGraphException"
                            + "|WorkerTerminatedException",
                    ".*(TaskManager with id .* is no longer reachable|TaskExecutor is shutting down"
                            + "|Disconnect from JobManager|TaskManager .* (?:has been|was) (?:lost|released|killed)"
                            + "|TaskExecutor .* has no more allocated slots|lost leadership|Container released"
                            + "|Pod terminated|Terminating TaskManager|assigned slot .* was removed).*"),
            rule(NO_SLOTS, "NoResourceAvailableException"),
            rule(
                    STATE,
                    "StateMigrationException|CorruptConfigurationException|IncompatibleKeysException"
                            + "|CheckpointRestoreException|InvalidSavepointException"),
            rule(
                    STATE,
                    "IllegalStateException|IOException|FlinkException|Exception|BackendBuildingException",
                    ".*(Failed to rollback to (?:checkpoint/)?savepoint|Cannot map checkpoint/savepoint state"
                            + "|Could not restore (?:keyed|operator) state backend|Exception while creating"
                            + " StreamOperatorStateContext|Cannot find (?:meta|meta data) file '_metadata'"
                            + "|Could not load savepoint|is not (?:a )?compatible with the state).*"),
            rule(
                    MISSING,
                    "UnknownTopicOrPartitionException|UnknownTopicIdException|NoSuchTableException"
                            + "|TableNotExistException|TableNotFoundException|NoSuchNamespaceException"
                            + "|DatabaseNotExistException|NoSuchFileException|FileNotFoundException|NoSuchBucketException"
                            + "|NoSuchObjectException|NoSuchKeyException|UnknownTableException"),
            rule(MISSING, "TimeoutException", "Topic .* not present in metadata.*"),
            rule(MISSING, "PSQLException", ".*(relation|database|schema) \".*\" does not exist.*"),
            rule(
                    MISSING,
                    "SQLSyntaxErrorException|SQLException|.*SQL.*",
                    "(Table '.*' doesn't exist|Unknown database .*)"),
            rule(
                    ACCESS_DENIED,
                    "SaslAuthenticationException|SslAuthenticationException|AuthenticationException"
                            + "|TopicAuthorizationException|GroupAuthorizationException|ClusterAuthorizationException"
                            + "|TransactionalIdAuthorizationException|AccessControlException|AccessDeniedException"
                            + "|NotAuthorizedException|ForbiddenException|SQLInvalidAuthorizationSpecException"
                            + "|JedisAccessControlException"),
            rule(
                    ACCESS_DENIED,
                    "PSQLException|.*SQL.*",
                    ".*(password authentication failed|no pg_hba.conf entry|permission denied for"
                            + "|Access denied for user|command denied to user|role \".*\" does not exist).*"),
            rule(
                    UNREACHABLE,
                    "PSQLException",
                    ".*(Connection to .* refused|connection attempt failed|I/O error occurred"
                            + "|the database system is (?:starting up|shutting down)|terminating connection).*"),
            rule(
                    UNREACHABLE,
                    "ConnectException|UnknownHostException|NoRouteToHostException|SocketTimeoutException"
                            + "|CommunicationsException|SQLTransientConnectionException"
                            + "|SQLNonTransientConnectionException|JedisConnectionException|BrokerNotAvailableException"
                            + "|DisconnectException|ConnectionClosedException|HttpHostConnectException"
                            + "|RetriesExhaustedException|ClosedChannelException"),
            rule(UNREACHABLE, "TimeoutException", ".*(Timed out waiting for a node assignment|Call\\(callName=).*"),
            rule(UNREACHABLE, "TimeoutException", "Timeout expired .*(initializing transactional|while fetching).*"),
            rule(UNREACHABLE, "KafkaException", ".*No resolvable bootstrap urls.*"),
            rule(
                    CONFIGURATION,
                    "ValidationException|ConfigException|InvalidTxnTimeoutException|InvalidConfigurationException"
                            + "|IllegalConfigurationException|InvalidTopicException|ClassNotFoundException"
                            + "|NoClassDefFoundError|NoSuchMethodError|NoSuchFieldError|AbstractMethodError"
                            + "|IncompatibleClassChangeError|UnsupportedClassVersionError|NoMatchingTableFactoryException"
                            + "|UnsupportedFileSystemSchemeException|SQLFeatureNotSupportedException"
                            + "|UnsupportedVersionException"),
            rule(CONFIGURATION, "PSQLException", ".*column \".*\" .*does not exist.*"),
            rule(
                    DATA,
                    "ArithmeticException|NumberFormatException|DateTimeException|DateTimeParseException"
                            + "|JsonParseException|JsonProcessingException|MismatchedInputException|InvalidFormatException"
                            + "|AvroTypeException|AvroRuntimeException|DeserializationException|SerializationException"
                            + "|InvalidProtocolBufferException|CharConversionException|ParseException|RecordTooLargeException"
                            + "|DataTruncation|MysqlDataTruncation|SQLIntegrityConstraintViolationException"),
            rule(
                    DATA,
                    "IOException",
                    "(Failed to deserialize|Failed to deserialize consumer record|CSV format doesn't|Corrupt JSON).*"),
            rule(
                    DATA,
                    "TableException|TableRuntimeException|FlinkRuntimeException",
                    ".*(is NOT NULL, however, a null value is being written|Column '.*' is NOT NULL).*"),
            rule(
                    DATA,
                    "PSQLException",
                    ".*(violates .* constraint|value too long for type|invalid input syntax|out of range"
                            + "|invalid byte sequence).*"));

    private static final Pattern TOPICS = Pattern.compile(".*topics? \\[([^\\]]+)\\].*");

    private FailureRules() {}

    private record Rule(FailureKind kind, Pattern type, Optional<Pattern> message) {
        boolean knows(Link link) {
            return type.matcher(link.type()).matches()
                    && message.map(pattern -> pattern.matcher(link.message()).matches())
                            .orElse(true);
        }
    }

    private static Rule rule(FailureKind kind, String types) {
        return new Rule(kind, Pattern.compile(types), Optional.empty());
    }

    private static Rule rule(FailureKind kind, String types, String message) {
        return new Rule(kind, Pattern.compile(types), Optional.of(Pattern.compile(message, Pattern.DOTALL)));
    }

    static FailureKind kind(ExceptionChain chain) {
        return known(chain).map(Known::kind).orElse(FailureKind.UNKNOWN);
    }

    /** What decided about a chain. */
    private record Known(FailureKind kind, Link link) {}

    private static Optional<Known> known(ExceptionChain chain) {
        return RULES.stream()
                .flatMap(rule -> chain.links().stream()
                        .filter(rule::knows)
                        .map(link -> new Known(rule.kind(), link))
                        .limit(1))
                .findFirst();
    }

    /** The exception that decided, else the first cause: its name and what it says. */
    static String sentence(ExceptionChain chain) {
        Link link = known(chain).map(Known::link).orElse(chain.first());
        String said = link.firstLine();
        String text = said.isEmpty() ? link.type() : link.type().isEmpty() ? said : link.type() + ": " + said;
        String about = link.type().startsWith("UnknownTopic") ? topics(chain) : "";
        String whole = (about + text).strip();
        if (whole.isEmpty()) {
            return "The cluster says no cause.";
        }
        String cut = whole.length() > LONGEST ? whole.substring(0, LONGEST) + "…" : whole;
        return cut.endsWith(".") || cut.endsWith("!") || cut.endsWith("…") ? cut : cut + ".";
    }

    /** The broker's answer names no topic; who asked does. */
    private static String topics(ExceptionChain chain) {
        return chain.links().stream()
                .map(Link::firstLine)
                .filter(line -> !line.contains("Exception"))
                .map(TOPICS::matcher)
                .filter(Matcher::matches)
                .map(matcher -> "No topic '" + matcher.group(1) + "'. ")
                .findFirst()
                .orElse("");
    }
}
