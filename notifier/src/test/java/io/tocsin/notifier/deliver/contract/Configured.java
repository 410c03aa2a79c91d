package io.tocsin.notifier.deliver.contract;

import io.tocsin.notifier.route.file.AlertmanagerFile;
import io.tocsin.notifier.route.receiver.ReceiverOptions;
import java.nio.file.Path;

/** Options as a configuration gives them, so that its defaults are delivered too. */
final class Configured {

    private Configured() {}

    /** The one way of a receiver; the text is its list, such as {@code slack_configs}. */
    static ReceiverOptions way(String list) {
        String file = "route: {receiver: team}\nreceivers:\n- name: team\n"
                + list.stripIndent().indent(2);
        AlertmanagerFile.Result result =
                AlertmanagerFile.read(Path.of("alertmanager.yml").toAbsolutePath(), file);
        return result.routing()
                .orElseThrow(() -> new AssertionError(result.problems() + "\n" + file))
                .receivers()
                .getFirst()
                .ways()
                .getFirst();
    }
}
