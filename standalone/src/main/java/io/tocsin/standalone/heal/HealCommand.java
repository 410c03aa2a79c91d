package io.tocsin.standalone.heal;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code tocsin heal}: what self-healing does, whether it may, and whether its playbooks are right. */
@Command(
        name = "heal",
        description = "Self-healing: its state, the kill switch, approvals; playbooks checked, tested and tried",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            HealStatus.class,
            HealSwitch.Freeze.class,
            HealSwitch.Thaw.class,
            HealAnswer.Approve.class,
            HealAnswer.Reject.class,
            HealRestore.class,
            HealCheck.class,
            HealSchema.class,
            HealTest.class,
            HealIncidents.class,
            HealSimulate.class
        })
public final class HealCommand implements Runnable {

    static final String API = "/api/tocsin/selfheal";

    @Spec
    @SuppressWarnings("NullAway.Init") // Set by picocli before the command runs.
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Missing required subcommand");
    }
}
