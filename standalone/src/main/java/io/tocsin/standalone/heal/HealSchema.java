package io.tocsin.standalone.heal;

import io.tocsin.selfheal.playbook.files.PlaybookSchema;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code tocsin heal schema}. */
@Command(
        name = "schema",
        description = "Prints the JSON Schema of playbooks, for editors that complete and check as one types",
        mixinStandardHelpOptions = true)
final class HealSchema implements Callable<Integer> {

    @Spec
    @SuppressWarnings("NullAway.Init") // Set by picocli before the command runs.
    private CommandSpec spec;

    @Override
    public Integer call() {
        spec.commandLine().getOut().print(PlaybookSchema.text());
        spec.commandLine().getOut().flush();
        return 0;
    }
}
