package io.tocsin.standalone.cli;

import io.tocsin.promql.ast.Expr;
import io.tocsin.promql.parse.ParserOptions;
import io.tocsin.promql.parse.PromqlFormatter;
import io.tocsin.promql.parse.PromqlParseException;
import io.tocsin.promql.parse.PromqlParser;
import io.tocsin.promql.plan.Explain;
import io.tocsin.promql.plan.Planner;
import io.tocsin.promql.testscript.Outcome;
import io.tocsin.promql.testscript.TestScript;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code tocsin promql}: tests, checks, formats and explains queries. Exit codes: 0 fine, 1 findings, 2 wrong usage. */
@Command(
        name = "promql",
        description = "Test, parse, format and explain PromQL",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND")
public final class PromqlCommand implements Runnable {
    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    /** A query with the place it was read from. */
    private record Query(String file, int line, String text) {
        String place(PromqlParseException e) {
            return file.isEmpty() ? "" : file + ":" + (line + e.line() - 1) + ":" + e.column() + ": ";
        }
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Missing required subcommand");
    }

    @Command(
            name = "test",
            description = "Run scripts in the language of Prometheus' engine tests",
            mixinStandardHelpOptions = true)
    int test(@Parameters(paramLabel = "FILE", arity = "1..*", description = "test scripts") List<Path> files) {
        PrintWriter out = out();
        Outcome total = new Outcome(0, 0);
        for (Path file : files) {
            ByteArrayOutputStream log = new ByteArrayOutputStream();
            Outcome outcome;
            try (PrintStream stream = new PrintStream(log, true, StandardCharsets.UTF_8)) {
                outcome = TestScript.run(file, stream);
            } catch (IOException e) {
                out.println(file + ": cannot be read: " + e);
                outcome = new Outcome(0, 1);
            }
            out.print(log.toString(StandardCharsets.UTF_8));
            out.println(file + ": " + outcome);
            total = total.plus(outcome);
        }
        return new Report(total.passed(), total.failed()).finish(out);
    }

    @Command(name = "parse", description = "Check that expressions are PromQL", mixinStandardHelpOptions = true)
    int parse(
            @Parameters(paramLabel = "EXPR", arity = "0..1", description = "an expression") @Nullable String expression,
            @Option(names = "--file", paramLabel = "FILE", description = "a file with an expression a line") @Nullable
                    Path file,
            @Option(
                            names = {"-o", "--output"},
                            defaultValue = "text",
                            converter = Output.Converter.class,
                            description = "text or json")
                    Output output) {
        PrintWriter out = out();
        List<Map<String, Object>> details = new ArrayList<>();
        int failed = 0;
        List<Query> queries = queries(expression, file);
        for (Query query : queries) {
            Map<String, Object> detail = new LinkedHashMap<>();
            detail.put("query", query.text());
            try {
                Expr expr = PromqlParser.parse(query.text(), ParserOptions.ALL);
                detail.put("type", expr.type().name().toLowerCase(Locale.ROOT));
                detail.put("formatted", PromqlFormatter.format(expr));
                if (output == Output.TEXT && file == null) {
                    out.println(detail.get("type") + ": " + detail.get("formatted"));
                }
            } catch (PromqlParseException e) {
                failed++;
                detail.put("error", String.valueOf(e.getMessage()));
                if (output == Output.TEXT) {
                    out.println(query.place(e) + e.getMessage());
                }
            }
            details.add(detail);
        }
        Report report = new Report(queries.size() - failed, failed);
        return output == Output.JSON ? report.finish(out, "queries", details) : report.finish(out);
    }

    @Command(
            name = "format",
            description = "Print expressions in their canonical form",
            mixinStandardHelpOptions = true)
    int format(
            @Parameters(paramLabel = "EXPR", arity = "0..1", description = "an expression") @Nullable String expression,
            @Option(names = "--file", paramLabel = "FILE", description = "a file with an expression a line") @Nullable
                    Path file) {
        int code = Report.OK;
        for (Query query : queries(expression, file)) {
            try {
                out().println(PromqlFormatter.pretty(PromqlParser.parse(query.text(), ParserOptions.ALL)));
            } catch (PromqlParseException e) {
                out().println(query.place(e) + e.getMessage());
                code = Report.FINDINGS;
            }
        }
        out().flush();
        return code;
    }

    @Command(
            name = "explain",
            description = "Show what of an expression each shard evaluates, and what is left",
            mixinStandardHelpOptions = true)
    int explain(@Parameters(paramLabel = "EXPR", description = "an expression") String expression) {
        PrintWriter out = out();
        try {
            out.println(Explain.text(Planner.plan(PromqlParser.parse(expression, ParserOptions.ALL))));
            out.flush();
            return Report.OK;
        } catch (PromqlParseException e) {
            out.println(e.getMessage());
            out.flush();
            return Report.FINDINGS;
        }
    }

    private PrintWriter out() {
        return spec.commandLine().getOut();
    }

    /** The expression, or those of the file: one a line, without empty lines and comments. */
    private List<Query> queries(@Nullable String expression, @Nullable Path file) {
        if ((expression == null) == (file == null)) {
            throw new ParameterException(spec.commandLine(), "Expected either EXPR or --file FILE");
        }
        if (file == null) {
            return List.of(new Query("", 1, String.valueOf(expression)));
        }
        try {
            List<Query> queries = new ArrayList<>();
            List<String> lines = Files.readAllLines(file);
            for (int i = 0; i < lines.size(); i++) {
                if (!lines.get(i).isBlank() && !lines.get(i).strip().startsWith("#")) {
                    queries.add(new Query(file.toString(), i + 1, lines.get(i)));
                }
            }
            return queries;
        } catch (IOException e) {
            throw new ParameterException(spec.commandLine(), file + " cannot be read: " + e, e);
        }
    }
}
