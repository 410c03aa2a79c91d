package io.tocsin.notifier.deliver.say;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A JSON object in the making, in order, without what is empty. */
public final class Fields {

    private final Map<String, @Nullable Object> fields = new LinkedHashMap<>();

    /** A field, whatever its value. */
    public Fields put(String name, @Nullable Object value) {
        fields.put(name, value);
        return this;
    }

    /** A field, unless its text is empty. */
    public Fields text(String name, String value) {
        if (!value.isEmpty()) {
            fields.put(name, value);
        }
        return this;
    }

    /** A field, unless it has no elements. */
    public Fields list(String name, Collection<?> values) {
        if (!values.isEmpty()) {
            fields.put(name, values);
        }
        return this;
    }

    /** A field that is true, unless it is not. */
    public Fields flag(String name, boolean value) {
        if (value) {
            fields.put(name, true);
        }
        return this;
    }

    /** The object. */
    public Map<String, @Nullable Object> map() {
        return fields;
    }
}
