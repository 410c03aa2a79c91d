package io.tocsin.collector.otlp;

import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import io.grpc.Grpc;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.tocsin.collector.CollectorMetrics;
import io.tocsin.collector.access.Access;
import io.tocsin.collector.access.Scope;
import io.tocsin.collector.access.Sender;
import io.tocsin.collector.answer.Refusal;
import java.net.InetSocketAddress;
import java.security.cert.Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/** Asks who calls before the message is read, and closes calls whose message does not come. */
final class CallGuard implements ServerInterceptor {

    private static final Context.Key<Sender> SENDER = Context.key("sender");
    private static final Metadata.Key<String> AUTHORIZATION =
            Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);
    private static final ScheduledExecutorService CLOCK = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("stalled-calls").factory());

    private final Access access;
    private final Duration requestTimeout;
    private final CollectorMetrics metrics;

    CallGuard(Access access, Duration requestTimeout, CollectorMetrics metrics) {
        this.access = access;
        this.requestTimeout = requestTimeout;
        this.metrics = metrics;
    }

    /** Who sent the current call. */
    static Sender sender() {
        return SENDER.get();
    }

    @Override
    public <Q, A> ServerCall.Listener<Q> interceptCall(
            ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
        Object peer = call.getAttributes().get(Grpc.TRANSPORT_ATTR_REMOTE_ADDR);
        String address =
                peer instanceof InetSocketAddress inet ? inet.getAddress().getHostAddress() : "unknown";
        try {
            Certificate certificate = certificate(call.getAttributes().get(Grpc.TRANSPORT_ATTR_SSL_SESSION));
            String client = access.client(headers.get(AUTHORIZATION), certificate, address, scope(call), Instant.now());
            EarlyRefusals.whenTooMuch(() -> refuse(
                    call, new Refusal(Refusal.Reason.OVERLOADED, "too much is arriving already; try again later")));
            Context context = Context.current().withValue(SENDER, new Sender(client, address));
            return new Impatient<>(Contexts.interceptCall(context, call, headers, next), call);
        } catch (Refusal refusal) {
            EarlyRefusals.reached();
            refuse(call, refusal);
            return new ServerCall.Listener<>() {};
        }
    }

    private void refuse(ServerCall<?, ?> call, Refusal refusal) {
        metrics.refusedUnknown(refusal.reason());
        StatusRuntimeException error = OtlpGrpcServer.error(refusal);
        Metadata trailers = error.getTrailers();
        call.close(error.getStatus(), trailers == null ? new Metadata() : trailers);
    }

    private static Scope scope(ServerCall<?, ?> call) {
        String service = String.valueOf(call.getMethodDescriptor().getServiceName());
        for (Signal signal : Signal.values()) {
            if (signal.grpcService().equals(service)) {
                return signal.scope();
            }
        }
        return Scope.METRICS;
    }

    private static @Nullable Certificate certificate(@Nullable SSLSession session) {
        try {
            return session == null ? null : session.getPeerCertificates()[0];
        } catch (SSLPeerUnverifiedException e) {
            // TLS without a client certificate.
            return null;
        }
    }

    private final class Impatient<Q> extends SimpleForwardingServerCallListener<Q> {

        private final ScheduledFuture<?> timeout;

        Impatient(ServerCall.Listener<Q> next, ServerCall<Q, ?> call) {
            super(next);
            Runnable close = () -> {
                EarlyRefusals.reached();
                metrics.refusedUnknown(Refusal.Reason.TOO_SLOW);
                call.close(
                        Status.DEADLINE_EXCEEDED.withDescription(
                                "the message did not arrive within " + requestTimeout.toSeconds() + " s"),
                        new Metadata());
            };
            timeout = CLOCK.schedule(Context.current().wrap(close), requestTimeout.toNanos(), TimeUnit.NANOSECONDS);
        }

        @Override
        public void onHalfClose() {
            timeout.cancel(false);
            super.onHalfClose();
        }

        @Override
        public void onCancel() {
            timeout.cancel(false);
            super.onCancel();
        }

        @Override
        public void onComplete() {
            timeout.cancel(false);
            super.onComplete();
        }
    }
}
