package io.millrace.server.catalog;

import io.millrace.api.Page;
import io.millrace.api.catalog.FoundObject;
import io.millrace.core.access.Permission;
import io.millrace.core.error.ErrorCode;
import io.millrace.core.error.Flaw;
import io.millrace.core.error.MillraceException;
import io.millrace.server.http.PageRequest;
import io.millrace.server.http.Requires;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.stream.Stream;

/** What all catalogs hold, by words. */
@Path("/api/v1/catalog-search")
@Produces(MediaType.APPLICATION_JSON)
public final class CatalogSearchResource {
    private final TableService service;

    CatalogSearchResource(TableService service) {
        this.service = service;
    }

    @GET
    @Requires(Permission.CATALOG_READ)
    public Page<FoundObject> search(
            @QueryParam("q") @Nullable String text,
            @QueryParam("pageSize") @Nullable Integer pageSize,
            @QueryParam("pageToken") @Nullable String pageToken) {
        PageRequest page = PageRequest.of(pageSize, pageToken);
        List<String> words = words(text);
        List<Found> found = service.search(words, Found.Place.of(page.after()), page.size() + 1);
        Page<Found> some = page.page(found, each -> each.place().token());
        return new Page<>(
                some.items().stream().map(each -> TableViews.found(each, words)).toList(), some.nextPageToken());
    }

    private static List<String> words(@Nullable String text) {
        List<String> words = Stream.of((text == null ? "" : text).strip().split("\\s+"))
                .filter(word -> !word.isEmpty())
                .toList();
        if (words.isEmpty()) {
            throw new MillraceException(
                    ErrorCode.REQUEST_INVALID, "Say what to search for.", List.of(Flaw.at("/q", "missing")));
        }
        return words;
    }
}
