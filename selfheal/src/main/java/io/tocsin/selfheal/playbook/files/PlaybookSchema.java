package io.tocsin.selfheal.playbook.files;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The JSON Schema (draft 2020-12) of playbook files, for editors. */
public final class PlaybookSchema {

    private static final String NAME = "/schema/playbooks.schema.json";

    private PlaybookSchema() {}

    public static String text() {
        try (InputStream in = PlaybookSchema.class.getResourceAsStream(NAME)) {
            if (in == null) {
                throw new IllegalStateException(NAME + " is part of the module");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
