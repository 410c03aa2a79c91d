package io.tocsin.notifier.deliver.http;

import io.tocsin.notifier.deliver.say.Texts;
import io.tocsin.notifier.route.receiver.HttpOptions.Authentication.OAuth2;
import io.tocsin.notifier.route.receiver.HttpOptions.Grant;
import io.tocsin.notifier.store.Json;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A signed token that a client proves itself with (RFC 7523, 2.1; RFC 7515, 7.1). */
final class JwtAssertion {

    private static final Duration LIFE = Duration.ofHours(1);
    private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

    private JwtAssertion() {}

    /** @throws IllegalArgumentException when the key or the algorithm cannot be used */
    static String of(OAuth2 oauth, Grant.JwtBearer grant, Texts texts) {
        Map<String, Object> header = new LinkedHashMap<>();
        header.put("alg", grant.algorithm());
        header.put("typ", "JWT");
        if (!grant.keyId().isEmpty()) {
            header.put("kid", grant.keyId());
        }
        String signed = part(header) + "." + part(claims(oauth, grant, texts));
        return signed + "." + BASE64.encodeToString(signature(grant, texts.secret(grant.key()), signed));
    }

    private static Map<String, @Nullable Object> claims(OAuth2 oauth, Grant.JwtBearer grant, Texts texts) {
        long now = texts.now().getEpochSecond();
        Map<String, @Nullable Object> claims = new LinkedHashMap<>(texts.trees(grant.claims()));
        claims.put("iss", grant.issuer().isEmpty() ? oauth.clientId() : grant.issuer());
        claims.putIfAbsent("sub", oauth.clientId());
        claims.put("aud", grant.audience().isEmpty() ? oauth.tokenUrl().toString() : grant.audience());
        claims.put("iat", now);
        claims.put("exp", now + LIFE.toSeconds());
        claims.put("jti", UUID.randomUUID().toString());
        return claims;
    }

    private static String part(Object json) {
        return BASE64.encodeToString(Json.write(json).getBytes(StandardCharsets.UTF_8));
    }

    private static byte[] signature(Grant.JwtBearer grant, String pem, String signed) {
        try {
            Signature signature = Signature.getInstance(
                    switch (grant.algorithm()) {
                        case "RS256" -> "SHA256withRSA";
                        case "RS384" -> "SHA384withRSA";
                        case "RS512" -> "SHA512withRSA";
                        default -> throw new IllegalArgumentException("no signature algorithm " + grant.algorithm());
                    });
            signature.initSign(key(pem));
            signature.update(signed.getBytes(StandardCharsets.US_ASCII));
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("the key of the token's signature cannot be used", e);
        }
    }

    private static PrivateKey key(String pem) throws GeneralSecurityException {
        if (!pem.contains("-----BEGIN PRIVATE KEY-----")) {
            throw new IllegalArgumentException("the key of the token's signature is no PKCS #8 key in PEM");
        }
        String base64 = pem.replaceAll("-----[A-Z ]+-----", "").replaceAll("\\s", "");
        return KeyFactory.getInstance("RSA")
                .generatePrivate(new PKCS8EncodedKeySpec(Base64.getDecoder().decode(base64)));
    }
}
