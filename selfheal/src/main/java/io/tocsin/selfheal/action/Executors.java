package io.tocsin.selfheal.action;

import io.tocsin.selfheal.action.container.ContainerExecutor;
import io.tocsin.selfheal.action.haproxy.HaproxyExecutor;
import io.tocsin.selfheal.action.http.HttpInterface;
import io.tocsin.selfheal.action.kafka.KafkaExecutor;
import io.tocsin.selfheal.action.kubernetes.KubernetesExecutor;
import io.tocsin.selfheal.action.supervisor.SupervisorExecutor;
import io.tocsin.selfheal.action.systemd.SystemdExecutor;
import io.tocsin.selfheal.action.webhook.WebhookExecutor;
import io.tocsin.selfheal.playbook.Action;
import io.tocsin.selfheal.playbook.CommandAction;
import io.tocsin.selfheal.playbook.ContainerAction;
import io.tocsin.selfheal.playbook.HaproxyAction;
import io.tocsin.selfheal.playbook.KafkaAction;
import io.tocsin.selfheal.playbook.KubernetesAction;
import io.tocsin.selfheal.playbook.SupervisorAction;
import io.tocsin.selfheal.playbook.SystemdAction;
import io.tocsin.selfheal.playbook.Target;
import io.tocsin.selfheal.playbook.WebhookAction;
import java.time.Duration;
import java.time.InstantSource;

/** Carries out every kind of action, each by the same rule: look, change what is not so yet, look until it is. */
public final class Executors implements AutoCloseable {

    private static final Duration LOOK_AGAIN = Duration.ofMillis(200);
    /** What is decided at the end of an action's time is still said; beyond that the action is stopped. */
    private static final Duration LAST_WORDS = Duration.ofSeconds(5);

    private final HttpInterface http = new HttpInterface();
    private final Executor<SupervisorAction> supervisor = new SupervisorExecutor(http);
    private final Executor<HaproxyAction> haproxy = new HaproxyExecutor();
    private final Executor<ContainerAction> container = new ContainerExecutor(http);
    private final SystemdExecutor systemd = new SystemdExecutor();
    private final Executor<WebhookAction> webhook;
    private final Executor<KubernetesAction> kubernetes = new KubernetesExecutor();
    private final Executor<KafkaAction> kafka = new KafkaExecutor();

    /** @param clock whose time requests are signed with */
    public Executors(InstantSource clock) {
        this.webhook = new WebhookExecutor(http, clock);
    }

    /**
     * Carries out an action, unless its effect is there already.
     *
     * @throws InterruptedException when this thread was interrupted; the action is stopped before
     */
    public Outcome act(Action action, Target target, Order order) throws InterruptedException {
        try {
            order.require();
            return switch (action) {
                case CommandAction command -> command(command, target, order);
                case SupervisorAction known -> act(supervisor, known, target, order);
                case HaproxyAction known -> act(haproxy, known, target, order);
                case ContainerAction known -> act(container, known, target, order);
                case SystemdAction known -> act(systemd, known, target, order);
                case WebhookAction known -> act(webhook, known, target, order);
                case KubernetesAction known -> act(kubernetes, known, target, order);
                case KafkaAction known -> act(kafka, known, target, order);
            };
        } catch (Trouble e) {
            return e.outcome();
        }
    }

    /**
     * Looks whether an earlier try had its effect; changes nothing.
     *
     * @throws InterruptedException when this thread was interrupted
     */
    public Sight see(Action action, Target target, Order order) throws InterruptedException {
        Order repeated = order.begun();
        return switch (action) {
            case CommandAction command -> Sight.untold("a command does not tell");
            case SupervisorAction known -> see(supervisor, known, target, repeated);
            case HaproxyAction known -> see(haproxy, known, target, repeated);
            case ContainerAction known -> see(container, known, target, repeated);
            case SystemdAction known -> see(systemd, known, target, repeated);
            case WebhookAction known -> see(webhook, known, target, repeated);
            case KubernetesAction known -> see(kubernetes, known, target, repeated);
            case KafkaAction known -> see(kafka, known, target, repeated);
        };
    }

