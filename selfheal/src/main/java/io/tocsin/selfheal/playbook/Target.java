package io.tocsin.selfheal.playbook;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * One thing that can be repaired, from the inventory that operators write.
 *
 * @param name unique in the inventory
 * @param element the topology element that incidents name as root cause
 * @param service the service that it is a replica of
 * @param domain its failure domain (a node, a zone); "" stands for one domain shared by all that name none
 * @param isProtected never repaired, whatever a playbook says
 * @param stateful keeps data: a person approves
 * @param probe an address that answers 2xx while the target serves; empty when nothing tells
 * @param variables further values for placeholders
 */
public record Target(
        String name,
        String element,
        String service,
        String domain,
        boolean isProtected,
        boolean stateful,
        Optional<Template> probe,
        Map<String, String> variables) {

    public Target {
        if (name.isEmpty() || element.isEmpty() || service.isEmpty()) {
            throw new IllegalArgumentException("a target needs a name, an element and a service");
        }
        variables = Map.copyOf(variables);
    }

    /** What placeholders can stand for. */
    public Map<String, String> values() {
        Map<String, String> values = new TreeMap<>(variables);
        values.put("name", name);
        values.put("element", element);
        values.put("service", service);
        values.put("domain", domain);
        return values;
    }
}
