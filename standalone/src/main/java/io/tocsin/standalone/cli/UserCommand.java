package io.tocsin.standalone.cli;

import io.tocsin.console.access.Accounts;
import io.tocsin.console.access.PasswordHash;
import io.tocsin.console.access.Role;
import java.io.BufferedReader;
import java.io.Console;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code tocsin user}. */
@Command(
        name = "user",
        description = {
            "Adds a person who may sign in to the console, or changes their password and role.",
            "The password is asked for, or read as one line from standard input."
        },
        mixinStandardHelpOptions = true)
final class UserCommand implements Callable<Integer> {

    private static final int SHORTEST = 8;

    @Parameters(index = "0", description = "Name of the account.")
    private String name = "";

    @Option(names = "--role", description = "viewer, operator or admin (default: ${DEFAULT-VALUE}).")
    private Role role = Role.VIEWER;

    @Option(names = "--config", description = "Configuration directory (default: ${DEFAULT-VALUE}).")
    private Path config = Path.of("config");

    @Override
    public Integer call() throws IOException {
        Path file = config.resolve("users");
        char[] password = password();
        if (password.length < SHORTEST) {
            throw new UserError("a password has " + SHORTEST + " characters or more");
        }
        String line = name + " " + role.word() + " "
                + PasswordHash.create(password, new SecureRandom()).text();
        List<String> lines = Files.exists(file) ? new ArrayList<>(Files.readAllLines(file)) : new ArrayList<>();
        lines.removeIf(known -> known.strip().split("\\s+", -1)[0].equals(name));
        lines.add(line);
        try {
            Accounts.parse(file.toString(), lines);
        } catch (IllegalArgumentException e) {
            throw new UserError(String.valueOf(e.getMessage()));
        }
        write(file, lines);
        System.out.println(name + " is " + role.word() + " in " + file);
        return 0;
    }

    /** The running console reads the file when it changes: it must find all of it, and others must not. */
    private void write(Path file, List<String> lines) throws IOException {
        Files.createDirectories(config);
        Path next = Files.createTempFile(
                config,
                "users",
                "",
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.write(next, lines);
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    @SuppressWarnings("SystemConsoleNull") // JDK 22 to 24 give one that is no terminal, JDK 25 gives null.
    private static char[] password() throws IOException {
        Console terminal = System.console();
        if (terminal != null && terminal.isTerminal()) {
            char[] typed = terminal.readPassword("Password: ");
            return typed == null ? new char[0] : typed;
        }
        String line = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)).readLine();
        return line == null ? new char[0] : line.toCharArray();
    }
}