    private static Outcome command(CommandAction command, Target target, Order order)
            throws Trouble, InterruptedException {
        CommandRunner.Result result;
        try {
            result = CommandRunner.run(command.argumentsFor(target), order.timeout(), order.allowed());
        } catch (IllegalArgumentException e) {
            throw new Trouble(Outcome.End.REFUSED, String.valueOf(e.getMessage()), e);
        }
        Outcome.End end = switch (result.end()) {
            case SUCCEEDED -> Outcome.End.DONE;
            case FAILED -> Outcome.End.FAILED;
            case NOT_STARTED -> Outcome.End.ABSENT;
            case TIMED_OUT -> Outcome.End.TIMED_OUT;
            case STOPPED -> Outcome.End.STOPPED;
        };
        return new Outcome(end, result.detail());
    }

    private static <A extends Action> Outcome act(Executor<A> executor, A action, Target target, Order order)
            throws Trouble, InterruptedException {
        Duration longest = order.timeout().plus(LAST_WORDS);
        return Watched.run(() -> lookAndChange(executor, action, target, order), order, longest);
    }

    private static <A extends Action> Outcome lookAndChange(Executor<A> executor, A action, Target target, Order order)
            throws Trouble, InterruptedException {
        long end = System.nanoTime() + order.timeout().toNanos();
        Sight before = executor.see(action, target, order);
        if (before.shown() == Sight.Shown.THERE) {
            return new Outcome(Outcome.End.ALREADY_DONE, "already so: " + before.found());
        }
        order.require();
        try {
            String said = executor.change(action, target, order);
            return awaitEffect(executor, action, target, order.begun(), said, end, Outcome.End.NO_EFFECT);
        } catch (Trouble e) {
            if (e.end() != Outcome.End.TIMED_OUT) {
                throw e;
            }
            // It may have been done all the same.
            return awaitEffect(executor, action, target, order.begun(), e.detail(), end, Outcome.End.TIMED_OUT);
        }
    }

    private static <A extends Action> Outcome awaitEffect(
            Executor<A> executor, A action, Target target, Order order, String said, long end, Outcome.End otherwise)
            throws Trouble, InterruptedException {
        while (true) {
            Sight after = seeAgain(executor, action, target, order);
            switch (after.shown()) {
                case THERE -> {
                    return new Outcome(Outcome.End.DONE, after.found());
                }
                case UNTOLD -> {
                    // Where nothing tells, the target's own word counts, if it gave one.
                    boolean word = otherwise == Outcome.End.NO_EFFECT;
                    return new Outcome(word ? Outcome.End.DONE : otherwise, said + "; " + after.found());
                }
                case FAILED -> {
                    return new Outcome(Outcome.End.FAILED, said + ", but " + after.found());
                }
                case NOT_YET -> {
                    if (System.nanoTime() - end >= 0) {
                        String within = "after " + order.timeout().toMillis() + " ms: ";
                        return new Outcome(otherwise, said + ", but " + within + after.found());
                    }
                }
            }
            Thread.sleep(LOOK_AGAIN);
        }
    }

    /** Once the change was made, a target that is out of reach for a moment is looked at again. */
    private static <A extends Action> Sight seeAgain(Executor<A> executor, A action, Target target, Order order)
            throws Trouble, InterruptedException {
        try {
            return executor.see(action, target, order);
        } catch (Trouble e) {
            if (e.end() == Outcome.End.UNREACHABLE) {
                return Sight.notYet(e.detail());
            }
            throw e;
        }
    }

    private static <A extends Action> Sight see(Executor<A> executor, A action, Target target, Order order)
            throws InterruptedException {
        try {
            return Watched.run(() -> executor.see(action, target, order), order, order.timeout());
        } catch (Trouble e) {
            return Sight.untold(e.detail());
        }
    }

    @Override
    public void close() {
        http.close();
        systemd.close();
    }
}
