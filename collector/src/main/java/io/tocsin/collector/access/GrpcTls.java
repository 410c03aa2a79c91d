package io.tocsin.collector.access;

import io.grpc.InsecureServerCredentials;
import io.grpc.ServerCredentials;
import io.grpc.TlsServerCredentials;
import io.grpc.util.AdvancedTlsX509KeyManager;
import io.grpc.util.AdvancedTlsX509TrustManager;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** TLS of the gRPC server; certificate, key and authorities are read again when their files change. */
@Singleton
public final class GrpcTls {

    private static final Logger LOG = LoggerFactory.getLogger(GrpcTls.class);

    private final ServerCredentials credentials;
    private final @Nullable ScheduledExecutorService reload;

    GrpcTls(AccessSettings settings) {
        Path certificate = settings.certificate();
        Path key = settings.key();
        if (certificate == null || key == null) {
            credentials = InsecureServerCredentials.create();
            reload = null;
            return;
        }
        reload = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().daemon().name("certificates").factory());
        try {
            credentials = credentials(certificate, key, settings.clientCa(), reload);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + certificate + " or " + key, e);
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("cannot use " + certificate + " with " + key + ": " + e.getMessage(), e);
        }
    }

    private static ServerCredentials credentials(
            Path certificate, Path key, @Nullable Path clientCa, ScheduledExecutorService reload)
            throws IOException, GeneralSecurityException {
        AdvancedTlsX509KeyManager keys = new AdvancedTlsX509KeyManager();
        keep(reload, () -> keys.updateIdentityCredentials(certificate.toFile(), key.toFile()));
        TlsServerCredentials.Builder tls = TlsServerCredentials.newBuilder().keyManager(keys);
        if (clientCa != null) {
            AdvancedTlsX509TrustManager authorities = AdvancedTlsX509TrustManager.newBuilder()
                    .setVerification(AdvancedTlsX509TrustManager.Verification.CERTIFICATE_ONLY_VERIFICATION)
                    .build();
            keep(reload, () -> authorities.updateTrustCredentials(clientCa.toFile()));
            tls = tls.trustManager(authorities).clientAuth(TlsServerCredentials.ClientAuth.REQUIRE);
        }
        return tls.build();
    }

    /** Reads files. */
    @FunctionalInterface
    private interface Reading {
        void read() throws IOException, GeneralSecurityException;
    }

    /** Reads now, and again and again: a file that is half written is read again, what was read before holds meanwhile. */
    private static void keep(ScheduledExecutorService reload, Reading files)
            throws IOException, GeneralSecurityException {
        files.read();
        var _ = reload.scheduleWithFixedDelay(
                () -> {
                    try {
                        files.read();
                    } catch (IOException | GeneralSecurityException | RuntimeException e) {
                        // gRPC's own schedule ends with the first file that holds no certificate.
                        LOG.warn("certificates cannot be read, those before stay in force", e);
                    }
                },
                CertificateReload.EVERY_SECONDS,
                CertificateReload.EVERY_SECONDS,
                TimeUnit.SECONDS);
    }

    /** What the gRPC server shows and asks for. */
    public ServerCredentials credentials() {
        return credentials;
    }

    @PreDestroy
    void close() {
        if (reload != null) {
            reload.shutdownNow();
        }
    }
}
