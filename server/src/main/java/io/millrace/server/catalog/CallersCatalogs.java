package io.millrace.server.catalog;

import static java.util.Objects.requireNonNull;

import io.millrace.core.access.Securable;
import io.millrace.core.catalog.CatalogName;
import io.millrace.core.catalog.CatalogObjects;
import io.millrace.server.access.Guard;

import java.util.List;
import java.util.function.Supplier;

/** All catalogs, each as the caller at hand has it. */
final class CallersCatalogs implements Supplier<List<Catalog>> {
    private final Supplier<List<Catalog>> all;
    private final Guard guard;
    private final VisibleTables visible;
    private final SharedData shared;

    CallersCatalogs(Supplier<List<Catalog>> all, Guard guard, VisibleTables visible, SharedData shared) {
        this.all = requireNonNull(all, "all");
        this.guard = requireNonNull(guard, "guard");
        this.visible = requireNonNull(visible, "visible");
        this.shared = requireNonNull(shared, "shared");
    }

    @Override
    public List<Catalog> get() {
        return guard.rights().all()
                ? all.get()
                : all.get().stream()
                        .filter(catalog -> guard.rights().sees(CatalogObjects.of(catalog.name())))
                        .<Catalog>map(catalog -> new GuardedCatalog(catalog, guard, visible, shared))
                        .toList();
    }

    /** Told what the caller asked for and did not get; answers as long for a catalog that is hidden as for none. */
    void missed(CatalogName name, Securable asked) {
        if (all.get().stream().anyMatch(catalog -> catalog.name().equals(name))) {
            boolean unused = guard.finds(asked);
        }
    }
}
