package io.tocsin.collector.probe;

/** A value that no log and no message shows. */
public sealed interface Secret {

    /** It stands in the configuration, or in the environment. */
    record Value(String value) implements Secret {
        @Override
        public String toString() {
            return "***";
        }
    }

    /** It stands in a file, which is read at each use: it may rotate. */
    record File(String path) implements Secret {}
}
