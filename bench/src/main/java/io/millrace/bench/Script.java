package io.millrace.bench;

/** The statements that both contenders run. */
final class Script {
    static final String TABLES = """
            CREATE TEMPORARY TABLE ticks (n BIGINT) WITH (
              'connector' = 'datagen', 'rows-per-second' = '1',
              'fields.n.kind' = 'sequence', 'fields.n.start' = '1', 'fields.n.end' = '1000000');
            CREATE TEMPORARY TABLE nowhere (n BIGINT) WITH ('connector' = 'blackhole');
            """;

    static final String INSERT = "INSERT INTO nowhere SELECT n FROM ticks;\n";

    private Script() {}
}
