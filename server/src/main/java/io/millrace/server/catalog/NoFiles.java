package io.millrace.server.catalog;

import org.apache.iceberg.io.FileIO;
import org.apache.iceberg.io.InputFile;
import org.apache.iceberg.io.OutputFile;

import java.util.Map;

/** For the tables of a REST catalog: their server keeps the metadata, and the data is no business of ours. */
final class NoFiles implements FileIO {
    private static final long serialVersionUID = 1L;

    @Override
    public InputFile newInputFile(String path) {
        throw refused(path);
    }

    @Override
    public OutputFile newOutputFile(String path) {
        throw refused(path);
    }

    @Override
    public void deleteFile(String path) {
        throw refused(path);
    }

    @Override
    public Map<String, String> properties() {
        return Map.of();
    }

    @Override
    public void initialize(Map<String, String> properties) {}

    private static UnsupportedOperationException refused(String path) {
        return new UnsupportedOperationException("the server reads and writes no files of Iceberg tables: " + path);
    }
}
