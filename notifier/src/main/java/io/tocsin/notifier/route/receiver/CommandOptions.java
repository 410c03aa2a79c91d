package io.tocsin.notifier.route.receiver;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * One {@code command_configs} entry: a program that is told by its standard input.
 *
 * @param sendResolved whether it is told when alerts are over
 * @param timeout how long one run may take; empty means the notifier's own limit
 * @param command the program and its arguments; no shell reads them
 */
public record CommandOptions(boolean sendResolved, Optional<Duration> timeout, List<String> command)
        implements ReceiverOptions {

    public CommandOptions {
        command = List.copyOf(command);
        if (command.isEmpty()) {
            throw new IllegalArgumentException("command must name a program");
        }
    }

    @Override
    public Kind kind() {
        return Kind.COMMAND;
    }
}
