package io.tocsin.notifier.deliver.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.notifier.deliver.Outcome;
import io.tocsin.notifier.deliver.contract.StrictService.Answer;
import io.tocsin.notifier.deliver.contract.StrictService.Demands;
import io.tocsin.notifier.route.receiver.ReceiverOptions;
import java.util.Map;
import org.junit.jupiter.api.Test;

class JiraTest extends HttpContract {

    private String status = "";

    @Override
    ReceiverOptions options() {
        return Configured.way("""
                jira_configs:
                - api_url: %srest/api/2
                  project: OPS
                  issue_type: Bug
                  labels: [alert]
                  resolve_transition: Done
                  reopen_transition: Reopen
                  reopen_duration: 1h
                  http_config: {basic_auth: {username: bot, password: %s}}
                """.formatted(service.base(), SECRET));
    }

    @Override
    Answer answer(Request request, Demands demands) {
        demands.that(request.headers().getOrDefault("authorization", "").startsWith("Basic "), "authorization");
        return switch (request.method() + " " + request.path()) {
            case "POST /rest/api/2/search" -> found(request, demands);
            case "POST /rest/api/2/issue" -> created(request, demands);
            case "PUT /rest/api/2/issue/OPS-7" -> new Answer(204, Map.of(), "");
            case "GET /rest/api/2/issue/OPS-7/transitions" ->
                Answer.json(
                        200,
                        "{\"transitions\":[{\"id\":\"11\",\"name\":\"Reopen\"},{\"id\":\"31\",\"name\":\"Done\"}]}");
            case "POST /rest/api/2/issue/OPS-7/transitions" -> transited(request, demands);
            default -> {
                demands.that(false, "no such endpoint " + request.method() + " " + request.path());
                yield Answer.text(404, "");
            }
        };
    }

    private Answer found(Request request, Demands demands) {
        String jql = text(request.json(), "/jql");
        demands.that(jql.contains("project = \"OPS\" and labels = \"ALERT{"), "jql " + jql);
        String issue = "{\"key\":\"OPS-7\",\"fields\":{\"status\":{\"statusCategory\":{\"key\":\"" + status + "\"}}}}";
        return Answer.json(200, "{\"issues\":[" + (status.isEmpty() ? "" : issue) + "]}");
    }

    private Answer created(Request request, Demands demands) {
        demands.equal(text(request.json(), "/fields/project/key"), "OPS", "project");
        demands.equal(text(request.json(), "/fields/issuetype/name"), "Bug", "issuetype");
        demands.atMost(text(request.json(), "/fields/summary"), 255, "summary");
        demands.atMost(text(request.json(), "/fields/description"), 32_767, "description");
        demands.that(!text(request.json(), "/fields/summary").contains("\n"), "summary has two lines");
        status = "new";
        return Answer.json(201, "{\"key\":\"OPS-7\"}");
    }

    private Answer transited(Request request, Demands demands) {
        String id = text(request.json(), "/transition/id");
        demands.equal(id, status.equals("done") ? "11" : "31", "transition");
        status = id.equals("31") ? "done" : "new";
        return new Answer(204, Map.of(), "");
    }

    @Override
    void toldOfTheAlarm() {
        toldTimes(2);
        assertThat(last().at("/fields/labels").toString()).matches("\\[\"ALERT\\{[0-9a-f]{64}}\",\"alert\"]");
        assertThat(text(last(), "/fields/priority/name")).isEqualTo("High");
    }

    @Override
    void toldOfTheUpdate() {
        assertThat(taken().getLast().method()).isEqualTo("PUT");
        assertThat(status).isEqualTo("new");
    }

    @Override
    void toldOfTheRecovery() {
        assertThat(status).isEqualTo("done");
    }

    @Test
    void anIssueIsOpenedAgain() throws InterruptedException {
        status = "done";
        assertThat(tell(Notices.alarm())).isInstanceOf(Outcome.Accepted.class);
        assertThat(status).isEqualTo("new");
    }

    @Test
    void aRecoveryWithoutAnIssueNeedsNone() throws InterruptedException {
        assertThat(tell(Notices.recovery(Map.of()))).isInstanceOf(Outcome.Accepted.class);
        toldTimes(1);
    }
}
