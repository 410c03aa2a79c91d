package io.tocsin.standalone.cli;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Mixin;

/** {@code tocsin version}. */
@Command(name = "version", description = "Prints the version.", mixinStandardHelpOptions = true)
final class VersionCommand implements Callable<Integer> {

    @Mixin
    private final OutputFormat output = new OutputFormat();

    /** The version of the build, as {@code --version} shows it. */
    static final class Provider implements IVersionProvider {
        @Override
        public String[] getVersion() {
            return new String[] {"tocsin " + version()};
        }
    }

    private static String version() {
        return Optional.ofNullable(VersionCommand.class.getPackage().getImplementationVersion())
                .orElse("development");
    }

    @Override
    public Integer call() {
        output.print(
                Map.of("version", version(), "java", Runtime.version().toString()),
                () -> System.out.println("tocsin " + version() + ", Java " + Runtime.version()));
        return 0;
    }
}
