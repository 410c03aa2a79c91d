package io.tocsin.notifier.route.receiver;

import java.util.Optional;

/**
 * How the other side of a TLS connection is known, and who this side is: {@code tls_config}.
 *
 * @param ca certificates in PEM that are trusted; empty means the system's
 * @param client this side's certificate, if it has one
 * @param serverName the name that the other side's certificate must have; empty means the host's
 * @param insecureSkipVerify whether any certificate will do
 * @param minVersion the lowest version, if one is given
 * @param maxVersion the highest version, if one is given
 */
public record TlsOptions(
        Optional<Source> ca,
        Optional<ClientCertificate> client,
        String serverName,
        boolean insecureSkipVerify,
        Optional<Version> minVersion,
        Optional<Version> maxVersion) {

    /** The system's certificates, none of its own. */
    public static final TlsOptions DEFAULT =
            new TlsOptions(Optional.empty(), Optional.empty(), "", false, Optional.empty(), Optional.empty());

    /** A certificate and its key, both in PEM. */
    public record ClientCertificate(Source certificate, Source key) {}

    /** A version of the protocol. */
    public enum Version {
        TLS10("TLSv1"),
        TLS11("TLSv1.1"),
        TLS12("TLSv1.2"),
        TLS13("TLSv1.3");

        private final String protocol;

        Version(String protocol) {
            this.protocol = protocol;
        }

        /** The name that JSSE has for it. */
        public String protocol() {
            return protocol;
        }
    }
}
