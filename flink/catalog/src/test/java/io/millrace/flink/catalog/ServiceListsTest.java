package io.millrace.flink.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.apache.flink.table.factories.Factory;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.net.URL;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.List;
import java.util.ServiceLoader;

class ServiceListsTest {
    private static final String FACTORIES = "META-INF/services/" + Factory.class.getName();

    private final List<String> asked = new ArrayList<>();
    private final ClassLoader jars = new ClassLoader(ServiceListsTest.class.getClassLoader()) {
        @Override
        public Enumeration<URL> getResources(String name) throws IOException {
            asked.add(name);
            return super.getResources(name);
        }
    };

    @Test
    void servicesAreThoseOfTheJarsWhichAreAskedOnce() throws IOException {
        var lists = new ServiceLists(jars);

        assertThat(classes(lists)).isEqualTo(classes(jars)).contains(MillraceTableFactory.class);
        assertThat(asked).containsExactly(FACTORIES, FACTORIES);
        assertThat(classes(lists)).contains(MillraceTableFactory.class);
        assertThat(asked).hasSize(2);

        assertThat(lists.getResources("META-INF/MANIFEST.MF").hasMoreElements()).isTrue();
        assertThat(lists.getResources("META-INF/MANIFEST.MF").hasMoreElements()).isTrue();
        assertThat(asked).as("no service").hasSize(4);
    }

    @Test
    void theThreadHasItsLoaderAgainAfterwards() {
        ClassLoader before = Thread.currentThread().getContextClassLoader();

        ClassLoader meanwhile = ServiceLists.during(() -> Thread.currentThread().getContextClassLoader());
        assertThatThrownBy(() -> ServiceLists.during(() -> {
                    throw new IllegalStateException("cannot be planned");
                }))
                .hasMessage("cannot be planned");

        assertThat(meanwhile).isInstanceOf(ServiceLists.class);
        assertThat(meanwhile.getParent()).isSameAs(before);
        assertThat(Thread.currentThread().getContextClassLoader()).isSameAs(before);
    }

    private static List<Class<?>> classes(ClassLoader loader) {
        List<Class<?>> classes = new ArrayList<>();
        ServiceLoader.load(Factory.class, loader).stream().forEach(found -> classes.add(found.type()));
        return classes;
    }
}
