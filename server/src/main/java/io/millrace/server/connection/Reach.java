package io.millrace.server.connection;

import java.net.InetSocketAddress;

/** Which hosts and folders a connection may reach. Both checks throw EGRESS_DENIED, naming the field. */
public interface Reach {
    /** Whatever there is: for what the installation itself defines. */
    Reach ANYWHERE = new Reach() {
        @Override
        public void check() {}

        @Override
        public void check(InetSocketAddress address) {}
    };

    /** Resolves the hosts of the connection; for whoever is about to use it, or to hand it to somebody who will. */
    void check();

    /**
     * For whoever opens a socket: a name may lead elsewhere than it did a moment ago.
     *
     * @param address resolved, with the name of the host that was resolved
     */
    void check(InetSocketAddress address);
}
