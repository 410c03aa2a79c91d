package io.tocsin.gotemplate;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Parses one template text, with the templates that it defines. One parser reads one body; they share the lexer. */
final class Parser {
    /** Deeper nesting of parentheses and blocks is refused, so that no template can exhaust the stack. */
    private static final int MAX_NESTING = 200;

    private final String parseName;
    private final Lexer lexer;
    private final Predicate<String> isFunction;
    private final Map<String, ParsedBody> bodies;
    private final Deque<Token> pending = new ArrayDeque<>();
    private final List<String> variables = new ArrayList<>(List.of("$"));
    private int lastLine;
    private int actionLine;
    private int rangeDepth;
    private int nesting;

    /** What ends a list of nodes. */
    private enum Ending {
        END,
        ELSE
    }

    private record Listing(Node.Block block, Ending ending) {}

    /** A body that was parsed, before it is given its place in a set. */
    record ParsedBody(String name, Node.Block root) {}

    private Parser(
            String parseName, Lexer lexer, Predicate<String> isFunction, Map<String, ParsedBody> bodies, int nesting) {
        this.parseName = parseName;
        this.lexer = lexer;
        this.isFunction = isFunction;
        this.bodies = bodies;
        this.nesting = nesting;
    }

    /** Parses a text; the result holds the body of the name itself and of each template defined in it. */
    static Map<String, ParsedBody> parse(String name, String bytes, Predicate<String> isFunction)
            throws TemplateException.Parse {
        Map<String, ParsedBody> bodies = new java.util.LinkedHashMap<>();
        Lexer lexer = new Lexer(bytes, isFunction.test("break"), isFunction.test("continue"));
        Parser parser = new Parser(name, lexer, isFunction, bodies, 0);
        Node.Block root = parser.top();
        parser.add(name, root);
        return bodies;
    }

    private void add(String name, Node.Block root) throws TemplateException.Parse {
        ParsedBody old = bodies.get(name);
        if (old == null || old.root().isEmpty()) {
            bodies.put(name, new ParsedBody(name, root));
        } else if (!root.isEmpty()) {
            throw error("template: multiple definition of template " + GoQuote.quote(name, false));
        }
    }

    private Token next() {
        Token token = pending.poll();
        if (token == null) {
            token = lexer.next();
            lastLine = token.line();
        }
        return token;
    }

    private void back(Token token) {
        pending.push(token);
    }

    private Token peek() {
        Token token = next();
        back(token);
        return token;
    }

    private Token nextNonSpace() {
        Token token = next();
        while (token.type() == TokenType.SPACE) {
            token = next();
        }
        return token;
    }

    private Token peekNonSpace() {
        Token token = nextNonSpace();
        back(token);
        return token;
    }

    private TemplateException.Parse error(String message) {
        String text = "template: " + Utf8.decode(parseName) + ":" + lastLine + ": " + Utf8.decode(message);
        return new TemplateException.Parse(text, lastLine);
    }

    private TemplateException.Parse unexpected(Token token, String context) {
        if (token.type() != TokenType.ERROR) {
            return error("unexpected " + token.shown() + " in " + context);
        }
        String extra = "";
        if (actionLine != 0 && actionLine != token.line()) {
            String started = " started at " + parseName + ":" + actionLine;
            extra = token.text().endsWith(" action") ? started : " in action" + started;
        }
        return error(token.shown() + extra);
    }

    private Token expect(TokenType type, String context) throws TemplateException.Parse {
        Token token = nextNonSpace();
        if (token.type() != type) {
            throw unexpected(token, context);
        }
        return token;
    }

    private void enter() throws TemplateException.Parse {
        if (++nesting > MAX_NESTING) {
            throw error("max expression depth exceeded");
        }
    }

    private Node.Block top() throws TemplateException.Parse {
        int pos = peek().pos();
        List<Node> nodes = new ArrayList<>();
        while (peek().type() != TokenType.EOF) {
            if (peek().type() == TokenType.LEFT_DELIM) {
                Token delim = next();
                Token keyword = nextNonSpace();
                if (keyword.type() == TokenType.DEFINE) {
                    definition();
                    continue;
                }
                back(keyword);
                back(delim);
            }
            Object item = textOrAction();
            if (item instanceof Ending ending) {
                throw error("unexpected " + shown(ending));
            }
            nodes.add((Node) item);
        }
        return new Node.Block(pos, nodes);
    }

    private static String shown(Ending ending) {
        return switch (ending) {
            case END -> "{{end}}";
            case ELSE -> "{{else}}";
        };
    }

    private void definition() throws TemplateException.Parse {
        Parser inner = new Parser(parseName, lexer, isFunction, bodies, nesting);
        inner.defineHere();
    }

    private void defineHere() throws TemplateException.Parse {
        String context = "define clause";
        Token name = nextNonSpace();
        if (name.type() != TokenType.STRING && name.type() != TokenType.RAW_STRING) {
            throw unexpected(name, context);
        }
        String unquoted = unquote(name);
        expect(TokenType.RIGHT_DELIM, context);
        add(unquoted, bodyUntilEnd(context));
    }

