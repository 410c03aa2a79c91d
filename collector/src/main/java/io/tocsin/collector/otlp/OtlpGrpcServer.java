package io.tocsin.collector.otlp;

import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Server;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerServiceDefinition;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.protobuf.StatusProto;
import io.grpc.stub.ServerCalls;
import io.grpc.stub.StreamObserver;
import io.micronaut.context.annotation.Context;
import io.tocsin.collector.CollectorMetrics;
import io.tocsin.collector.CollectorSettings;
import jakarta.annotation.PreDestroy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** OTLP over gRPC. Requests are taken as bytes: they are split, not decoded and encoded again. */
@Context
public final class OtlpGrpcServer {

    private static final byte[] EMPTY_RESPONSE = new byte[0];
    private static final int STOP_SECONDS = 5;
    private static final io.grpc.Context.Key<String> SENDER = io.grpc.Context.key("sender");

    private final Reception reception;
    private final Server server;

    OtlpGrpcServer(Reception reception, CollectorSettings settings, CollectorMetrics metrics) {
        this.reception = reception;
        NettyServerBuilder builder = NettyServerBuilder.forAddress(
                        new InetSocketAddress(settings.host(), settings.grpcPort()))
                .executor(Executors.newVirtualThreadPerTaskExecutor())
                .maxInboundMessageSize(settings.maxRequestBytes())
                .addStreamTracerFactory(new EarlyRefusals.Factory(metrics))
                .intercept(new SenderInterceptor());
        for (Signal signal : Signal.values()) {
            builder.addService(service(signal));
        }
        try {
            server = builder.build().start();
        } catch (IOException e) {
            throw new UncheckedIOException("OTLP over gRPC cannot listen on port " + settings.grpcPort(), e);
        }
    }

    /** The port it listens on. */
    public int port() {
        return server.getPort();
    }

    private ServerServiceDefinition service(Signal signal) {
        MethodDescriptor<Received, byte[]> export = MethodDescriptor.<Received, byte[]>newBuilder()
                .setType(MethodDescriptor.MethodType.UNARY)
                .setFullMethodName(MethodDescriptor.generateFullMethodName(signal.grpcService(), "Export"))
                .setRequestMarshaller(Received.MARSHALLER)
                .setResponseMarshaller(Bytes.MARSHALLER)
                .build();
        return ServerServiceDefinition.builder(signal.grpcService())
                .addMethod(export, ServerCalls.asyncUnaryCall((request, answer) -> export(signal, request, answer)))
                .build();
    }

    private void export(Signal signal, Received request, StreamObserver<byte[]> answer) {
        EarlyRefusals.reached();
        switch (request) {
            case Received.Whole whole -> export(signal, whole.bytes(), answer);
            case Received.Broken broken -> answer.onError(error(reception.counted(signal, broken.refusal())));
        }
    }

    private void export(Signal signal, byte[] request, StreamObserver<byte[]> answer) {
        var _ = reception.receive(signal, request, SENDER.get()).whenComplete((done, failure) -> {
            if (failure == null) {
                answer.onNext(EMPTY_RESPONSE);
                answer.onCompleted();
            } else {
                answer.onError(error(failure));
            }
        });
    }

    private static StatusRuntimeException error(Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        return cause instanceof Refusal refusal
                ? StatusProto.toStatusRuntimeException(refusal.status())
                : Status.INTERNAL.withCause(cause).asRuntimeException();
    }

    @PreDestroy
    void close() throws InterruptedException {
        server.shutdown();
        if (!server.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS)) {
            server.shutdownNow();
        }
    }

    /** Makes the peer's address known to the handler. */
    private static final class SenderInterceptor implements io.grpc.ServerInterceptor {
        @Override
        public <Q, A> ServerCall.Listener<Q> interceptCall(
                ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
            Object peer = call.getAttributes().get(io.grpc.Grpc.TRANSPORT_ATTR_REMOTE_ADDR);
            String sender = peer instanceof InetSocketAddress address
                    ? address.getAddress().getHostAddress()
                    : "unknown";
            return io.grpc.Contexts.interceptCall(
                    io.grpc.Context.current().withValue(SENDER, sender), call, headers, next);
        }
    }
}
