package io.tocsin.gotemplate;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** Parses one template text, with the templates that it defines. One parser reads one body; they share the lexer. */
final class Parser {
    private final TokenReader tokens;
    private final PipelineParser pipelines;
    private final Predicate<String> isFunction;
    private final Map<String, ParsedBody> bodies;
    private int rangeDepth;

    /** What ends a list of nodes. */
    private enum Ending {
        END,
        ELSE
    }

    private record Listing(Node.Block block, Ending ending) {}

    /** A body that was parsed, before it is given its place in a set. */
    record ParsedBody(String name, Node.Block root) {}

    private Parser(TokenReader tokens, Predicate<String> isFunction, Map<String, ParsedBody> bodies) {
        this.tokens = tokens;
        this.pipelines = new PipelineParser(tokens, isFunction);
        this.isFunction = isFunction;
        this.bodies = bodies;
    }

    /** Parses a text; the result holds the body of the name itself and of each template defined in it. */
    static Map<String, ParsedBody> parse(String name, String bytes, Predicate<String> isFunction)
            throws TemplateException.Parse {
        Map<String, ParsedBody> bodies = new java.util.LinkedHashMap<>();
        Lexer lexer = new Lexer(bytes, isFunction.test("break"), isFunction.test("continue"));
        Parser parser = new Parser(new TokenReader(name, lexer, 0), isFunction, bodies);
        Node.Block root = parser.top();
        parser.add(name, root);
        return bodies;
    }

    private void add(String name, Node.Block root) throws TemplateException.Parse {
        ParsedBody old = bodies.get(name);
        if (old == null || old.root().isEmpty()) {
            bodies.put(name, new ParsedBody(name, root));
        } else if (!root.isEmpty()) {
            throw tokens.error("template: multiple definition of template " + GoQuote.quote(name, false));
        }
    }

    private Node.Block top() throws TemplateException.Parse {
        int pos = tokens.peek().pos();
        List<Node> nodes = new ArrayList<>();
        while (tokens.peek().type() != TokenType.EOF) {
            if (tokens.peek().type() == TokenType.LEFT_DELIM) {
                Token delim = tokens.next();
                Token keyword = tokens.nextNonSpace();
                if (keyword.type() == TokenType.DEFINE) {
                    definition();
                    continue;
                }
                tokens.back(keyword);
                tokens.back(delim);
            }
            Object item = textOrAction();
            if (item instanceof Ending ending) {
                throw tokens.error("unexpected " + shown(ending));
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
        Parser inner = new Parser(tokens.inner(), isFunction, bodies);
        inner.defineHere();
    }

    private void defineHere() throws TemplateException.Parse {
        String context = "define clause";
        Token name = tokens.nextNonSpace();
        if (name.type() != TokenType.STRING && name.type() != TokenType.RAW_STRING) {
            throw tokens.unexpected(name, context);
        }
        String unquoted = tokens.unquote(name);
        tokens.expect(TokenType.RIGHT_DELIM, context);
        add(unquoted, bodyUntilEnd(context, tokens));
    }

    /** @param reporter whose place an unexpected ending is reported at: Go names a block by its beginning */
    private Node.Block bodyUntilEnd(String context, TokenReader reporter) throws TemplateException.Parse {
        tokens.enter();
        Listing listing = listing();
        tokens.leave();
        if (listing.ending() != Ending.END) {
            throw reporter.error("unexpected " + shown(listing.ending()) + " in " + context);
        }
        return listing.block();
    }

    private Listing listing() throws TemplateException.Parse {
        int pos = tokens.peekNonSpace().pos();
        List<Node> nodes = new ArrayList<>();
        while (tokens.peekNonSpace().type() != TokenType.EOF) {
            Object item = textOrAction();
            if (item instanceof Ending ending) {
                return new Listing(new Node.Block(pos, nodes), ending);
            }
            nodes.add((Node) item);
        }
        throw tokens.error("unexpected EOF");
    }

    /** A {@link Node}, or the {@link Ending} of the list it stands in. */
    private Object textOrAction() throws TemplateException.Parse {
        Token token = tokens.nextNonSpace();
        if (token.type() == TokenType.TEXT) {
            return new Node.Text(token.pos(), token.text());
        }
        if (token.type() != TokenType.LEFT_DELIM) {
            throw tokens.unexpected(token, "input");
        }
        tokens.actionLine(token.line());
        Object action = action();
        tokens.actionLine(0);
        return action;
    }

    private Object action() throws TemplateException.Parse {
        Token token = tokens.nextNonSpace();
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
                tokens.expect(TokenType.RIGHT_DELIM, "end");
                yield Ending.END;
            }
            case IF, RANGE, WITH -> control(token.type());
            case TEMPLATE -> call();
            default -> command(token);
        };
    }

