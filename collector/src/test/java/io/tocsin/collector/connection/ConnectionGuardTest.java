package io.tocsin.collector.connection;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ConnectionGuardTest {

    private final ConnectionBudget budget = new ConnectionBudget(2, 100);
    private final List<ConnectionGuard.Cut> cuts = new ArrayList<>();

    private EmbeddedChannel open() {
        return new EmbeddedChannel(new ConnectionGuard(budget, Duration.ofSeconds(30), cuts::add));
    }

    private static void header(EmbeddedChannel channel) {
        channel.writeInbound(new DefaultHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.POST, "/v1/logs"));
    }

    private static void body(EmbeddedChannel channel, int bytes) {
        channel.writeInbound(new DefaultHttpContent(Unpooled.wrappedBuffer(new byte[bytes])));
    }

    private static int status(EmbeddedChannel channel) {
        FullHttpResponse response = channel.readOutbound();
        return response.status().code();
    }

    @Test
    void aRequestThatDoesNotEndIsCutAfterItsTime() {
        EmbeddedChannel channel = open();
        header(channel);
        channel.advanceTimeBy(29, TimeUnit.SECONDS);
        channel.runScheduledPendingTasks();
        assertThat(channel.isOpen()).isTrue();
        channel.advanceTimeBy(1, TimeUnit.SECONDS);
        channel.runScheduledPendingTasks();
        assertThat(status(channel)).isEqualTo(408);
        assertThat(channel.isOpen()).isFalse();
        assertThat(cuts).containsExactly(ConnectionGuard.Cut.TOO_SLOW);
    }

    @Test
    void aRequestThatEndsIsNotAndAnIdleConnectionIsNot() {
        EmbeddedChannel channel = open();
        header(channel);
        channel.writeInbound(LastHttpContent.EMPTY_LAST_CONTENT);
        channel.advanceTimeBy(1, TimeUnit.HOURS);
        channel.runScheduledPendingTasks();
        assertThat(channel.isOpen()).isTrue();
        assertThat(cuts).isEmpty();
    }

    @Test
    void bodiesTogetherAreBoundedAndGivenBack() {
        EmbeddedChannel first = open();
        EmbeddedChannel second = open();
        header(first);
        body(first, 60);
        header(second);
        body(second, 41);
        assertThat(status(second)).isEqualTo(503);
        assertThat(second.isOpen()).isFalse();
        assertThat(cuts).containsExactly(ConnectionGuard.Cut.TOO_MUCH_BUFFERED);
        assertThat(budget.bytes()).isEqualTo(60);
        first.writeInbound(LastHttpContent.EMPTY_LAST_CONTENT);
        assertThat(budget.bytes()).isZero();
        assertThat(first.isOpen()).isTrue();
    }

    @Test
    void connectionsAboveTheLimitAreTurnedAwayAndPlacesGivenBack() {
        EmbeddedChannel first = open();
        open();
        EmbeddedChannel third = open();
        assertThat(status(third)).isEqualTo(503);
        assertThat(cuts).containsExactly(ConnectionGuard.Cut.TOO_MANY_CONNECTIONS);
        first.close();
        first.runPendingTasks();
        assertThat(budget.connections()).isEqualTo(1);
        assertThat(open().isOpen()).isTrue();
    }
}
