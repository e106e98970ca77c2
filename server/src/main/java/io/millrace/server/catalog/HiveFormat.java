package io.millrace.server.catalog;

import org.apache.hadoop.hive.metastore.api.Table;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** How the files of a Hive table are read, told by its SerDe. */
enum HiveFormat {
    PARQUET("parquet"),
    ORC("orc"),
    CSV("csv");

    static final String PARQUET_SERDE = "org.apache.hadoop.hive.ql.io.parquet.serde.ParquetHiveSerDe";
    static final String PARQUET_INPUT = "org.apache.hadoop.hive.ql.io.parquet.MapredParquetInputFormat";
    static final String PARQUET_OUTPUT = "org.apache.hadoop.hive.ql.io.parquet.MapredParquetOutputFormat";
    private static final String ORC_SERDE = "org.apache.hadoop.hive.ql.io.orc.OrcSerde";
    private static final String DELIMITED_SERDE = "org.apache.hadoop.hive.serde2.lazy.LazySimpleSerDe";
    private static final String QUOTED_SERDE = "org.apache.hadoop.hive.serde2.OpenCSVSerde";
    private static final String TEXT_INPUT = "org.apache.hadoop.mapred.TextInputFormat";

    private final String flink;

    HiveFormat(String flink) {
        this.flink = flink;
    }

    /** Empty for everything that Flink's file formats do not read. */
    static Optional<HiveFormat> of(Table table) {
        String serde = serde(table);
        return switch (serde) {
            case PARQUET_SERDE -> Optional.of(PARQUET);
            case ORC_SERDE -> Optional.of(ORC);
            case DELIMITED_SERDE, QUOTED_SERDE ->
                TEXT_INPUT.equals(table.getSd().getInputFormat()) ? Optional.of(CSV) : Optional.empty();
            default -> Optional.empty();
        };
    }

    static String serde(Table table) {
        String library = table.getSd().getSerdeInfo().getSerializationLib();
        return library == null ? "" : library;
    }

    /** Columns of OpenCSVSerde are texts, whatever the table says. */
    static boolean readsTextsOnly(Table table) {
        return serde(table).equals(QUOTED_SERDE);
    }

    /** Why files of this table cannot be read although the format could be, if so. */
    static Optional<String> obstacle(Table table) {
        String header = table.getParameters().getOrDefault("skip.header.line.count", "0");
        String footer = table.getParameters().getOrDefault("skip.footer.line.count", "0");
        return header.equals("0") && footer.equals("0")
                ? Optional.empty()
                : Optional.of("its files have header or footer lines, which Flink would read as rows");
    }

    /** The options of Flink's format. */
    Map<String, String> options(Table table) {
        Map<String, String> options = new TreeMap<>();
        options.put("format", flink);
        if (this == CSV) {
            Map<String, String> given = table.getSd().getSerdeInfo().getParameters();
            if (readsTextsOnly(table)) {
                options.put("csv.field-delimiter", given.getOrDefault("separatorChar", ","));
                options.put("csv.quote-character", given.getOrDefault("quoteChar", "\""));
                options.put("csv.escape-character", given.getOrDefault("escapeChar", "\\"));
            } else {
                String usual = given.getOrDefault("serialization.format", "1");
                options.put("csv.field-delimiter", sign(given.getOrDefault("field.delim", usual)));
                options.put("csv.disable-quote-character", "true");
                options.put("csv.null-literal", given.getOrDefault("serialization.null.format", "\\N"));
                String escape = given.get("escape.delim");
                if (escape != null) {
                    options.put("csv.escape-character", sign(escape));
                }
            }
        }
        return options;
    }

    /** Hive writes a sign as itself or as its number. */
    private static String sign(String text) {
        if (text.matches("-?[0-9]{1,3}")) {
            return String.valueOf((char) (Integer.parseInt(text) & 0xff));
        }
        return text.isEmpty() ? text : text.substring(0, 1);
    }
}
