package io.tocsin.rulesengine.rules.template;

import io.tocsin.gotemplate.FunctionException;
import io.tocsin.promql.model.Sample;
import java.util.List;

/** Answers the template function {@code query}. */
@FunctionalInterface
public interface QueryFunction {

    /** For templates that may not query, as where an expression is only checked. */
    QueryFunction NONE = (query, atMs) -> {
        throw new FunctionException("queries are not available here");
    };

    /** The instant vector of a PromQL expression at a Unix time in milliseconds. */
    List<Sample> query(String query, long atMs) throws FunctionException;
}
