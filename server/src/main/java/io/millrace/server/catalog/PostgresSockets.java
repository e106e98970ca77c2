package io.millrace.server.catalog;

import static java.nio.charset.StandardCharsets.US_ASCII;

import org.jspecify.annotations.Nullable;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ProtocolException;
import java.net.Socket;
import java.net.SocketAddress;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import javax.net.SocketFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * Bounded sockets for PostgreSQL's driver, which agree on encryption with the server before the driver says a word: so
 * what the server says can be held against {@link PostgresMessages}, encrypted or not. The driver makes one by its class
 * name and its argument.
 */
public final class PostgresSockets extends SocketFactory {
    private final String mode;
    private final String signer;

    /** As {@link #argument} writes it. */
    public PostgresSockets(String argument) {
        int end = argument.indexOf('\n');
        mode = argument.substring(0, end);
        signer = argument.substring(end + 1);
    }

    /** {@code mode} is the driver's; {@code signer} is a certificate in PEM, empty to trust whom Java trusts. */
    static String argument(String mode, String signer) {
        return mode + "\n" + signer;
    }

    @Override
    public Socket createSocket() {
        return new Encrypting();
    }

    @Override
    public Socket createSocket(String host, int port) throws IOException {
        return connected(new InetSocketAddress(host, port));
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress localHost, int localPort) throws IOException {
        return createSocket(host, port);
    }

    @Override
    public Socket createSocket(InetAddress host, int port) throws IOException {
        return connected(new InetSocketAddress(host, port));
    }

    @Override
    public Socket createSocket(InetAddress address, int port, InetAddress localAddress, int localPort)
            throws IOException {
        return createSocket(address, port);
    }

    private Socket connected(InetSocketAddress remote) throws IOException {
        Socket socket = createSocket();
        socket.connect(remote);
        return socket;
    }

    private SSLContext context() throws IOException {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, trusted(), null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new SSLException("the certificate of the signer cannot be used", e);
        }
    }

    private TrustManager @Nullable [] trusted() throws GeneralSecurityException, IOException {
        if (!mode.startsWith("verify")) {
            return new TrustManager[] {new Anybody()};
        }
        if (signer.isEmpty()) {
            return null;
        }
        Certificate certificate = CertificateFactory.getInstance("X.509")
                .generateCertificate(new ByteArrayInputStream(signer.getBytes(US_ASCII)));
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        store.setCertificateEntry("signer", certificate);
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        return factory.getTrustManagers();
    }

    /** Asks for encryption as the first thing, unless that is not wanted. */
    private final class Encrypting extends BoundedSockets.BoundedSocket {
        /** What asks PostgreSQL for encryption: eight bytes, its length and a number. */
        private static final byte[] QUESTION = {0, 0, 0, 8, 4, (byte) 0xd2, 0x16, 0x2f};

        private @Nullable InputStream in;
        private @Nullable OutputStream out;

        @Override
        public void connect(SocketAddress endpoint, int timeout) throws IOException {
            super.connect(endpoint, timeout);
            InetSocketAddress address = (InetSocketAddress) endpoint;
            if (mode.equals("disable") || !isOffered()) {
                out = super.getOutputStream();
                in = new PostgresMessages(super.getInputStream());
                return;
            }
            SSLSocket tls = (SSLSocket)
                    context().getSocketFactory().createSocket(this, address.getHostString(), address.getPort(), true);
            if (mode.startsWith("verify")) {
                SSLParameters parameters = tls.getSSLParameters();
                parameters.setEndpointIdentificationAlgorithm("HTTPS");
                tls.setSSLParameters(parameters);
            }
            tls.startHandshake();
            out = tls.getOutputStream();
            in = new PostgresMessages(tls.getInputStream());
        }

        private boolean isOffered() throws IOException {
            super.getOutputStream().write(QUESTION);
            int answer = super.getInputStream().read();
            if (answer == 'S') {
                return true;
            }
            if (answer != 'N') {
                throw new ProtocolException("this is no PostgreSQL");
            }
            if (!mode.equals("prefer")) {
                throw new SSLException("The server does not support SSL.");
            }
            return false;
        }

        @Override
        public InputStream getInputStream() throws IOException {
            return in == null ? super.getInputStream() : in;
        }

        @Override
        public OutputStream getOutputStream() throws IOException {
            return out == null ? super.getOutputStream() : out;
        }
    }

    /** Encryption keeps others from listening, and says nothing of who is there. */
    private static final class Anybody extends X509ExtendedTrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
