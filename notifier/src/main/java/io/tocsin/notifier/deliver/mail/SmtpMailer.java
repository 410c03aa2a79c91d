package io.tocsin.notifier.deliver.mail;

import io.tocsin.notifier.deliver.Notice;
import io.tocsin.notifier.deliver.Outcome;
import io.tocsin.notifier.deliver.http.TlsMaterial;
import io.tocsin.notifier.deliver.say.Texts;
import io.tocsin.notifier.route.receiver.EmailOptions;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.eclipse.angus.mail.smtp.SMTPTransport;

/** Sends mails: connects, turns to TLS, logs in, hands the message over, within one time limit for all of it. */
public final class SmtpMailer implements AutoCloseable {

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    /**
     * One try.
     *
     * @param limit for the whole of it
     * @throws io.tocsin.notifier.deliver.say.Unsayable when an address or a secret cannot be had
     */
    public Outcome tell(Notice notice, EmailOptions options, Texts texts, Duration limit) throws InterruptedException {
        Mail mail = Mail.of(notice, options, texts);
        Login login = Login.of(options.authentication(), texts);
        SmtpSession session = SmtpSession.of(options, login, TlsMaterial.read(options.tls(), texts), limit);
        CompletableFuture<Outcome> outcome = new CompletableFuture<>();
        Future<?> sending = threads.submit(() -> send(session, login, mail, notice, outcome));
        try {
            return outcome.get(limit.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            sending.cancel(true);
            return new Outcome.Failed("no answer within " + limit);
        } catch (ExecutionException e) {
            return e.getCause() instanceof MessagingException cause
                    ? SmtpVerdict.of(cause)
                    : new Outcome.Refused("the mail cannot be made: " + e.getCause());
        }
    }

    /** The outcome is known when the mail is taken: a server that then does not close its side delays nothing. */
    private static void send(
            SmtpSession smtp, Login login, Mail mail, Notice notice, CompletableFuture<Outcome> outcome) {
        try {
            send(smtp, login, mail, notice, outcome::complete);
        } catch (MessagingException | RuntimeException e) {
            outcome.completeExceptionally(e);
        }
    }

    private static void send(SmtpSession smtp, Login login, Mail mail, Notice notice, Consumer<Outcome> outcome)
            throws MessagingException {
        Session session = Session.getInstance(smtp.properties());
        MimeMessage message = MailMessage.of(session, mail, notice.createdAt());
        try (SMTPTransport transport = (SMTPTransport) session.getTransport(smtp.protocol())) {
            if (login.isNobody()) {
                transport.connect();
            } else {
                transport.connect(login.username(), login.password());
            }
            transport.sendMessage(message, message.getAllRecipients());
            String root = notice.memory().getOrDefault(Mail.ROOT, message.getMessageID());
            outcome.accept(new Outcome.Accepted("SMTP " + transport.getLastReturnCode(), Map.of(Mail.ROOT, root)));
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
