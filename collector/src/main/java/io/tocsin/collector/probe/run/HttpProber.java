package io.tocsin.collector.probe.run;

import io.tocsin.collector.probe.Check;
import io.tocsin.collector.probe.Findings;
import io.tocsin.collector.probe.Judgement;
import io.tocsin.collector.probe.Outcome;
import io.tocsin.collector.probe.Seen;
import io.tocsin.collector.probe.Verdict;
import java.io.IOException;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import okhttp3.CookieJar;
import okhttp3.HttpUrl;

/** Sends one request over HTTP. */
final class HttpProber implements Prober {

    /** What is seen when not even a request could be made. */
    static final Seen.Http NOTHING =
            new Seen.Http(Seen.Reached.NOT, 0, 0, Map.of(), "", 0, 0, 0, Map.of(), Optional.empty(), Optional.empty());

    private final Check.Http check;
    private final Clock clock;

    HttpProber(Check.Http check, Clock clock) {
        this.check = check;
        this.clock = clock;
    }

    @Override
    public Outcome probe(String address, Deadline deadline) {
        try (HttpSession session = new HttpSession(check.tls(), check.redirects(), deadline, CookieJar.NO_COOKIES)) {
            var exchange = session.exchange(HttpRequests.of(check.call(), HttpUrl.get(address), Map.of()));
            Verdict verdict = exchange.failure()
                    .map(Failures::verdict)
                    .orElseGet(() -> Judgement.of(check.expect(), exchange.seen(), clock.instant()));
            return new Outcome(verdict, Findings.of(exchange.seen(), verdict));
        } catch (IOException e) {
            Verdict verdict = Failures.verdict(e);
            return new Outcome(verdict, Findings.of(NOTHING, verdict));
        }
    }
}
