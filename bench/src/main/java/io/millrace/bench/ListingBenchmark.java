package io.millrace.bench;

import com.fasterxml.jackson.databind.JsonNode;

import java.net.URI;
import java.util.List;
import java.util.Map;

/**
 * Lists tables of a database that has 10,000 of them, with a filter, through the REST API: a filter that leaves one table,
 * one that leaves a page of many, and one that leaves none.
 *
 * <p>Run by {@code bench/catalog}, which starts Millrace.
 */
public final class ListingBenchmark {
    private static final int TABLES = 10_000;
    private static final int WARM_UP = 200;
    private static final String LIST = "/catalogs/kafka/databases/main/tables?pageSize=100&q=";

    private ListingBenchmark() {}

    /** Arguments: Millrace's address, and how many times. */
    public static void main(String[] args) {
        if (args.length != 2) {
            throw new IllegalArgumentException("usage: SERVER_URL TIMES");
        }
        Api api = new Api(URI.create(args[0]));
        int times = Integer.parseInt(args[1]);
        for (int i = 0; i < TABLES; i++) {
            api.post(
                    "/catalogs/kafka/databases/main/tables",
                    Map.of("definition", Topics.definition("listed_" + i, "topic_" + i)));
        }
        List<Times> results = List.of(
                measure(api, "one table", "listed_7777", 1, times),
                measure(api, "111 tables, first page of 100", "listed_77", 100, times),
                measure(api, "no table", "nothing_like_this", 0, times));
        System.out.println("| list " + TABLES + " tables, filter leaves, ms | n | p50 | p95 | p99 | max |");
        System.out.println("|---|---:|---:|---:|---:|---:|");
        results.forEach(each -> System.out.println(each.preciseRow()));
    }

    private static Times measure(Api api, String name, String filter, int expected, int times) {
        Times result = new Times(name);
        for (int i = 0; i < WARM_UP + times; i++) {
            var took = Api.time(() -> {
                JsonNode page = api.get(LIST + filter);
                if (page.get("items").size() != expected) {
                    throw new IllegalStateException(
                            filter + " gave " + page.get("items").size() + " tables");
                }
            });
            if (i >= WARM_UP) {
                result.add(took);
            }
        }
        return result;
    }
}
