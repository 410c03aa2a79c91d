package io.tocsin.selfheal.api;

import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.tocsin.selfheal.playbook.Playbook;
import io.tocsin.selfheal.playbook.files.PlanFiles;
import io.tocsin.selfheal.playbook.read.Problem;
import io.tocsin.selfheal.store.Approvals;
import io.tocsin.selfheal.store.Approvals.Answered;
import io.tocsin.selfheal.store.Audit;
import io.tocsin.selfheal.store.Circuits;
import io.tocsin.selfheal.store.Deployments;
import io.tocsin.selfheal.store.KillSwitch;
import io.tocsin.selfheal.store.Quarantine;
import io.tocsin.selfheal.store.Run;
import io.tocsin.selfheal.store.Runs;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * Self-healing's API, JSON under {@code /api/tocsin/selfheal}.
 *
 * <p>GET {@code runs?incident=&limit=}: id, incident, playbook, target, cause, attempt, state, step, failure, startedAt,
 * endedAt, verifyDeadline. GET {@code approvals}: id, incident, playbook, target, plan, askedAt,
 * expiresAt, missing (how many people have to agree). POST
 * {@code approvals/ID/approve|reject}, {@code freeze}, {@code thaw}, {@code quarantine/TARGET/release},
 * {@code circuits/SERVICE/CAUSE/reset} (failures so far of repairs of that alert in that service no longer count), {@code
 * deployments/SERVICE} (it is deployed now: restarts wait for the grace period): each takes {@code {"by": person, "note":
 * why}} and is written to the audit. GET {@code freeze}: frozen, why. GET
 * {@code quarantine}: names of targets. GET {@code playbooks}: name, version, mode, and problems of the files. GET
 * {@code audit?incident=&limit=}: newest first.
 */
@Controller("/api/tocsin/selfheal")
@ExecuteOn(TaskExecutors.BLOCKING)
final class SelfhealController {

    private static final int MOST = 1_000;

    private final Jdbi jdbi;
    private final PlanFiles files;
    private final InstantSource clock = InstantSource.system();

    SelfhealController(Jdbi jdbi, PlanFiles files) {
        this.jdbi = jdbi;
        this.files = files;
    }

    @Get("/runs")
    List<Map<String, Object>> runs(
            @QueryValue(defaultValue = "") String incident, @QueryValue(defaultValue = "100") int limit) {
        return jdbi.withHandle(handle -> Runs.of(handle, incident, bounded(limit))).stream()
                .map(SelfhealController::run)
                .toList();
    }

