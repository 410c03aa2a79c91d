package io.tocsin.standalone.cli;

import io.tocsin.standalone.up.Ports;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code tocsin status}. */
@Command(name = "status", description = "Says which parts of an instance are ready.", mixinStandardHelpOptions = true)
final class StatusCommand implements Callable<Integer> {

    private static final String READY = "ready";

    @Mixin
    private final InstanceAddress instance = new InstanceAddress();

    @Mixin
    private final OutputFormat output = new OutputFormat();

    @Override
    public Integer call() {
        Ports ports = instance.ports();
        List<Module> modules = List.of(
                Module.of("collector", ports.http()),
                Module.of("rules engine", ports.query()),
                Module.of("notifier", ports.alertmanager()),
                Module.of("self-healing", ports.heal()),
                Module.of("console", ports.console()));
        output.print(modules, () -> {
            TextTable table = new TextTable("MODULE", "PORT", "STATE");
            modules.forEach(module -> table.row(module.name(), module.port(), module.state()));
            System.out.println(table);
        });
        return modules.stream().allMatch(module -> module.state().equals(READY)) ? 0 : 1;
    }

    private record Module(String name, int port, String state) {
        static Module of(String name, int port) {
            return new Module(name, port, StatusCommand.state(port));
        }
    }

    private static String state(int port) {
        try {
            var _ = InstanceAddress.get(port, "/health/readiness");
            return READY;
        } catch (UserError e) {
            return String.valueOf(e.getMessage());
        }
    }
}
