package io.tocsin.selfheal.playbook;

import java.util.Optional;

/** What a step does to its target. Texts may hold placeholders of the target; secrets are named by their files alone. */
public sealed interface Action
        permits CommandAction,
                SupervisorAction,
                HaproxyAction,
                ContainerAction,
                SystemdAction,
                WebhookAction,
                KubernetesAction,
                KafkaAction {

    /**
     * Exactly what will be done, as people read it before they approve.
     *
     * @throws IllegalArgumentException when the target does not say what a placeholder stands for
     */
    String text(Target target);

    /** What kind of change it is; empty where only its author knows. */
    Optional<Effect> effect();

    /** Whether the target itself tells if the effect is there, so that nothing is done twice. */
    boolean observable();
}
