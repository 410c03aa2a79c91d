package io.tocsin.console.access;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The users' file. It is read again when it changes; a mistake in it leaves what was valid in force. */
final class AccountsFile {

    private static final Logger LOG = LoggerFactory.getLogger(AccountsFile.class);

    private final Optional<Path> file;
    private Accounts accounts = Accounts.NONE;
    private FileTime read = FileTime.fromMillis(0);

    /**
     * Reads it.
     *
     * @throws IllegalArgumentException with file, line and column of a mistake
     * @throws UncheckedIOException when it cannot be read
     */
    AccountsFile(Optional<Path> file) {
        this.file = file;
        file.ifPresent(path -> {
            try {
                load(path, Files.getLastModifiedTime(path));
            } catch (IOException e) {
                throw new UncheckedIOException("the users' file cannot be read: " + path, e);
            }
        });
    }

    /** Whether there is such a file: then whoever looks must have signed in. */
    boolean isThere() {
        return file.isPresent();
    }

    /** Those of its latest valid content. */
    synchronized Accounts current() {
        file.ifPresent(this::refresh);
        return accounts;
    }

    private void refresh(Path path) {
        try {
            FileTime changed = Files.getLastModifiedTime(path);
            if (!changed.equals(read)) {
                load(path, changed);
            }
        } catch (IOException | IllegalArgumentException e) {
            LOG.warn("accounts stay as they were: {}", e.getMessage());
        }
    }

    private synchronized void load(Path path, FileTime changed) throws IOException {
        // A file that is wrong is said once, not at every request.
        read = changed;
        accounts = Accounts.parse(path.toString(), Files.readAllLines(path));
    }
}
