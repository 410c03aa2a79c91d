package io.tocsin.standalone.cli;

import io.tocsin.gotemplate.TemplateException;
import io.tocsin.notifier.deliver.Notice;
import io.tocsin.notifier.deliver.NoticeDocument;
import io.tocsin.notifier.deliver.Outcome;
import io.tocsin.notifier.deliver.SampleNotice;
import io.tocsin.notifier.deliver.Teller;
import io.tocsin.notifier.route.Receiver;
import io.tocsin.notifier.route.Routing;
import io.tocsin.notifier.route.file.AlertmanagerFile;
import io.tocsin.notifier.route.receiver.ReceiverOptions;
import io.tocsin.notifier.template.NoticeData;
import io.tocsin.notifier.template.NoticeTemplates;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.core.JacksonException;

/** The commands of {@code tocsin notify} that render templates and tell receivers. */
final class NoticeCommands {

    private static final String EXTERNAL_URL = "http://127.0.0.1:9090";

    private NoticeCommands() {}

    private static Routing routing(Path file) {
        try {
            AlertmanagerFile.Result result = AlertmanagerFile.read(file, Files.readString(file));
            return result.routing()
                    .orElseThrow(() -> new UserError(result.problems().stream()
                            .map(Object::toString)
                            .collect(Collectors.joining(System.lineSeparator()))));
        } catch (IOException e) {
            throw new UserError(file + " cannot be read: " + e.getMessage());
        }
    }

    private static NoticeTemplates templates(Routing routing) {
        try {
            return NoticeTemplates.of(routing.templates());
        } catch (TemplateException.Parse e) {
            throw new UserError(String.valueOf(e.getMessage()));
        }
    }

    /** {@code tocsin notify template}. */
    @Command(
            name = "template",
            description = "Templates of notices.",
            mixinStandardHelpOptions = true,
            subcommands = Render.class)
    static final class Template implements Runnable {

        @Spec
        @SuppressWarnings("NullAway.Init") // Set by picocli before the command runs.
        private CommandSpec spec;

        @Override
        public void run() {
            throw new ParameterException(spec.commandLine(), "a command is missing");
        }
    }

    /** {@code tocsin notify template render}. */
    @Command(
            name = "render",
            description = "Renders a template with the data of a notice.",
            mixinStandardHelpOptions = true)
    static final class Render implements Callable<Integer> {

        @Option(names = "--config", description = "alertmanager.yml whose template files are loaded.")
        private @Nullable Path config;

        @Option(
                names = "--text",
                required = true,
                description = "The template, such as '{{ template \"slack.default.title\" . }}'.")
        private String text = "";

        @Option(names = "--data", description = "A notice in Alertmanager's webhook format (default: a test notice).")
        private @Nullable Path data;

        @Option(names = "--html", description = "As HTML, in which values are escaped.")
        private boolean html;

        @Override
        public Integer call() {
            NoticeTemplates templates = config == null ? NoticeTemplates.defaults() : templates(routing(config));
            Instant now = Instant.now();
            try {
                NoticeData notice = notice(now);
                System.out.println(html ? templates.html(text, notice, now) : templates.text(text, notice, now));
                return 0;
            } catch (TemplateException e) {
                throw new UserError(String.valueOf(e.getMessage()));
            }
        }

        private NoticeData notice(Instant now) {
            if (data == null) {
                return SampleNotice.of("test", false, EXTERNAL_URL, now, Map.of())
                        .data();
            }
            try {
                return NoticeDocument.read(Files.readString(data), "");
            } catch (IOException e) {
                throw new UserError(data + " cannot be read: " + e.getMessage());
            } catch (JacksonException | NullPointerException e) {
                throw new UserError(data + " is not a notice in Alertmanager's webhook format");
            }
        }
    }

    /** {@code tocsin notify send-test}. */
    @Command(
            name = "send-test",
            description = "Tells a receiver that a test alert fires and, where it wants to hear it, that it is over.",
            mixinStandardHelpOptions = true)
    static final class SendTest implements Callable<Integer> {

        private static final Duration LIMIT = Duration.ofSeconds(10);

        @Parameters(index = "0", paramLabel = "RECEIVER", description = "Name of the receiver.")
        private String name = "";

        @Option(names = "--config", required = true, description = "alertmanager.yml.")
        private Path config = Path.of("alertmanager.yml");

        @Option(names = "--firing-only", description = "Does not say that it is over.")
        private boolean firingOnly;

        @Override
        public Integer call() throws InterruptedException {
            Routing routing = routing(config);
            Receiver receiver = routing.receiver(name)
                    .orElseThrow(() -> new UserError(config + " has no receiver \"" + name + "\", but "
                            + routing.receivers().stream().map(Receiver::name).collect(Collectors.joining(", "))));
            NoticeTemplates templates = templates(routing);
            boolean told = true;
            try (Teller teller = new Teller(() -> templates, LIMIT)) {
                for (Map.Entry<String, ReceiverOptions> way :
                        receiver.integrations().entrySet()) {
                    told &= tell(teller, way.getKey(), way.getValue());
                }
            }
            return told ? 0 : 1;
        }

        private boolean tell(Teller teller, String way, ReceiverOptions options) throws InterruptedException {
            Outcome alarm = tell(teller, way, options, false, Map.of());
            if (!(alarm instanceof Outcome.Accepted told)) {
                return false;
            }
            return firingOnly
                    || !options.sendResolved()
                    || tell(teller, way, options, true, told.memory()) instanceof Outcome.Accepted;
        }

        private Outcome tell(
                Teller teller, String way, ReceiverOptions options, boolean resolved, Map<String, String> memory)
                throws InterruptedException {
            Instant now = Instant.now();
            Notice notice = SampleNotice.of(name, resolved, EXTERNAL_URL, now, memory);
            Outcome outcome = teller.tell(options, notice, now);
            String word = switch (outcome) {
                case Outcome.Accepted _ -> "told";
                case Outcome.Failed _ -> "not told, it may work later";
                case Outcome.Refused _ -> "refused";
            };
            System.out.println(way + " " + notice.data().status() + ": " + word + ", " + outcome.detail());
            return outcome;
        }
    }
}
