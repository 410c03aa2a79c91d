package io.tocsin.collector.probe.run;

import io.tocsin.collector.probe.Check;
import io.tocsin.collector.probe.Extraction;
import io.tocsin.collector.probe.Findings;
import io.tocsin.collector.probe.Judgement;
import io.tocsin.collector.probe.Outcome;
import io.tocsin.collector.probe.Seen;
import io.tocsin.collector.probe.Verdict;
import io.tocsin.collector.probe.Verdict.Reason;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import okhttp3.HttpUrl;

/** Goes through the steps of a journey until one fails. */
final class JourneyProber implements Prober {

    private final Check.Journey check;
    private final Clock clock;

    JourneyProber(Check.Journey check, Clock clock) {
        this.check = check;
        this.clock = clock;
    }

    @Override
    public Outcome probe(String address, Deadline deadline) {
        try (HttpSession session = new HttpSession(check.tls(), check.redirects(), deadline, new Cookies())) {
            Journey journey = new Journey(HttpUrl.get(address), session);
            Verdict verdict = Verdict.pass();
            for (Check.Step step : check.steps()) {
                if (verdict.passed()) {
                    verdict = journey.take(step);
                }
            }
            return new Outcome(verdict, Findings.of(new Seen.Journey(journey.taken), verdict));
        }
    }

    /** One run. */
    private final class Journey {
        private final HttpUrl base;
        private final HttpSession session;
        private final Map<String, String> variables = new HashMap<>();
        private final List<Seen.Step> taken = new ArrayList<>();

        Journey(HttpUrl base, HttpSession session) {
            this.base = base;
            this.session = session;
        }

        Verdict take(Check.Step step) {
            long begin = System.nanoTime();
            Seen.Http seen = HttpProber.NOTHING;
            Verdict verdict;
            try {
                var exchange = session.exchange(HttpRequests.of(step.call(), url(step), variables));
                seen = exchange.seen();
                Seen.Http answer = seen;
                verdict = exchange.failure().map(Failures::verdict).orElseGet(() -> judge(step, answer));
            } catch (IOException e) {
                verdict = Failures.verdict(e);
            }
            Duration took = Duration.ofNanos(System.nanoTime() - begin);
            taken.add(new Seen.Step(step.name(), verdict.passed(), took, seen));
            return verdict instanceof Verdict.Failed failed
                    ? Verdict.failed(failed.reason(), "step " + step.name() + ": " + failed.text())
                    : verdict;
        }

        private HttpUrl url(Check.Step step) throws Broken {
            HttpUrl url = base.resolve(step.url().fill(variables));
            if (url == null) {
                throw new Broken(Reason.PROTOCOL, "not a URL");
            }
            return url;
        }

        private Verdict judge(Check.Step step, Seen.Http answer) {
            Verdict verdict = Judgement.of(step.expect(), answer, clock.instant());
            if (!verdict.passed()) {
                return verdict;
            }
            for (Map.Entry<String, Extraction> extraction : step.extract().entrySet()) {
                Optional<String> value = extraction.getValue().from(answer);
                if (value.isEmpty()) {
                    return Verdict.failed(
                            Reason.EXTRACTION, "the answer has no value for \"" + extraction.getKey() + "\"");
                }
                variables.put(extraction.getKey(), value.get());
            }
            return verdict;
        }
    }
}
