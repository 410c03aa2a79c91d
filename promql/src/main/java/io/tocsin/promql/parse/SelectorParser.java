package io.tocsin.promql.parse;

import com.google.re2j.PatternSyntaxException;
import io.tocsin.promql.ast.Expr;
import io.tocsin.promql.ast.Span;
import io.tocsin.promql.model.GoQuote;
import io.tocsin.promql.model.LabelMatcher;
import io.tocsin.promql.model.LabelNames;
import io.tocsin.promql.model.Labels;
import java.util.ArrayList;
import java.util.List;

/** Reads vector selectors and the label lists of grouping clauses. */
final class SelectorParser {

    private static final String MATCHING = "label matching";
    private static final String GROUPING = "grouping opts";

    private final Tokens tokens;

    SelectorParser(Tokens tokens) {
        this.tokens = tokens;
    }

    /** A selector whose next token is its name or a brace. */
    Expr.VectorSelector vector() throws PromqlParseException {
        if (tokens.type() == TokenType.LEFT_BRACE) {
            Token open = tokens.take();
            List<LabelMatcher> matchers = matchers();
            return selector("", matchers, open.span().to(tokens.last().span()));
        }
        return named(tokens.take());
    }

    /** A selector whose name was taken. */
    Expr.VectorSelector named(Token name) throws PromqlParseException {
        List<LabelMatcher> matchers = new ArrayList<>();
        if (tokens.accept(TokenType.LEFT_BRACE)) {
            matchers.addAll(matchers());
        }
        Span span = name.span().to(tokens.last().span());
        matchers.add(LabelMatcher.equal(Labels.METRIC_NAME, name.text()));
        return selector(name.text(), matchers, span);
    }

    /** The labels of {@code by (…)}, {@code on (…)} and so on. */
    List<String> groupingLabels() throws PromqlParseException {
        if (tokens.type() != TokenType.LEFT_PAREN) {
            throw tokens.unexpected(GROUPING, "\"(\"");
        }
        tokens.take();
        List<String> labels = new ArrayList<>();
        while (tokens.type() != TokenType.RIGHT_PAREN) {
            labels.add(groupingLabel());
            if (!tokens.accept(TokenType.COMMA) && tokens.type() != TokenType.RIGHT_PAREN) {
                throw tokens.unexpected(GROUPING, "\",\" or \")\"");
            }
        }
        tokens.take();
        return labels;
    }

    private String groupingLabel() throws PromqlParseException {
        boolean quoted = tokens.type() == TokenType.STRING;
        if (!quoted && !tokens.type().isGroupingLabel()) {
            throw tokens.unexpected(GROUPING, "label");
        }
        Token token = tokens.take();
        String label = quoted ? Literals.unquote(token.text()) : token.text();
        if (!LabelNames.isValid(label)) {
            throw tokens.error(token.span(), "invalid label name for grouping: " + GoQuote.quote(label));
        }
        return label;
    }

    private static Expr.VectorSelector selector(String name, List<LabelMatcher> matchers, Span span) {
        return new Expr.VectorSelector(name, matchers, null, null, Expr.Extension.NONE, span);
    }

    private List<LabelMatcher> matchers() throws PromqlParseException {
        List<LabelMatcher> matchers = new ArrayList<>();
        while (tokens.type() != TokenType.RIGHT_BRACE) {
            matchers.add(matcher());
            if (!tokens.accept(TokenType.COMMA) && tokens.type() != TokenType.RIGHT_BRACE) {
                throw tokens.unexpected(MATCHING, "\",\" or \"}\"");
            }
        }
        tokens.take();
        return matchers;
    }

    private LabelMatcher matcher() throws PromqlParseException {
        boolean quoted = tokens.type() == TokenType.STRING;
        if (!quoted && tokens.type() != TokenType.IDENTIFIER) {
            throw tokens.unexpected(MATCHING, "identifier or \"}\"");
        }
        Token name = tokens.take();
        String label = quoted ? Literals.unquote(name.text()) : name.text();
        LabelMatcher.Type type =
                switch (tokens.type()) {
                    case EQL -> LabelMatcher.Type.EQ;
                    case NEQ -> LabelMatcher.Type.NEQ;
                    case EQL_REGEX -> LabelMatcher.Type.RE;
                    case NEQ_REGEX -> LabelMatcher.Type.NRE;
                    default -> {
                        if (!quoted) {
                            throw tokens.unexpected(MATCHING, "label matching operator");
                        }
                        yield null;
                    }
                };
        if (type == null) {
            return LabelMatcher.equal(Labels.METRIC_NAME, label);
        }
        tokens.take();
        if (tokens.type() != TokenType.STRING) {
            throw tokens.unexpected(MATCHING, "string");
        }
        return matcher(type, label, tokens.take(), name.span());
    }

    private LabelMatcher matcher(LabelMatcher.Type type, String label, Token value, Span at)
            throws PromqlParseException {
        try {
            return new LabelMatcher(type, label, Literals.unquote(value.text()));
        } catch (PatternSyntaxException e) {
            throw tokens.error(at, e.getMessage());
        }
    }
}
