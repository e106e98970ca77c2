package io.millrace.server.connection;

import io.millrace.api.connection.ConnectionChangeView;
import io.millrace.api.connection.ConnectionKindView;
import io.millrace.api.connection.ConnectionPatch;
import io.millrace.api.connection.ConnectionSpec;
import io.millrace.api.connection.ConnectionTestView;
import io.millrace.api.connection.ConnectionView;
import io.millrace.api.connection.NewConnection;
import io.millrace.api.connection.SecretRotationView;
import io.millrace.api.connection.SecretView;
import io.millrace.core.connection.Connection;
import io.millrace.core.connection.ConnectionChange;
import io.millrace.core.connection.ConnectionDescriptor;
import io.millrace.core.connection.ConnectionKind;
import io.millrace.core.connection.ConnectionName;
import io.millrace.core.connection.FieldRule;
import io.millrace.core.connection.SecretInput;
import io.millrace.core.connection.SecretOrigin;
import io.millrace.core.connection.StoredSecret;
import io.millrace.core.error.ErrorCode;
import io.millrace.core.error.Flaw;
import io.millrace.core.error.MillraceException;
import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Wire to domain and back. */
final class ConnectionViews {
    private ConnectionViews() {}

    static ConnectionName name(@Nullable String name) {
        if (name == null) {
            throw new MillraceException(
                    ErrorCode.CONNECTION_INVALID,
                    "A connection needs a name.",
                    List.of(Flaw.at("/name", "is missing", "mysql_crm")));
        }
        return new ConnectionName(name);
    }

    static ConnectionKind kind(@Nullable String kind) {
        return ConnectionDescriptors.kind(kind == null ? "" : kind);
    }

    static ConnectionInput input(NewConnection wanted) {
        return input(wanted.fields(), wanted.secrets(), wanted.comment());
    }

    static ConnectionInput input(ConnectionSpec wanted) {
        return input(wanted.fields(), wanted.secrets(), wanted.comment());
    }

    /** What a connection is after a merge patch. */
    static ConnectionInput input(ConnectionPatch patch, Connection current, ConnectionDescriptor descriptor) {
        Map<String, @Nullable Object> given = patch.fields() == null ? Map.of() : patch.fields();
        String comment = patch.comment() == null ? current.comment() : patch.comment();
        return input(descriptor.merged(current.fields(), given), patch.secrets(), comment);
    }

    private static ConnectionInput input(
            @Nullable Map<String, Object> fields,
            @Nullable Map<String, @Nullable Object> secrets,
            @Nullable String comment) {
        Map<String, SecretInput> given = new TreeMap<>();
        Set<String> removed = new TreeSet<>();
        List<Flaw> flaws = new ArrayList<>();
        if (secrets != null) {
            secrets.forEach((field, value) -> {
                if (value == null) {
                    removed.add(field);
                } else {
                    secret(field, value, given, flaws);
                }
            });
        }
        if (!flaws.isEmpty()) {
            throw new MillraceException(
                    ErrorCode.CONNECTION_INVALID, flaws.get(0).message(), flaws);
        }
        Map<String, Object> known = fields == null ? Map.of() : fields;
        return new ConnectionInput(known, new NewSecrets(given, removed), comment == null ? "" : comment);
    }

    /** A text that looks like a reference is a value: only the form with one field is a reference. */
    private static void secret(String field, Object value, Map<String, SecretInput> given, List<Flaw> flaws) {
        if (value instanceof String text) {
            given.put(field, new SecretInput(SecretOrigin.VALUE, text));
        } else if (value instanceof Map<?, ?> map && map.size() == 1 && map.get("env") instanceof String variable) {
            given.put(field, new SecretInput(SecretOrigin.ENV, variable));
        } else if (value instanceof Map<?, ?> map && map.size() == 1 && map.get("file") instanceof String file) {
            given.put(field, new SecretInput(SecretOrigin.FILE, file));
        } else {
            flaws.add(Flaw.at(
                    "/secrets/" + field.replace("~", "~0").replace("/", "~1"),
                    "A secret is a text or a reference.",
                    "Write the secret itself, {\"env\": \"MILLRACE_SECRET_NAME\"} or {\"file\": \"name\"}."));
        }
    }

    static ConnectionView of(ConnectionService.Listed listed) {
        Connection connection = listed.connection();
        Map<String, SecretView> secrets = new TreeMap<>();
        connection.secrets().forEach((field, secret) -> secrets.put(field, of(secret)));
        return new ConnectionView(
                connection.name().value(),
                connection.kind().word(),
                sqlName(connection),
                listed.managed(),
                connection.fields().values(),
                secrets,
                connection.comment(),
                connection.version(),
                connection.changedBy(),
                listed.managed() ? null : connection.createdAt(),
                listed.managed() ? null : connection.changedAt());
    }

    private static String sqlName(Connection connection) {
        return connection.kind().shape() == ConnectionKind.Shape.CATALOG
                ? connection.name().value()
                : connection.kind().word() + "." + connection.name();
    }

    private static SecretView of(StoredSecret secret) {
        String name = secret.origin() == SecretOrigin.VALUE ? null : secret.content();
        return new SecretView(secret.origin().name(), name, secret.keyId().orElse(null));
    }

    static ConnectionChangeView of(ConnectionChange change) {
        return new ConnectionChangeView(
                change.number(), change.version(), change.what().name(), change.by(), change.at(), change.fields());
    }

    static ConnectionKindView of(ConnectionDescriptor descriptor) {
        return new ConnectionKindView(
                descriptor.kind().word(),
                descriptor.kind().shape().name(),
                descriptor.en(),
                descriptor.zh(),
                descriptor.rules().stream().map(ConnectionViews::of).toList());
    }

    private static ConnectionKindView.Field of(FieldRule rule) {
        return new ConnectionKindView.Field(
                rule.key(),
                rule.type().name(),
                rule.required(),
                rule.standard().orElse(null),
                rule.choices(),
                rule.schemes(),
                rule.secret(),
                rule.target(),
                rule.when()
                        .map(when -> new ConnectionKindView.Condition(when.field(), when.values()))
                        .orElse(null),
                rule.en(),
                rule.zh());
    }

    static ConnectionTestView of(ConnectionTester.TestReport report) {
        return new ConnectionTestView(
                report.ok(),
                report.millis(),
                report.stages().stream()
                        .map(line -> new ConnectionTestView.Stage(
                                line.stage(), line.outcome(), line.millis(), line.message()))
                        .toList());
    }

    static SecretRotationView of(ConnectionService.Rotation rotation) {
        return new SecretRotationView(rotation.key(), rotation.secrets());
    }
}
