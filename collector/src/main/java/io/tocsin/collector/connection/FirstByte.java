package io.tocsin.collector.connection;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;

/** Stands before the HTTP codec: tells the guard that something of a request has come, although no header is complete. */
final class FirstByte extends ChannelInboundHandlerAdapter {

    private final ConnectionGuard guard;

    FirstByte(ConnectionGuard guard) {
        this.guard = guard;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) throws Exception {
        ChannelHandlerContext behindCodec = context.pipeline().context(guard);
        if (behindCodec != null) {
            guard.begun(behindCodec);
        }
        super.channelRead(context, message);
    }
}
