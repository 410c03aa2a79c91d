package io.tocsin.standalone.demo;

import io.tocsin.standalone.cli.InstanceAddress;
import io.tocsin.standalone.cli.OutputFormat;
import io.tocsin.standalone.cli.TextTable;
import io.tocsin.standalone.demo.story.Story;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;

/** {@code tocsin demo}: the story unattended, and the switches of the demo beside a running instance. */
@Command(
        name = "demo",
        description = "Breaks the demo shop and shows what happens. Start it with ./tocsin up --demo, or run --once.",
        mixinStandardHelpOptions = true,
        subcommands = {DemoCommand.Break.class, DemoCommand.Restart.class, DemoCommand.Status.class})
public final class DemoCommand implements Callable<Integer> {

    @Spec
    @SuppressWarnings("NullAway.Init") // Set by picocli before the command runs.
    private CommandSpec spec;

    @Option(names = "--once", description = "Runs the whole story against a fresh instance, then stops it.")
    private boolean once;

    @Option(names = "--service", description = "Which service breaks in the story (default: ${DEFAULT-VALUE}).")
    private String service = "ledger";

    @Option(
            names = "--how",
            description = "How it breaks in the story: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
    private FaultKind how = FaultKind.CRASH;

    @Mixin
    private final OutputFormat output = new OutputFormat();

    @Override
    public Integer call() throws Exception {
        if (!once) {
            throw new ParameterException(spec.commandLine(), "say --once, or a subcommand: break, restart, status");
        }
        Story.Outcome outcome = Story.run(service, how, System.out);
        output.print(outcome, () -> System.out.println(outcome.summary()));
        return outcome.complete() ? 0 : 1;
    }

    private static JsonNode control(InstanceAddress instance, String path) {
        return InstanceAddress.post(instance.ports().demo(), path, Map.of());
    }

    /** {@code tocsin demo break SERVICE --how HOW}. */
    @Command(name = "break", description = "Breaks a service in a real way.", mixinStandardHelpOptions = true)
    static final class Break implements Callable<Integer> {

        @Mixin
        private final InstanceAddress instance = new InstanceAddress();

        @Parameters(description = "storefront, checkout or ledger.")
        private String service = "";

        @Option(names = "--how", description = "${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
        private FaultKind how = FaultKind.CRASH;

        @Override
        public Integer call() {
            String kind = how.name().toLowerCase(Locale.ROOT);
            var _ = control(instance, "/break?service=" + service + "&how=" + kind);
            System.out.println(service + ": " + kind);
            return 0;
        }
    }

    /** {@code tocsin demo restart SERVICE}: what the shipped playbook runs. */
    @Command(name = "restart", description = "Restarts a service.", mixinStandardHelpOptions = true)
    static final class Restart implements Callable<Integer> {

        @Mixin
        private final InstanceAddress instance = new InstanceAddress();

        @Parameters(description = "storefront, checkout or ledger.")
        private String service = "";

        @Override
        public Integer call() {
            var _ = control(instance, "/restart?service=" + service);
            System.out.println(service + " restarted");
            return 0;
        }
    }

    /** {@code tocsin demo status}. */
    @Command(name = "status", description = "Says which services live.", mixinStandardHelpOptions = true)
    static final class Status implements Callable<Integer> {

        @Mixin
        private final InstanceAddress instance = new InstanceAddress();

        @Mixin
        private final OutputFormat output = new OutputFormat();

        @Override
        public Integer call() {
            JsonNode status = InstanceAddress.get(instance.ports().demo(), "/status");
            output.print(status, () -> print(status));
            return 0;
        }

        private static void print(JsonNode status) {
            TextTable table = new TextTable("SERVICE", "PROCESS");
            for (String service : List.of("storefront", "checkout", "ledger")) {
                table.row(service, status.path("services").path(service).asBoolean(false) ? "lives" : "is gone");
            }
            System.out.println(table);
            System.out.println(
                    "orders answered " + status.path("orders_answered").asLong(0) + ", failed "
                            + status.path("orders_failed").asLong(0));
        }
    }
}
