package io.tocsin.benchmarks.process;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.function.UnaryOperator;

/** The child's end of the conversation. */
final class Console {

    private Console() {}

    /** Says that it is ready, then answers each line until there is no more. */
    static void serve(UnaryOperator<String> answer) throws IOException {
        System.out.println(AskedProcess.READY);
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            System.out.println(answer.apply(line));
        }
    }
}
