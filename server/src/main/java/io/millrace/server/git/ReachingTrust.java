package io.millrace.server.git;

import io.millrace.core.error.MillraceException;
import org.jspecify.annotations.Nullable;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Optional;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * Trusts who the usual authorities, or the given ones, vouch for, at an address that may be reached: a name may lead
 * elsewhere than when it was checked. That is before anything is sent which a server elsewhere must not see.
 */
final class ReachingTrust extends X509ExtendedTrustManager {
    private final String host;
    private final GitReach reach;
    private final X509ExtendedTrustManager usual;

    ReachingTrust(String host, Optional<String> authorities, GitReach reach)
            throws GeneralSecurityException, IOException {
        this.host = host;
        this.reach = reach;
        this.usual = managers(authorities.isEmpty() ? null : keys(authorities.get()));
    }

    private static KeyStore keys(String pem) throws GeneralSecurityException, IOException {
        KeyStore keys = KeyStore.getInstance(KeyStore.getDefaultType());
        keys.load(null, null);
        var bytes = new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII));
        int number = 0;
        for (Certificate each : CertificateFactory.getInstance("X.509").generateCertificates(bytes)) {
            keys.setCertificateEntry("ca" + number++, each);
        }
        return keys;
    }

    private static X509ExtendedTrustManager managers(@Nullable KeyStore keys) throws GeneralSecurityException {
        var factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(keys);
        for (TrustManager each : factory.getTrustManagers()) {
            if (each instanceof X509ExtendedTrustManager manager) {
                return manager;
            }
        }
        throw new GeneralSecurityException("the JDK has no trust manager");
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) throws CertificateException {
        try {
            reach.checkAddress(new InetSocketAddress(socket.getInetAddress(), socket.getPort()), host);
        } catch (MillraceException e) {
            throw new CertificateException(e.getMessage(), e);
        }
        usual.checkServerTrusted(chain, type, socket);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) throws CertificateException {
        throw new CertificateException("only sockets are used");
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) throws CertificateException {
        throw new CertificateException("only sockets are used");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) throws CertificateException {
        throw new CertificateException("nobody connects here");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) throws CertificateException {
        throw new CertificateException("nobody connects here");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) throws CertificateException {
        throw new CertificateException("nobody connects here");
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return usual.getAcceptedIssuers();
    }
}
