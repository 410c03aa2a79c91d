package io.tocsin.console.pipeline;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.tocsin.console.engine.EngineClient;
import io.tocsin.console.intake.AlertIntake;
import io.tocsin.console.intake.DoorIntake;
import io.tocsin.console.intake.LogReader;
import io.tocsin.console.page.Frame;
import io.tocsin.console.page.Pages;
import io.tocsin.console.page.Section;
import io.tocsin.console.page.Words;
import io.tocsin.console.remote.Answer;
import io.tocsin.console.remote.Remote;
import io.tocsin.console.remote.Remotes;
import java.util.List;
import java.util.Map;

/** {@code /pipeline}: doors, shards, evaluation, and the modules. */
@Controller("/pipeline")
@ExecuteOn(TaskExecutors.BLOCKING)
final class PipelineController {

    private final LogReader log;
    private final AlertIntake alerts;
    private final DoorIntake doors;
    private final EngineClient engine;
    private final Remotes remotes;
    private final Pages pages;

    PipelineController(
            LogReader log, AlertIntake alerts, DoorIntake doors, EngineClient engine, Remotes remotes, Pages pages) {
        this.log = log;
        this.alerts = alerts;
        this.doors = doors;
        this.engine = engine;
        this.remotes = remotes;
        this.pages = pages;
    }

    @Get
    HttpResponse<String> show(HttpRequest<?> request) {
        Frame frame = pages.frame(request, Section.PIPELINE);
        Answer<String> text = engine.meters();
        Meters meters = Meters.of(text.or(""));
        return pages.page(
                "pipeline.jte",
                Map.of(
                        "frame",
                        frame.with(List.of(
                                Words.trouble("The shards are not known", text),
                                log.problem()
                                        .map(problem -> "This may not be current: " + problem + ".")
                                        .orElse(""))),
                        "modules",
                        List.of(
                                module("rules engine", remotes.engine()),
                                module("notifier", remotes.notifier()),
                                module("self-healing", remotes.selfheal())),
                        "doors",
                        doors.doors(),
                        "shards",
                        Shard.of(meters),
                        "ticks",
                        alerts.ticks(),
                        "losses",
                        Loss.of(meters)));
    }

    private static ModuleHealth module(String name, Remote remote) {
        return new ModuleHealth(name, remote.text("/health/readiness").trouble());
    }
}
