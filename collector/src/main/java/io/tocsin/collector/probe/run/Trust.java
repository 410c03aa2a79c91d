package io.tocsin.collector.probe.run;

import io.tocsin.collector.probe.Check.TlsOptions;
import io.tocsin.collector.probe.Seen;
import io.tocsin.collector.probe.Verdict.Reason;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/** Decides whether a chain is trusted, and remembers it also when it is not: when it ends is wanted above all then. */
final class Trust extends X509ExtendedTrustManager {

    private final TlsOptions options;
    private final X509ExtendedTrustManager decides;
    private volatile X509Certificate @Nullable [] chain;

    private Trust(TlsOptions options, X509ExtendedTrustManager decides) {
        this.options = options;
        this.decides = decides;
    }

    /** @throws Prober.Broken when the file of authorities cannot be used */
    static Trust of(TlsOptions options) throws Prober.Broken {
        try {
            TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init(
                    options.caFile().isPresent()
                            ? authorities(Path.of(options.caFile().get()))
                            : null);
            for (TrustManager manager : factory.getTrustManagers()) {
                if (manager instanceof X509ExtendedTrustManager extended) {
                    return new Trust(options, extended);
                }
            }
            throw new IllegalStateException("this Java has no trust manager for X.509");
        } catch (GeneralSecurityException | IOException e) {
            throw new Prober.Broken(Reason.TLS, "the file of authorities cannot be used: " + e.getMessage());
        }
    }

    private static KeyStore authorities(Path file) throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        try (InputStream in = Files.newInputStream(file)) {
            for (Certificate certificate :
                    CertificateFactory.getInstance("X.509").generateCertificates(in)) {
                store.setCertificateEntry("ca-" + store.size(), certificate);
            }
        }
        return store;
    }

    SSLSocketFactory socketFactory() {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {this}, null);
            return context.getSocketFactory();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java has no TLS", e);
        }
    }

    /** The chain that was presented, and what was agreed on; empty texts when there was no agreement. */
    Optional<Seen.Tls> seen(String version, String cipher) {
        X509Certificate[] presented = chain;
        return presented == null || presented.length == 0
                ? Optional.empty()
                : Optional.of(Chains.seen(presented, version, cipher));
    }

    /** The chain that was presented, after an agreement. */
    Optional<Seen.Tls> seen(SSLSession agreed) {
        return seen(agreed.getProtocol().replace("TLSv", "TLS "), agreed.getCipherSuite());
    }

    @Override
    public void checkServerTrusted(X509Certificate[] presented, String type, Socket socket)
            throws CertificateException {
        remember(presented);
        if (options.verify()) {
            requireValid(presented);
            decides.checkServerTrusted(presented, type, socket);
        }
    }

    @Override
    public void checkServerTrusted(X509Certificate[] presented, String type, SSLEngine engine)
            throws CertificateException {
        remember(presented);
        if (options.verify()) {
            requireValid(presented);
            decides.checkServerTrusted(presented, type, engine);
        }
    }

    @Override
    public void checkServerTrusted(X509Certificate[] presented, String type) throws CertificateException {
        remember(presented);
        if (options.verify()) {
            requireValid(presented);
            decides.checkServerTrusted(presented, type);
        }
    }

    /** A certificate that is itself an authority would be trusted beyond its end. */
    private static void requireValid(X509Certificate[] presented) throws CertificateException {
        if (presented.length > 0) {
            presented[0].checkValidity();
        }
    }

    private void remember(X509Certificate[] presented) {
        chain = Arrays.copyOf(presented, presented.length);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] presented, String type, Socket socket)
            throws CertificateException {
        throw new CertificateException("a prober is no server");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] presented, String type, SSLEngine engine)
            throws CertificateException {
        throw new CertificateException("a prober is no server");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] presented, String type) throws CertificateException {
        throw new CertificateException("a prober is no server");
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return decides.getAcceptedIssuers();
    }
}
