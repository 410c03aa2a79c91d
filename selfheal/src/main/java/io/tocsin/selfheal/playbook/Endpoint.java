package io.tocsin.selfheal.playbook;

import java.util.Optional;

/**
 * Where an HTTP interface is, and who asks.
 *
 * @param address {@code http://host:port}, {@code https://host:port} or {@code unix:/path}
 * @param username of HTTP Basic authentication; empty for none
 * @param passwordFile holds the password
 */
public record Endpoint(Template address, Optional<String> username, Optional<String> passwordFile) {

    public Endpoint {
        if (username.isPresent() != passwordFile.isPresent()) {
            throw new IllegalArgumentException("username and password_file are given both or not at all");
        }
    }

    /** The address, for a target. */
    public String addressFor(Target target) {
        return Shape.HTTP_ENDPOINT.fill(address, target);
    }
}
