package io.tocsin.selfheal.playbook;

import java.util.List;
import java.util.Optional;

/** Runs a program. Arguments, never a shell line. */
public record CommandAction(List<Template> arguments) implements Action {
    public CommandAction {
        arguments = List.copyOf(arguments);
        if (arguments.isEmpty()) {
            throw new IllegalArgumentException("a command needs at least one argument");
        }
    }

    /** Program and arguments with a target's values. */
    public List<String> argumentsFor(Target target) {
        return arguments.stream().map(part -> part.fill(target)).toList();
    }

    @Override
    public String text(Target target) {
        return String.join(" ", argumentsFor(target));
    }

    @Override
    public Optional<Effect> effect() {
        return Optional.empty();
    }

    @Override
    public boolean observable() {
        return false;
    }
}
