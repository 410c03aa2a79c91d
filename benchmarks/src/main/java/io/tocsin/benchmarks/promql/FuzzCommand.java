package io.tocsin.benchmarks.promql;

import io.tocsin.promql.ast.Expr;
import io.tocsin.promql.parse.ParserOptions;
import io.tocsin.promql.parse.PromqlFormatter;
import io.tocsin.promql.parse.PromqlParseException;
import io.tocsin.promql.parse.PromqlParser;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * {@code tocsin bench fuzz}: gives the parser texts from a seed. Each is read or refused with a position, within the time
 * limit, and what is read is read again, the same, from both printed forms. Exit code 1 tells that one was not.
 */
@Command(
        name = "fuzz",
        description = "Reads random queries and reads back what it prints of them",
        mixinStandardHelpOptions = true)
public final class FuzzCommand implements Callable<Integer> {
    private static final int SHOWN = 20;

    @Spec
    @SuppressWarnings("NullAway.Init") // Set by picocli before the command runs.
    private CommandSpec spec;

    @Option(names = "--inputs", defaultValue = "1000000", description = "how many texts (default ${DEFAULT-VALUE})")
    private long inputs;

    @Option(names = "--seed", defaultValue = "1", description = "where the texts start (default ${DEFAULT-VALUE})")
    private long seed;

    @Option(
            names = "--slow-ms",
            defaultValue = "2000",
            description = "what counts as a hang (default ${DEFAULT-VALUE})")
    private long slowMs;

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        QueryTexts texts = new QueryTexts(seed);
        long read = 0;
        long failed = 0;
        long characters = 0;
        long slowest = 0;
        long start = System.nanoTime();
        for (long i = 0; i < inputs; i++) {
            String text = texts.next();
            characters += text.length();
            long before = System.nanoTime();
            String problem;
            try {
                boolean wasRead = check(text);
                read += wasRead ? 1 : 0;
                problem = "";
            } catch (RuntimeException | StackOverflowError | PromqlParseException e) {
                problem = e.toString();
            }
            long took = System.nanoTime() - before;
            slowest = Math.max(slowest, took);
            if (problem.isEmpty() && took > slowMs * 1_000_000) {
                problem = "took " + took / 1_000_000 + " ms";
            }
            if (!problem.isEmpty() && failed++ < SHOWN) {
                out.println(text + "\n    " + problem);
                out.flush();
            }
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        out.println(String.format(
                Locale.ROOT,
                "{\"benchmark\":\"fuzz\",\"seed\":%d,\"inputs\":%d,\"read\":%d,\"refused\":%d,\"failed\":%d,\"characters\":%d,"
                        + "\"slowestMs\":%.1f,\"seconds\":%.1f}",
                seed,
                inputs,
                read,
                inputs - read - failed,
                failed,
                characters,
                slowest / 1e6,
                seconds));
        out.flush();
        return failed == 0 ? 0 : 1;
    }

    /** Whether the text is an expression; what is printed of it must be the same one. */
    static boolean check(String text) throws PromqlParseException {
        Expr expr;
        try {
            expr = PromqlParser.parse(text, ParserOptions.ALL);
        } catch (PromqlParseException refused) {
            if (refused.line() < 1 || refused.column() < 1) {
                throw new IllegalStateException("refused without a position", refused);
            }
            return false;
        }
        String line = PromqlFormatter.format(expr);
        if (!PromqlParser.parse(line, ParserOptions.ALL).equals(expr)) {
            throw new IllegalStateException("differs when read back from " + line);
        }
        String pretty = PromqlFormatter.pretty(expr);
        if (!PromqlParser.parse(pretty, ParserOptions.ALL).equals(expr)) {
            throw new IllegalStateException("differs when read back from " + pretty);
        }
        return true;
    }
}
