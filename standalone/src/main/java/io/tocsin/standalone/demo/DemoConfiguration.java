package io.tocsin.standalone.demo;

import io.tocsin.standalone.Tocsin;
import io.tocsin.standalone.config.ConfigurationDirectory;
import io.tocsin.standalone.config.ConfigurationDirectory.Template;
import io.tocsin.standalone.up.Ports;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;

/** The demo's configuration: its files name this instance's ports and the command that restarts a service. */
public final class DemoConfiguration {

    private DemoConfiguration() {}

    /**
     * Writes the files that are not there yet.
     *
     * @param directory where to
     * @param ports of the instance
     * @param data the instance's data directory
     * @return {@code directory}
     */
    public static Path write(Path directory, Ports ports, Path data) {
        ConfigurationDirectory.write(
                Template.DEMO,
                directory,
                Map.of(
                        "demo_port", Integer.toString(ports.demo()),
                        "storefront_port", Integer.toString(ports.demo() + 1),
                        "checkout_port", Integer.toString(ports.demo() + 2),
                        "ledger_port", Integer.toString(ports.demo() + 3),
                        "data", data.toAbsolutePath().normalize().toString(),
                        "tocsin", launcher(directory).toString()));
        return directory;
    }

    /** A script that runs this very build: the playbook's command has no environment to find it by. */
    private static Path launcher(Path directory) {
        Path script = directory.toAbsolutePath().normalize().resolve("tocsin");
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        try {
            Files.createDirectories(directory);
            Files.writeString(
                    script, """
                    #!/bin/sh
                    exec '%s' -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Xshare:auto -cp '%s' '%s' "$@"
                    """.formatted(java, System.getProperty("java.class.path"), Tocsin.class.getName()));
            Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
            return script;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + script, e);
        }
    }
}
