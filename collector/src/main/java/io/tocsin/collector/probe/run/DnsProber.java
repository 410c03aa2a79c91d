package io.tocsin.collector.probe.run;

import io.tocsin.collector.probe.Addresses;
import io.tocsin.collector.probe.Addresses.HostPort;
import io.tocsin.collector.probe.Check;
import io.tocsin.collector.probe.Findings;
import io.tocsin.collector.probe.Judgement;
import io.tocsin.collector.probe.Outcome;
import io.tocsin.collector.probe.Seen;
import io.tocsin.collector.probe.Verdict;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.SOARecord;
import org.xbill.DNS.Section;
import org.xbill.DNS.SimpleResolver;
import org.xbill.DNS.Type;

/** Asks a name server one question. */
final class DnsProber implements Prober {

    private final Check.Dns check;

    DnsProber(Check.Dns check) {
        this.check = check;
    }

    @Override
    public Outcome probe(String address, Deadline deadline) {
        Seen.Dns seen = new Seen.Dns(Seen.Reached.NOT, Duration.ZERO, "", List.of(), 0, 0, Optional.empty());
        Verdict verdict;
        try {
            HostPort server = Addresses.nameServer(address);
            Resolver resolved = Resolver.resolve(server.host());
            seen = new Seen.Dns(resolved.reached(), Duration.ZERO, "", List.of(), 0, 0, Optional.empty());
            seen = ask(new InetSocketAddress(resolved.address(), server.port()), resolved.reached(), deadline);
            verdict = Judgement.of(check, seen);
        } catch (IOException e) {
            verdict = Failures.verdict(e);
        }
        return new Outcome(verdict, Findings.of(seen, verdict));
    }

    private Seen.Dns ask(InetSocketAddress server, Seen.Reached reached, Deadline deadline) throws IOException {
        SimpleResolver resolver = new SimpleResolver(server);
        resolver.setTimeout(deadline.left());
        resolver.setTCP(check.tcp());
        Name name = Name.fromString(check.name(), Name.root);
        Message question = Message.newQuery(Record.newRecord(name, Type.value(check.type()), DClass.IN));
        if (!check.recursion()) {
            question.getHeader().unsetFlag(Flags.RD);
        }
        long begin = System.nanoTime();
        Message answer = resolver.send(question);
        return seen(answer, reached, Duration.ofNanos(System.nanoTime() - begin));
    }

    private static Seen.Dns seen(Message answer, Seen.Reached reached, Duration took) {
        List<Record> records = answer.getSection(Section.ANSWER);
        Optional<Long> serial = records.stream()
                .filter(SOARecord.class::isInstance)
                .map(record -> ((SOARecord) record).getSerial())
                .findFirst();
        return new Seen.Dns(
                reached,
                took,
                Rcode.string(answer.getRcode()),
                records.stream().map(Record::toString).toList(),
                answer.getSection(Section.AUTHORITY).size(),
                answer.getSection(Section.ADDITIONAL).size(),
                serial);
    }
}
