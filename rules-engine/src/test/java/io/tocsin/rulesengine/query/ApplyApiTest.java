package io.tocsin.rulesengine.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.rulesengine.query.QueryServer.Answer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class ApplyApiTest {

    private static final String GOOD =
            "{\"a.yml\":\"groups:\\n- name: g\\n  rules:\\n  - alert: Down\\n    expr: up == 0\\n\"}";
    private static final String BAD =
            "{\"a.yml\":\"groups:\\n- name: g\\n  rules:\\n  - alert: Down\\n    expr: up ==\\n\"}";

    private static QueryServer server;

    @BeforeAll
    static void start() {
        server = new QueryServer();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void checksWithoutPublishing() {
        Answer answer = server.postJson("/api/v1/rules/apply?dry_run=true", GOOD);

        assertThat(answer.status()).as(answer.error()).isEqualTo(200);
        assertThat(answer.data().path("outcome").asString()).isEqualTo("valid");
    }

    @Test
    void refusesAsAWholeAndNamesThePlace() {
        for (String path : new String[] {"/api/v1/rules/apply?dry_run=1", "/api/v1/rules/apply"}) {
            Answer answer = server.postJson(path, BAD);

            assertThat(answer.status()).isEqualTo(422);
            assertThat(answer.error()).isEqualTo("bad_data: 1 error, nothing was applied");
            var problem = answer.json().path("problems").path(0);
            assertThat(problem.path("severity").asString()).isEqualTo("error");
            assertThat(problem.path("file").asString()).isEqualTo("a.yml");
            assertThat(problem.path("line").asInt()).isEqualTo(5);
            assertThat(problem.path("column").asInt()).isPositive();
        }
    }

    @Test
    void refusesBodiesThatAreNoFiles() {
        for (String body : new String[] {"", "[]", "{}", "{\"a\":1}", "{", "\"x\""}) {
            assertThat(server.postJson("/api/v1/rules/apply", body).status())
                    .as(body)
                    .isEqualTo(400);
        }
        assertThat(server.postJson("/api/v1/rules/apply?dry_run=perhaps", GOOD).error())
                .startsWith("bad_data: invalid parameter \"dry_run\"");
    }
}
