package io.tocsin.console.remote;

/** The modules that the console asks. */
public record Remotes(Remote engine, Remote notifier, Remote selfheal) implements AutoCloseable {

    @Override
    public void close() {
        engine.close();
        notifier.close();
        selfheal.close();
    }
}
