package io.tocsin.standalone.up;

import io.tocsin.embedded.FreePorts;
import io.tocsin.standalone.cli.UserError;
import java.util.ArrayList;
import java.util.List;

/** Says all taken ports at once, before anything is started. */
final class PortCheck {

    private PortCheck() {}

    static void requireFree(Ports ports) {
        List<String> taken = new ArrayList<>();
        ports.byName().forEach((name, port) -> {
            if (!name.equals("demo") && !FreePorts.isFree(port)) {
                taken.add(port + " (" + name + ")");
            }
        });
        if (!taken.isEmpty()) {
            throw new UserError("these ports are taken: " + String.join(", ", taken)
                    + "; move all with --port-offset N, or one with its own option (see ./tocsin up --help)");
        }
    }
}
