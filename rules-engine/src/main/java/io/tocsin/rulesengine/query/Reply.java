package io.tocsin.rulesengine.query;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import tools.jackson.core.JsonGenerator;

/**
 * What a handler answers.
 *
 * @param data writes the value of "data"
 * @param warnings what makes the answer doubtful
 * @param infos what may be surprising about it
 */
record Reply(Consumer<JsonGenerator> data, List<String> warnings, List<String> infos) {

    Reply {
        warnings = List.copyOf(warnings);
        infos = List.copyOf(infos);
    }

    static Reply of(Consumer<JsonGenerator> data) {
        return new Reply(data, List.of(), List.of());
    }

    /** Maps, lists, texts and numbers. */
    static Reply of(Object data) {
        return of(out -> out.writePOJO(data));
    }

    Reply warning(List<String> more) {
        List<String> all = new ArrayList<>(warnings);
        all.addAll(more);
        return new Reply(data, all, infos);
    }
}
