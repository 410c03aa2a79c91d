package io.tocsin.collector.access;

import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The tokens of a file that is read again when it changed. A file with a mistake leaves those before it in force. */
@Singleton
public final class Tokens {

    private static final Logger LOG = LoggerFactory.getLogger(Tokens.class);
    private static final Duration LOOK_EVERY = Duration.ofSeconds(1);

    private final @Nullable Path file;
    private volatile State state;

    private record State(List<Token> tokens, FileTime modified, Instant looked) {}

    Tokens(AccessSettings settings) {
        this.file = settings.tokensFile();
        this.state = file == null ? new State(List.of(), FileTime.fromMillis(0), Instant.MIN) : read(file, Instant.MIN);
    }

    /** Whether a token is asked for at all. */
    public boolean required() {
        return file != null;
    }

    /** Checks a presented token at a time. */
    Token.Verdict check(@Nullable String presented, Scope scope, Instant now) {
        return Token.check(current(now), presented, scope, now);
    }

    private List<Token> current(Instant now) {
        State known = state;
        if (file != null && now.isAfter(known.looked().plus(LOOK_EVERY))) {
            state = refreshed(file, known, now);
        }
        return state.tokens();
    }

    private static State refreshed(Path file, State known, Instant now) {
        FileTime modified = known.modified();
        try {
            modified = Files.getLastModifiedTime(file);
            return modified.equals(known.modified()) ? new State(known.tokens(), modified, now) : read(file, now);
        } catch (IOException | UncheckedIOException | IllegalArgumentException e) {
            LOG.error("the tokens read before stay in force: {}", e.getMessage());
            return new State(known.tokens(), modified, now);
        }
    }

    private static State read(Path file, Instant now) {
        try {
            FileTime modified = Files.getLastModifiedTime(file);
            return new State(TokenFile.read(file.toString(), Files.readString(file)), modified, now);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the tokens file " + file, e);
        }
    }
}
