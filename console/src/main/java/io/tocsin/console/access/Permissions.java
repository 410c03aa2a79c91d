package io.tocsin.console.access;

import io.micronaut.http.HttpMethod;

/** Which role an address needs: one table, so that no page forgets. */
final class Permissions {

    private Permissions() {}

    /** Whether everybody may ask for it, signed in or not. */
    static boolean isPublic(String path) {
        return path.equals("/login") || path.startsWith("/login/") || path.startsWith("/assets/") || isProbe(path);
    }

    /** Asked by machines, by whatever name they know the console. */
    static boolean isProbe(String path) {
        return path.startsWith("/health/") || path.equals("/health") || path.equals("/metrics");
    }

    /** Whether a method can change something. */
    static boolean changes(HttpMethod method) {
        return switch (method) {
            case GET, HEAD, OPTIONS -> false;
            case POST, PUT, DELETE, PATCH, TRACE, CONNECT, CUSTOM -> true;
        };
    }

    /** The least role for a request. */
    static Role needed(HttpMethod method, String path) {
        if (!changes(method) || path.equals("/logout")) {
            return Role.VIEWER;
        }
        return path.startsWith("/rules/apply") ? Role.ADMIN : Role.OPERATOR;
    }
}
