package io.tocsin.notifier.deliver.command;

import io.tocsin.notifier.deliver.Notice;
import io.tocsin.notifier.deliver.Outcome;
import io.tocsin.notifier.deliver.say.Texts;
import io.tocsin.notifier.route.receiver.CommandOptions;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Runs a program with Alertmanager's webhook format at its standard input. Exit 0 means told, 75 (EX_TEMPFAIL of
 * {@code sysexits.h}) that it may work later, any other status that it never will.
 */
public final class CommandRun {

    private static final int TEMPORARY = 75;
    private static final int SHOWN = 200;

    private CommandRun() {}

    /** One try; a program that does not end in time is killed, with all that it started. */
    public static Outcome tell(Notice notice, CommandOptions options, Texts texts, Duration limit)
            throws InterruptedException {
        List<String> command = options.command().stream().map(texts::exact).toList();
        Path directory = null;
        try {
            directory = Files.createTempDirectory("tocsin-notice");
            Path input = Files.writeString(directory.resolve("in"), notice.document());
            Path output = directory.resolve("out");
            Process process = process(command, notice, input, output).start();
            if (!process.waitFor(limit.toNanos(), TimeUnit.NANOSECONDS)) {
                kill(process);
                return new Outcome.Failed("the command did not end within " + limit);
            }
            return verdict(process.exitValue(), beginning(output));
        } catch (IOException e) {
            return new Outcome.Failed(String.valueOf(e.getMessage()));
        } finally {
            delete(directory);
        }
    }

    private static ProcessBuilder process(List<String> command, Notice notice, Path input, Path output) {
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectInput(input.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        // Nothing of the notifier's own environment, in which its passwords may stand.
        Map<String, String> environment = builder.environment();
        String path = environment.getOrDefault("PATH", "/usr/local/bin:/usr/bin:/bin");
        environment.clear();
        environment.put("PATH", path);
        environment.put("TOCSIN_NOTICE_ID", notice.id());
        environment.put("TOCSIN_STATUS", notice.data().status());
        return builder;
    }

    private static Outcome verdict(int status, String said) {
        String words = said.isEmpty() ? "exit " + status : "exit " + status + ": " + said;
        return switch (status) {
            case 0 -> new Outcome.Accepted(words);
            case TEMPORARY -> new Outcome.Failed(words);
            default -> new Outcome.Refused(words);
        };
    }

    private static String beginning(Path output) throws IOException {
        try (InputStream in = Files.newInputStream(output)) {
            String said = new String(in.readNBytes(SHOWN), StandardCharsets.UTF_8);
            return said.strip().replaceAll("\\s+", " ");
        }
    }

    private static void kill(Process process) throws InterruptedException {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly().waitFor();
    }

    private static void delete(@org.jspecify.annotations.Nullable Path directory) {
        if (directory == null) {
            return;
        }
        directory.resolve("in").toFile().delete();
        directory.resolve("out").toFile().delete();
        directory.toFile().delete();
    }
}
