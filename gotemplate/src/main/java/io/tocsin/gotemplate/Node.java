package io.tocsin.gotemplate;

import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A node of a parsed template. {@code toString} is the source form that error messages show. */
sealed interface Node {
    /** Byte offset in the text. */
    int pos();

    /** Plain text, as bytes. */
    record Text(int pos, String bytes) implements Node {
        @Override
        public String toString() {
            return bytes;
        }
    }

    record Action(int pos, Pipe pipe) implements Node {
        @Override
        public String toString() {
            return "{{" + pipe + "}}";
        }
    }

    record If(int pos, Pipe pipe, Block body, @Nullable Block otherwise) implements Node {
        @Override
        public String toString() {
            return control("if", pipe, body, otherwise);
        }
    }

    record With(int pos, Pipe pipe, Block body, @Nullable Block otherwise) implements Node {
        @Override
        public String toString() {
            return control("with", pipe, body, otherwise);
        }
    }

    record Range(int pos, Pipe pipe, Block body, @Nullable Block otherwise) implements Node {
        @Override
        public String toString() {
            return control("range", pipe, body, otherwise);
        }
    }

    record Break(int pos) implements Node {
        @Override
        public String toString() {
            return "{{break}}";
        }
    }

    record Continue(int pos) implements Node {
        @Override
        public String toString() {
            return "{{continue}}";
        }
    }

    /** A call of another template. */
    record Call(int pos, String name, @Nullable Pipe pipe) implements Node {
        @Override
        public String toString() {
            return "{{template " + GoQuote.quote(name, false) + (pipe == null ? "" : " " + pipe) + "}}";
        }
    }

    /** A list of nodes. */
    record Block(int pos, List<Node> nodes) implements Node {
        public Block {
            nodes = List.copyOf(nodes);
        }

        /** Whether there is nothing but white space. */
        boolean isEmpty() {
            return nodes.stream()
                    .allMatch(n -> n instanceof Text text && text.bytes().isBlank());
        }

        @Override
        public String toString() {
            return nodes.stream().map(Node::toString).collect(Collectors.joining());
        }
    }

    /** A pipeline with its declarations or assignments. */
    record Pipe(int pos, boolean assign, List<Variable> declarations, List<Command> commands) implements Node {
        public Pipe {
            declarations = List.copyOf(declarations);
            commands = List.copyOf(commands);
        }

        @Override
        public String toString() {
            String names = declarations.stream().map(Node::toString).collect(Collectors.joining(", "));
            String operator = declarations.isEmpty() ? "" : assign ? " = " : " := ";
            return names + operator + commands.stream().map(Node::toString).collect(Collectors.joining(" | "));
        }
    }

    record Command(int pos, List<Node> arguments) implements Node {
        public Command {
            arguments = List.copyOf(arguments);
        }

        @Override
        public String toString() {
            return arguments.stream().map(Node::inParentheses).collect(Collectors.joining(" "));
        }
    }

    record Identifier(int pos, String name) implements Node {
        @Override
        public String toString() {
            return name;
        }
    }

    /** A variable, possibly followed by fields: the first name begins with a dollar sign. */
    record Variable(int pos, List<String> names) implements Node {
        @Override
        public String toString() {
            return String.join(".", names);
        }
    }

    record Dot(int pos) implements Node {
        @Override
        public String toString() {
            return ".";
        }
    }

    record NilConstant(int pos) implements Node {
        @Override
        public String toString() {
            return "nil";
        }
    }

    record Field(int pos, List<String> names) implements Node {
        @Override
        public String toString() {
            return "." + String.join(".", names);
        }
    }

    /** Fields of the result of a term. */
    record Chain(int pos, Node term, List<String> names) implements Node {
        @Override
        public String toString() {
            return inParentheses(term) + "." + String.join(".", names);
        }
    }

    record BoolConstant(int pos, boolean value) implements Node {
        @Override
        public String toString() {
            return value ? "true" : "false";
        }
    }

    record NumberConstant(int pos, NumberLiteral value) implements Node {
        @Override
        public String toString() {
            return value.text();
        }
    }

    /** A string literal. */
    record StringConstant(int pos, String quoted, String bytes) implements Node {
        @Override
        public String toString() {
            return quoted;
        }
    }

    private static String inParentheses(Node node) {
        return node instanceof Pipe ? "(" + node + ")" : node.toString();
    }

    private static String control(String keyword, Pipe pipe, Block body, @Nullable Block otherwise) {
        String rest = otherwise == null ? "" : "{{else}}" + otherwise;
        return "{{" + keyword + " " + pipe + "}}" + body + rest + "{{end}}";
    }
}
