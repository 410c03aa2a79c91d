package io.tocsin.standalone.heal;

import io.tocsin.standalone.cli.InstanceAddress;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code tocsin heal restore PLAYBOOK}. */
@Command(
        name = "restore",
        description = "Gives a playbook that kept failing its own mode back: failures so far no longer count.",
        mixinStandardHelpOptions = true)
final class HealRestore implements Callable<Integer> {

    @Mixin
    private final InstanceAddress instance = new InstanceAddress();

    @Mixin
    private final Person person = new Person();

    @Parameters(paramLabel = "PLAYBOOK", description = "The playbook's name.")
    private String playbook = "";

    @Override
    public Integer call() {
        var _ = InstanceAddress.post(
                instance.ports().heal(), HealCommand.API + "/playbooks/" + playbook + "/restore", person.body());
        System.out.println(playbook + " restored by " + person);
        return 0;
    }
}
