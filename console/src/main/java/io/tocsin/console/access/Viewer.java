package io.tocsin.console.access;

import io.micronaut.http.HttpRequest;

/**
 * Who looks at a page.
 *
 * @param name of the account; what the other modules write into their audits
 * @param role what they may do
 * @param csrf the token that their forms carry
 * @param signedIn whether there is a session that can be ended
 */
public record Viewer(String name, Role role, String csrf, boolean signedIn) {

    static final String ATTRIBUTE = "tocsin.viewer";

    /** Whether they may do what this role may. */
    public boolean may(Role needed) {
        return role.includes(needed);
    }

    /** For templates: whether they may change what operators change. */
    public boolean operates() {
        return may(Role.OPERATOR);
    }

    /** For templates: whether they may change what administrators change. */
    public boolean administers() {
        return may(Role.ADMIN);
    }

    /**
     * The viewer of a request that the filter has let through.
     *
     * @throws IllegalStateException when the filter has not seen the request
     */
    public static Viewer of(HttpRequest<?> request) {
        return request.getAttribute(ATTRIBUTE, Viewer.class)
                .orElseThrow(() -> new IllegalStateException("a request that no filter has seen"));
    }

    void attach(HttpRequest<?> request) {
        request.setAttribute(ATTRIBUTE, this);
    }
}
