package io.tocsin.notifier.route.file;

import io.tocsin.notifier.route.receiver.HttpOptions.Authentication;
import io.tocsin.notifier.route.receiver.HttpOptions.Grant;
import io.tocsin.notifier.route.receiver.Source;
import io.tocsin.notifier.route.receiver.TlsOptions;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Set;
import org.snakeyaml.engine.v2.nodes.Node;

/** Reads {@code oauth2}. */
final class OAuth2Reader {

    private static final String JWT_BEARER = "urn:ietf:params:oauth:grant-type:jwt-bearer";
    private static final Set<String> ALGORITHMS = Set.of("RS256", "RS384", "RS512");
    private static final Set<String> KEYS = Keys.words("""
            client_id client_secret client_secret_file client_secret_ref client_certificate_key_id
            client_certificate_key client_certificate_key_file client_certificate_key_ref grant_type
            signature_algorithm iss audience claims scopes token_url endpoint_params tls_config""", ProxyReader.KEYS);

    private final Reading reading;
    private final Sources sources;

    OAuth2Reader(Sources sources) {
        this.reading = sources.reading();
        this.sources = sources;
    }

    Authentication read(Node node) {
        YamlObject oauth = YamlObject.of(reading, node, "oauth2", KEYS);
        sources.noReference(oauth, "client_secret_ref");
        sources.noReference(oauth, "client_certificate_key_ref");
        if (oauth.filled("client_id").isEmpty()) {
            reading.invalid(node, "oauth2 must have a client_id");
        }
        return new Authentication.OAuth2(
                oauth.text("client_id", ""),
                oauth.text("grant_type", "").equals(JWT_BEARER) ? jwt(oauth) : clientCredentials(oauth),
                oauth.strings("scopes"),
                tokenUrl(oauth),
                oauth.stringMap("endpoint_params"),
                oauth.value("tls_config").map(new TlsReader(sources)::read).orElse(TlsOptions.DEFAULT),
                new ProxyReader(reading).read(oauth));
    }

    private Grant clientCredentials(YamlObject oauth) {
        return new Grant.ClientCredentials(sources.read(oauth, "client_secret").orElseGet(() -> Source.inline("")));
    }

    private Grant jwt(YamlObject oauth) {
        String algorithm = oauth.filled("signature_algorithm").orElse("RS256");
        if (!ALGORITHMS.contains(algorithm)) {
            reading.invalid(
                    oauth.valueAt("signature_algorithm"),
                    "\"" + algorithm + "\" is not a value of signature_algorithm, which is RS256, RS384 or RS512");
        }
        return new Grant.JwtBearer(
                sources.read(oauth, "client_certificate_key").orElseGet(() -> Source.inline("")),
                oauth.text("client_certificate_key_id", ""),
                algorithm,
                oauth.text("iss", ""),
                oauth.text("audience", ""),
                new Trees(reading).fields(oauth.value("claims"), "claims"));
    }

    private URI tokenUrl(YamlObject oauth) {
        if (oauth.filled("token_url").isEmpty()) {
            reading.invalid(oauth.node(), "oauth2 must have a token_url");
        }
        try {
            return Addresses.any(oauth.text("token_url", ""));
        } catch (URISyntaxException e) {
            reading.invalid(oauth.valueAt("token_url"), "token_url is not an address: " + e.getReason());
            return URI.create("");
        }
    }
}
