package io.tocsin.standalone;

import io.tocsin.standalone.cli.TocsinCommand;

/** The {@code tocsin} command. */
public final class Tocsin {

    private Tocsin() {}

    /** Runs one command and ends the process with its exit code: 0 ok, 1 findings, 2 usage or input error. */
    public static void main(String[] args) {
        System.exit(TocsinCommand.run(args));
    }
}
