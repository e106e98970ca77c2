package io.millrace.flink.catalog;

import org.apache.flink.table.catalog.Catalog;
import org.apache.flink.table.catalog.CatalogPartition;
import org.apache.flink.table.catalog.CatalogPartitionSpec;
import org.apache.flink.table.catalog.ObjectPath;
import org.apache.flink.table.catalog.exceptions.CatalogException;
import org.apache.flink.table.catalog.exceptions.PartitionNotExistException;
import org.apache.flink.table.catalog.stats.CatalogColumnStatistics;
import org.apache.flink.table.catalog.stats.CatalogTableStatistics;
import org.apache.flink.table.expressions.Expression;

import java.util.List;

/**
 * The parts of a catalog that ours does not keep: partitions and statistics.
 *
 * <p>Sources list their partitions themselves, so reading needs none here. Statistics are UNKNOWN without a round
 * trip, because the planner asks for them for each table of each statement.
 */
abstract class PlainCatalog implements Catalog {
    private final String name;

    PlainCatalog(String name) {
        this.name = name;
    }

    final String name() {
        return name;
    }

    private CatalogException notKept(String what, String instead) {
        return new CatalogException("Catalog '" + name + "' keeps no " + what + ". " + instead);
    }

    private CatalogException noPartitions() {
        return notKept("list of partitions", "A table's source finds the partitions itself; INSERT creates them.");
    }

    /** Empty means UNKNOWN to the planner, which asks here for statistics only; a reader never does. */
    @Override
    public List<CatalogPartitionSpec> listPartitions(ObjectPath table) {
        return List.of();
    }

    @Override
    public List<CatalogPartitionSpec> listPartitions(ObjectPath table, CatalogPartitionSpec spec) {
        throw noPartitions();
    }

    /** For sources that cannot list their partitions themselves: an empty answer would lose rows. */
    @Override
    public List<CatalogPartitionSpec> listPartitionsByFilter(ObjectPath table, List<Expression> filters) {
        throw noPartitions();
    }

    @Override
    public CatalogPartition getPartition(ObjectPath table, CatalogPartitionSpec spec)
            throws PartitionNotExistException {
        throw new PartitionNotExistException(name, table, spec);
    }

    @Override
    public boolean partitionExists(ObjectPath table, CatalogPartitionSpec spec) {
        return false;
    }

    @Override
    public void createPartition(
            ObjectPath table, CatalogPartitionSpec spec, CatalogPartition partition, boolean ignoreIfExists) {
        throw noPartitions();
    }

    @Override
    public void dropPartition(ObjectPath table, CatalogPartitionSpec spec, boolean ignoreIfNotExists) {
        throw noPartitions();
    }

    @Override
    public void alterPartition(
            ObjectPath table, CatalogPartitionSpec spec, CatalogPartition partition, boolean ignoreIfNotExists) {
        throw noPartitions();
    }

    @Override
    public CatalogTableStatistics getTableStatistics(ObjectPath table) {
        return CatalogTableStatistics.UNKNOWN;
    }

    @Override
    public CatalogColumnStatistics getTableColumnStatistics(ObjectPath table) {
        return CatalogColumnStatistics.UNKNOWN;
    }

    @Override
    public CatalogTableStatistics getPartitionStatistics(ObjectPath table, CatalogPartitionSpec spec) {
        return CatalogTableStatistics.UNKNOWN;
    }

    @Override
    public CatalogColumnStatistics getPartitionColumnStatistics(ObjectPath table, CatalogPartitionSpec spec) {
        return CatalogColumnStatistics.UNKNOWN;
    }

    private CatalogException noStatistics() {
        return notKept("statistics", "ANALYZE TABLE is of no use for its tables.");
    }

    @Override
    public void alterTableStatistics(ObjectPath table, CatalogTableStatistics statistics, boolean ignoreIfNotExists) {
        throw noStatistics();
    }

    @Override
    public void alterTableColumnStatistics(
            ObjectPath table, CatalogColumnStatistics statistics, boolean ignoreIfNotExists) {
        throw noStatistics();
    }

    @Override
    public void alterPartitionStatistics(
            ObjectPath table, CatalogPartitionSpec spec, CatalogTableStatistics statistics, boolean ignoreIfNotExists) {
        throw noStatistics();
    }

    @Override
    public void alterPartitionColumnStatistics(
            ObjectPath table,
            CatalogPartitionSpec spec,
            CatalogColumnStatistics statistics,
            boolean ignoreIfNotExists) {
        throw noStatistics();
    }
}
