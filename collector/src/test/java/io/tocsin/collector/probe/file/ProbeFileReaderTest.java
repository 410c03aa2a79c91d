package io.tocsin.collector.probe.file;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.collector.config.Problem;
import io.tocsin.collector.probe.Check;
import io.tocsin.collector.probe.HttpCall.Credentials;
import io.tocsin.collector.probe.Probe;
import io.tocsin.collector.probe.Secret;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProbeFileReaderTest {

    private static final Map<String, String> ENVIRONMENT = Map.of("SHOP_TOKEN", "s3cret");

    private static List<String> problems(String text) {
        return ProbeFileReader.read("probes.yaml", text, ENVIRONMENT).problems().stream()
                .map(Problem::toString)
                .toList();
    }

    private static Probe probe(String text) {
        ProbeFileReader.Reading reading = ProbeFileReader.read("probes.yaml", text, ENVIRONMENT);
        assertThat(reading.problems()).isEmpty();
        return reading.file().probes().getFirst();
    }

    @Test
    void defaultsAreSensible() {
        Probe probe = probe("probes: [{name: a, http: {}, targets: ['http://a/']}]");
        assertThat(probe.every()).isEqualTo(Duration.ofSeconds(30));
        assertThat(probe.timeout()).isEqualTo(Duration.ofSeconds(10));
        Check.Http http = (Check.Http) probe.check();
        assertThat(http.call().method()).isEqualTo("GET");
        assertThat(http.redirects()).isEqualTo(5);
        assertThat(http.expect().status()).hasToString("[2xx]");
        assertThat(http.tls()).isEqualTo(Check.TlsOptions.DEFAULT);
    }

    @Test
    void everythingThatCanBeSaidIsRead() {
        Probe probe = probe("""
                prober: eu-west
                probes:
                  - name: a
                    service: shop
                    environment: production
                    every: 1m
                    timeout: 15s
                    http:
                      method: put
                      headers: {Accept: application/json, X-Key: '${SHOP_TOKEN}'}
                      body: '{}'
                      auth: {username: u, password_file: /run/secrets/p}
                      redirects: 0
                      tls: {ca_file: ca.pem, server_name: shop, verify: true}
                      expect:
                        status: [200, 3xx]
                        body: ['a', 'b']
                        not_body: c
                        headers: {Content-Type: json}
                        tls: required
                        certificate_valid_for: 14d
                    targets:
                      - http://a/
                      - {address: 'http://b/', labels: {team: blue}}
                    discover:
                      - {files: {paths: ['targets/*.json']}}
                      - {dns_srv: {name: _http._tcp.shop, server: '192.0.2.53:53'}, refresh: 10s}
                      - {http_sd: {url: 'http://sd/targets'}}
                      - {kubernetes: {role: pod, namespaces: [shop], selector: {app: web}}}
                      - {docker: {socket: /run/podman/podman.sock, labels: [tocsin=true]}}
                    keep: {team: blue|red}
                    target: 'http://{{__address__}}/'
                    labels: {zone: '{{zone}}'}
                """);
        Check.Http http = (Check.Http) probe.check();
        assertThat(http.call().method()).isEqualTo("PUT");
        assertThat(http.call().headers()).containsEntry("X-Key", new Secret.Value("s3cret"));
        assertThat(http.call().credentials()).isEqualTo(new Credentials.Basic("u", new Secret.File("/run/secrets/p")));
        assertThat(http.expect().status()).hasToString("[200, 3xx]");
        assertThat(http.expect().headers()).containsOnlyKeys("content-type");
        assertThat(http.expect().tls()).contains(true);
        assertThat(http.expect().validFor()).isEqualTo(Duration.ofDays(14));
        assertThat(probe.targets().fixed()).hasSize(2);
        assertThat(probe.targets().discoveries())
                .extracting(each -> each.kind() + " " + each.refresh().toSeconds())
                .containsExactly("files 60", "dns_srv 10", "http_sd 60", "kubernetes 60", "docker 60");
    }

    @Test
    void noTextOfAConfigurationShowsASecret() {
        Probe probe = probe("""
                probes: [{name: a, http: {auth: {token: '${SHOP_TOKEN}'}, headers: {X: '${SHOP_TOKEN}'}}, targets: ['http://a/']}]
                """);
        assertThat(probe.toString()).doesNotContain("s3cret").contains("***");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            probes: [{name: a, htpt: {}, targets: [a]}]                       | 1:20 | did you mean "http"?
            probes: [{name: a, targets: [a]}]                                 | 1:10 | expected one of dns, grpc, http
            probes: [{name: a, http: {}, tcp: {}, targets: [a]}]              | 1:10 | found http and tcp
            probes: [{name: a, http: {}, targets: [ftp://a]}]                 | 1:39 | expected a URL with http or https
            probes: [{name: a, tcp: {}, targets: [a]}]                        | 1:38 | expected host:port
            probes: [{http: {}, targets: [http://a]}]                         | 1:10 | "name" is missing
            probes: [{name: a, http: {}}]                                     | 1:10 | nothing to look at
            probes: [{name: a, every: 5s, timeout: 6s, http: {}, targets: [http://a]}] | 1:40 | not more than every
            probes: [{name: a, every: often, http: {}, targets: [http://a]}]  | 1:27 | expected a duration
            probes: [{name: a, http: {expect: {status: 700}}, targets: [http://a]}] | 1:44 | expected a status such as 200
            probes: [{name: a, http: {expect: {body: ~(~}}, targets: [http://a]}] | 1:42 | not a regular expression
            probes: [{name: a, http: {auth: {token: '${NONE}'}}, targets: [http://a]}] | 1:41 | NONE is not set
            probes: [{name: a, http: {auth: {username: u}}, targets: [http://a]}] | 1:33 | expected username with password
            probes: [{name: a, dns: {query: b, type: AXFR}, targets: [a]}]    | 1:42 | unknown type of record
            probes: [{name: a, icmp: {bytes: 99999}, targets: [a]}]           | 1:34 | at most 65000
            probes: [{name: a, tcp: {dialogue: [{send: a, expect: b}]}, targets: ['a:1']}] | 1:37 | expected one of expect, send, starttls
            probes: [{name: a, tcp: {}, discover: [{consul: {}}]}]            | 1:41 | unknown key "consul"
            probes: [{name: a, tcp: {}, targets: ['a:1'], labels: {__x: y}}]  | 1:61 | not a name of a label
            probes: [{name: a, journey: {steps: []}, targets: [http://a]}]    | 1:37 | expected 1 to 50 steps
            expected: [{name: a, targets: [{team: blue}]}]                    | 1:31 | each needs one of the labels
            probes: {}                                                        | 1:9  | expected a list
            probes: [                                                         | 1:10 | not YAML
            """)
    void aMistakeIsSaidWithItsPlace(String text, String place, String message) {
        assertThat(problems(text))
                .anySatisfy(problem -> assertThat(problem)
                        .startsWith("probes.yaml:" + place + ": ")
                        .contains(message));
    }

    @Test
    void allMistakesAreSaidAtOnceInTheOrderOfTheFile() {
        assertThat(problems("""
                probes:
                  - name: a
                    evry: 5s
                    http: {}
                    targets: [http://a]
                  - name: a
                    http: {}
                    targets: [http://a]
                """))
                .hasSize(2)
                .first()
                .asString()
                .startsWith("probes.yaml:3:5: unknown key \"evry\"; did you mean \"every\"?");
    }

    @Test
    void aJourneyMayUseOnlyWhatAnEarlierStepExtracts() {
        assertThat(problems("""
                probes:
                  - name: a
                    targets: [http://shop]
                    journey:
                      steps:
                        - {name: basket, url: '/basket/{{id}}'}
                        - {name: login, url: /login, extract: {id: {json: /id}, b: {json: nope}, c: {header: X}}}
                """))
                .satisfiesExactly(
                        first -> assertThat(first)
                                .startsWith("probes.yaml:6:")
                                .contains("no earlier step extracts \"id\""),
                        second ->
                                assertThat(second).startsWith("probes.yaml:7:").contains("json"),
                        third -> assertThat(third).startsWith("probes.yaml:7:").contains("either json"));
    }
}
