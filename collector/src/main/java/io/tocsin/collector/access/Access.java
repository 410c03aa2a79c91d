package io.tocsin.collector.access;

import io.tocsin.collector.answer.Refusal;
import jakarta.inject.Singleton;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Whom a request comes from, and whether it may. */
@Singleton
public final class Access {

    private static final String BEARER = "bearer ";

    private final Tokens tokens;

    Access(Tokens tokens) {
        this.tokens = tokens;
    }

    /**
     * The client that is charged for a request.
     *
     * @param authorization the header or metadata of that name
     * @param certificate what the peer has proven with TLS
     * @param address of the peer
     * @throws Refusal UNAUTHENTICATED or FORBIDDEN
     */
    public String client(
            @Nullable String authorization,
            @Nullable Certificate certificate,
            String address,
            Scope scope,
            Instant now) {
        if (!tokens.required()) {
            return certificate instanceof X509Certificate x509
                    ? x509.getSubjectX500Principal().getName()
                    : address;
        }
        return switch (tokens.check(bearer(authorization), scope, now)) {
            case Token.Verdict.Known known -> known.client();
            case Token.Verdict.Unknown _ ->
                throw new Refusal(
                        Refusal.Reason.UNAUTHENTICATED, "send the header Authorization: Bearer with a valid token");
            case Token.Verdict.Expired expired ->
                throw new Refusal(
                        Refusal.Reason.UNAUTHENTICATED, "the token of \"" + expired.client() + "\" has expired");
            case Token.Verdict.OutOfScope out ->
                throw new Refusal(
                        Refusal.Reason.FORBIDDEN,
                        "the token of \"" + out.client() + "\" does not allow " + scope.written());
        };
    }

    private static @Nullable String bearer(@Nullable String authorization) {
        if (authorization == null || !authorization.toLowerCase(Locale.ROOT).startsWith(BEARER)) {
            return null;
        }
        return authorization.substring(BEARER.length()).trim();
    }
}
