package io.tocsin.notifier.deliver.http;

import io.tocsin.notifier.deliver.say.Texts;
import io.tocsin.notifier.route.receiver.HttpOptions;
import io.tocsin.notifier.route.receiver.HttpOptions.Authentication;
import io.tocsin.notifier.route.receiver.HttpOptions.Authentication.OAuth2;
import io.tocsin.notifier.route.receiver.HttpOptions.Grant;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeoutException;
import tools.jackson.databind.JsonNode;

/** Says who asks: puts the Authorization header on requests, and fetches tokens where one is needed. */
final class Authorizations {

    private static final String NAME = "Authorization";
    /** A token is not used in its last seconds, in which it may be over before it arrives. */
    private static final Duration MARGIN = Duration.ofSeconds(10);

    private final HttpCaller caller;
    private final Map<OAuth2, Token> tokens = new ConcurrentHashMap<>();

    private record Token(String value, Instant until) {}

    Authorizations(HttpCaller caller) {
        this.caller = caller;
    }

    /** The request with its authorization; one that the request has already stays. */
    HttpCall authorized(HttpCall call, HttpOptions http, Texts texts, Duration limit)
            throws IOException, InterruptedException, TimeoutException {
        if (http.authentication().isEmpty() || call.headers().containsKey(NAME)) {
            return call;
        }
        return switch (http.authentication().get()) {
            case Authentication.Basic(var username, var password) ->
                call.with(NAME, basic(texts.secret(username), texts.secret(password), texts));
            case Authentication.Scheme(var type, var credentials) ->
                call.with(NAME, type + " " + texts.secret(credentials));
            case OAuth2 oauth -> call.with(NAME, "Bearer " + texts.remember(token(oauth, texts, limit)));
        };
    }

    private static String basic(String username, String password, Texts texts) {
        byte[] pair = (username + ":" + password).getBytes(StandardCharsets.UTF_8);
        return "Basic " + texts.remember(Base64.getEncoder().encodeToString(pair));
    }

    private String token(OAuth2 oauth, Texts texts, Duration limit)
            throws IOException, InterruptedException, TimeoutException {
        Token known = tokens.get(oauth);
        if (known != null && texts.now().isBefore(known.until())) {
            return known.value();
        }
        HttpOptions http =
                new HttpOptions(java.util.Optional.empty(), true, true, oauth.tls(), oauth.proxy(), Map.of());
        HttpReply reply = caller.send(tokenCall(oauth, texts), http, texts, limit);
        Token fetched = fetched(reply, texts.now());
        tokens.put(oauth, fetched);
        return fetched.value();
    }

    private static Token fetched(HttpReply reply, Instant now) throws IOException {
        JsonNode answer = reply.json();
        String value = answer.path("access_token").asString("");
        if (!reply.isSuccess() || value.isEmpty()) {
            String error = answer.path("error").asString("no token in the answer");
            throw new IOException("the token's endpoint answers HTTP " + reply.status() + ": " + error);
        }
        // RFC 6749, 5.1: without a time the service decides; then it is fetched each time.
        long seconds = answer.path("expires_in").asLong(0);
        return new Token(value, now.plusSeconds(seconds).minus(MARGIN));
    }

    private static HttpCall tokenCall(OAuth2 oauth, Texts texts) {
        Map<String, String> form = new LinkedHashMap<>();
        switch (oauth.grant()) {
            case Grant.ClientCredentials _ -> form.put("grant_type", "client_credentials");
            case Grant.JwtBearer jwt -> {
                form.put("grant_type", "urn:ietf:params:oauth:grant-type:jwt-bearer");
                form.put("assertion", JwtAssertion.of(oauth, jwt, texts));
            }
        }
        if (!oauth.scopes().isEmpty()) {
            form.put("scope", String.join(" ", oauth.scopes()));
        }
        form.putAll(oauth.endpointParams());
        HttpCall call = HttpCall.form(oauth.tokenUrl(), form);
        // RFC 6749, 2.3.1: both parts are form-encoded before they make a pair.
        return oauth.grant() instanceof Grant.ClientCredentials(var secret)
                ? call.with(
                        NAME, basic(HttpCall.segment(oauth.clientId()), HttpCall.segment(texts.secret(secret)), texts))
                : call;
    }
}
