package io.tocsin.notifier.deliver.mail;

import jakarta.mail.Message.RecipientType;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import jakarta.mail.internet.MimeUtility;
import java.io.UnsupportedEncodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Date;
import java.util.Map;

/** The message of a mail (RFC 5322, RFC 2046): alternatives, the better one last. */
final class MailMessage extends MimeMessage {

    private final String id;

    private MailMessage(Session session, String id) {
        super(session);
        this.id = id;
    }

    static MimeMessage of(Session session, Mail mail, Instant date) throws MessagingException {
        MailMessage message = new MailMessage(session, mail.headers().getOrDefault(Mail.MESSAGE_ID, ""));
        message.setFrom(new InternetAddress(mail.from()));
        message.setRecipients(RecipientType.TO, InternetAddress.parse(mail.to()));
        for (Map.Entry<String, String> header : mail.headers().entrySet()) {
            message.setHeader(header.getKey(), encoded(header.getKey(), header.getValue()));
        }
        message.setSentDate(Date.from(date));
        message.setContent(parts(mail));
        message.saveChanges();
        return message;
    }

    private static MimeMultipart parts(Mail mail) throws MessagingException {
        MimeMultipart parts = new MimeMultipart("alternative");
        if (!mail.text().isEmpty()) {
            parts.addBodyPart(part(mail.text(), "plain"));
        }
        if (!mail.html().isEmpty()) {
            parts.addBodyPart(part(mail.html(), "html"));
        }
        return parts;
    }

    private static MimeBodyPart part(String text, String subtype) throws MessagingException {
        MimeBodyPart part = new MimeBodyPart();
        part.setText(text, StandardCharsets.UTF_8.name(), subtype);
        part.setHeader("Content-Transfer-Encoding", "quoted-printable");
        return part;
    }

    /** RFC 2047; addresses keep their form, their names are encoded. */
    private static String encoded(String name, String value) throws MessagingException {
        try {
            boolean addresses = name.matches("(?i)to|from|cc|reply-to|sender");
            return addresses
                    ? InternetAddress.toString(InternetAddress.parse(value))
                    : MimeUtility.fold(
                            name.length() + 2, MimeUtility.encodeText(value, StandardCharsets.UTF_8.name(), null));
        } catch (UnsupportedEncodingException e) {
            throw new IllegalStateException("every Java runtime has UTF-8", e);
        }
    }

    @Override
    protected void updateMessageID() throws MessagingException {
        setHeader(Mail.MESSAGE_ID, id);
    }
}
