package io.tocsin.selfheal.action.http;

import io.tocsin.selfheal.action.SecretFile;
import io.tocsin.selfheal.action.Trouble;
import io.tocsin.selfheal.playbook.Endpoint;
import io.tocsin.selfheal.playbook.Target;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;

/**
 * What is asked by HTTP.
 *
 * @param address {@code http://…}, {@code https://…}, or {@code unix:/path} with the socket's path
 * @param path what is added to the address; begins with a slash, or is empty
 * @param headers may hold secrets
 * @param timeout for the answer
 */
public record Request(
        String method, String address, String path, Map<String, String> headers, String body, Duration timeout) {

    public Request {
        headers = Map.copyOf(headers);
    }

    /**
     * A request to an endpoint of a target, with its credentials.
     *
     * @throws Trouble when they cannot be read
     */
    public static Request to(Endpoint endpoint, Target target, String method, String path, Duration timeout)
            throws Trouble {
        Map<String, String> headers = new HashMap<>();
        if (endpoint.username().isPresent()) {
            String password = SecretFile.read(endpoint.passwordFile().orElseThrow());
            headers.put("Authorization", basic(endpoint.username().get(), password));
        }
        return new Request(method, endpoint.addressFor(target), path, headers, "", timeout);
    }

    /** RFC 7617. */
    private static String basic(String username, String password) {
        byte[] pair = (username + ":" + password).getBytes(StandardCharsets.UTF_8);
        return "Basic " + Base64.getEncoder().encodeToString(pair);
    }

    @Override
    public String toString() {
        return method + " " + address + path;
    }

    /** The same with a body. */
    public Request with(String contentType, String text) {
        Map<String, String> all = new HashMap<>(headers);
        all.put("Content-Type", contentType);
        return new Request(method, address, path, all, text, timeout);
    }
}
