package io.millrace.server.connection.probe;

import io.millrace.server.connection.probe.Probed.Endpoint;
import io.millrace.server.connection.probe.Sentences.ProbeException;
import org.apache.hadoop.hive.metastore.api.ThriftHiveMetastore;
import org.apache.thrift.TException;
import org.apache.thrift.protocol.TBinaryProtocol;
import org.apache.thrift.transport.TSocket;

import java.io.IOException;
import java.net.Socket;
import java.util.List;

/** Asks a Hive metastore for its databases. */
final class HiveProbe implements StoreProbe {
    private static final int ANSWER_MILLIS = 6000;
    private static final long MAX_TEXT = 1024L * 1024;
    private static final long MAX_ITEMS = 100_000;

    @Override
    public void run(Probed probed, Stages stages) throws Stages.FailedException {
        List<Endpoint> endpoints = PortProbe.endpoints(probed.fields());
        PortProbe.reach(probed, stages, endpoints);
        stages.skip(Stages.AUTHENTICATE, "The metastore is asked without signing in.");
        stages.run(Stages.LIST, () -> {
            try (Socket socket = probed.connect(endpoints)) {
                return "The metastore has " + databases(socket) + " databases.";
            }
        });
    }

    private static int databases(Socket socket) throws IOException, ProbeException {
        socket.setSoTimeout(ANSWER_MILLIS);
        try {
            var protocol = new TBinaryProtocol(new TSocket(socket), MAX_TEXT, MAX_ITEMS, true, true);
            return new ThriftHiveMetastore.Client(protocol).get_all_databases().size();
        } catch (TException e) {
            throw new ProbeException(
                    "Somebody listens, but does not answer as a Hive metastore without Kerberos would.");
        }
    }
}
