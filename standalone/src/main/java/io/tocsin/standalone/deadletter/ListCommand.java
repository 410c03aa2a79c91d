package io.tocsin.standalone.deadletter;

import io.tocsin.standalone.cli.OutputFormat;
import io.tocsin.standalone.cli.TextTable;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code tocsin dead-letters list}. */
@Command(name = "list", description = "Lists dead letters, newest first.", mixinStandardHelpOptions = true)
final class ListCommand implements Callable<Integer> {

    private static final int SHOWN_DETAIL = 80;

    @Mixin
    private final Broker broker = new Broker();

    @Mixin
    private final OutputFormat output = new OutputFormat();

    @Option(names = "--reason", description = "Only those with this reason.")
    private @Nullable String reason;

    @Option(names = "--limit", description = "At most so many (default: ${DEFAULT-VALUE}).")
    private int limit = 50;

    @Override
    public Integer call() {
        List<Letter> letters = Letters.all(broker.client()).reversed().stream()
                .filter(letter -> reason == null || letter.content().getReason().equals(reason))
                .limit(limit)
                .toList();
        output.print(letters.stream().map(Letter::summary).toList(), () -> print(letters));
        return 0;
    }

    private static void print(List<Letter> letters) {
        TextTable table = new TextTable("NUMBER", "WRITTEN", "MODULE", "REASON", "ORIGIN", "BYTES", "DETAIL");
        for (Letter letter : letters) {
            String detail = letter.content().getDetail().replace('\n', ' ');
            table.row(
                    letter.number(),
                    letter.written(),
                    letter.content().getModule(),
                    letter.content().getReason(),
                    letter.origin(),
                    letter.content().getValue().size(),
                    detail.length() > SHOWN_DETAIL ? detail.substring(0, SHOWN_DETAIL) + "…" : detail);
        }
        System.out.println(letters.isEmpty() ? "no dead letter" : table);
    }
}
