package io.tocsin.promql.parse;

import io.tocsin.promql.ast.Span;
import io.tocsin.promql.model.GoQuote;

/** A token with the text it was read from; for an error, the text is the message. */
record Token(TokenType type, String text, Span span) {

    /** How messages name the token. */
    String describe() {
        return switch (type) {
            case EOF -> "end of input";
            case ERROR -> "error " + text;
            case IDENTIFIER, METRIC_IDENTIFIER -> type.text() + " " + GoQuote.quote(text);
            case NUMBER, DURATION, STRING -> type.text() + " " + brief();
            default ->
                switch (type.kind()) {
                    case KEYWORD -> "<" + text + ">";
                    case OPERATOR -> "<op:" + text + ">";
                    case AGGREGATOR -> "<aggr:" + text + ">";
                    case OTHER, PUNCTUATION, PREPROCESSOR -> brief();
                };
        };
    }

    private String brief() {
        int points = text.codePointCount(0, text.length());
        if (io.tocsin.promql.model.Utf8.encode(text).length <= 10) {
            return GoQuote.quote(text);
        }
        String start = points <= 10 ? text : text.substring(0, text.offsetByCodePoints(0, 10));
        return GoQuote.quote(start) + "...";
    }
}
