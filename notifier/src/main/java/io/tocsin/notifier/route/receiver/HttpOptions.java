package io.tocsin.notifier.route.receiver;

import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How a receiver's HTTP requests are made: {@code http_config}.
 *
 * @param authentication how a request says who sends it, if it does
 * @param followRedirects whether a redirect is followed
 * @param http2 whether HTTP/2 may be used
 * @param tls how the other side is known
 * @param proxy through whom requests go
 * @param headers further headers, by canonical name, with their values in order
 */
public record HttpOptions(
        Optional<Authentication> authentication,
        boolean followRedirects,
        boolean http2,
        TlsOptions tls,
        Proxy proxy,
        Map<String, List<Source>> headers) {

    /** No authentication; redirects are followed; HTTP/2; certificates of the system; no proxy. */
    public static final HttpOptions DEFAULT =
            new HttpOptions(Optional.empty(), true, true, TlsOptions.DEFAULT, new Proxy.None(), Map.of());

    public HttpOptions {
        headers = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(headers));
    }

    /** The same with this in place of what it had. */
    public HttpOptions authenticatedBy(Authentication other) {
        return new HttpOptions(Optional.of(other), followRedirects, http2, tls, proxy, headers);
    }

    /** The same through this proxy. */
    public HttpOptions through(Proxy other) {
        return new HttpOptions(authentication, followRedirects, http2, tls, other, headers);
    }

    /** How a request says who sends it. */
    public sealed interface Authentication {

        /** RFC 7617. */
        record Basic(Source username, Source password) implements Authentication {}

        /** A scheme and its credentials, {@code Bearer} by default. */
        record Scheme(String type, Source credentials) implements Authentication {}

        /**
         * A token that is fetched first, RFC 6749.
         *
         * @param clientId who asks for the token
         * @param grant what proves it
         * @param scopes what the token is to be good for
         * @param tokenUrl where it is fetched
         * @param endpointParams further parameters of the request for a token
         * @param tls how the token's endpoint is known
         * @param proxy through whom the token is fetched
         */
        record OAuth2(
                String clientId,
                Grant grant,
                List<String> scopes,
                URI tokenUrl,
                Map<String, String> endpointParams,
                TlsOptions tls,
                Proxy proxy)
                implements Authentication {

            public OAuth2 {
                scopes = List.copyOf(scopes);
                endpointParams = Map.copyOf(endpointParams);
            }
        }
    }

    /** What a client proves itself with to get a token. */
    public sealed interface Grant {

        /** RFC 6749, 4.4. */
        record ClientCredentials(Source clientSecret) implements Grant {}

        /**
         * RFC 7523, 2.1: a signed token.
         *
         * @param key the RSA key in PEM that signs
         * @param keyId the {@code kid} of the header; empty means none
         * @param algorithm RS256, RS384 or RS512
         * @param issuer {@code iss}; empty means the client's id
         * @param audience {@code aud}; empty means the token's address
         * @param claims further claims
         */
        record JwtBearer(
                Source key,
                String keyId,
                String algorithm,
                String issuer,
                String audience,
                Map<String, TemplateTree> claims)
                implements Grant {

            public JwtBearer {
                claims = Map.copyOf(claims);
            }
        }
    }

    /** Through whom requests go. */
    public sealed interface Proxy {

        /** Straight. */
        record None() implements Proxy {}

        /** As HTTP_PROXY, HTTPS_PROXY and NO_PROXY say. */
        record FromEnvironment(Map<String, List<Source>> connectHeaders) implements Proxy {

            public FromEnvironment {
                connectHeaders = Map.copyOf(connectHeaders);
            }
        }

        /**
         * Through a proxy of its own.
         *
         * @param url the proxy; its user information, if any, is a secret
         * @param noProxy hosts, domains, addresses and CIDR blocks that are reached straight; comma-separated
         * @param connectHeaders headers of CONNECT requests
         */
        record Via(URI url, String noProxy, Map<String, List<Source>> connectHeaders) implements Proxy {

            public Via {
                connectHeaders = Map.copyOf(connectHeaders);
            }

            /** Without the user information. */
            @Override
            public String toString() {
                return "Via[" + url.getHost() + ":" + url.getPort() + "]";
            }
        }
    }
}