    private Node.Block bodyUntilEnd(String context) throws TemplateException.Parse {
        enter();
        Listing listing = listing();
        nesting--;
        if (listing.ending() != Ending.END) {
            throw error("unexpected " + shown(listing.ending()) + " in " + context);
        }
        return listing.block();
    }

    private String unquote(Token token) throws TemplateException.Parse {
        try {
            return GoQuote.unquote(token.text());
        } catch (GoQuote.SyntaxException e) {
            throw causedBy(error("invalid syntax"), e);
        }
    }

    private static TemplateException.Parse causedBy(TemplateException.Parse error, Exception cause) {
        error.initCause(cause);
        return error;
    }

    private Listing listing() throws TemplateException.Parse {
        int pos = peekNonSpace().pos();
        List<Node> nodes = new ArrayList<>();
        while (peekNonSpace().type() != TokenType.EOF) {
            Object item = textOrAction();
            if (item instanceof Ending ending) {
                return new Listing(new Node.Block(pos, nodes), ending);
            }
            nodes.add((Node) item);
        }
        throw error("unexpected EOF");
    }

    /** A {@link Node}, or the {@link Ending} of the list it stands in. */
    private Object textOrAction() throws TemplateException.Parse {
        Token token = nextNonSpace();
        if (token.type() == TokenType.TEXT) {
            return new Node.Text(token.pos(), token.text());
        }
        if (token.type() != TokenType.LEFT_DELIM) {
            throw unexpected(token, "input");
        }
        actionLine = token.line();
        Object action = action();
        actionLine = 0;
        return action;
    }

    private Object action() throws TemplateException.Parse {
        Token token = nextNonSpace();
        if (!token.type().isKeyword()) {
            return command(token);
        }
        return switch (token.type()) {
            case BLOCK -> block();
            case BREAK -> {
                leaveRange("{{break}}");
                yield new Node.Break(token.pos());
            }
            case CONTINUE -> {
                leaveRange("{{continue}}");
                yield new Node.Continue(token.pos());
            }
            case ELSE -> otherwise();
            case END -> {
                expect(TokenType.RIGHT_DELIM, "end");
                yield Ending.END;
            }
            case IF, RANGE, WITH -> control(token.type());
            case TEMPLATE -> call();
            default -> command(token);
        };
    }

    private Node.Action command(Token first) throws TemplateException.Parse {
        back(first);
        return new Node.Action(first.pos(), pipeline("command", TokenType.RIGHT_DELIM));
    }

    private void leaveRange(String shown) throws TemplateException.Parse {
        Token token = nextNonSpace();
        if (token.type() != TokenType.RIGHT_DELIM) {
            throw unexpected(token, shown);
        }
        if (rangeDepth == 0) {
            throw error(shown + " outside {{range}}");
        }
    }

    private Ending otherwise() throws TemplateException.Parse {
        TokenType next = peekNonSpace().type();
        if (next != TokenType.IF && next != TokenType.WITH) {
            expect(TokenType.RIGHT_DELIM, "else");
        }
        return Ending.ELSE;
    }

    private Node control(TokenType keyword) throws TemplateException.Parse {
        enter();
        String context = keyword.name().toLowerCase(java.util.Locale.ROOT);
        int scope = variables.size();
        Node.Pipe pipe = pipeline(context, TokenType.RIGHT_DELIM);
        rangeDepth += keyword == TokenType.RANGE ? 1 : 0;
        Listing body = listing();
        rangeDepth -= keyword == TokenType.RANGE ? 1 : 0;
        Node.Block otherwise = body.ending() == Ending.ELSE ? elseBody(keyword) : null;
        variables.subList(scope, variables.size()).clear();
        nesting--;
        return switch (keyword) {
            case IF -> new Node.If(pipe.pos(), pipe, body.block(), otherwise);
            case WITH -> new Node.With(pipe.pos(), pipe, body.block(), otherwise);
            default -> new Node.Range(pipe.pos(), pipe, body.block(), otherwise);
        };
    }

    /** What follows {{else}}; a chained if or with stands alone in the block and takes the {{end}}. */
    private Node.Block elseBody(TokenType keyword) throws TemplateException.Parse {
        if (keyword != TokenType.RANGE && peek().type() == keyword) {
            Token token = next();
            return new Node.Block(token.pos(), List.of(control(keyword)));
        }
        Listing listing = listing();
        if (listing.ending() != Ending.END) {
            throw error("expected end; found " + shown(listing.ending()));
        }
        return listing.block();
    }

    private Node block() throws TemplateException.Parse {
        String context = "block clause";
        Token token = nextNonSpace();
        String name = templateName(token, context);
        Node.Pipe pipe = pipeline(context, TokenType.RIGHT_DELIM);
        Parser inner = new Parser(parseName, lexer, isFunction, bodies, nesting);
        inner.add(name, inner.bodyUntilEnd(context));
        return new Node.Call(token.pos(), name, pipe);
    }

