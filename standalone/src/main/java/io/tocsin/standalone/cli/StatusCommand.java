package io.tocsin.standalone.cli;

import io.tocsin.standalone.up.Ports;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code tocsin status}. */
@Command(name = "status", description = "Says which parts of an instance are ready.", mixinStandardHelpOptions = true)
final class StatusCommand implements Callable<Integer> {

    @Mixin
    private final InstanceAddress instance = new InstanceAddress();

    @Mixin
    private final OutputFormat output = new OutputFormat();

    @Override
    public Integer call() {
        Ports ports = instance.ports();
        Map<String, Integer> modules = new LinkedHashMap<>();
        modules.put("collector", ports.http());
        modules.put("rules engine", ports.query());
        modules.put("notifier", ports.alertmanager());
        Map<String, String> states = new LinkedHashMap<>();
        modules.forEach((name, port) -> states.put(name, state(port)));
        output.print(states, () -> {
            TextTable table = new TextTable("MODULE", "PORT", "STATE");
            states.forEach((name, state) -> table.row(name, modules.get(name), state));
            System.out.println(table);
        });
        return states.values().stream().allMatch("ready"::equals) ? 0 : 1;
    }

    private static String state(int port) {
        try {
            var _ = InstanceAddress.get(port, "/health/readiness");
            return "ready";
        } catch (UserError e) {
            return e.getMessage();
        }
    }
}
