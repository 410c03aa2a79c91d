package io.tocsin.collector.probe.file;

import com.google.re2j.Pattern;
import io.tocsin.collector.config.Fields;
import io.tocsin.collector.probe.Check;
import io.tocsin.collector.probe.Check.Exchange;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.snakeyaml.engine.v2.nodes.Node;

/** Reads what a probe does: exactly one of http, tcp, tls, dns, grpc, icmp, journey. */
final class CheckReader {

    private static final int MOST_ICMP_BYTES = 65_000;
    private static final int DEFAULT_ICMP_BYTES = 56;
    private static final Set<String> RECORD_TYPES =
            Set.of("A", "AAAA", "CAA", "CNAME", "DS", "MX", "NS", "PTR", "SOA", "SRV", "TXT");
    private static final Set<String> CODES = Set.of("NOERROR", "FORMERR", "SERVFAIL", "NXDOMAIN", "NOTIMP", "REFUSED");

    private final HttpReader http;
    private final Map<String, Function<Fields, Check>> readers;

    CheckReader(Values values) {
        this.http = new HttpReader(values);
        this.readers = Map.of(
                "http", http::http,
                "journey", fields -> new JourneyReader(http).journey(fields),
                "tcp", fields -> tcp(fields, false),
                "tls", fields -> tcp(fields, true),
                "dns", CheckReader::dns,
                "grpc", CheckReader::grpc,
                "icmp", CheckReader::icmp);
    }

    Optional<Check> read(Fields probe) {
        List<String> given =
                readers.keySet().stream().filter(probe::has).sorted().toList();
        Optional<Check> first = Optional.empty();
        for (String kind : readers.keySet()) {
            Optional<Check> check = probe.fields(kind, "a check by " + kind).map(readers.get(kind));
            first = first.or(() -> check);
        }
        if (given.size() != 1) {
            probe.error("expected one of "
                    + String.join(", ", readers.keySet().stream().sorted().toList())
                    + (given.isEmpty() ? "" : ", found " + String.join(" and ", given)));
            return Optional.empty();
        }
        return first;
    }

    private static Check tcp(Fields fields, boolean tls) {
        List<Exchange> dialogue = new ArrayList<>();
        for (Node node : fields.list("dialogue")) {
            exchange(new Fields(node, "a line of a dialogue", fields.problems()))
                    .ifPresent(dialogue::add);
        }
        Check check = new Check.Tcp(tls, Values.tls(fields), Values.validFor(fields), dialogue);
        fields.close();
        return check;
    }

    private static Optional<Exchange> exchange(Fields fields) {
        Optional<Pattern> expect = fields.one("expect", Values::pattern);
        Optional<String> send = fields.text("send");
        boolean startTls = fields.flag("starttls", false);
        fields.close();
        long given = List.of("expect", "send", "starttls").stream()
                .filter(fields::has)
                .count();
        if (given != 1) {
            fields.error("expected one of expect, send, starttls");
            return Optional.empty();
        }
        return expect.<Exchange>map(Exchange.Expect::new)
                .or(() -> send.map(Exchange.Send::new))
                .or(() -> startTls ? Optional.of(new Exchange.StartTls()) : Optional.empty());
    }

    private static Check dns(Fields fields) {
        String name = fields.required("query");
        String type = fields.one("type", text -> oneOf("type of record", text, RECORD_TYPES))
                .orElse("A");
        boolean tcp = fields.flag("tcp", false);
        boolean recursion = fields.flag("recursion", true);
        Optional<Fields> expect = fields.fields("expect", "what is expected of the answer");
        List<String> codes = expect.map(own -> own.all("rcode", text -> oneOf("code", text, CODES)))
                .orElse(List.of());
        List<Pattern> answers =
                expect.map(own -> own.all("answer", Values::pattern)).orElse(List.of());
        List<Pattern> notAnswers =
                expect.map(own -> own.all("not_answer", Values::pattern)).orElse(List.of());
        int least = expect.flatMap(own -> own.integer("least_answers")).orElse(0);
        expect.ifPresent(Fields::close);
        fields.close();
        return new Check.Dns(
                name,
                type,
                tcp,
                recursion,
                codes.isEmpty() ? Set.of("NOERROR") : Set.copyOf(codes),
                answers,
                notAnswers,
                least);
    }

    private static Check grpc(Fields fields) {
        Check check = new Check.Grpc(
                fields.text("service").orElse(""), fields.has("tls"), Values.tls(fields), Values.validFor(fields));
        fields.close();
        return check;
    }

    private static Check icmp(Fields fields) {
        int bytes = fields.integer("bytes").orElse(DEFAULT_ICMP_BYTES);
        if (bytes > MOST_ICMP_BYTES) {
            fields.error("bytes", "expected at most " + MOST_ICMP_BYTES);
        }
        fields.close();
        return new Check.Icmp(bytes);
    }

    private static String oneOf(String what, String text, Set<String> valid) {
        String upper = text.toUpperCase(Locale.ROOT);
        if (!valid.contains(upper)) {
            throw new IllegalArgumentException("unknown " + what + " \"" + text + "\"; expected one of "
                    + String.join(", ", valid.stream().sorted().toList()));
        }
        return upper;
    }
}
