package io.tocsin.selfheal.action.systemd;

import io.tocsin.selfheal.action.Executor;
import io.tocsin.selfheal.action.Order;
import io.tocsin.selfheal.action.Outcome.End;
import io.tocsin.selfheal.action.Sight;
import io.tocsin.selfheal.action.Trouble;
import io.tocsin.selfheal.action.systemd.Ssh.Login;
import io.tocsin.selfheal.action.systemd.Ssh.Result;
import io.tocsin.selfheal.playbook.SystemdAction;
import io.tocsin.selfheal.playbook.Target;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;

/**
 * Restarts, starts and stops units on other machines. Three commands are run and no others, with nothing in them but a
 * verb and a unit's name in quotes: {@code systemctl VERB}, {@code systemctl show}, {@code cat /proc/uptime}. A unit was
 * restarted when it is active and has been so for a shorter time than the step, by that machine's own clock.
 */
public final class SystemdExecutor implements Executor<SystemdAction>, AutoCloseable {

    private static final Duration ANSWER = Duration.ofSeconds(5);
    private static final String SHOW =
            "systemctl show --no-pager --property=LoadState,ActiveState,SubState,ActiveEnterTimestampMonotonic -- ";

    private final Ssh ssh = new Ssh();

    @Override
    public Sight see(SystemdAction action, Target target, Order order) throws Trouble, InterruptedException {
        String unit = action.unitFor(target);
        Unit state = ssh.with(login(action, target), session -> {
            Result shown = Ssh.run(session, SHOW + quoted(unit), ANSWER);
            require(shown, action, target);
            return Unit.read(
                    shown.output(), Ssh.run(session, "cat /proc/uptime", ANSWER).output());
        });
        if (state.absent()) {
            throw new Trouble(End.ABSENT, "there is no unit " + unit + " on " + action.hostFor(target));
        }
        String found = unit + " is " + state.text();
        boolean there = switch (action.verb()) {
            case RESTART -> state.active() && order.mayHaveMade(state.activeFor());
            case START -> state.active();
            case STOP -> state.down();
        };
        if (there) {
            return Sight.there(found);
        }
        return order.repeated() && state.failed() ? Sight.failed(found) : Sight.notYet(found);
    }

    @Override
    public String change(SystemdAction action, Target target, Order order) throws Trouble, InterruptedException {
        String verb = action.verb().name().toLowerCase(Locale.ROOT);
        String command = (action.sudo() ? "sudo -n " : "") + "systemctl " + verb + " --no-ask-password -- "
                + quoted(action.unitFor(target));
        require(ssh.with(login(action, target), session -> Ssh.run(session, command, order.timeout())), action, target);
        return "systemctl accepted it";
    }

    private static void require(Result result, SystemdAction action, Target target) throws Trouble {
        if (result.exit() == 0) {
            return;
        }
        String said = result.output();
        String where = action.userFor(target) + "@" + action.hostFor(target) + ": ";
        boolean refused =
                said.contains("Access denied") || said.contains("authentication required") || said.startsWith("sudo:");
        // systemctl(1) and the shell: no such unit, no such program.
        boolean absent = result.exit() == 5 || result.exit() == 4 || result.exit() == 127;
        End end = refused ? End.REFUSED : absent ? End.ABSENT : End.FAILED;
        throw new Trouble(end, where + "exit code " + result.exit() + (said.isEmpty() ? "" : ": " + said));
    }

    private static Login login(SystemdAction action, Target target) {
        return new Login(
                action.hostFor(target),
                action.port(),
                action.userFor(target),
                Path.of(action.keyFile()),
                Path.of(action.knownHosts()));
    }

    /** For whatever shell the user has: the name holds no quote. */
    private static String quoted(String unit) {
        return "'" + unit + "'";
    }

    @Override
    public void close() {
        ssh.close();
    }
}
