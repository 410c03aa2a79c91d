package io.tocsin.console.access;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Local accounts, as a file has them: a line each, {@code NAME ROLE HASH}, separated by spaces; empty lines and lines
 * that begin with {@code #} say nothing.
 *
 * @param byName in the order of the file
 */
public record Accounts(Map<String, Account> byName) {

    /** Nobody. */
    public static final Accounts NONE = new Accounts(Map.of());

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._@+-]{1,64}");

    /** A person who may sign in with a password. */
    public record Account(String name, Role role, PasswordHash password) {}

    public Accounts {
        byName = Collections.unmodifiableMap(new LinkedHashMap<>(byName));
    }

    /** The account of a name. */
    public Optional<Account> find(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    /**
     * Reads the lines of a file.
     *
     * @param file its name, for messages
     * @throws IllegalArgumentException with file, line and column of the first mistake
     */
    public static Accounts parse(String file, List<String> lines) {
        Map<String, Account> accounts = new LinkedHashMap<>();
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i).strip();
            if (!line.isEmpty() && !line.startsWith("#")) {
                Account account = account(file + ":" + (i + 1), lines.get(i));
                if (accounts.put(account.name(), account) != null) {
                    throw new IllegalArgumentException(
                            file + ":" + (i + 1) + ":1: " + account.name() + " stands twice");
                }
            }
        }
        return new Accounts(accounts);
    }

    private static Account account(String place, String line) {
        String[] parts = line.strip().split("\\s+", -1);
        if (parts.length != 3) {
            throw new IllegalArgumentException(
                    place + ":1: found " + parts.length + " words, expected three: NAME ROLE HASH");
        }
        if (!NAME.matcher(parts[0]).matches()) {
            throw new IllegalArgumentException(place + ":" + column(line, parts[0])
                    + ": a name has letters, digits and . _ @ + - only, 64 at most");
        }
        Role role = Role.of(parts[1])
                .orElseThrow(() -> new IllegalArgumentException(place + ":" + column(line, parts[1]) + ": found role "
                        + parts[1] + ", expected viewer, operator or admin"));
        try {
            return new Account(parts[0], role, PasswordHash.parse(parts[2]));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(place + ":" + column(line, parts[2]) + ": " + e.getMessage(), e);
        }
    }

    private static int column(String line, String part) {
        return line.indexOf(part) + 1;
    }
}
