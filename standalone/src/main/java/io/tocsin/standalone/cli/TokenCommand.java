package io.tocsin.standalone.cli;

import io.tocsin.collector.access.Scope;
import io.tocsin.collector.access.Token;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code tocsin token}: makes a bearer token for the collector; what is kept of it is its hash. */
@Command(
        name = "token",
        description = "Makes a token for senders: shows it once, and what goes into the collector's tokens file.",
        mixinStandardHelpOptions = true)
final class TokenCommand implements Callable<Integer> {

    private static final int BYTES = 32;

    @Option(names = "--name", required = true, description = "Who it is for.")
    @SuppressWarnings("NullAway.Init") // Set by picocli before the command runs.
    private String name;

    @Option(names = "--scopes", split = ",", description = "What it may send (default: metrics,traces,logs).")
    private Scope[] scopes = Scope.values();

    @Spec
    @SuppressWarnings("NullAway.Init") // Set by picocli before the command runs.
    private CommandSpec spec;

    @Override
    public Integer call() {
        byte[] random = new byte[BYTES];
        new SecureRandom().nextBytes(random);
        String token = "tocsin_" + Base64.getUrlEncoder().withoutPadding().encodeToString(random);
        String written = Arrays.stream(scopes)
                .map(scope -> scope.name().toLowerCase(Locale.ROOT))
                .collect(Collectors.joining(", "));
        var out = spec.commandLine().getOut();
        out.println("The token, shown this once (send it as \"Authorization: Bearer …\"):");
        out.println("  " + token);
        out.println("Under \"tokens:\" in the file that collector.access.tokens-file names:");
        out.println("  - name: \"" + name.replace("\\", "\\\\").replace("\"", "\\\"") + "\"");
        out.println("    sha256: " + Token.hash(token));
        out.println("    scopes: [" + written + "]");
        return 0;
    }
}
