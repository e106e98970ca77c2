package io.millrace.server.lineage;

import io.millrace.core.access.Privilege;
import io.millrace.core.access.Rights;
import io.millrace.core.access.Securable;
import io.millrace.core.access.Securable.Kind;
import io.millrace.core.catalog.CatalogName;
import io.millrace.core.catalog.CatalogObjects;
import io.millrace.core.catalog.DatabaseName;
import io.millrace.core.catalog.DatabasePath;
import io.millrace.core.job.JobId;
import io.millrace.core.job.JobObjects;
import io.millrace.core.lineage.Flow;
import io.millrace.core.lineage.Flows;
import io.millrace.core.lineage.LineageTable;
import io.millrace.core.lineage.MadeFlow;
import io.millrace.core.lineage.Maker;

import java.util.Collection;
import java.util.List;

/** The flows that one caller may see: those whose tables and makers it may all describe. */
final class VisibleFlows implements Flows {
    private final Flows flows;
    private final Rights rights;

    VisibleFlows(Flows flows, Rights rights) {
        this.flows = flows;
        this.rights = rights;
    }

    @Override
    public List<MadeFlow> into(Collection<String> tables) {
        return flows.into(tables).stream().filter(this::isVisible).toList();
    }

    @Override
    public List<MadeFlow> from(Collection<String> tables) {
        return flows.from(tables).stream().filter(this::isVisible).toList();
    }

    boolean isVisible(LineageTable table) {
        return table.temporary() || rights.may(Privilege.DESCRIBE, object(table));
    }

    private boolean isVisible(MadeFlow made) {
        return rights.all()
                || (isVisible(made.maker())
                        && isVisible(made.flow().target())
                        && made.flow().inputs().stream().map(Flow.Input::table).allMatch(this::isVisible));
    }

    /** A view is the target of its flow. */
    private boolean isVisible(Maker maker) {
        return maker.workspace()
                .map(workspace -> JobObjects.of(workspace, JobId.fromString(maker.id()), maker.name()))
                .map(job -> rights.may(Privilege.DESCRIBE, job))
                .orElse(true);
    }

    static Securable object(LineageTable table) {
        DatabasePath database = new DatabasePath(new CatalogName(table.catalog()), new DatabaseName(table.database()));
        return CatalogObjects.of(database).child(Kind.TABLE, table.key(), table.path());
    }
}
