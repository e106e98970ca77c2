package io.millrace.core.catalog;

import static java.util.Objects.requireNonNull;

import java.util.regex.Pattern;

/**
 * A function of a database with its identity: a name for a class that is on Flink's class path. Immutable; a change is
 * a new value with the next version.
 *
 * @param className the class in Java's binary form, such as {@code com.example.Outer$Inner}; whether it exists and may
 *     be named is for the SQL gateway to say, which has the class path
 * @param version grows with each change, from 1
 */
public record RegisteredFunction(FunctionId id, FunctionPath path, String className, long version) {
    private static final int LONGEST_CLASS_NAME = 500;
    private static final Pattern CLASS_NAME = Pattern.compile("\\p{javaJavaIdentifierStart}\\p{javaJavaIdentifierPart}*"
            + "(\\.\\p{javaJavaIdentifierStart}\\p{javaJavaIdentifierPart}*)*");

    public RegisteredFunction {
        requireNonNull(id, "id");
        requireNonNull(path, "path");
        requireNonNull(className, "className");
        if (!isClassName(className)) {
            throw new IllegalArgumentException("not the name of a class: " + className);
        }
        if (version < 1) {
            throw new IllegalArgumentException("version starts at 1, got " + version);
        }
    }

    /** Whether a class can have this name. */
    public static boolean isClassName(String text) {
        return text.length() <= LONGEST_CLASS_NAME && CLASS_NAME.matcher(text).matches();
    }

    /** The next version, of another class. */
    public RegisteredFunction as(String otherClass) {
        return new RegisteredFunction(id, path, otherClass, version + 1);
    }

    /** The next version, of another name in the same database. */
    public RegisteredFunction named(FunctionName other) {
        return new RegisteredFunction(id, path.parent().function(other), className, version + 1);
    }

    /** The statement that makes it; Flink's parser reads it back. */
    public String ddl() {
        return "CREATE FUNCTION " + quotedPath() + "\nAS '" + className + "'\nLANGUAGE JAVA";
    }

    /** The statement that would change it to this class. */
    public String alteration() {
        return "ALTER FUNCTION " + quotedPath() + "\nAS '" + className + "'\nLANGUAGE JAVA";
    }

    private String quotedPath() {
        return TableDdl.quoted(path.parent().catalog().value()) + "."
                + TableDdl.quoted(path.parent().database().value()) + "."
                + TableDdl.quoted(path.function().value());
    }
}
