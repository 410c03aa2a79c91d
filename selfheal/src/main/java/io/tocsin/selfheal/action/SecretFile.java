package io.tocsin.selfheal.action;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/** Secrets live in files of their own, which are read at each use so that they can be changed. */
public final class SecretFile {

    private SecretFile() {}

    /**
     * What a file holds, without the white space around it.
     *
     * @throws Trouble when it cannot be read
     */
    public static String read(String file) throws Trouble {
        try {
            return Files.readString(Path.of(file)).strip();
        } catch (IOException | InvalidPathException e) {
            throw new Trouble(
                    Outcome.End.REFUSED,
                    "file " + file + " cannot be read: " + e.getClass().getSimpleName(),
                    e);
        }
    }
}
