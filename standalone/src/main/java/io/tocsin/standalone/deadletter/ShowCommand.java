package io.tocsin.standalone.deadletter;

import io.tocsin.standalone.cli.OutputFormat;
import io.tocsin.standalone.cli.UserError;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code tocsin dead-letters show}. */
@Command(name = "show", description = "Shows one dead letter with its record.", mixinStandardHelpOptions = true)
final class ShowCommand implements Callable<Integer> {

    private static final int SHOWN_BYTES = 256;

    @Mixin
    private final Broker broker = new Broker();

    @Mixin
    private final OutputFormat output = new OutputFormat();

    @Parameters(paramLabel = "NUMBER", description = "As list names it.")
    private long number;

    @Option(names = "--value", description = "Writes the record's value to this file.")
    private @Nullable Path file;

    @Override
    public Integer call() {
        Letter letter = Letters.one(broker.client(), number);
        byte[] value = letter.content().getValue().toByteArray();
        if (file != null) {
            write(file, value);
        }
        Map<String, Object> all = letter.summary();
        all.put("key", new String(letter.content().getKey().toByteArray(), StandardCharsets.UTF_8));
        all.put("value", Base64.getEncoder().encodeToString(value));
        output.print(all, () -> print(all, value));
        return 0;
    }

    private static void write(Path file, byte[] value) {
        try {
            Files.write(file, value);
        } catch (IOException e) {
            throw new UserError("cannot write " + file + ": " + e.getMessage());
        }
    }

    private static void print(Map<String, Object> all, byte[] value) {
        all.forEach((name, text) -> {
            if (!name.equals("value")) {
                System.out.println(name + ": " + text);
            }
        });
        String hex = HexFormat.of().formatHex(value, 0, Math.min(value.length, SHOWN_BYTES));
        System.out.println("value: " + hex + (value.length > SHOWN_BYTES ? "… (--value FILE writes all of it)" : ""));
    }
}
