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
import org.apache.sshd.client.session.ClientSession;

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
        try (ClientSession session = ssh.login(login(action, target))) {
            String unit = action.unitFor(target);
            Result shown = Ssh.run(session, SHOW + quoted(unit), ANSWER);
            require(shown, action, target);
            Result uptime = Ssh.run(session, "cat /proc/uptime", ANSWER);
            Unit state = Unit.read(shown.output(), uptime.output());
            if (state.absent()) {
                throw new Trouble(End.ABSENT, "there is no unit " + unit + " on " + action.hostFor(target));
            }
            boolean there = switch (action.verb()) {
                case RESTART -> state.active() && order.mayHaveMade(state.activeFor());
                case START -> state.active();
                case STOP -> state.down();
            };
            if (there) {
                return Sight.there(unit + " is " + state.text());
            }
            boolean given = order.repeated() && state.failed();
            return given ? Sight.failed(unit + " is " + state.text()) : Sight.notYet(unit + " is " + state.text());
        } catch (java.io.IOException e) {
            throw new Trouble(End.UNREACHABLE, "the connection could not be closed: " + e.getMessage(), e);
        }
    }

    @Override
    public String change(SystemdAction action, Target target, Order order) throws Trouble, InterruptedException {
        try (ClientSession session = ssh.login(login(action, target))) {
            String verb = action.verb().name().toLowerCase(Locale.ROOT);
            String command = (action.sudo() ? "sudo -n " : "") + "systemctl " + verb + " --no-ask-password -- "
                    + quoted(action.unitFor(target));
            Result result = Ssh.run(session, command, order.timeout());
            require(result, action, target);
            return "systemctl accepted it";
        } catch (java.io.IOException e) {
            throw new Trouble(End.UNREACHABLE, "the connection could not be closed: " + e.getMessage(), e);
        }
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
