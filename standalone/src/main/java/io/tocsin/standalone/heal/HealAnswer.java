package io.tocsin.standalone.heal;

import io.tocsin.standalone.cli.InstanceAddress;
import io.tocsin.standalone.cli.UserError;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** Answers to questions of self-healing. */
final class HealAnswer {

    private HealAnswer() {}

    private static int answer(InstanceAddress instance, Person person, String id, String how) {
        int port = instance.ports().heal();
        String open = open(port, id);
        JsonNode answer = InstanceAddress.post(port, HealCommand.API + "/approvals/" + open + "/" + how, person.body());
        int missing = answer.path("missing").asInt(0);
        System.out.println(how + (how.endsWith("e") ? "d" : "ed") + " by " + person
                + (missing == 0 ? "" : "; " + missing + " more people have to agree"));
        return 0;
    }

    /** The question whose id begins so. */
    private static String open(int port, String start) {
        List<String> ids = InstanceAddress.get(port, HealCommand.API + "/approvals")
                .valueStream()
                .map(approval -> approval.path("id").asString(""))
                .filter(id -> id.startsWith(start))
                .toList();
        if (ids.size() != 1) {
            throw new UserError(
                    (ids.isEmpty() ? "no open question begins with " : "more than one open question begins with ")
                            + start + "; ./tocsin heal status lists them");
        }
        return ids.getFirst();
    }

    /** {@code tocsin heal approve ID}. */
    @Command(name = "approve", description = "Allows a repair that waits for it.", mixinStandardHelpOptions = true)
    static final class Approve implements Callable<Integer> {
        @Mixin
        private final InstanceAddress instance = new InstanceAddress();

        @Mixin
        private final Person person = new Person();

        @Parameters(paramLabel = "ID", description = "The question's id, or its beginning.")
        private String id = "";

        @Override
        public Integer call() {
            return answer(instance, person, id, "approve");
        }
    }

    /** {@code tocsin heal reject ID}. */
    @Command(name = "reject", description = "Forbids a repair that waits for it.", mixinStandardHelpOptions = true)
    static final class Reject implements Callable<Integer> {
        @Mixin
        private final InstanceAddress instance = new InstanceAddress();

        @Mixin
        private final Person person = new Person();

        @Parameters(paramLabel = "ID", description = "The question's id, or its beginning.")
        private String id = "";

        @Override
        public Integer call() {
            return answer(instance, person, id, "reject");
        }
    }
}
