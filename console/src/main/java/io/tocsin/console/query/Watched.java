package io.tocsin.console.query;

import io.tocsin.promql.ast.Expr;
import io.tocsin.promql.ast.Expr.Binary;
import io.tocsin.promql.ast.Expr.NumberLiteral;
import io.tocsin.promql.ast.Expr.Paren;
import io.tocsin.promql.ast.Expr.Unary;
import io.tocsin.promql.parse.PromqlFormatter;
import io.tocsin.promql.parse.PromqlParseException;
import io.tocsin.promql.parse.PromqlParser;

/**
 * What a rule watches: of a comparison with a number, the other side, which has a value also while nothing is wrong.
 *
 * @param expr to be drawn; empty when there is none
 * @param threshold to be drawn with it, in PromQL; empty when there is none
 */
public record Watched(String expr, String threshold) {

    /** Of an expression; one that is not PromQL is not drawn. */
    public static Watched of(String expr) {
        if (expr.isBlank()) {
            return new Watched("", "");
        }
        try {
            return of(bare(PromqlParser.parse(expr)), expr);
        } catch (PromqlParseException e) {
            // Rules may use what is no PromQL of this version; the page shows their text.
            return new Watched("", "");
        }
    }

    private static Watched of(Expr parsed, String written) {
        if (parsed instanceof Binary binary && binary.op().isComparison()) {
            if (isNumber(binary.right())) {
                return new Watched(PromqlFormatter.format(binary.left()), PromqlFormatter.format(binary.right()));
            }
            if (isNumber(binary.left())) {
                return new Watched(PromqlFormatter.format(binary.right()), PromqlFormatter.format(binary.left()));
            }
        }
        return new Watched(written, "");
    }

    private static boolean isNumber(Expr expr) {
        return switch (bare(expr)) {
            case NumberLiteral _ -> true;
            case Unary unary -> isNumber(unary.expr());
            default -> false;
        };
    }

    private static Expr bare(Expr expr) {
        return expr instanceof Paren paren ? bare(paren.expr()) : expr;
    }
}
