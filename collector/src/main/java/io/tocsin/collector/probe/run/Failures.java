package io.tocsin.collector.probe.run;

import io.tocsin.collector.probe.Verdict;
import io.tocsin.collector.probe.Verdict.Reason;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.security.cert.CertificateException;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;

/** What an exception says of a target. */
final class Failures {

    private Failures() {}

    static Verdict verdict(Exception failure) {
        Reason reason = reason(failure);
        return Verdict.failed(reason, reason == Reason.TIMEOUT ? "not within the timeout" : text(failure));
    }

    private static Reason reason(Throwable failure) {
        return switch (failure) {
            case Prober.Broken broken -> broken.reason();
            case UnknownHostException _ -> Reason.RESOLVE;
            case SSLException _, CertificateException _ -> Reason.TLS;
            case ConnectException _, NoRouteToHostException _ -> Reason.CONNECT;
            case SocketTimeoutException _, InterruptedIOException _ -> Reason.TIMEOUT;
            // As the DNS client says it.
            case IOException io when io.getCause() instanceof TimeoutException -> Reason.TIMEOUT;
            default -> Reason.PROTOCOL;
        };
    }

    private static String text(Throwable failure) {
        String message = failure.getMessage();
        return message == null || message.isBlank() ? failure.getClass().getSimpleName() : message;
    }
}
