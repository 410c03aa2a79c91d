package io.tocsin.notifier.deliver.http;

import io.netty.handler.ssl.JdkSslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import io.tocsin.notifier.deliver.say.Texts;
import io.tocsin.notifier.route.receiver.TlsOptions;
import io.tocsin.notifier.route.receiver.TlsOptions.Version;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;

/**
 * What TLS connections are made with, as it stands in the files now.
 *
 * @param options what was written
 * @param ca PEM of trusted certificates; empty means the system's
 * @param certificate PEM of this side's certificate; empty means none
 * @param key its key in PEM
 */
public record TlsMaterial(TlsOptions options, String ca, String certificate, String key) {

    /** Reads the files that the options name. */
    public static TlsMaterial read(TlsOptions options, Texts texts) {
        return new TlsMaterial(
                options,
                options.ca().map(texts::secret).orElse(""),
                options.client()
                        .map(client -> texts.secret(client.certificate()))
                        .orElse(""),
                options.client().map(client -> texts.secret(client.key())).orElse(""));
    }

    /**
     * The context of connections; empty when the system's will do.
     *
     * @throws IllegalArgumentException when a certificate or key cannot be used
     */
    public Optional<SSLContext> context() {
        if (!options.serverName().isEmpty()) {
            throw new IllegalArgumentException("tls_config.server_name is not supported");
        }
        if (ca.isEmpty() && certificate.isEmpty() && !options.insecureSkipVerify()) {
            return Optional.empty();
        }
        try {
            SslContextBuilder builder = SslContextBuilder.forClient().sslProvider(SslProvider.JDK);
            if (options.insecureSkipVerify()) {
                builder.trustManager(InsecureTrustManagerFactory.INSTANCE);
            } else if (!ca.isEmpty()) {
                builder.trustManager(stream(ca));
            }
            if (!certificate.isEmpty()) {
                builder.keyManager(stream(certificate), stream(key));
            }
            return Optional.of(((JdkSslContext) builder.build()).context());
        } catch (SSLException | IllegalArgumentException e) {
            throw new IllegalArgumentException("the certificates of tls_config cannot be used: " + e.getMessage(), e);
        }
    }

    /** Protocol versions, where they are limited. */
    public Optional<SSLParameters> parameters() {
        if (options.minVersion().isEmpty() && options.maxVersion().isEmpty()) {
            return Optional.empty();
        }
        SSLParameters parameters = new SSLParameters();
        parameters.setProtocols(versions().toArray(String[]::new));
        return Optional.of(parameters);
    }

    /** Names of the protocol versions that may be used. */
    public List<String> versions() {
        Version least = options.minVersion().orElse(Version.TLS12);
        Version most = options.maxVersion().orElse(Version.TLS13);
        return Arrays.stream(Version.values())
                .filter(version -> version.compareTo(least) >= 0 && version.compareTo(most) <= 0)
                .map(Version::protocol)
                .toList();
    }

    private static InputStream stream(String pem) {
        return new ByteArrayInputStream(pem.getBytes(StandardCharsets.UTF_8));
    }

    /** Without keys. */
    @Override
    public String toString() {
        return "TlsMaterial[" + options + "]";
    }
}
