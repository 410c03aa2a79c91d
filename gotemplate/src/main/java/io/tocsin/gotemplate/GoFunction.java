package io.tocsin.gotemplate;

import java.util.ArrayList;
import java.util.List;

/**
 * A function that templates can call. Its parameters have Go types, so that a wrong argument is reported in Go's words.
 *
 * @param parameters types of the parameters; of a variadic one the type of its elements comes last
 * @param variadic whether the last parameter takes any number of arguments
 */
public record GoFunction(List<GoType> parameters, boolean variadic, Body body) {

    /** What the function does. The arguments have been checked against the parameters. */
    @FunctionalInterface
    public interface Body {
        /** Returns the result, or fails as a Go function that returns an error. */
        GoValue call(List<GoValue> arguments) throws FunctionException;
    }

    public GoFunction {
        parameters = List.copyOf(parameters);
        if (variadic && parameters.isEmpty()) {
            throw new IllegalArgumentException("a variadic function needs a parameter");
        }
    }

    public static GoFunction of(Body body, GoType... parameters) {
        return new GoFunction(List.of(parameters), false, body);
    }

    public static GoFunction variadic(Body body, GoType... parameters) {
        return new GoFunction(List.of(parameters), true, body);
    }

    /** The method with its receiver fixed. */
    GoFunction bind(GoValue receiver) {
        return new GoFunction(parameters, variadic, arguments -> {
            List<GoValue> all = new ArrayList<>(arguments.size() + 1);
            all.add(receiver);
            all.addAll(arguments);
            return body.call(all);
        });
    }

    int fixed() {
        return variadic ? parameters.size() - 1 : parameters.size();
    }

    GoType parameter(int index) {
        return parameters.get(Math.min(index, parameters.size() - 1));
    }
}
