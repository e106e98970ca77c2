package io.millrace.flink.catalog;

import org.apache.flink.table.api.ValidationException;
import org.apache.flink.table.catalog.CatalogFunction;
import org.apache.flink.table.catalog.FunctionLanguage;
import org.apache.flink.table.functions.UserDefinedFunction;
import org.apache.flink.table.functions.UserDefinedFunctionHelper;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.JarURLConnection;
import java.net.URI;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collections;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Which classes a function of a catalog may name: those that a list on Flink's own class path offers for it, a resource
 * {@value #LIST} with one class in each line; {@code #} begins a comment. Jars of sessions and jobs cannot add to it,
 * because the class path is that of this class. Who puts a jar there decides what of it everybody may call.
 */
public final class FunctionClasses {
    /** What to tell users whose function brings code of its own. */
    public static final String NO_JARS =
            "USING JAR is not run here: a function names a class on Flink's class path. Jars"
                    + " will come through artifacts later.";

    static final String LIST = "META-INF/millrace/functions";

    private static final ClassLoader CLASS_PATH = FunctionClasses.class.getClassLoader();
    private static final Set<String> OFFERED = offered();
    private static final Map<String, Optional<String>> ARTIFACTS = new ConcurrentHashMap<>();
    private static final Map<Path, String> JARS = new ConcurrentHashMap<>();

    private FunctionClasses() {}

    /** Fails with a sentence for users unless {@code function} may be kept by a catalog. */
    public static void check(CatalogFunction function) {
        checkClass(function);
        if (!isOffered(function)) {
            throw new ValidationException("Class '" + function.getClassName()
                    + "' is on Flink's class path, but no list"
                    + " of functions there (" + LIST + ") offers it, so a catalog cannot keep a function of it. Offered"
                    + " are: " + (OFFERED.isEmpty() ? "none" : String.join(", ", OFFERED))
                    + ". CREATE TEMPORARY FUNCTION takes any class.");
        }
    }

    /** Fails unless it is Java's, without jars and options, of a class that is there and that Flink can make objects of. */
    public static void checkClass(CatalogFunction function) {
        if (!function.getFunctionResources().isEmpty()) {
            throw new ValidationException(NO_JARS);
        }
        if (function.getFunctionLanguage() != FunctionLanguage.JAVA) {
            throw new ValidationException("A catalog keeps functions in Java only, not LANGUAGE "
                    + function.getFunctionLanguage() + ". Other code will come through artifacts later.");
        }
        if (!function.getOptions().isEmpty()) {
            throw new ValidationException("A function of a catalog takes no options; leave out WITH.");
        }
        UserDefinedFunctionHelper.validateClass(load(function.getClassName()));
    }

    /** Whether a list offers its class. */
    public static boolean isOffered(CatalogFunction function) {
        return OFFERED.contains(function.getClassName());
    }

    /**
     * {@code sha256:} and, in hexadecimal, the digest of the jar that a class is in, as it was when this process first
     * asked; empty for a class that is not there or in no jar.
     */
    static Optional<String> artifact(String className) {
        // To find a class looks into every jar, and a statement asks at each call of a function.
        return ARTIFACTS.computeIfAbsent(className, FunctionClasses::find);
    }

    private static Optional<String> find(String className) {
        URL found = CLASS_PATH.getResource(className.replace('.', '/') + ".class");
        try {
            return found != null && found.openConnection() instanceof JarURLConnection jar
                    ? Optional.of(JARS.computeIfAbsent(
                            Path.of(URI.create(jar.getJarFileURL().toString())), FunctionClasses::digest))
                    : Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException("what class " + className + " is in cannot be read", e);
        }
    }

    private static String digest(Path jar) {
        try (InputStream in = Files.newInputStream(jar)) {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            in.transferTo(new DigestOutputStream(OutputStream.nullOutputStream(), digest));
            return "sha256:" + HexFormat.of().formatHex(digest.digest());
        } catch (IOException e) {
            throw new UncheckedIOException(jar + " cannot be read", e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    private static Class<? extends UserDefinedFunction> load(String name) {
        try {
            return Class.forName(name, false, CLASS_PATH).asSubclass(UserDefinedFunction.class);
        } catch (ClassNotFoundException e) {
            throw new ValidationException(
                    "Class '" + name + "' is not on Flink's class path. Correct the name, or put its jar into Flink's"
                            + " lib folder and start the gateway and the cluster again.",
                    e);
        } catch (LinkageError e) {
            throw new ValidationException(
                    "Class '" + name + "' cannot be loaded; something that it needs is missing: " + e.getMessage(), e);
        } catch (ClassCastException e) {
            throw new ValidationException(
                    "Class '" + name + "' is no function: extend ScalarFunction, TableFunction, AggregateFunction or"
                            + " another UserDefinedFunction.",
                    e);
        }
    }

    private static Set<String> offered() {
        Set<String> classes = new TreeSet<>();
        try {
            for (URL list : Collections.list(CLASS_PATH.getResources(LIST))) {
                try (InputStream in = list.openStream();
                        var reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
                    reader.lines()
                            .map(line -> line.replaceFirst("#.*", "").strip())
                            .filter(line -> !line.isEmpty())
                            .forEach(classes::add);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("a list of functions cannot be read", e);
        }
        return Collections.unmodifiableSet(classes);
    }
}
