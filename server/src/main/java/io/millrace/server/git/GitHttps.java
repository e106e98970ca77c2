package io.millrace.server.git;

import io.millrace.core.git.GitSource;
import org.eclipse.jgit.transport.http.HttpConnection;
import org.eclipse.jgit.transport.http.HttpConnectionFactory;
import org.eclipse.jgit.transport.http.JDKHttpConnection;
import org.eclipse.jgit.util.HttpSupport;

import java.io.IOException;
import java.io.InputStream;
import java.net.Proxy;
import java.net.URL;
import java.security.GeneralSecurityException;
import java.util.Set;
import javax.net.ssl.TrustManager;

/**
 * Connections to the two places at which a host speaks Git's protocol for one repository. A host that only gives out files
 * is not read: those could send to other hosts, and be of any size.
 */
final class GitHttps implements HttpConnectionFactory {
    private static final String PACK = "git-upload-pack";

    private final String refs;
    private final String pack;
    private final TrustManager trust;
    private final FetchWatch watch;

    GitHttps(GitSource source, TrustManager trust, FetchWatch watch) {
        String base = source.address() + (source.address().path().endsWith("/") ? "" : "/");
        this.refs = base + "info/refs?service=" + PACK;
        this.pack = base + PACK;
        this.trust = trust;
        this.watch = watch;
    }

    @Override
    public HttpConnection create(URL url) throws IOException {
        return trusting(new Watched(allowed(url)));
    }

    @Override
    public HttpConnection create(URL url, Proxy proxy) throws IOException {
        return trusting(new Watched(allowed(url), proxy));
    }

    private URL allowed(URL url) {
        if (!Set.of(refs, pack).contains(url.toString())) {
            throw GitFailures.noProtocol();
        }
        return url;
    }

    private HttpConnection trusting(HttpConnection connection) throws IOException {
        try {
            connection.configure(null, new TrustManager[] {trust}, null);
        } catch (GeneralSecurityException e) {
            throw new IOException("TLS cannot be set up", e);
        }
        return connection;
    }

    /** Takes no more than what was agreed on, and nothing that grows when it is unpacked. */
    private final class Watched extends JDKHttpConnection {
        Watched(URL url) throws IOException {
            super(url);
        }

        Watched(URL url, Proxy proxy) throws IOException {
            super(url, proxy);
        }

        @Override
        public void setRequestProperty(String key, String value) {
            if (!key.equalsIgnoreCase(HttpSupport.HDR_ACCEPT_ENCODING)) {
                super.setRequestProperty(key, value);
            }
        }

        @Override
        public InputStream getInputStream() throws IOException {
            InputStream in = super.getInputStream();
            if (getHeaderField(HttpSupport.HDR_CONTENT_ENCODING) != null) {
                in.close();
                throw new IOException(GitFailures.noProtocol());
            }
            return watch.said(in);
        }
    }
}
