package io.millrace.core.access;

import static java.util.Objects.requireNonNull;

import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Something on which privileges are granted, with its place below other such things.
 *
 * @param kind what it is
 * @param id names it among those of its kind; where it can be, by something that no later object of the name has
 * @param name what people call it
 * @param above the keys of what it is in, from the nearest; empty for the server only
 */
public record Securable(Kind kind, String id, String name, List<String> above) {
    /** Everything that this installation has. */
    public static final Securable SERVER = new Securable(Kind.SERVER, "", "", List.of());

    public Securable {
        requireNonNull(kind, "kind");
        requireNonNull(id, "id");
        requireNonNull(name, "name");
        above = List.copyOf(above);
        if (above.isEmpty() != (kind == Kind.SERVER)) {
            throw new IllegalArgumentException(kind + " '" + name + "' is in " + above);
        }
    }

    /** What is directly below the server. */
    public static Securable top(Kind kind, String id, String name) {
        return new Securable(kind, id, name, List.of(SERVER.key()));
    }

    /** What has this key, named by its id. */
    public static Securable of(String key, List<String> above) {
        int colon = key.indexOf(':');
        Kind kind = Kind.valueOf(key.substring(0, colon).toUpperCase(Locale.ROOT));
        String id = key.substring(colon + 1);
        return new Securable(kind, id, id, above);
    }

    /** Something directly below this. */
    public Securable child(Kind childKind, String childId, String childName) {
        return new Securable(
                childKind,
                childId,
                childName,
                Stream.concat(Stream.of(key()), above.stream()).toList());
    }

    /** Names it among everything. */
    public String key() {
        return kind.word() + ":" + id;
    }

    /** Itself and what it is in, from the nearest to the server. */
    public List<String> chain() {
        return Stream.concat(Stream.of(key()), above.stream()).toList();
    }

    /** As in a sentence: {@code table 'kafka.region1.orders'}. */
    @Override
    public String toString() {
        return kind == Kind.SERVER ? "the server" : kind.word() + " '" + name + "'";
    }

    /** What there is to grant privileges on. */
    public enum Kind {
        SERVER,
        CATALOG,
        DATABASE,
        /** A view too. */
        TABLE,
        FUNCTION,
        CONNECTION,
        WORKSPACE,
        JOB;

        /** What can be granted on it: what means something for it, or for something below it. */
        public Set<Privilege> privileges() {
            return switch (this) {
                case SERVER -> EnumSet.allOf(Privilege.class);
                case CATALOG, DATABASE ->
                    EnumSet.complementOf(EnumSet.of(Privilege.OPERATE, Privilege.INLINE_CONNECTOR));
                case TABLE ->
                    EnumSet.of(
                            Privilege.DESCRIBE,
                            Privilege.READ,
                            Privilege.WRITE,
                            Privilege.ALTER,
                            Privilege.DROP,
                            Privilege.GRANT);
                case FUNCTION ->
                    EnumSet.of(Privilege.DESCRIBE, Privilege.EXECUTE, Privilege.ALTER, Privilege.DROP, Privilege.GRANT);
                case CONNECTION ->
                    EnumSet.of(Privilege.USE, Privilege.DESCRIBE, Privilege.ALTER, Privilege.DROP, Privilege.GRANT);
                case WORKSPACE ->
                    EnumSet.of(
                            Privilege.USE,
                            Privilege.DESCRIBE,
                            Privilege.ALTER,
                            Privilege.DROP,
                            Privilege.CREATE,
                            Privilege.OPERATE,
                            Privilege.GRANT);
                case JOB ->
                    EnumSet.of(Privilege.DESCRIBE, Privilege.ALTER, Privilege.DROP, Privilege.OPERATE, Privilege.GRANT);
            };
        }

        /** In lower case, as in addresses and sentences. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
