package io.tocsin.notifier.route.file;

import io.tocsin.notifier.route.receiver.Source;
import io.tocsin.notifier.route.receiver.TlsOptions;
import io.tocsin.notifier.route.receiver.TlsOptions.ClientCertificate;
import io.tocsin.notifier.route.receiver.TlsOptions.Version;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import org.snakeyaml.engine.v2.nodes.Node;

/** Reads {@code tls_config}. */
final class TlsReader {

    private static final Set<String> KEYS = Keys.words("""
            ca ca_file ca_ref cert cert_file cert_ref key key_file key_ref server_name insecure_skip_verify min_version
            max_version""");

    private final Sources sources;

    TlsReader(Sources sources) {
        this.sources = sources;
    }

    TlsOptions read(Node node) {
        YamlObject tls = YamlObject.of(sources.reading(), node, "tls_config", KEYS);
        Set.of("ca_ref", "cert_ref", "key_ref").forEach(key -> sources.noReference(tls, key));
        return new TlsOptions(
                sources.read(tls, "ca"),
                client(tls),
                tls.text("server_name", ""),
                tls.flag("insecure_skip_verify", false),
                version(tls, "min_version"),
                version(tls, "max_version"));
    }

    private Optional<ClientCertificate> client(YamlObject tls) {
        Optional<Source> certificate = sources.read(tls, "cert");
        Optional<Source> key = sources.read(tls, "key");
        if (certificate.isPresent() != key.isPresent()) {
            String missing = key.isPresent() ? "a key without a certificate: cert" : "a certificate without a key: key";
            sources.reading().invalid(tls.node(), "tls_config has " + missing + " or its file must be given too");
        }
        return certificate.flatMap(with -> key.map(and -> new ClientCertificate(with, and)));
    }

    private Optional<Version> version(YamlObject tls, String key) {
        Optional<String> text = tls.text(key);
        if (text.isEmpty()) {
            return Optional.empty();
        }
        Optional<Version> version = Arrays.stream(Version.values())
                .filter(known -> known.name().equals(text.get()))
                .findFirst();
        if (version.isEmpty()) {
            sources.reading()
                    .invalid(
                            tls.valueAt(key),
                            "\"" + text.get() + "\" is not a value of " + key
                                    + ", which is TLS10, TLS11, TLS12 or TLS13");
        }
        return version;
    }
}
