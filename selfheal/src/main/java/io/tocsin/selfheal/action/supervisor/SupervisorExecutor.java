package io.tocsin.selfheal.action.supervisor;

import io.tocsin.selfheal.action.Executor;
import io.tocsin.selfheal.action.Order;
import io.tocsin.selfheal.action.Outcome.End;
import io.tocsin.selfheal.action.Sight;
import io.tocsin.selfheal.action.Trouble;
import io.tocsin.selfheal.action.http.HttpInterface;
import io.tocsin.selfheal.action.http.Request;
import io.tocsin.selfheal.action.http.Response;
import io.tocsin.selfheal.playbook.SupervisorAction;
import io.tocsin.selfheal.playbook.Target;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * Restarts, starts and stops processes by supervisor's XML-RPC interface (supervisor 3 and 4, namespace
 * {@code supervisor}). A process was restarted when it runs and is younger than the step, by supervisor's own clock.
 */
public final class SupervisorExecutor implements Executor<SupervisorAction> {

    private static final Duration ANSWER = Duration.ofSeconds(5);
    private static final Duration LOOK_AGAIN = Duration.ofMillis(100);
    /** Both times that supervisor gives are whole seconds. */
    private static final Duration ROUNDING = Duration.ofSeconds(1);

    private static final int BAD_NAME = 10;
    private static final int ALREADY_STARTED = 60;
    private static final int NOT_RUNNING = 70;

    private final HttpInterface http;

    /** An executor that asks by this. */
    public SupervisorExecutor(HttpInterface http) {
        this.http = http;
    }

    /** A process as supervisor describes it. */
    private record ProcessInfo(String state, Duration age, String description) {
        boolean runs() {
            return state.equals("RUNNING");
        }

        boolean up() {
            return runs() || state.equals("STARTING") || state.equals("BACKOFF");
        }

        /** Stopped, and nobody will start it. */
        boolean down() {
            return state.equals("STOPPED") || state.equals("EXITED") || state.equals("FATAL");
        }

        String text() {
            return state + (description.isEmpty() ? "" : ", " + description);
        }
    }

    @Override
    public Sight see(SupervisorAction action, Target target, Order order) throws Trouble {
        ProcessInfo process = process(action, target);
        boolean there = switch (action.verb()) {
            case RESTART -> process.runs() && order.mayHaveMade(process.age().minus(ROUNDING));
            case START -> process.runs();
            case STOP -> process.down();
        };
        if (there) {
            return Sight.there(process.text());
        }
        boolean given = order.repeated() && process.state().equals("FATAL");
        return given ? Sight.failed(process.text()) : Sight.notYet(process.text());
    }

    @Override
    public String change(SupervisorAction action, Target target, Order order) throws Trouble, InterruptedException {
        return switch (action.verb()) {
            case START -> start(action, target);
            case STOP -> stop(action, target);
            case RESTART -> {
                if (process(action, target).up()) {
                    stop(action, target);
                }
                awaitDown(action, target, order);
                order.require();
                yield start(action, target);
            }
        };
    }

    private void awaitDown(SupervisorAction action, Target target, Order order) throws Trouble, InterruptedException {
        long end = System.nanoTime() + order.timeout().toNanos();
        ProcessInfo process = process(action, target);
        while (!process.down()) {
            if (System.nanoTime() - end >= 0) {
                throw new Trouble(End.NO_EFFECT, "it was stopped, but is still " + process.text());
            }
            Thread.sleep(LOOK_AGAIN);
            process = process(action, target);
        }
    }

    private String start(SupervisorAction action, Target target) throws Trouble {
        call(action, target, ALREADY_STARTED, "supervisor.startProcess", action.processFor(target), false);
        return "supervisor starts it";
    }

    private String stop(SupervisorAction action, Target target) throws Trouble {
        call(action, target, NOT_RUNNING, "supervisor.stopProcess", action.processFor(target), false);
        return "supervisor stops it";
    }

    private ProcessInfo process(SupervisorAction action, Target target) throws Trouble {
        Object answer = call(action, target, 0, "supervisor.getProcessInfo", action.processFor(target))
                .orElse("");
        if (answer instanceof Map<?, ?> info
                && info.get("statename") instanceof String state
                && info.get("now") instanceof Long now
                && info.get("start") instanceof Long start) {
            String description = info.get("description") instanceof String text ? text : "";
            return new ProcessInfo(state, Duration.ofSeconds(Math.max(0, now - start)), description);
        }
        throw new Trouble(End.FAILED, "supervisor does not describe the process as it should");
    }

    /** What is answered; empty when it is the fault that does no harm. */
    private Optional<Object> call(
            SupervisorAction action, Target target, int harmless, String method, Object... parameters) throws Trouble {
        Request request = Request.to(action.at(), target, "POST", "/RPC2", ANSWER)
                .with("text/xml", XmlRpc.call(method, parameters));
        Response response = http.send(request);
        if (response.status() != 200) {
            throw new Trouble(End.FAILED, "supervisor answered " + response.shown());
        }
        try {
            return Optional.of(XmlRpc.value(response.body()));
        } catch (XmlRpc.Fault fault) {
            if (fault.code() == harmless) {
                return Optional.empty();
            }
            if (fault.code() == BAD_NAME) {
                throw new Trouble(End.ABSENT, "supervisor has no process " + action.processFor(target), fault);
            }
            throw new Trouble(End.FAILED, "supervisor: " + fault.getMessage(), fault);
        } catch (IOException e) {
            throw new Trouble(
                    End.FAILED, "what answers at " + action.at().addressFor(target) + " is not supervisor", e);
        }
    }
}
