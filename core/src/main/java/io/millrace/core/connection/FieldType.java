package io.millrace.core.connection;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/** What the value of a field looks like. Each type allows just what it needs, so that nothing else can be slipped in. */
public enum FieldType {
    /** One line of visible characters. */
    STRING("one line of up to 512 visible characters"),
    /** A name inside the store: a database, a user. */
    NAME("a name of up to 128 letters, digits and the characters _ . $ -"),
    HOST("a host name or address"),
    PORT("a port from 1 to 65535"),
    INTEGER("a whole number from 0 to 65535"),
    BOOLEAN("true or false"),
    /** One of the rule's choices. */
    CHOICE("one of the listed values"),
    /** {@code host:port}, at least one. */
    ADDRESSES("a list of addresses, each like kafka-1:9092"),
    /** What names must begin with. */
    PREFIXES("a list of prefixes, each of up to 128 letters, digits and the characters _ . -"),
    /** The URI of a folder, of one of the rule's schemes. */
    ROOT("the URI of a folder"),
    /** The address of a service, of one of the rule's schemes. */
    URI("the address of a service"),
    /** Several lines, such as certificates in PEM. */
    TEXT("certificates in PEM");

    private static final int LONGEST = 512;
    private static final int MOST_ITEMS = 100;
    private static final int MOST_NUMBER = 65_535;
    private static final Pattern NAMES = Pattern.compile("[\\p{L}\\p{N}_][\\p{L}\\p{N}_.$-]{0,127}");
    private static final Pattern PREFIX = Pattern.compile("[A-Za-z0-9_.-]{1,128}");
    private static final Pattern PEM = Pattern.compile(
            "(?s)\\s*(-----BEGIN CERTIFICATE-----[A-Za-z0-9+/=\\s]{1,20000}" + "-----END CERTIFICATE-----\\s*){1,20}");

    private final String meaning;

    FieldType(String meaning) {
        this.meaning = meaning;
    }

    /**
     * What is wrong with {@code value}, as the end of a sentence that begins with the key; empty if nothing is. Repeats
     * no value: it might be a secret in the wrong place.
     */
    Optional<String> flaw(Object value, FieldRule rule) {
        return switch (this) {
            case STRING -> text(value, FieldType::line);
            case NAME -> text(value, this::name);
            case HOST -> text(value, HostName::flaw);
            case PORT -> number(value, 1);
            case INTEGER -> number(value, 0);
            case BOOLEAN -> value instanceof Boolean ? Optional.empty() : must(meaning);
            case CHOICE ->
                value instanceof String choice && rule.choices().contains(choice)
                        ? Optional.empty()
                        : must("one of " + String.join(", ", rule.choices()));
            case ADDRESSES -> items(value, HostName::addressFlaw);
            case PREFIXES -> items(value, item -> PREFIX.matcher(item).matches() ? Optional.empty() : must(meaning));
            case ROOT -> text(value, uri -> Uris.rootFlaw(uri, rule.schemes()));
            case URI -> text(value, uri -> Uris.serviceFlaw(uri, rule.schemes()));
            case TEXT -> text(value, pem -> isCertificates(pem) ? Optional.empty() : must(meaning));
        };
    }

    private Optional<String> name(String value) {
        return NAMES.matcher(value).matches() ? Optional.empty() : must(meaning);
    }

    private Optional<String> text(Object value, Function<String, Optional<String>> check) {
        return value instanceof String text ? check.apply(text) : must(meaning);
    }

    private Optional<String> number(Object value, long least) {
        boolean whole = value instanceof Integer || value instanceof Long;
        if (whole && ((Number) value).longValue() >= least && ((Number) value).longValue() <= MOST_NUMBER) {
            return Optional.empty();
        }
        return must(meaning);
    }

    private Optional<String> items(Object value, Function<String, Optional<String>> check) {
        if (!(value instanceof List<?> items) || items.isEmpty() || items.size() > MOST_ITEMS) {
            return Optional.of("must be " + meaning + ", 1 to " + MOST_ITEMS + " of them");
        }
        if (new HashSet<>(items).size() < items.size()) {
            return Optional.of("has an entry twice");
        }
        for (int i = 0; i < items.size(); i++) {
            Optional<String> wrong = text(items.get(i), check);
            if (wrong.isPresent()) {
                return Optional.of("has a wrong entry " + (i + 1) + ": it " + wrong.get());
            }
        }
        return Optional.empty();
    }

    private static boolean isCertificates(String pem) {
        if (!PEM.matcher(pem).matches()) {
            return false;
        }
        try {
            byte[] bytes = pem.getBytes(StandardCharsets.US_ASCII);
            return !CertificateFactory.getInstance("X.509")
                    .generateCertificates(new ByteArrayInputStream(bytes))
                    .isEmpty();
        } catch (CertificateException e) {
            return false;
        }
    }

    private static Optional<String> line(String value) {
        boolean right = !value.isBlank()
                && value.length() <= LONGEST
                && value.codePoints().noneMatch(FieldType::invisible);
        return right ? Optional.empty() : must(STRING.meaning);
    }

    private static boolean invisible(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> true;
            default -> false;
        };
    }

    private static Optional<String> must(String meaning) {
        return Optional.of("must be " + meaning);
    }
}
