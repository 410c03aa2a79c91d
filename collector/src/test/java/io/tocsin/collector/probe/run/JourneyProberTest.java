package io.tocsin.collector.probe.run;

import static io.tocsin.collector.probe.run.Runs.assertPassed;
import static io.tocsin.collector.probe.run.Runs.reason;
import static io.tocsin.collector.probe.run.Runs.run;
import static io.tocsin.collector.probe.run.Runs.value;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.tocsin.collector.probe.Outcome;
import io.tocsin.collector.probe.Verdict;
import io.tocsin.collector.probe.Verdict.Reason;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A shop: who has logged in has a cookie, who fills a basket a token, and who pays needs both. */
class JourneyProberTest {

    private static final String BUY = """
            journey:
              steps:
                - name: login
                  url: /login
                  body: '{"user":"probe"}'
                  expect: {status: 200}
                  extract: {basket: {json: /basket/id}}
                - name: basket
                  url: '/basket/{{basket}}'
                  extract:
                    token: {regex: 'name="token" value="([^"]+)"'}
                    etag: {header: ETag, regex: '.+'}
                - name: pay
                  url: '/pay?basket={{basket}}'
                  headers: {X-Token: '{{token}}', If-Match: '{{etag}}'}
                  body: 'amount=1'
                  expect: {status: 201, body: paid}
            """;

    private HttpServer server;
    private String base;
    private volatile int loginStatus = 200;
    private volatile String basketPage = "<input name=\"token\" value=\"t-42\">";

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/login", exchange -> {
            exchange.getResponseHeaders().add("Set-Cookie", "session=abc; Path=/; HttpOnly");
            answer(exchange, loginStatus, "{\"basket\":{\"id\":7}}");
        });
        server.createContext("/basket/7", exchange -> {
            exchange.getResponseHeaders().add("ETag", "v1");
            answer(exchange, known(exchange) ? 200 : 401, basketPage);
        });
        server.createContext("/pay", exchange -> {
            boolean right = known(exchange)
                    && "t-42".equals(exchange.getRequestHeaders().getFirst("X-Token"))
                    && "v1".equals(exchange.getRequestHeaders().getFirst("If-Match"))
                    && "basket=7".equals(exchange.getRequestURI().getQuery());
            answer(exchange, right ? 201 : 403, right ? "paid" : "no");
        });
        server.start();
        base = "http://127.0.0.1:" + server.getAddress().getPort() + "/";
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private static boolean known(HttpExchange exchange) {
        return "session=abc".equals(exchange.getRequestHeaders().getFirst("Cookie"));
    }

    private static void answer(HttpExchange exchange, int status, String body) throws IOException {
        exchange.getRequestBody().readAllBytes();
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    @Test
    void valuesAndCookiesGoFromStepToStep() throws Exception {
        Outcome outcome = run(BUY, base);
        assertPassed(outcome);
        for (String step : new String[] {"login", "basket", "pay"}) {
            assertThat(value(outcome, "probe_journey_step_success", "{step=" + step + "}"))
                    .isEqualTo(1);
            assertThat(value(outcome, "probe_journey_step_duration_seconds", "{step=" + step + "}"))
                    .isPositive();
        }
        assertThat(value(outcome, "probe_journey_step_status_code", "{step=pay}"))
                .isEqualTo(201);
    }

    @Test
    void theStepThatFailsIsSaidAndNoOtherIsTaken() throws Exception {
        loginStatus = 500;
        Outcome outcome = run(BUY, base);
        assertThat(reason(outcome)).isEqualTo(Reason.STATUS);
        assertThat(((Verdict.Failed) outcome.verdict()).text()).startsWith("step login: ");
        assertThat(value(outcome, "probe_journey_step_success", "{step=login}")).isZero();
        assertThat(outcome.gauges()).noneMatch(gauge -> gauge.labels().containsValue("basket"));
    }

    @Test
    void aValueThatIsNotInTheAnswerFailsTheStep() throws Exception {
        basketPage = "sold out";
        Outcome outcome = run(BUY, base);
        assertThat(reason(outcome)).isEqualTo(Reason.EXTRACTION);
        assertThat(((Verdict.Failed) outcome.verdict()).text())
                .isEqualTo("step basket: the answer has no value for \"token\"");
        assertThat(value(outcome, "probe_journey_step_success", "{step=basket}"))
                .isZero();
    }
}
