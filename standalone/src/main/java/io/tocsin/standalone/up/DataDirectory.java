package io.tocsin.standalone.up;

import io.tocsin.standalone.cli.UserError;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;

/** The directory that holds everything an instance must not forget. One instance at a time. */
public final class DataDirectory implements AutoCloseable {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final String INSTANCE_FILE = "instance.json";

    private final Path path;
    private final FileChannel channel;
    private final FileLock lock;

    private DataDirectory(Path path, FileChannel channel, FileLock lock) {
        this.path = path;
        this.channel = channel;
        this.lock = lock;
    }

    /**
     * Takes the directory for this process; the lock goes with the process, however it ends.
     *
     * @throws UserError when another instance has it
     */
    public static DataDirectory open(Path path) {
        try {
            Files.createDirectories(path);
            FileChannel channel =
                    FileChannel.open(path.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            FileLock lock = tryLock(channel);
            if (lock == null) {
                channel.close();
                throw new UserError("another instance uses " + path.toAbsolutePath()
                        + ": stop it, or choose a directory with --data and ports with --port-offset");
            }
            return new DataDirectory(path.toAbsolutePath(), channel, lock);
        } catch (IOException e) {
            throw new UserError("cannot use the data directory " + path + ": " + e.getMessage());
        }
    }

    @SuppressWarnings("NullAway") // tryLock says "taken" by null.
    private static FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            return null;
        }
    }

    /** A directory inside it; not made. */
    public Path resolve(String name) {
        return path.resolve(name);
    }

    /** Writes down which ports this instance has, so that other commands find it. */
    public void announce(Ports ports) {
        try {
            Path draft = path.resolve(INSTANCE_FILE + ".new");
            Files.writeString(draft, JSON.writeValueAsString(ports));
            Files.move(draft, path.resolve(INSTANCE_FILE), java.nio.file.StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + path.resolve(INSTANCE_FILE), e);
        }
    }

    /** The ports of the instance that runs, or last ran, on a data directory. */
    public static Optional<Ports> announced(Path data) {
        Path file = data.resolve(INSTANCE_FILE);
        return Files.exists(file) ? Optional.of(JSON.readValue(file, Ports.class)) : Optional.empty();
    }

    @Override
    public void close() {
        try {
            lock.release();
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot release " + path, e);
        }
    }
}
