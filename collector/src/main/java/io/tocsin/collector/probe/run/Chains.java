package io.tocsin.collector.probe.run;

import io.tocsin.collector.probe.Seen;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;

/** What chains of certificates say. */
final class Chains {

    private static final int DNS_NAME = 2;

    private Chains() {}

    static Seen.Tls seen(X509Certificate[] chain, String version, String cipher) {
        Instant earliest = Arrays.stream(chain)
                .map(certificate -> certificate.getNotAfter().toInstant())
                .min(Comparator.naturalOrder())
                .orElseThrow();
        return new Seen.Tls(version, cipher, earliest, leaf(chain[0]));
    }

    private static Seen.Leaf leaf(X509Certificate certificate) {
        return new Seen.Leaf(
                fingerprint(certificate),
                certificate.getSubjectX500Principal().getName(),
                certificate.getIssuerX500Principal().getName(),
                alternativeNames(certificate),
                certificate.getSerialNumber().toString(16));
    }

    private static String fingerprint(X509Certificate certificate) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded());
            return HexFormat.of().formatHex(digest);
        } catch (CertificateEncodingException e) {
            return ""; // A certificate that cannot be encoded has no fingerprint; the handshake judges it.
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    private static String alternativeNames(X509Certificate certificate) {
        try {
            Collection<List<?>> names = certificate.getSubjectAlternativeNames();
            return names == null
                    ? ""
                    : names.stream()
                            .filter(name -> name.get(0) instanceof Integer kind && kind == DNS_NAME)
                            .map(name -> String.valueOf(name.get(1)))
                            .collect(Collectors.joining(","));
        } catch (CertificateParsingException e) {
            return ""; // Names that cannot be read are no names; the handshake judges the certificate.
        }
    }
}
