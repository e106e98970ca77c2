package io.millrace.flink.catalog;

import java.io.IOException;
import java.net.URL;
import java.util.Collections;
import java.util.Enumeration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * A class loader that remembers in which jars lists of services are. Flink looks for the connector and the format of a
 * table several times while it plans, and each time {@link java.util.ServiceLoader} looks into all jars of the class path.
 */
final class ServiceLists extends ClassLoader {
    static {
        registerAsParallelCapable();
    }

    private static final String SERVICES = "META-INF/services/";

    private final Map<String, List<URL>> lists = new HashMap<>();

    ServiceLists(ClassLoader loader) {
        super(loader);
    }

    /** Plans with the thread's class loader, whose lists are remembered meanwhile. */
    static <T> T during(Supplier<T> planning) {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        if (before == null || before instanceof ServiceLists) {
            return planning.get();
        }
        thread.setContextClassLoader(new ServiceLists(before));
        try {
            return planning.get();
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    /** {@code loader} for the length of a statement. */
    static ClassLoader of(ClassLoader loader) {
        return (ClassLoader) StatementTables.once(List.of(ServiceLists.class, loader), () -> new ServiceLists(loader));
    }

    @Override
    public Enumeration<URL> getResources(String name) throws IOException {
        return name.startsWith(SERVICES) ? Collections.enumeration(list(name)) : super.getResources(name);
    }

    private synchronized List<URL> list(String name) throws IOException {
        List<URL> known = lists.get(name);
        if (known == null) {
            known = List.copyOf(Collections.list(super.getResources(name)));
            lists.put(name, known);
        }
        return known;
    }
}
