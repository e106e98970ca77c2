package io.millrace.server.setting;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.smallrye.config.WithName;

import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** All settings of the config interfaces that it is given: their names for the check at the start, and their page. */
public final class SettingsReference {
    private static final Pattern CAPITAL = Pattern.compile("([a-z0-9])([A-Z])");

    private final List<Entry> entries;

    /** Lists the settings; a method without {@link Setting} is a mistake that the build shows. */
    public SettingsReference(List<Class<?>> interfaces) {
        this.entries = interfaces.stream()
                .flatMap(SettingsReference::entries)
                .sorted(Comparator.comparing(Entry::name))
                .toList();
    }

    /** The declared names, sorted. */
    public List<String> names() {
        return entries.stream().map(Entry::name).toList();
    }

    /** The reference page, in Markdown. */
    public String page() {
        List<String> lines = new ArrayList<>();
        lines.add("# Settings of the server");
        lines.add("");
        lines.add(
                "Given in a properties file (`-Dquarkus.config.locations=FILE`), as system properties, or in the"
                        + " environment. A name that is not listed here stops the server. The local stack writes those that it"
                        + " needs itself; the others reach its server from the environment of `millrace up`, such as `MILLRACE_JOB_KEEP_DELETED=7d`.");
        lines.add("");
        lines.add("| setting | type | default | meaning |");
        lines.add("|---|---|---|---|");
        entries.stream().map(Entry::row).forEach(lines::add);
        return String.join("\n", lines) + "\n";
    }

    private static Stream<Entry> entries(Class<?> config) {
        String prefix = config.getAnnotation(ConfigMapping.class).prefix();
        return Arrays.stream(config.getDeclaredMethods())
                .filter(method -> !method.isDefault() && !method.isSynthetic())
                .flatMap(method -> entries(prefix, method));
    }

    private static Stream<Entry> entries(String prefix, Method method) {
        String name = prefix + "." + name(method);
        Class<?> type = method.getReturnType();
        if (type.isInterface() && type.getEnclosingClass() != null) {
            return Arrays.stream(type.getDeclaredMethods())
                    .filter(inner -> !inner.isDefault() && !inner.isSynthetic())
                    .flatMap(inner -> entries(name, inner));
        }
        Setting setting = method.getAnnotation(Setting.class);
        if (setting == null) {
            throw new IllegalStateException(name + " says nothing about itself; give it a @Setting sentence");
        }
        return Stream.of(new Entry(name, type(method), defaultValue(method), setting.value()));
    }

    private static String name(Method method) {
        return Optional.ofNullable(method.getAnnotation(WithName.class))
                .map(WithName::value)
                .orElseGet(() ->
                        CAPITAL.matcher(method.getName()).replaceAll("$1-$2").toLowerCase(Locale.ROOT));
    }

    private static String type(Method method) {
        Class<?> type = method.getReturnType();
        return type == Optional.class
                ? method.getGenericReturnType().getTypeName().replaceAll(".*[.<](\\w+)>+", "$1")
                : type.getSimpleName();
    }

    private static String defaultValue(Method method) {
        if (method.getReturnType() == Optional.class) {
            return "none";
        }
        return Optional.ofNullable(method.getAnnotation(WithDefault.class))
                .map(value -> "`" + value.value() + "`")
                .orElse("**required**");
    }

    private record Entry(String name, String type, String defaultValue, String meaning) {
        String row() {
            return "| `" + name + "` | " + type + " | " + defaultValue + " | " + meaning + " |";
        }
    }
}
