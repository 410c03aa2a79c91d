package io.tocsin.notifier.deliver.mail;

import io.tocsin.notifier.deliver.http.TlsMaterial;
import io.tocsin.notifier.route.receiver.EmailOptions;
import java.time.Duration;
import java.util.Properties;

/**
 * How a server is spoken to.
 *
 * @param protocol smtp or smtps
 * @param properties of the mail library
 */
record SmtpSession(String protocol, Properties properties) {

    private static final String IMPLICIT_TLS_PORT = "465";

    static SmtpSession of(EmailOptions options, Login login, TlsMaterial tls, Duration limit) {
        boolean implicit =
                options.implicitTls().orElse(options.smarthost().port().equals(IMPLICIT_TLS_PORT));
        String protocol = implicit ? "smtps" : "smtp";
        String prefix = "mail." + protocol + ".";
        String millis = Long.toString(limit.toMillis());
        Properties properties = new Properties();
        properties.put("mail.transport.protocol", protocol);
        properties.put(prefix + "host", options.smarthost().host());
        properties.put(prefix + "port", options.smarthost().port());
        properties.put(prefix + "connectiontimeout", millis);
        properties.put(prefix + "timeout", millis);
        properties.put(prefix + "writetimeout", millis);
        if (!options.hello().isEmpty()) {
            properties.put(prefix + "localhost", options.hello());
        }
        encrypt(properties, prefix, options, tls);
        authenticate(properties, prefix, login);
        return new SmtpSession(protocol, properties);
    }

    private static void encrypt(Properties properties, String prefix, EmailOptions options, TlsMaterial tls) {
        properties.put(prefix + "starttls.enable", "true");
        properties.put(prefix + "starttls.required", Boolean.toString(options.requireTls()));
        properties.put(
                prefix + "ssl.checkserveridentity",
                Boolean.toString(!options.tls().insecureSkipVerify()));
        properties.put(prefix + "ssl.protocols", String.join(" ", tls.versions()));
        tls.context().ifPresent(context -> properties.put(prefix + "ssl.socketFactory", context.getSocketFactory()));
    }

    private static void authenticate(Properties properties, String prefix, Login login) {
        properties.put(prefix + "auth", Boolean.toString(!login.isNobody()));
        if (login.isNobody()) {
            return;
        }
        if (login.needsSasl()) {
            properties.put(prefix + "sasl.enable", "true");
            properties.put(prefix + "sasl.mechanisms", login.identity().isEmpty() ? login.mechanisms() : "PLAIN");
            properties.put(prefix + "auth.mechanisms", "");
            if (!login.identity().isEmpty()) {
                properties.put(prefix + "sasl.authorizationid", login.identity());
            }
        } else {
            properties.put(prefix + "auth.mechanisms", login.mechanisms());
        }
    }
}
