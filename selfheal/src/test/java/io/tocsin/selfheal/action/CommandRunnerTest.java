package io.tocsin.selfheal.action;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tocsin.selfheal.action.CommandRunner.End;
import io.tocsin.selfheal.action.CommandRunner.Result;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CommandRunnerTest {

    private static final Duration MINUTE = Duration.ofMinutes(1);

    @TempDir
    Path directory;

    @Test
    void tellsWhatItPrintedAndHowItEnded() throws Exception {
        assertThat(run("echo out; echo err >&2")).isEqualTo(new Result(End.SUCCEEDED, "out\nerr"));
        assertThat(run("echo no; exit 3")).isEqualTo(new Result(End.FAILED, "exit code 3: no"));
        assertThat(CommandRunner.run(List.of("/no/such/program"), MINUTE, () -> true)
                        .end())
                .isEqualTo(End.NOT_STARTED);
    }

    @Test
    void theEnvironmentIsCleared() throws Exception {
        assertThat(run("env | cut -d= -f1 | sort | tr '\\n' ' '").detail())
                .doesNotContain("HOME")
                .contains("LANG", "PATH");
    }

    @Test
    void keepsTheBeginningOfALongOutputAndReadsOn() throws Exception {
        Result result = run("head -c 1000000 /dev/zero | tr '\\0' x");
        assertThat(result.end()).isEqualTo(End.SUCCEEDED);
        assertThat(result.detail()).hasSize(16 * 1024);
    }

    @Test
    void theWholeTreeIsDeadWhenItsTimeIsOver() throws Exception {
        Result result = CommandRunner.run(tree(), Duration.ofSeconds(1), () -> true);
        assertThat(result).isEqualTo(new Result(End.TIMED_OUT, "did not end within 1 s"));
        assertDead();
    }

    @Test
    void theWholeTreeIsDeadWhenItIsNoLongerAllowed() throws Exception {
        BooleanSupplier untilItRuns = () -> !Files.exists(directory.resolve("child"));
        assertThat(CommandRunner.run(tree(), MINUTE, untilItRuns).end()).isEqualTo(End.STOPPED);
        assertDead();
    }

    @Test
    void theWholeTreeIsDeadWhenItIsInterrupted() throws Exception {
        CountDownLatch runs = new CountDownLatch(1);
        FutureTask<Result> task = new FutureTask<>(() -> CommandRunner.run(tree(), MINUTE, () -> {
            if (Files.exists(directory.resolve("child"))) {
                runs.countDown();
            }
            return true;
        }));
        Thread thread = Thread.ofVirtual().start(task);
        assertThat(runs.await(20, TimeUnit.SECONDS)).isTrue();
        thread.interrupt();
        assertThat(thread.join(Duration.ofSeconds(20))).isTrue();
        assertThatThrownBy(task::get).hasCauseInstanceOf(InterruptedException.class);
        assertDead();
    }

    @Test
    void nothingStartsThatIsNotAllowed() throws Exception {
        assertThat(CommandRunner.run(tree(), MINUTE, () -> false).end()).isEqualTo(End.STOPPED);
        assertThat(directory).isEmptyDirectory();
    }

    private Result run(String script) throws InterruptedException {
        return CommandRunner.run(List.of("/bin/sh", "-c", script), MINUTE, () -> true);
    }

    /** A shell with a child: each writes its pid first. */
    private List<String> tree() {
        String script = "cd '" + directory + "' && echo $$ > parent && sleep 300 & echo $! > '" + directory
                + "/tmp' && mv '" + directory + "/tmp' '" + directory + "/child'; wait";
        return List.of("/bin/sh", "-c", script);
    }

    private void assertDead() throws Exception {
        long child = Long.parseLong(Files.readString(directory.resolve("child")).strip());
        assertThat(ProcessHandle.of(child).filter(ProcessHandle::isAlive)).isEmpty();
    }
}