    private Node call() throws TemplateException.Parse {
        String context = "template clause";
        Token token = nextNonSpace();
        String name = templateName(token, context);
        Token after = nextNonSpace();
        Node.Pipe pipe = null;
        if (after.type() != TokenType.RIGHT_DELIM) {
            back(after);
            pipe = pipeline(context, TokenType.RIGHT_DELIM);
        }
        return new Node.Call(token.pos(), name, pipe);
    }

    private String templateName(Token token, String context) throws TemplateException.Parse {
        if (token.type() != TokenType.STRING && token.type() != TokenType.RAW_STRING) {
            throw unexpected(token, context);
        }
        return unquote(token);
    }

    private Node.Pipe pipeline(String context, TokenType end) throws TemplateException.Parse {
        int pos = peekNonSpace().pos();
        List<Node.Variable> declarations = new ArrayList<>();
        boolean assign = declarations(context, declarations);
        List<Node.Command> commands = new ArrayList<>();
        while (true) {
            Token token = nextNonSpace();
            if (token.type() == end) {
                checkPipeline(commands, context);
                return new Node.Pipe(pos, assign, declarations, commands);
            }
            if (!startsOperand(token.type())) {
                throw unexpected(token, context);
            }
            back(token);
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
        while (peekNonSpace().type() == TokenType.VARIABLE) {
            Token variable = nextNonSpace();
            Token adjacent = peek();
            Token operator = nextNonSpace();
            boolean comma = operator.type() == TokenType.CHAR && operator.text().equals(",");
            if (operator.type() != TokenType.ASSIGN && operator.type() != TokenType.DECLARE && !comma) {
                back(operator);
                if (adjacent.type() == TokenType.SPACE) {
                    back(adjacent);
                }
                back(variable);
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
            throw error("too many declarations in " + context);
        }
        TokenType after = peekNonSpace().type();
        if (after != TokenType.VARIABLE && after != TokenType.RIGHT_DELIM && after != TokenType.RIGHT_PAREN) {
            throw error("range can only initialize variables");
        }
    }

    private void checkPipeline(List<Node.Command> commands, String context) throws TemplateException.Parse {
        if (commands.isEmpty()) {
            throw error("missing value for " + context);
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
                throw error("non executable command in pipeline stage " + (i + 1));
            }
        }
    }

    private Node.Command command() throws TemplateException.Parse {
        int pos = peekNonSpace().pos();
        List<Node> arguments = new ArrayList<>();
        while (true) {
            peekNonSpace();
            Node operand = operand();
            if (operand != null) {
                arguments.add(operand);
            }
            Token token = next();
            if (token.type() == TokenType.SPACE) {
                continue;
            }
            if (token.type() == TokenType.RIGHT_DELIM || token.type() == TokenType.RIGHT_PAREN) {
                back(token);
            } else if (token.type() != TokenType.PIPE) {
                throw unexpected(token, "operand");
            }
            break;
        }
        if (arguments.isEmpty()) {
            throw error("empty command");
        }
        return new Node.Command(pos, arguments);
    }

    private @Nullable Node operand() throws TemplateException.Parse {
        Node term = term();
        if (term == null || peek().type() != TokenType.FIELD) {
            return term;
        }
        int pos = peek().pos();
        List<String> names = new ArrayList<>();
        while (peek().type() == TokenType.FIELD) {
            names.add(next().text().substring(1));
        }
        return switch (term) {
            case Node.Field field -> new Node.Field(pos, joined(field.names(), names));
            case Node.Variable variable -> new Node.Variable(pos, joined(variable.names(), names));
            case Node.BoolConstant _, Node.StringConstant _, Node.NumberConstant _, Node.NilConstant _, Node.Dot _ ->
                throw error("unexpected . after term " + GoQuote.quote(term.toString(), false));
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
        Token token = nextNonSpace();
        return switch (token.type()) {
            case IDENTIFIER -> {
                if (!isFunction.test(token.text())) {
                    throw error("function " + GoQuote.quote(token.text(), false) + " not defined");
                }
                yield new Node.Identifier(token.pos(), token.text());
            }
            case DOT -> new Node.Dot(token.pos());
            case NIL -> new Node.NilConstant(token.pos());
            case VARIABLE -> {
                if (!variables.contains(token.text())) {
                    throw error("undefined variable " + GoQuote.quote(token.text(), false));
                }
                yield new Node.Variable(token.pos(), split(token.text()));
            }
            case FIELD -> new Node.Field(token.pos(), List.of(token.text().substring(1)));
            case BOOL -> new Node.BoolConstant(token.pos(), token.text().equals("true"));
            case CHAR_CONSTANT, COMPLEX, NUMBER -> number(token);
            case LEFT_PAREN -> {
                enter();
                Node.Pipe pipe = pipeline("parenthesized pipeline", TokenType.RIGHT_PAREN);
                nesting--;
                yield pipe;
            }
            case STRING, RAW_STRING -> new Node.StringConstant(token.pos(), token.text(), unquote(token));
            default -> {
                back(token);
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
            throw causedBy(error(String.valueOf(e.getMessage())), e);
        }
    }
}
