package io.tocsin.standalone.doctor;

import io.tocsin.embedded.FreePorts;
import io.tocsin.standalone.up.Ports;
import java.util.ArrayList;
import java.util.List;

/** Whether the ports are free, where no instance runs. */
final class PortChecks {

    private PortChecks() {}

    static Finding free(Ports ports) {
        List<String> taken = new ArrayList<>();
        ports.byName().forEach((name, port) -> {
            if (!FreePorts.isFree(port)) {
                taken.add(port + " (" + name + ")");
            }
        });
        return taken.isEmpty()
                ? Finding.ok("ports", "all free")
                : Finding.fail(
                        "ports",
                        "taken: " + String.join(", ", taken),
                        "see who has them with: ss -ltnp; or move all with ./tocsin up --port-offset N");
    }
}
