package io.tocsin.notifier;

import io.tocsin.notifier.route.file.AlertmanagerFile;
import io.tocsin.notifier.route.file.Problem;
import io.tocsin.notifier.route.file.Problem.Kind;
import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;

/**
 * Whether notifier configurations can be used, for a command that people run before they apply them. The same reading
 * as at the start: what passes here starts, what does not pass is refused there with the same words.
 *
 * @param checked each file, in the order given
 */
public record NotifierConfigurationCheck(List<Checked> checked) {

    public NotifierConfigurationCheck {
        checked = List.copyOf(checked);
    }

    /**
     * A file with what keeps it from being used.
     *
     * @param file as it was given
     * @param problems in the order of the file; none when it passed
     * @param remarks what it says in vain, each with its place or its receiver; it can be used all the same
     */
    public record Checked(Path file, List<Problem> problems, List<String> remarks) {

        public Checked {
            problems = List.copyOf(problems);
            remarks = List.copyOf(remarks);
        }

        /** Whether it can be used. */
        public boolean passed() {
            return problems.isEmpty();
        }
    }

    /** Checks these files; one that cannot be read is a problem of that file, at its first line. */
    public static NotifierConfigurationCheck of(List<Path> files) {
        return new NotifierConfigurationCheck(
                files.stream().map(NotifierConfigurationCheck::check).toList());
    }

    private static Checked check(Path file) {
        try {
            AlertmanagerFile.Result result = AlertmanagerFile.read(file, Files.readString(file));
            return new Checked(
                    file,
                    result.problems(),
                    result.withoutEffect().stream().map(Problem::toString).toList());
        } catch (NoSuchFileException e) {
            return unreadable(file, "there is no such file");
        } catch (MalformedInputException e) {
            return unreadable(file, "the file is not UTF-8");
        } catch (IOException e) {
            return unreadable(file, "the file cannot be read: " + e.getMessage());
        }
    }

    private static Checked unreadable(Path file, String message) {
        return new Checked(file, List.of(new Problem(file.toString(), 1, 1, Kind.INVALID, message)), List.of());
    }

    /** Files that can be used. */
    public long passed() {
        return checked.stream().filter(Checked::passed).count();
    }

    /** Files that cannot. */
    public long failed() {
        return checked.size() - passed();
    }

    /** {@code N passed, M failed}. */
    public String summary() {
        return passed() + " passed, " + failed() + " failed";
    }
}
