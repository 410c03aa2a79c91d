package io.tocsin.selfheal.action.haproxy;

import io.tocsin.selfheal.action.Executor;
import io.tocsin.selfheal.action.Order;
import io.tocsin.selfheal.action.Outcome.End;
import io.tocsin.selfheal.action.Sight;
import io.tocsin.selfheal.action.Trouble;
import io.tocsin.selfheal.playbook.HaproxyAction;
import io.tocsin.selfheal.playbook.Target;

/** Drains servers, puts them into maintenance and back, and changes their weight. */
public final class HaproxyExecutor implements Executor<HaproxyAction> {

    @Override
    public Sight see(HaproxyAction action, Target target, Order order) throws Trouble, InterruptedException {
        Server server = server(action, target);
        boolean there = switch (action.verb()) {
            case DRAIN -> server.drains();
            case MAINT -> server.inMaintenance();
            case READY -> server.ready();
            case WEIGHT -> server.weighs(action.percent().orElseThrow());
        };
        boolean idle = !action.untilIdle() || server.sessions() == 0;
        return there && idle ? Sight.there(server.text()) : Sight.notYet(server.text());
    }

    @Override
    public String change(HaproxyAction action, Target target, Order order) throws Trouble, InterruptedException {
        if (action.percent().orElse(0) > 0
                && server(action, target).share(action.percent().getAsInt()) == 0) {
            throw new Trouble(
                    End.REFUSED,
                    action.percent().getAsInt() + " % of its weight is rounded down to 0: it would get no traffic");
        }
        // A change that is accepted is answered with an empty line.
        String answer = ask(action, target, action.command(target)).strip();
        if (!answer.isEmpty()) {
            boolean refused = answer.startsWith("Permission denied");
            throw new Trouble(refused ? End.REFUSED : End.FAILED, "haproxy: " + answer);
        }
        return "haproxy accepted it";
    }

    private static Server server(HaproxyAction action, Target target) throws Trouble, InterruptedException {
        String[] names = action.serverFor(target).split("/", 2);
        String states = ask(action, target, "show servers state " + names[0]);
        if (states.startsWith("Can't find backend")) {
            throw new Trouble(End.ABSENT, "haproxy has no backend " + names[0]);
        }
        return Server.read(names[0], names[1], states, ask(action, target, "show stat"));
    }

    private static String ask(HaproxyAction action, Target target, String command)
            throws Trouble, InterruptedException {
        return RuntimeApi.ask(action.addressFor(target), command);
    }
}
