package io.tocsin.selfheal.diagnose;

import io.tocsin.selfheal.guardrail.Fleet.Health;

/**
 * How an HTTP endpoint is. 2xx and 3xx serve. Down is only what is proven so: the connection is refused or reset, no answer
 * comes in time, or the answer is 5xx. Anything else proves nothing: 404 may be a wrong path of a serving replica, and a
 * name that does not resolve or a lack of descriptors says more of the asker.
 *
 * @param health what that proves
 * @param found what was seen, in words
 */
record Probe(Health health, String found) {

    static Probe answered(int status) {
        String found = "it answered " + status;
        if (status >= 200 && status < 400) {
            return new Probe(Health.SERVING, found);
        }
        return status >= 500
                ? new Probe(Health.DOWN, found)
                : new Probe(Health.UNKNOWN, found + ", which proves nothing");
    }

    static Probe silent(String why) {
        return new Probe(Health.DOWN, "it does not answer: " + why);
    }

    static Probe unasked(String why) {
        return new Probe(Health.UNKNOWN, "it could not be asked: " + why);
    }
}
