package io.tocsin.embedded;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** One PostgreSQL server as a child process, on loopback, with fsync on. Its data survives restart and {@code kill -9}. */
public final class EmbeddedPostgresServer implements AutoCloseable {

    private static final Duration STOP_WAIT = Duration.ofSeconds(10);

    private final EmbeddedPostgres server;

    private EmbeddedPostgresServer(EmbeddedPostgres server) {
        this.server = server;
    }

    /**
     * Starts a server; returns when it answers.
     *
     * @param data where its cluster lies; made if absent
     * @param port listener port, 0 for a free one
     */
    public static EmbeddedPostgresServer start(Path data, int port) {
        try {
            Path cluster = data.resolve("cluster");
            Path binaries = data.resolve("binaries");
            Files.createDirectories(binaries);
            stopOrphan(data);
            Redirect log = Redirect.appendTo(data.resolve("postgres.log").toFile());
            return new EmbeddedPostgresServer(EmbeddedPostgres.builder()
                    .setDataDirectory(cluster)
                    .setCleanDataDirectory(false)
                    .setOverrideWorkingDirectory(binaries.toFile())
                    .setRegisterShutdownHook(false)
                    .setPort(FreePorts.orFree(port))
                    .setPGStartupWait(Duration.ofSeconds(30))
                    .setOutputRedirector(log)
                    .setErrorRedirector(log)
                    // The library switches all three off; an acknowledged decision must survive a crash.
                    .setServerConfig("fsync", "on")
                    .setServerConfig("synchronous_commit", "on")
                    .setServerConfig("full_page_writes", "on")
                    .setServerConfig("listen_addresses", "127.0.0.1")
                    .setServerConfig("max_connections", "60")
                    .start());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot start PostgreSQL in " + data + ": " + e.getMessage(), e);
        }
    }

    /** JDBC address of the database, with the superuser's name in it. */
    public String jdbcUrl() {
        return server.getJdbcUrl("postgres", "postgres");
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException("PostgreSQL did not stop cleanly", e);
        }
    }

    /**
     * Stops the server that a killed parent left running on a data directory, if there is one: it keeps the cluster
     * locked, and the port taken.
     *
     * @param data as for {@link #start}
     */
    public static void stopOrphan(Path data) throws IOException {
        Path cluster = data.resolve("cluster");
        Path pidFile = cluster.resolve("postmaster.pid");
        if (!Files.exists(pidFile)) {
            return;
        }
        Optional<ProcessHandle> orphan = Files.readAllLines(pidFile).stream()
                .findFirst()
                .flatMap(pid -> ProcessHandle.of(Long.parseLong(pid.strip())))
                .filter(process -> serves(process, cluster));
        if (orphan.isPresent()) {
            stop(orphan.get());
        }
    }

    // A pid of an earlier boot may belong to anything by now: only a postgres on this very cluster is ours.
    private static boolean serves(ProcessHandle process, Path cluster) {
        try {
            String commandLine = Files.readString(Path.of("/proc", Long.toString(process.pid()), "cmdline"));
            return commandLine.contains("postgres") && commandLine.contains(cluster.toString());
        } catch (IOException e) {
            return process.info().command().orElse("").contains("postgres");
        }
    }

    private static void stop(ProcessHandle process) {
        process.destroy();
        try {
            process.onExit().get(STOP_WAIT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while an orphaned PostgreSQL stops", e);
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("an orphaned PostgreSQL (pid " + process.pid() + ") does not stop", e);
        }
    }
}
