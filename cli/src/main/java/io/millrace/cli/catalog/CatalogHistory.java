package io.millrace.cli.catalog;

import io.millrace.api.catalog.TableChangeCause;
import io.millrace.api.catalog.TableVersionView;
import io.millrace.api.client.MillraceClient;
import io.millrace.cli.console.Surroundings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

import java.util.List;

@Command(
        name = "history",
        header = "Show what happened to a table, also to a dropped one, newest first.",
        footer = {"", "Example: millrace catalog history postgres.crm.users --limit 5"})
final class CatalogHistory extends HistoryCommand<TableVersionView> {
    @Parameters(
            paramLabel = "TABLE",
            converter = QualifiedName.TableReader.class,
            description = "CATALOG.DATABASE.TABLE.")
    private QualifiedName name = new QualifiedName(List.of());

    CatalogHistory(Surroundings surroundings) {
        super(surroundings);
    }

    @Override
    protected List<TableVersionView> versions(MillraceClient client, int most) {
        return client.catalogs()
                .versions(name.catalog(), name.database(), name.table(), most, null)
                .items();
    }

    @Override
    protected Entry entry(TableVersionView each) {
        return new Entry(each.version(), each.at(), each.cause(), each.author(), each.summary());
    }

    @Override
    protected void tell(MillraceClient client, Entry newest) {
        if (newest.cause() == TableChangeCause.DROPPED) {
            err().println(name.dotted()
                    + (LastDropped.of(client, name).restorable()
                            ? " was dropped. `millrace catalog restore " + name.dotted() + "` brings it back."
                            : " was dropped in its store, so it cannot be restored here."));
        }
    }
}
