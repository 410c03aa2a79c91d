package io.tocsin.selfheal.chaos;

import io.tocsin.selfheal.playbook.Inventory;
import io.tocsin.selfheal.playbook.Inventory.Maintenance;
import io.tocsin.selfheal.playbook.Target;
import io.tocsin.selfheal.playbook.Template;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Makes up services with replicas in zones: three to some hundreds of them. */
final class Settlement {

    private Settlement() {}

    static Inventory found(Dice dice) {
        // Small fleets more often than large ones: in them one fault meets another.
        int services = (int) Math.pow(2, 1.6 + Math.pow(dice.of("services").fraction(), 1.5) * 6.8);
        int zones = (int) dice.of("zones").between(2, Math.max(3, Math.min(24, services)));
        List<Target> targets = new ArrayList<>();
        List<Maintenance> maintenance = new ArrayList<>();
        for (int i = 0; i < services; i++) {
            Dice own = dice.of("service", i);
            String service = "svc" + i;
            targets.addAll(replicas(own, service, zones));
            if (own.of("maintenance").chance(0.05)) {
                Instant from = Agenda.START.plusSeconds(own.of("from").between(0, 1_200));
                maintenance.add(new Maintenance(
                        service, from, from.plusSeconds(own.of("until").between(60, 1_800))));
            }
        }
        return new Inventory(targets, maintenance);
    }

    private static List<Target> replicas(Dice dice, String service, int zones) {
        int count = (int) Math.pow(2, dice.of("replicas").fraction() * 3.4);
        boolean each = dice.of("element").chance(0.3);
        boolean isProtected = dice.of("protected").chance(0.05);
        boolean stateful = dice.of("stateful").chance(0.1);
        Map<String, String> kind = Map.of("kind", "k" + dice.of("kind").between(0, Repertoire.KINDS));
        List<Target> replicas = new ArrayList<>();
        for (int r = 0; r < count; r++) {
            String name = service + "-" + r;
            Optional<Template> probe = dice.of("probe", r).chance(0.05)
                    ? Optional.empty()
                    : Optional.of(new Template("http://" + name + "/health"));
            String zone = "zone" + dice.of("zone", r).between(0, zones);
            replicas.add(new Target(name, each ? name : service, service, zone, isProtected, stateful, probe, kind));
        }
        return replicas;
    }
}
