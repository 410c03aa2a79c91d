package io.tocsin.console.rule;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.tocsin.console.access.Viewer;
import io.tocsin.console.engine.EngineClient;
import io.tocsin.console.engine.RuleCheck;
import io.tocsin.console.intake.RuleIntake;
import io.tocsin.console.intake.RuleIntake.RuleTexts;
import io.tocsin.console.page.Form;
import io.tocsin.console.page.Frame;
import io.tocsin.console.page.Pages;
import io.tocsin.console.page.Section;
import io.tocsin.console.remote.Answer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The editor of rule files. One file is edited; all files are checked and applied together, as they hold together. */
@Controller("/rules")
@ExecuteOn(TaskExecutors.BLOCKING)
final class EditorController {

    private static final Logger LOG = LoggerFactory.getLogger(EditorController.class);
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]{1,100}\\.ya?ml");
    private static final String NEW_FILE = "rules.yaml";

    private final EngineClient engine;
    private final RuleIntake texts;
    private final Pages pages;

    EditorController(EngineClient engine, RuleIntake texts, Pages pages) {
        this.engine = engine;
        this.texts = texts;
        this.pages = pages;
    }

    @Get("/edit")
    HttpResponse<String> edit(HttpRequest<?> request, @QueryValue(defaultValue = "") String file) {
        RuleTexts newest = texts.newest();
        String name = !file.isEmpty()
                ? file
                : newest.files().isEmpty()
                        ? NEW_FILE
                        : newest.files().firstEntry().getKey();
        Edit edit = new Edit(newest.version(), name, newest.files().getOrDefault(name, ""), "", List.of());
        return page(request, newest, edit);
    }

    @Post("/check")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    HttpResponse<String> check(HttpRequest<?> request, @Body String body) {
        Edit edit = Edit.of(Form.of(body));
        RuleTexts newest = texts.newest();
        return page(
                request,
                newest,
                edit.with(engine.check(all(newest, edit)), "Nothing is wrong. Nothing was changed yet."));
    }

    @Post("/apply")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    HttpResponse<String> apply(HttpRequest<?> request, @Body String body) {
        Edit edit = Edit.of(Form.of(body));
        RuleTexts newest = texts.newest();
        if (!edit.version().equals(newest.version())) {
            return page(
                    request,
                    newest,
                    edit.saying("Nothing was changed: meanwhile somebody else changed the rules. Compare with the "
                            + "version of now before you apply yours."));
        }
        if (!NAME.matcher(edit.file()).matches()) {
            return page(
                    request,
                    newest,
                    edit.saying("Nothing was changed: a file's name has letters, digits and . _ - only, and ends with "
                            + ".yaml or .yml."));
        }
        Answer<RuleCheck> answer = engine.apply(all(newest, edit));
        if (answer instanceof Answer.Known<RuleCheck>(RuleCheck done) && done.isValid()) {
            LOG.info(
                    "{} changed the rule file {}: {} {}",
                    Viewer.of(request).name(),
                    edit.file(),
                    done.outcome(),
                    done.version());
        }
        return page(request, newest, edit.with(answer, "The rules did not change."));
    }

    private HttpResponse<String> page(HttpRequest<?> request, RuleTexts newest, Edit edit) {
        Frame frame = pages.frame(request, Section.RULES).titled("Edit rules").at("/rules/edit");
        return pages.page(
                "editor.jte", Map.of("frame", frame, "files", newest.files().keySet(), "edit", edit));
    }

    /** All files, with the one that is edited; an empty text takes its file away. */
    private static Map<String, String> all(RuleTexts newest, Edit edit) {
        SequencedMap<String, String> all = new LinkedHashMap<>(newest.files());
        if (edit.text().isBlank()) {
            all.remove(edit.file());
        } else {
            all.put(edit.file(), edit.text());
        }
        return all;
    }
}