    private Node.Action command(Token first) throws TemplateException.Parse {
        tokens.back(first);
        return new Node.Action(first.pos(), pipelines.pipeline("command", TokenType.RIGHT_DELIM));
    }

    private void leaveRange(String shown) throws TemplateException.Parse {
        Token token = tokens.nextNonSpace();
        if (token.type() != TokenType.RIGHT_DELIM) {
            throw tokens.unexpected(token, shown);
        }
        if (rangeDepth == 0) {
            throw tokens.error(shown + " outside {{range}}");
        }
    }

    private Ending otherwise() throws TemplateException.Parse {
        TokenType next = tokens.peekNonSpace().type();
        if (next != TokenType.IF && next != TokenType.WITH) {
            tokens.expect(TokenType.RIGHT_DELIM, "else");
        }
        return Ending.ELSE;
    }

    private Node control(TokenType keyword) throws TemplateException.Parse {
        tokens.enter();
        String context = keyword.name().toLowerCase(java.util.Locale.ROOT);
        int scope = pipelines.scope();
        Node.Pipe pipe = pipelines.pipeline(context, TokenType.RIGHT_DELIM);
        rangeDepth += keyword == TokenType.RANGE ? 1 : 0;
        Listing body = listing();
        rangeDepth -= keyword == TokenType.RANGE ? 1 : 0;
        Node.Block otherwise = body.ending() == Ending.ELSE ? elseBody(keyword) : null;
        pipelines.leaveScope(scope);
        tokens.leave();
        return switch (keyword) {
            case IF -> new Node.If(pipe.pos(), pipe, body.block(), otherwise);
            case WITH -> new Node.With(pipe.pos(), pipe, body.block(), otherwise);
            default -> new Node.Range(pipe.pos(), pipe, body.block(), otherwise);
        };
    }

    /** What follows {{else}}; a chained if or with stands alone in the block and takes the {{end}}. */
    private Node.Block elseBody(TokenType keyword) throws TemplateException.Parse {
        if (keyword != TokenType.RANGE && tokens.peek().type() == keyword) {
            Token token = tokens.next();
            return new Node.Block(token.pos(), List.of(control(keyword)));
        }
        Listing listing = listing();
        if (listing.ending() != Ending.END) {
            throw tokens.error("expected end; found " + shown(listing.ending()));
        }
        return listing.block();
    }

    private Node block() throws TemplateException.Parse {
        String context = "block clause";
        Token token = tokens.nextNonSpace();
        String name = templateName(token, context);
        Node.Pipe pipe = pipelines.pipeline(context, TokenType.RIGHT_DELIM);
        Parser inner = new Parser(tokens.inner(), isFunction, bodies);
        inner.add(name, inner.bodyUntilEnd(context, tokens));
        return new Node.Call(token.pos(), name, pipe);
    }

    private Node call() throws TemplateException.Parse {
        String context = "template clause";
        Token token = tokens.nextNonSpace();
        String name = templateName(token, context);
        Token after = tokens.nextNonSpace();
        Node.Pipe pipe = null;
        if (after.type() != TokenType.RIGHT_DELIM) {
            tokens.back(after);
            pipe = pipelines.pipeline(context, TokenType.RIGHT_DELIM);
        }
        return new Node.Call(token.pos(), name, pipe);
    }

    private String templateName(Token token, String context) throws TemplateException.Parse {
        if (token.type() != TokenType.STRING && token.type() != TokenType.RAW_STRING) {
            throw tokens.unexpected(token, context);
        }
        return tokens.unquote(token);
    }
}
