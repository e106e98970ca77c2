package io.millrace.flink.gateway.state;

import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.DataStreamSink;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.apache.flink.table.connector.ChangelogMode;
import org.apache.flink.table.connector.ParallelismProvider;
import org.apache.flink.table.connector.ProviderContext;
import org.apache.flink.table.connector.sink.DataStreamSinkProvider;
import org.apache.flink.table.connector.sink.DynamicTableSink;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.runtime.operators.sink.RowKindSetter;
import org.apache.flink.types.RowKind;

import java.util.Map;
import java.util.Optional;

/**
 * Stands for a table that is written to, and writes nothing. What Flink does before the connector, such as the
 * materialisation of upserts, stays as it is.
 *
 * <p>Only classes of Flink may be in what it builds: the cluster has none of ours.
 */
final class DiscardedTable implements DynamicTableSink {
    private final DynamicTableSink real;
    private final Map<String, Integer> unread;

    /** {@code unread}: ids of operators whose state goes to one that does not look at it, with what they can scale to. */
    DiscardedTable(DynamicTableSink real, Map<String, Integer> unread) {
        this.real = real;
        this.unread = Map.copyOf(unread);
    }

    @Override
    public ChangelogMode getChangelogMode(ChangelogMode requested) {
        return real.getChangelogMode(requested);
    }

    @Override
    public SinkRuntimeProvider getSinkRuntimeProvider(Context context) {
        Optional<Integer> parallelism = real.getSinkRuntimeProvider(context) instanceof ParallelismProvider provider
                ? provider.getParallelism()
                : Optional.empty();
        return new Provider(parallelism, unread);
    }

    @Override
    public DynamicTableSink copy() {
        return new DiscardedTable(real.copy(), unread);
    }

    @Override
    public String asSummaryString() {
        return "nothing, instead of " + real.asSummaryString();
    }

    private record Provider(Optional<Integer> parallelism, Map<String, Integer> unread)
            implements DataStreamSinkProvider {
        @Override
        public DataStreamSink<?> consumeDataStream(ProviderContext context, DataStream<RowData> rows) {
            DataStream<RowData> last = rows;
            for (Map.Entry<String, Integer> operator : unread.entrySet()) {
                last = claim(last, operator.getKey(), operator.getValue());
            }
            return last.sinkTo(new DiscardingSink<>()).name("nothing").setParallelism(last.getParallelism());
        }

        /** One task of its own, because the state of a single task cannot be spread over several. */
        private static DataStream<RowData> claim(DataStream<RowData> rows, String uid, int maxParallelism) {
            SingleOutputStreamOperator<RowData> claimed = rows.rebalance()
                    .transform("unread state", rows.getType(), new RowKindSetter(RowKind.INSERT))
                    .uid(uid)
                    .setParallelism(1)
                    .disableChaining();
            return maxParallelism > 0 ? claimed.setMaxParallelism(maxParallelism) : claimed;
        }

        @Override
        public Optional<Integer> getParallelism() {
            return parallelism;
        }
    }
}
