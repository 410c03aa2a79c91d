package io.tocsin.standalone.heal;

import java.io.PrintWriter;

/** The last line of a command that checks things, and its exit code. */
final class Summary {

    private Summary() {}

    static int print(PrintWriter out, int passed, int failed) {
        out.println(passed + " passed, " + failed + " failed");
        out.flush();
        return failed == 0 ? 0 : 1;
    }
}
