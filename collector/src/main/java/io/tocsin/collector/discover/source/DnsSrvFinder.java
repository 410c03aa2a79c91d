package io.tocsin.collector.discover.source;

import io.tocsin.collector.discover.Discovered;
import io.tocsin.collector.discover.Discovery;
import io.tocsin.collector.discover.DiscoveryException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Resolver;
import org.xbill.DNS.ResolverConfig;
import org.xbill.DNS.SRVRecord;
import org.xbill.DNS.Section;
import org.xbill.DNS.SimpleResolver;
import org.xbill.DNS.Type;

/** Asks a name server for SRV records; a name that does not exist has no targets. */
final class DnsSrvFinder implements TargetFinder {

    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final int PORT = 53;

    private final Discovery.DnsSrv srv;

    DnsSrvFinder(Discovery.DnsSrv srv) {
        this.srv = srv;
    }

    @Override
    public List<Discovered> find() throws DiscoveryException {
        Message answer = ask();
        if (answer.getRcode() != Rcode.NOERROR && answer.getRcode() != Rcode.NXDOMAIN) {
            throw new DiscoveryException(srv.name() + ": the name server says " + Rcode.string(answer.getRcode()));
        }
        return answer.getSection(Section.ANSWER).stream()
                .filter(SRVRecord.class::isInstance)
                .map(SRVRecord.class::cast)
                .map(this::target)
                .toList();
    }

    private Message ask() throws DiscoveryException {
        try {
            Resolver resolver = resolver();
            resolver.setTimeout(TIMEOUT);
            Name name = Name.fromString(srv.name(), Name.root);
            return resolver.send(Message.newQuery(Record.newRecord(name, Type.SRV, DClass.IN)));
        } catch (IOException | IllegalArgumentException e) {
            throw new DiscoveryException(srv.name() + ": the name server did not answer: " + e.getMessage(), e);
        }
    }

    private Resolver resolver() {
        InetSocketAddress server = srv.server()
                .map(DnsSrvFinder::address)
                .orElseGet(() -> ResolverConfig.getCurrentConfig().server());
        return new SimpleResolver(server);
    }

    private static InetSocketAddress address(String server) {
        int colon = server.lastIndexOf(':');
        return colon < 0
                ? new InetSocketAddress(server, PORT)
                : new InetSocketAddress(server.substring(0, colon), Integer.parseInt(server.substring(colon + 1)));
    }

    private Discovered target(SRVRecord found) {
        String host = found.getTarget().toString(true);
        return Discovered.of(
                host + ":" + found.getPort(),
                Map.of(
                        "__meta_dns_name", srv.name(),
                        "__meta_dns_srv_record_target", host,
                        "__meta_dns_srv_record_port", Integer.toString(found.getPort())));
    }
}
