package io.millrace.dist.e2e;

import org.apache.hadoop.hive.metastore.api.FieldSchema;
import org.apache.hadoop.hive.metastore.api.SerDeInfo;
import org.apache.hadoop.hive.metastore.api.StorageDescriptor;
import org.apache.hadoop.hive.metastore.api.Table;
import org.apache.hadoop.hive.metastore.api.ThriftHiveMetastore;
import org.apache.thrift.TException;
import org.apache.thrift.protocol.TBinaryProtocol;
import org.apache.thrift.transport.TSocket;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The metastore's own client: the tables that others see, and such as they make. */
record HiveClient(int port) {
    /** How files are read and written: the classes that Hive calls for STORED AS. */
    enum Files {
        ORC("ql.io.orc.OrcSerde", "org.apache.hadoop.hive.ql.io.orc.OrcInputFormat", "ql.io.orc.OrcOutputFormat"),
        TEXT(
                "serde2.lazy.LazySimpleSerDe",
                "org.apache.hadoop.mapred.TextInputFormat",
                "ql.io.HiveIgnoreKeyTextOutputFormat");

        private final String serde;
        private final String input;
        private final String output;

        Files(String serde, String input, String output) {
            this.serde = "org.apache.hadoop.hive." + serde;
            this.input = input;
            this.output = "org.apache.hadoop.hive." + output;
        }
    }

    Table table(String database, String name) throws TException {
        try (var socket = new TSocket("127.0.0.1", port)) {
            socket.open();
            return new ThriftHiveMetastore.Client(new TBinaryProtocol(socket)).get_table(database, name);
        }
    }

    /** CREATE EXTERNAL TABLE over a folder. */
    void create(
            String database,
            String name,
            Path folder,
            List<FieldSchema> columns,
            Files files,
            Map<String, String> serde)
            throws TException {
        StorageDescriptor storage = new StorageDescriptor();
        storage.setCols(columns);
        storage.setLocation(folder.toUri().toString());
        storage.setInputFormat(files.input);
        storage.setOutputFormat(files.output);
        storage.setSerdeInfo(new SerDeInfo(null, files.serde, new HashMap<>(serde)));
        storage.setBucketCols(List.of());
        storage.setSortCols(List.of());
        storage.setParameters(new HashMap<>());
        Table table = new Table();
        table.setDbName(database);
        table.setTableName(name);
        table.setTableType("EXTERNAL_TABLE");
        table.setParameters(new HashMap<>(Map.of("EXTERNAL", "TRUE")));
        table.setPartitionKeys(new ArrayList<>());
        table.setSd(storage);
        try (var socket = new TSocket("127.0.0.1", port)) {
            socket.open();
            new ThriftHiveMetastore.Client(new TBinaryProtocol(socket)).create_table(table);
        }
    }
}