    private static Map<String, Object> run(Run run) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("id", run.id());
        json.put("incident", run.incident());
        json.put("playbook", run.playbook());
        json.put("target", run.target());
        json.put("cause", run.cause());
        json.put("attempt", run.attempt());
        json.put("state", run.progress().state().name());
        json.put("step", run.progress().step());
        json.put("failure", run.progress().failure().orElse(""));
        json.put("startedAt", run.startedAt().toString());
        json.put("endedAt", text(run.endedAt()));
        json.put("verifyDeadline", text(run.progress().verifyDeadline()));
        return json;
    }

    private static String text(Optional<Instant> at) {
        return at.map(Instant::toString).orElse("");
    }

    @Get("/approvals")
    List<Map<String, Object>> approvals() {
        return jdbi.withHandle(handle -> Approvals.pending(handle, clock.instant()).stream()
                .map(approval -> approval(approval, approval.needed() - Approvals.votes(handle, approval.id())))
                .toList());
    }

    private static Map<String, Object> approval(Approvals.Approval approval, int missing) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("id", approval.id());
        json.put("incident", approval.incident());
        json.put("playbook", approval.playbook());
        json.put("target", approval.target());
        json.put("plan", approval.plan());
        json.put("askedAt", approval.askedAt().toString());
        json.put("missing", missing);
        json.put("expiresAt", approval.expiresAt().toString());
        return json;
    }

    @Post("/approvals/{id}/approve")
    HttpResponse<Map<String, Object>> approve(String id, @Body Map<String, Object> body) {
        return answer(id, true, body);
    }

    @Post("/approvals/{id}/reject")
    HttpResponse<Map<String, Object>> reject(String id, @Body Map<String, Object> body) {
        return answer(id, false, body);
    }

    private HttpResponse<Map<String, Object>> answer(String id, boolean approved, Map<String, Object> body) {
        String person = person(body);
        if (person.isEmpty()) {
            return nobody();
        }
        String note = note(body);
        Instant now = clock.instant();
        Answered answered = jdbi.inTransaction(handle -> {
            Answered answer = Approvals.answer(handle, id, approved, person, note, now);
            if (answer instanceof Answered.NotOpen || answer instanceof Answered.Again) {
                return answer;
            }
            Approvals.Approval asked = Approvals.get(handle, id).orElseThrow();
            Audit.write(
                    handle,
                    new Audit.Entry(
                            now,
                            person,
                            approved ? "APPROVED" : "REJECTED",
                            asked.incident(),
                            "",
                            asked.playbook(),
                            asked.target(),
                            "",
                            note));
            return answer;
        });
        return switch (answered) {
            case Answered.Done done -> HttpResponse.ok(Map.of("id", id, "approved", approved, "missing", 0));
            case Answered.Missing(int people) ->
                HttpResponse.ok(Map.of("id", id, "approved", false, "missing", people));
            case Answered.Again again -> conflict(person + " agreed before: somebody else has to");
            case Answered.NotOpen notOpen ->
                conflict("there is no open question " + id + ": it was answered, has expired or never was");
        };
    }

    private static HttpResponse<Map<String, Object>> conflict(String message) {
        return HttpResponse.status(HttpStatus.CONFLICT).body(error(message));
    }

    @Get("/freeze")
    Map<String, Object> frozen() {
        Optional<String> why = jdbi.withHandle(KillSwitch::frozenBy);
        return Map.of("frozen", why.isPresent(), "why", why.orElse(""));
    }

    @Post("/freeze")
    HttpResponse<Map<String, Object>> freeze(@Body Map<String, Object> body) {
        return turn(true, body);
    }

    @Post("/thaw")
    HttpResponse<Map<String, Object>> thaw(@Body Map<String, Object> body) {
        return turn(false, body);
    }

    private HttpResponse<Map<String, Object>> turn(boolean frozen, Map<String, Object> body) {
        String person = person(body);
        if (person.isEmpty()) {
            return nobody();
        }
        Instant now = clock.instant();
        jdbi.useTransaction(handle -> {
            KillSwitch.turn(handle, frozen, person, note(body), now);
            audit(handle, now, person, frozen ? "FROZEN" : "THAWED", "", note(body));
        });
        return HttpResponse.ok(Map.of("frozen", frozen));
    }

    @Get("/quarantine")
    List<String> quarantine() {
        return jdbi.withHandle(Quarantine::targets).stream().sorted().toList();
    }

    @Post("/quarantine/{target}/release")
    HttpResponse<Map<String, Object>> release(String target, @Body Map<String, Object> body) {
        String person = person(body);
        if (person.isEmpty()) {
            return nobody();
        }
        Instant now = clock.instant();
        boolean released = jdbi.inTransaction(handle -> {
            boolean was = Quarantine.release(handle, target);
            if (was) {
                audit(handle, now, person, "RELEASED", target, note(body));
            }
            return was;
        });
        return released
                ? HttpResponse.ok(Map.of("target", target))
                : HttpResponse.notFound(error(target + " is not in quarantine"));
    }

    @Post("/circuits/{service}/{cause}/reset")
    HttpResponse<Map<String, Object>> reset(String service, String cause, @Body Map<String, Object> body) {
        String person = person(body);
        if (person.isEmpty()) {
            return nobody();
        }
        Instant now = clock.instant();
        jdbi.useTransaction(handle -> {
            Circuits.reset(handle, cause, service, now);
            audit(handle, now, person, "CIRCUIT_RESET", service, cause + ": " + note(body));
        });
        return HttpResponse.ok(Map.of("service", service, "cause", cause));
    }

    @Post("/deployments/{service}")
    HttpResponse<Map<String, Object>> deployed(String service, @Body Map<String, Object> body) {
        String person = person(body);
        if (person.isEmpty()) {
            return nobody();
        }
        Instant now = clock.instant();
        jdbi.useTransaction(handle -> {
            Deployments.put(handle, service, now);
            audit(handle, now, person, "DEPLOYED", service, note(body));
        });
        return HttpResponse.ok(Map.of("service", service, "at", now.toString()));
    }

    private static void audit(Handle handle, Instant now, String person, String what, String target, String note) {
        Audit.write(handle, new Audit.Entry(now, person, what, "", "", "", target, "", note));
    }

    @Get("/playbooks")
    Map<String, Object> playbooks() {
        return Map.of(
                "playbooks",
                files.plan().playbooks().stream()
                        .map(SelfhealController::playbook)
                        .toList(),
                "problems",
                files.problems().stream().map(Problem::toString).toList());
    }

    private static Map<String, Object> playbook(Playbook playbook) {
        return Map.of(
                "name",
                playbook.name(),
                "version",
                playbook.version(),
                "mode",
                playbook.mode().name());
    }

    @Get("/audit")
    List<Map<String, Object>> audit(
            @QueryValue(defaultValue = "") String incident, @QueryValue(defaultValue = "100") int limit) {
        return jdbi.withHandle(handle -> Audit.newest(handle, incident, bounded(limit))).stream()
                .map(SelfhealController::entry)
                .toList();
    }

    private static Map<String, Object> entry(Audit.Entry entry) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("at", entry.at().toString());
        json.put("actor", entry.actor());
        json.put("what", entry.what());
        json.put("incident", entry.incident());
        json.put("run", entry.run());
        json.put("playbook", entry.playbook());
        json.put("target", entry.target());
        json.put("reason", entry.reason());
        json.put("detail", entry.detail());
        return json;
    }

    private static int bounded(int limit) {
        return Math.clamp(limit, 1, MOST);
    }

    static String person(Map<String, Object> body) {
        return String.valueOf(body.getOrDefault("by", "")).strip();
    }

    static String note(Map<String, Object> body) {
        return String.valueOf(body.getOrDefault("note", "")).strip();
    }

    static HttpResponse<Map<String, Object>> nobody() {
        return HttpResponse.badRequest(error("say who you are: \"by\" is missing"));
    }

    static Map<String, Object> error(String message) {
        return Map.of("error", message);
    }
}
