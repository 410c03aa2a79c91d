package io.tocsin.standalone.heal;

import io.tocsin.standalone.cli.InstanceAddress;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** The kill switch. */
final class HealSwitch {

    private HealSwitch() {}

    /** {@code tocsin heal freeze}. */
    @Command(
            name = "freeze",
            description = "Pulls the kill switch: nothing begins, and what runs is killed, within 5 seconds.",
            mixinStandardHelpOptions = true)
    static final class Freeze implements Callable<Integer> {
        @Mixin
        private final InstanceAddress instance = new InstanceAddress();

        @Mixin
        private final Person person = new Person();

        @Override
        public Integer call() {
            var _ = InstanceAddress.post(instance.ports().heal(), HealCommand.API + "/freeze", person.body());
            System.out.println("frozen by " + person + "; only a person thaws: ./tocsin heal thaw");
            return 0;
        }
    }

    /** {@code tocsin heal thaw}. */
    @Command(name = "thaw", description = "Lets self-healing act again.", mixinStandardHelpOptions = true)
    static final class Thaw implements Callable<Integer> {
        @Mixin
        private final InstanceAddress instance = new InstanceAddress();

        @Mixin
        private final Person person = new Person();

        @Override
        public Integer call() {
            var _ = InstanceAddress.post(instance.ports().heal(), HealCommand.API + "/thaw", person.body());
            System.out.println("thawed by " + person);
            return 0;
        }
    }
}
