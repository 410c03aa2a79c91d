package io.tocsin.gotemplate;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Parses what stands inside of actions: pipelines, commands and their operands. Knows the variables in scope. */
final class PipelineParser {
    private final TokenReader tokens;
    private final Predicate<String> isFunction;
    private final List<String> variables = new ArrayList<>(List.of("$"));

    PipelineParser(TokenReader tokens, Predicate<String> isFunction) {
        this.tokens = tokens;
        this.isFunction = isFunction;
    }

    /** A mark of the variables in scope, for {@link #leaveScope}. */
    int scope() {
        return variables.size();
    }

    void leaveScope(int mark) {
        variables.subList(mark, variables.size()).clear();
    }

    Node.Pipe pipeline(String context, TokenType end) throws TemplateException.Parse {
        int pos = tokens.peekNonSpace().pos();
        List<Node.Variable> declarations = new ArrayList<>();
        boolean assign = declarations(context, declarations);
        List<Node.Command> commands = new ArrayList<>();
        while (true) {
            Token token = tokens.nextNonSpace();
            if (token.type() == end) {
                checkPipeline(commands, context);
                return new Node.Pipe(pos, assign, declarations, commands);
            }
            if (!startsOperand(token.type())) {
                throw tokens.unexpected(token, context);
            }
            tokens.back(token);
            commands.add(command());
        }
    }

    private static boolean startsOperand(TokenType type) {
        return switch (type) {
            case BOOL,
                    CHAR_CONSTANT,
                    COMPLEX,
                    DOT,
                    FIELD,
                    IDENTIFIER,
                    NUMBER,
                    NIL,
                    RAW_STRING,
                    STRING,
                    VARIABLE,
                    LEFT_PAREN -> true;
            case ERROR,
                    CHAR,
                    ASSIGN,
                    DECLARE,
                    EOF,
                    LEFT_DELIM,
                    PIPE,
                    RIGHT_DELIM,
                    RIGHT_PAREN,
                    SPACE,
                    TEXT,
                    BLOCK,
                    BREAK,
                    CONTINUE,
                    DEFINE,
                    ELSE,
                    END,
                    IF,
                    RANGE,
                    TEMPLATE,
                    WITH -> false;
        };
    }

    /** Reads "$x :=", "$x =", and in range "$i, $x :="; returns whether it is an assignment. */
    private boolean declarations(String context, List<Node.Variable> declarations) throws TemplateException.Parse {
        while (tokens.peekNonSpace().type() == TokenType.VARIABLE) {
            Token variable = tokens.nextNonSpace();
            Token adjacent = tokens.peek();
            Token operator = tokens.nextNonSpace();
            boolean comma = operator.type() == TokenType.CHAR && operator.text().equals(",");
            if (operator.type() != TokenType.ASSIGN && operator.type() != TokenType.DECLARE && !comma) {
                tokens.back(operator);
                if (adjacent.type() == TokenType.SPACE) {
                    tokens.back(adjacent);
                }
                tokens.back(variable);
                return false;
            }
            declarations.add(new Node.Variable(variable.pos(), split(variable.text())));
            variables.add(variable.text());
            if (!comma) {
                return operator.type() == TokenType.ASSIGN;
            }
            checkComma(context, declarations.size());
        }
        return false;
    }

    private void checkComma(String context, int declared) throws TemplateException.Parse {
        if (!context.equals("range") || declared >= 2) {
            throw tokens.error("too many declarations in " + context);
        }
        TokenType after = tokens.peekNonSpace().type();
        if (after != TokenType.VARIABLE && after != TokenType.RIGHT_DELIM && after != TokenType.RIGHT_PAREN) {
            throw tokens.error("range can only initialize variables");
        }
    }

    private void checkPipeline(List<Node.Command> commands, String context) throws TemplateException.Parse {
        if (commands.isEmpty()) {
            throw tokens.error("missing value for " + context);
        }
        for (int i = 1; i < commands.size(); i++) {
            boolean executable = switch (commands.get(i).arguments().getFirst()) {
                case Node.BoolConstant _,
                        Node.Dot _,
                        Node.NilConstant _,
                        Node.NumberConstant _,
                        Node.StringConstant _ -> false;
                default -> true;
            };
            if (!executable) {
                throw tokens.error("non executable command in pipeline stage " + (i + 1));
            }
        }
    }

