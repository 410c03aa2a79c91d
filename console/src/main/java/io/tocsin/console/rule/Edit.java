package io.tocsin.console.rule;

import io.tocsin.console.engine.RuleCheck;
import io.tocsin.console.engine.RuleCheck.Problem;
import io.tocsin.console.page.Form;
import io.tocsin.console.remote.Answer;
import java.util.List;

/**
 * One file in the editor.
 *
 * @param version that the edit began with
 * @param file its name
 * @param text its content
 * @param said what became of it, in words; empty before anything was asked
 * @param problems that the engine found
 */
public record Edit(String version, String file, String text, String said, List<Problem> problems) {

    public Edit {
        problems = List.copyOf(problems);
    }

    static Edit of(Form form) {
        // Browsers end the lines of a text field with CR LF.
        return new Edit(
                form.get("version"), form.get("file").strip(), form.get("text").replace("\r\n", "\n"), "", List.of());
    }

    /** The same with what became of it. */
    Edit saying(String words) {
        return new Edit(version, file, text, words, problems);
    }

    /** The same with the engine's answer. */
    Edit with(Answer<RuleCheck> answer, String calm) {
        return switch (answer) {
            case Answer.Known<RuleCheck>(RuleCheck check) ->
                new Edit(
                        check.version().isEmpty() ? version : check.version(),
                        file,
                        text,
                        words(check, calm),
                        check.problems());
            case Answer.Declined<RuleCheck>(int _, String problem, String _) ->
                saying("Nothing was changed: " + problem);
            case Answer.Away<RuleCheck>(String problem) ->
                saying("It is not known whether anything was changed: the rules engine is away, " + problem + ".");
        };
    }

    private static String words(RuleCheck check, String calm) {
        long errors = check.problems().stream().filter(Problem::isError).count();
        return switch (check.outcome()) {
            case "published" ->
                "Applied as version " + check.version() + ", in force from " + check.effectiveFrom() + ".";
            case "refused" -> "Nothing was changed: " + errors + (errors == 1 ? " error." : " errors.");
            default -> calm;
        };
    }
}
