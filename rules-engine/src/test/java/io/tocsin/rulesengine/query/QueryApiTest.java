package io.tocsin.rulesengine.query;

import static io.tocsin.rulesengine.query.QueryServer.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.tocsin.promql.histogram.FloatHistogram;
import io.tocsin.promql.model.Labels;
import io.tocsin.rulesengine.alert.AlertState;
import io.tocsin.rulesengine.evaluate.EngineView;
import io.tocsin.rulesengine.query.QueryServer.Answer;
import io.tocsin.rulesengine.shard.OpenShards;
import java.net.http.HttpRequest;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class QueryApiTest {

    private static QueryServer server;

    @BeforeAll
    static void start() {
        server = new QueryServer();
        Labels a = Labels.of("__name__", "up", "job", "a", "team", "red");
        Labels b = Labels.of("__name__", "up", "job", "b", "http.route", "/x");
        for (int i = 0; i < 40; i++) {
            long time = NOW - 600_000 + i * 15_000L;
            Fill.add(server.stores.get("metrics/0"), a, time, 1);
            Fill.add(server.stores.get("metrics/1"), b, time, i + 0.5);
        }
        Fill.add(server.stores.get("spans/0"), Labels.of("__name__", "calls_total", "job", "a"), NOW - 1, 1e-7);
        FloatHistogram histogram = FloatHistogram.builder(0)
                .count(6)
                .sum(7.5)
                .zero(0.001, 1)
                .positive(1, 2, 0, 3)
                .build();
        Fill.add(server.stores.get("metrics/0"), Labels.of("__name__", "latency"), NOW - 500, histogram);
        OpenShards.describe(server.shards, "up", "gauge", "", "Whether it is up");
        OpenShards.describe(server.shards, "latency", "histogram", "seconds", "How long");
        rules();
    }

    private static void rules() {
        TreeMap<String, String> labels = new TreeMap<>(Map.of("alertname", "Down", "job", "a"));
        EngineView.AlertView firing =
                new EngineView.AlertView(labels, new TreeMap<>(), AlertState.NO_DATA, NOW - 60_000, 0);
        EngineView.RuleView alerting = new EngineView.RuleView(
                "id1",
                "Down",
                true,
                "up == 0",
                Map.of("severity", "page"),
                Map.of("summary", "it is down"),
                90_000,
                0,
                EngineView.Health.OK,
                "",
                NOW,
                0.002,
                List.of(firing));
        EngineView.RuleView recording = new EngineView.RuleView(
                "id2",
                "job:up",
                false,
                "sum by (job) (up)",
                Map.of(),
                Map.of(),
                0,
                0,
                EngineView.Health.ERROR,
                "too many",
                0,
                0,
                List.of());
        EngineView.GroupView group =
                new EngineView.GroupView("f.yml", "g", 15_000, 0, NOW, 0.01, List.of(alerting, recording));
        EngineView.GroupView other = new EngineView.GroupView("o.yml", "h", 1_000, 0, 0, 0, List.of(recording));
        server.view.publish(0, new EngineView.PartitionView(NOW, List.of(group, other), List.of()));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void answersAnInstantQueryOverAllShardsAsPrometheusDoes() {
        Answer answer = server.get("/api/v1/query", "query", "sum by (job) (up)", "time", "1699999990");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json())
                .hasToString("{\"status\":\"success\",\"data\":{\"resultType\":\"vector\",\"result\":["
                        + "{\"metric\":{\"job\":\"a\"},\"value\":[1699999990,\"1\"]},"
                        + "{\"metric\":{\"job\":\"b\"},\"value\":[1699999990,\"39.5\"]}]}}");
    }

    @Test
    void takesFormsAndAddressesTogether() {
        Answer answer = server.post("/api/v1/query", "query", "up{job=\"a\"}", "time", "2023-11-14T22:13:10Z");

        assertThat(answer.data().path("result").path(0).path("value")).hasToString("[1699999990,\"1\"]");
    }

    @Test
    void looksAtNowWithoutATime() {
        assertThat(server.get("/api/v1/query", "query", "time()").data())
                .hasToString("{\"resultType\":\"scalar\",\"result\":[1700000000,\"1700000000\"]}");
    }

    @Test
    void writesSmallValuesWithAnExponent() {
        Answer answer = server.get("/api/v1/query", "query", "calls_total");

        assertThat(answer.data().path("result").path(0).path("value").path(1).asString())
                .isEqualTo("1e-07");
    }

    @Test
    void writesHistogramsWithoutTheirEmptyBuckets() {
        Answer answer = server.get("/api/v1/query", "query", "latency");

        assertThat(answer.data().path("result").path(0).path("histogram"))
                .hasToString("[1700000000,{\"count\":\"6\",\"sum\":\"7.5\",\"buckets\":["
                        + "[3,\"-0.001\",\"0.001\",\"1\"],[0,\"1\",\"2\",\"2\"],[0,\"4\",\"8\",\"3\"]]}]");
        assertThat(server.get("/api/v1/query", "query", "latency[1m]")
                        .data()
                        .path("result")
                        .path(0)
                        .has("values"))
                .isFalse();
    }

    @Test
    void answersARangeQuery() {
        Answer answer = server.get(
                "/api/v1/query_range",
                "query",
                "up{job=\"b\"}",
                "start",
                "1699999400",
                "end",
                "1699999430",
                "step",
                "15s");

        assertThat(answer.data().path("result"))
                .hasToString("[{\"metric\":{\"__name__\":\"up\",\"http.route\":\"/x\",\"job\":\"b\"},\"values\":"
                        + "[[1699999400,\"0.5\"],[1699999415,\"1.5\"],[1699999430,\"2.5\"]]}]");
    }

    @Test
    void cutsResultsToALimitAndSaysSo() {
        Answer answer = server.get("/api/v1/query", "query", "up", "limit", "1");

        assertThat(answer.data().path("result").size()).isEqualTo(1);
        assertThat(answer.json().path("warnings")).hasToString("[\"results truncated due to limit\"]");
    }

    @Test
    void passesOnTheRemarksOfTheEngine() {
        Answer answer = server.get("/api/v1/query", "query", "rate(up[5m])");

        assertThat(answer.json().path("infos").path(0).asString()).contains("metric might not be a counter");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            query | query=up{ | 400 | bad_data: invalid parameter "query": 1:4: parse error
            query | query= | 400 | bad_data: invalid parameter "query"
            query | query=up&time=yesterday | 400 | bad_data: invalid parameter "time": cannot parse "yesterday" to a valid timestamp
            query | query=up&time=1e300 | 400 | bad_data: invalid parameter "time"
            query | query=up&timeout=x | 400 | bad_data: invalid parameter "timeout": cannot parse "x" to a valid duration
            query | query=up&limit=-1 | 400 | bad_data: invalid parameter "limit"
            query | query=up%2Bon(job)up | 200 | :
            query | query=label_replace(up,"job","x","job",".*") | 200 | :
            query | query=label_replace(up,"http.route","","","")*on(nothing)up | 422 | execution: found duplicate series
            query | query=up&timeout=0.000001 | 503 | timeout: query timed out
            query_range | query=up&end=2&step=1 | 400 | bad_data: invalid parameter "start": cannot parse "" to a valid timestamp
            query_range | query=up&start=2&end=1&step=1 | 400 | bad_data: invalid parameter "end": end timestamp must not be before start time
            query_range | query=up&start=1&end=2&step=0 | 400 | bad_data: invalid parameter "step": zero or negative query resolution
            query_range | query=up&start=1&end=2&step=1e300 | 400 | bad_data: invalid parameter "step": cannot parse "1e300" to a valid duration. It overflows int64
            query_range | query=up&start=0&end=11001&step=1 | 400 | bad_data: exceeded maximum resolution of 11,000 points per timeseries. Try decreasing the query resolution (?step=XX)
            query_range | query=up[1m]&start=1&end=2&step=1 | 400 | bad_data: invalid parameter "query": invalid expression type
            series | x=y | 400 | bad_data: no match[] parameter provided
            series | match[]={} | 400 | bad_data
            series | match[]={job=~".*"} | 400 | bad_data: invalid parameter "match[]": match[] must contain at least one non-empty matcher
            series | match[]=up&start=5&end=4 | 400 | bad_data
            labels | match[]=up{ | 400 | bad_data
            rules | type=other | 400 | bad_data: invalid parameter "type": not supported value "other"
            rules | exclude_alerts=maybe | 400 | bad_data
            format_query | query=( | 400 | bad_data
            """)
    void saysWhatIsWrongAsPrometheusDoes(String path, String form, int status, String error) {
        HttpRequest.Builder request = server.request("/api/v1/" + path + "?" + raw(form));
        Answer answer = server.send(request);

        assertThat(answer.status()).as(answer.error()).isEqualTo(status);
        assertThat(answer.error()).startsWith(error.equals(":") ? ": " : error);
    }

    private static String raw(String form) {
        StringBuilder out = new StringBuilder();
        for (char c : form.toCharArray()) {
            out.append("{}[]\"\\ |".indexOf(c) < 0 ? String.valueOf(c) : String.format("%%%02x", (int) c));
        }
        return out.toString();
    }

    @Test
    void listsSeries() {
        assertThat(server.get("/api/v1/series", "match[]", "up", "match[]", "calls_total")
                        .data())
                .hasToString("[{\"__name__\":\"calls_total\",\"job\":\"a\"},"
                        + "{\"__name__\":\"up\",\"http.route\":\"/x\",\"job\":\"b\"},"
                        + "{\"__name__\":\"up\",\"job\":\"a\",\"team\":\"red\"}]");
        assertThat(server.get("/api/v1/series", "match[]", "up", "end", "1699990000")
                        .data())
                .isEmpty();
    }

    @Test
    void listsLabels() {
        assertThat(server.get("/api/v1/labels").data()).hasToString("[\"__name__\",\"http.route\",\"job\",\"team\"]");
        assertThat(server.post("/api/v1/labels", "match[]", "up{job=\"a\"}").data())
                .hasToString("[\"__name__\",\"job\",\"team\"]");
        assertThat(server.get("/api/v1/labels", "limit", "2").data()).hasToString("[\"__name__\",\"http.route\"]");
    }

    @Test
    void listsLabelValuesOfNamesInAnyAlphabet() {
        assertThat(server.get("/api/v1/label/job/values").data()).hasToString("[\"a\",\"b\"]");
        assertThat(server.get("/api/v1/label/job/values", "match[]", "up{team=\"red\"}")
                        .data())
                .hasToString("[\"a\"]");
        assertThat(server.get("/api/v1/label/U__http_2e_route/values").data()).hasToString("[\"/x\"]");
        assertThat(server.get("/api/v1/label/nothing/values").data()).hasToString("[]");
    }

    @Test
    void describesMetrics() {
        assertThat(server.get("/api/v1/metadata", "metric", "up").data())
                .hasToString("{\"up\":[{\"type\":\"gauge\",\"help\":\"Whether it is up\",\"unit\":\"\"}]}");
        assertThat(server.get("/api/v1/metadata", "limit", "1").data().size()).isEqualTo(1);
    }

    @Test
    void formatsQueries() {
        assertThat(server.get("/api/v1/format_query", "query", "sum(up)by(job)")
                        .data()
                        .asString())
                .isEqualTo("sum by (job) (up)");
    }

    @Test
    void showsRulesAsGrafanaReadsThem() {
        assertThat(server.get("/api/v1/rules").data().path("groups").path(0))
                .hasToString("{\"name\":\"g\",\"file\":\"f.yml\",\"rules\":[{\"state\":\"firing\",\"name\":\"Down\","
                        + "\"query\":\"up == 0\",\"duration\":90.0,\"keepFiringFor\":0.0,"
                        + "\"labels\":{\"severity\":\"page\"},\"annotations\":{\"summary\":\"it is down\"},"
                        + "\"alerts\":[{\"labels\":{\"alertname\":\"Down\",\"job\":\"a\"},"
                        + "\"annotations\":{\"summary\":\"it is down\"},\"state\":\"firing\","
                        + "\"activeAt\":\"2023-11-14T22:12:20Z\",\"value\":\"0e+00\",\"tocsinState\":\"no_data\"}],"
                        + "\"health\":\"ok\",\"evaluationTime\":0.002,\"lastEvaluation\":\"2023-11-14T22:13:20Z\","
                        + "\"type\":\"alerting\"},{\"name\":\"job:up\",\"query\":\"sum by (job) (up)\",\"health\":\"err\","
                        + "\"lastError\":\"too many\",\"evaluationTime\":0.0,\"lastEvaluation\":\"0001-01-01T00:00:00Z\","
                        + "\"type\":\"recording\"}],\"interval\":15.0,\"limit\":0,\"evaluationTime\":0.01,"
                        + "\"lastEvaluation\":\"2023-11-14T22:13:20Z\"}");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            type | alert | [Down]
            type | record | [job:up, job:up]
            rule_name[] | Down | [Down]
            rule_group[] | h | [job:up]
            file[] | f.yml | [Down, job:up]
            match[] | {severity="page"} | [Down]
            file[] | none.yml | []
            """)
    void filtersRules(String parameter, String value, String names) {
        Answer answer = server.get("/api/v1/rules", parameter, value);

        assertThat(answer.data().path("groups").findValuesAsString("query"))
                .hasSize(names.equals("[]") ? 0 : names.split(",").length);
        assertThat(answer.data()
                        .path("groups")
                        .valueStream()
                        .flatMap(group -> group.path("rules").valueStream())
                        .map(rule -> rule.path("name").asString())
                        .toList())
                .hasToString(names);
    }

    @Test
    void leavesAlertsOutOnRequest() {
        assertThat(server.get("/api/v1/rules", "exclude_alerts", "true", "type", "alert")
                        .data()
                        .path("groups")
                        .path(0)
                        .path("rules")
                        .path(0)
                        .path("alerts"))
                .hasToString("[]");
    }

    @Test
    void listsAlerts() {
        assertThat(server.get("/api/v1/alerts")
                        .data()
                        .path("alerts")
                        .path(0)
                        .path("state")
                        .asString())
                .isEqualTo("firing");
    }

    @Test
    void countsSeriesByMetricAndTeam() {
        Answer answer = server.get("/api/v1/status/tsdb");

        assertThat(answer.data().path("headStats").path("numSeries").asInt()).isEqualTo(4);
        assertThat(answer.data().path("seriesCountByMetricName").path(0)).hasToString("{\"name\":\"up\",\"value\":2}");
        assertThat(answer.data().path("seriesCountByTeam"))
                .hasToString("[{\"name\":\"\",\"value\":3},{\"name\":\"red\",\"value\":1}]");
    }

    @Test
    void saysWhatItIs() {
        assertThat(server.get("/api/v1/status/buildinfo").data().path("version").asString())
                .isEqualTo("3.0.0");
        assertThat(server.get("/api/v1/status/runtimeinfo")
                        .data()
                        .path("storageRetention")
                        .asString())
                .isEqualTo("6h");
    }

    @Test
    void answersUnknownPathsAndMethodsInJson() {
        Answer unknown = server.get("/api/v1/nothing");
        assertThat(unknown.status()).isEqualTo(404);
        assertThat(unknown.error()).isEqualTo("not_found: there is nothing at /api/v1/nothing");

        Answer method = server.send(server.request("/api/v1/rules").DELETE());
        assertThat(method.status()).isEqualTo(405);
        assertThat(method.error()).isEqualTo("bad_data: /api/v1/rules does not take DELETE");
    }

    @Test
    void countsRequestsByHandlerAndCode() {
        server.get("/api/v1/query", "query", "(");

        assertThat(server.registry().scrape().stream()
                        .filter(metric -> metric.getMetadata().getName().equals("tocsin_query_requests"))
                        .flatMap(metric -> ((CounterSnapshot) metric).getDataPoints().stream())
                        .filter(point -> point.getLabels().get("handler").equals("query")
                                && point.getLabels().get("code").equals("400"))
                        .mapToDouble(CounterSnapshot.CounterDataPointSnapshot::getValue)
                        .sum())
                .isPositive();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "count_values(\"x\", up)",
                "up[1y:1ms]",
                "sum_over_time(up[100y:1ms])",
                "label_replace(up, \"x\", \"$1\", \"job\", \"(((((((((a*)*)*)*)*)*)*)*)*)*b\")",
                "{__name__=~\"(a|aa)+\"}",
                "up offset 292y",
                "up @ 1e300",
                "quantile(NaN, up)",
                "topk(9223372036854775808, up)",
                "predict_linear(up[5m], 1e308)"
            })
    void survivesHostileQueries(String query) {
        Answer answer = server.get("/api/v1/query", "query", query, "timeout", "2s");

        assertThat(answer.status()).as(answer.error()).isIn(200, 400, 422, 503);
        assertThat(server.get("/api/v1/query", "query", "1").status()).isEqualTo(200);
    }

    @Test
    void survivesDepthLengthAndManyParameters() {
        assertThat(server.post("/api/v1/query", "query", "(".repeat(100_000) + "1" + ")".repeat(100_000))
                        .status())
                .isEqualTo(400);
        assertThat(server.post("/api/v1/query", "query", "1" + "+1".repeat(200_000))
                        .status())
                .isEqualTo(400);
        String many = "a=1&".repeat(20_000) + "query=1";
        Answer answer = server.send(server.request("/api/v1/query")
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(many)));
        assertThat(answer.error()).isEqualTo("bad_data: more than 10000 parameters");
        Answer broken = server.send(server.request("/api/v1/query")
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString("query=%zz")));
        assertThat(broken.status()).isEqualTo(400);
    }
}