    private Node.Command command() throws TemplateException.Parse {
        int pos = tokens.peekNonSpace().pos();
        List<Node> arguments = new ArrayList<>();
        while (true) {
            tokens.peekNonSpace();
            Node operand = operand();
            if (operand != null) {
                arguments.add(operand);
            }
            Token token = tokens.next();
            if (token.type() == TokenType.SPACE) {
                continue;
            }
            if (token.type() == TokenType.RIGHT_DELIM || token.type() == TokenType.RIGHT_PAREN) {
                tokens.back(token);
            } else if (token.type() != TokenType.PIPE) {
                throw tokens.unexpected(token, "operand");
            }
            break;
        }
        if (arguments.isEmpty()) {
            throw tokens.error("empty command");
        }
        return new Node.Command(pos, arguments);
    }

    private @Nullable Node operand() throws TemplateException.Parse {
        Node term = term();
        if (term == null || tokens.peek().type() != TokenType.FIELD) {
            return term;
        }
        int pos = tokens.peek().pos();
        List<String> names = new ArrayList<>();
        while (tokens.peek().type() == TokenType.FIELD) {
            names.add(tokens.next().text().substring(1));
        }
        return switch (term) {
            case Node.Field field -> new Node.Field(pos, joined(field.names(), names));
            case Node.Variable variable -> new Node.Variable(pos, joined(variable.names(), names));
            case Node.BoolConstant _, Node.StringConstant _, Node.NumberConstant _, Node.NilConstant _, Node.Dot _ ->
                throw tokens.error("unexpected . after term " + GoQuote.quote(term.toString(), false));
            default -> new Node.Chain(pos, term, names);
        };
    }

    private static List<String> joined(List<String> first, List<String> second) {
        List<String> all = new ArrayList<>(first);
        all.addAll(second);
        return List.copyOf(all);
    }

    private static List<String> split(String name) {
        return List.of(name.split("\\.", -1));
    }

    private @Nullable Node term() throws TemplateException.Parse {
        Token token = tokens.nextNonSpace();
        return switch (token.type()) {
            case IDENTIFIER -> {
                if (!isFunction.test(token.text())) {
                    throw tokens.error("function " + GoQuote.quote(token.text(), false) + " not defined");
                }
                yield new Node.Identifier(token.pos(), token.text());
            }
            case DOT -> new Node.Dot(token.pos());
            case NIL -> new Node.NilConstant(token.pos());
            case VARIABLE -> {
                if (!variables.contains(token.text())) {
                    throw tokens.error("undefined variable " + GoQuote.quote(token.text(), false));
                }
                yield new Node.Variable(token.pos(), split(token.text()));
            }
            case FIELD -> new Node.Field(token.pos(), List.of(token.text().substring(1)));
            case BOOL -> new Node.BoolConstant(token.pos(), token.text().equals("true"));
            case CHAR_CONSTANT, COMPLEX, NUMBER -> number(token);
            case LEFT_PAREN -> {
                tokens.enter();
                Node.Pipe pipe = pipeline("parenthesized pipeline", TokenType.RIGHT_PAREN);
                tokens.leave();
                yield pipe;
            }
            case STRING, RAW_STRING -> new Node.StringConstant(token.pos(), token.text(), tokens.unquote(token));
            default -> {
                tokens.back(token);
                yield null;
            }
        };
    }

    private Node number(Token token) throws TemplateException.Parse {
        try {
            NumberLiteral number = switch (token.type()) {
                case CHAR_CONSTANT -> NumberLiteral.ofChar(token.text());
                case COMPLEX -> NumberLiteral.ofComplex(token.text());
                default -> NumberLiteral.of(token.text());
            };
            return new Node.NumberConstant(token.pos(), number);
        } catch (NumberLiteral.NumberException e) {
            throw TokenReader.causedBy(tokens.error(String.valueOf(e.getMessage())), e);
        }
    }
}
