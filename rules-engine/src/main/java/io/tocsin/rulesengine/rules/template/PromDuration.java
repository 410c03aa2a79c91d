package io.tocsin.rulesengine.rules.template;

import io.tocsin.gotemplate.FunctionException;
import io.tocsin.rulesengine.rules.Durations;
import java.time.Duration;
import java.util.Optional;

/** Reads a duration with Prometheus' errors. */
final class PromDuration {
    private PromDuration() {}

    static Duration parse(String text, String shown) throws FunctionException {
        if (text.isEmpty()) {
            throw new FunctionException("empty duration string");
        }
        Optional<Duration> duration = Durations.parse(text);
        if (duration.isEmpty()) {
            throw new FunctionException("not a valid duration string: \"" + shown + "\"");
        }
        return duration.get();
    }
}
