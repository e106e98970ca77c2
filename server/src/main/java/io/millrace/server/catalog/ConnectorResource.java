package io.millrace.server.catalog;

import io.millrace.api.Page;
import io.millrace.api.catalog.ConnectorView;
import io.millrace.core.access.Permission;
import io.millrace.core.catalog.ConnectorDescriptor;
import io.millrace.core.catalog.OptionCondition;
import io.millrace.core.catalog.OptionRule;
import io.millrace.server.http.Requires;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

/** What the tables of each catalog may be, for forms. */
@Path("/api/v1/connectors")
@Produces(MediaType.APPLICATION_JSON)
public final class ConnectorResource {
    private final CatalogService service;

    ConnectorResource(CatalogService service) {
        this.service = service;
    }

    @GET
    @Requires(Permission.CATALOG_READ)
    public Page<ConnectorView> connectors() {
        return new Page<>(
                service.connectors().stream().map(ConnectorResource::view).toList(), null);
    }

    private static ConnectorView view(ConnectorDescriptor descriptor) {
        return new ConnectorView(
                descriptor.catalog(),
                descriptor.connector(),
                descriptor.tables().primaryKey().name(),
                descriptor.tables().partitions(),
                descriptor.tables().watermarks(),
                descriptor.rules().stream().map(ConnectorResource::option).toList());
    }

    private static ConnectorView.OptionView option(OptionRule rule) {
        return new ConnectorView.OptionView(
                rule.key(),
                rule.category().name(),
                rule.type().name(),
                rule.choices(),
                rule.sensitive() ? null : rule.standard().orElse(null),
                rule.when().map(OptionCondition::toString).orElse(null),
                rule.identity(),
                rule.sensitive(),
                rule.hintable(),
                rule.meaning().en(),
                rule.meaning().zh());
    }
}
