package io.tocsin.collector.connection;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.ScheduledFuture;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Stands behind the HTTP codec of one connection. A request that has begun must arrive whole within a time: one that drips
 * (slow loris) is answered 408 and cut off. What has arrived of bodies is bounded over all connections. The time for the
 * header runs from the first byte on, which comes before the codec: it is told by {@link #begun}.
 */
final class ConnectionGuard extends ChannelDuplexHandler {

    /** Why a connection was cut off. */
    enum Cut {
        TOO_SLOW(408),
        TOO_MUCH_BUFFERED(503),
        TOO_MANY_CONNECTIONS(503);

        private final int status;

        Cut(int status) {
            this.status = status;
        }
    }

    private final ConnectionBudget budget;
    private final Duration requestTimeout;
    private final Consumer<Cut> onCut;
    private long buffered;
    private boolean cut;
    private boolean counted;
    private @Nullable ScheduledFuture<?> timeout;

    ConnectionGuard(ConnectionBudget budget, Duration requestTimeout, Consumer<Cut> onCut) {
        this.budget = budget;
        this.requestTimeout = requestTimeout;
        this.onCut = onCut;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        counted = true;
        if (!budget.arrived()) {
            cut(context, Cut.TOO_MANY_CONNECTIONS);
        }
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext context) {
        finished();
        if (counted) {
            counted = false;
            budget.left();
        }
    }

    /** The first byte of a request has come. */
    void begun(ChannelHandlerContext context) {
        if (timeout == null && !cut) {
            timeout = context.executor()
                    .schedule(() -> cut(context, Cut.TOO_SLOW), requestTimeout.toNanos(), TimeUnit.NANOSECONDS);
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) throws Exception {
        if (cut) {
            ReferenceCountUtil.release(message);
            return;
        }
        if (message instanceof HttpRequest) {
            begun(context);
        }
        if (message instanceof HttpContent content && !buffer(content.content().readableBytes())) {
            content.release();
            cut(context, Cut.TOO_MUCH_BUFFERED);
            return;
        }
        boolean last = message instanceof LastHttpContent;
        super.channelRead(context, message);
        if (last) {
            finished();
        }
    }

    private boolean buffer(int bytes) {
        buffered += bytes;
        return budget.buffered(bytes);
    }

    private void finished() {
        if (timeout != null) {
            timeout.cancel(false);
            timeout = null;
        }
        budget.released(buffered);
        buffered = 0;
    }

    private void cut(ChannelHandlerContext context, Cut reason) {
        if (cut) {
            return;
        }
        cut = true;
        onCut.accept(reason);
        ByteBuf text = Unpooled.copiedBuffer(
                "the connection is closed: " + reason.name().toLowerCase(Locale.ROOT), StandardCharsets.UTF_8);
        DefaultFullHttpResponse answer =
                new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.valueOf(reason.status), text);
        answer.headers()
                .set(HttpHeaderNames.CONTENT_LENGTH, text.readableBytes())
                .set(HttpHeaderNames.CONTENT_TYPE, "text/plain")
                .set(HttpHeaderNames.CONNECTION, "close");
        var _ = context.writeAndFlush(answer).addListener(ChannelFutureListener.CLOSE);
    }

    @Override
    public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) throws Exception {
        if (cut) {
            ReferenceCountUtil.release(message);
            promise.setSuccess();
            return;
        }
        super.write(context, message, promise);
    }
}
