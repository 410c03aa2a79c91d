package io.tocsin.notifier.route.receiver;

import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * One {@code email_configs} entry.
 *
 * @param sendResolved whether it is told when alerts are over
 * @param to template of the addresses, comma-separated
 * @param from template of the sender's address
 * @param hello the name that the server is greeted with
 * @param smarthost the server
 * @param authentication who sends; empty texts mean that nobody logs in
 * @param headers templates by canonical name; Subject, To and From are always among them
 * @param html template; empty means no such part
 * @param text template; empty means no such part
 * @param requireTls whether nothing is sent without TLS
 * @param implicitTls whether TLS comes before SMTP; empty means at port 465 alone
 * @param tls how the server is known
 * @param threading how mails are put into threads, if they are
 */
public record EmailOptions(
        boolean sendResolved,
        String to,
        String from,
        String hello,
        HostPort smarthost,
        Authentication authentication,
        Map<String, String> headers,
        String html,
        String text,
        boolean requireTls,
        Optional<Boolean> implicitTls,
        TlsOptions tls,
        Optional<Threading> threading)
        implements ReceiverOptions {

    public EmailOptions {
        headers = Collections.unmodifiableSortedMap(new TreeMap<>(headers));
    }

    /** A server; IPv6 addresses stand without their brackets. */
    public record HostPort(String host, String port) {}

    /**
     * Who sends.
     *
     * @param username empty means that nobody logs in
     * @param password for PLAIN and LOGIN
     * @param secret for CRAM-MD5
     * @param identity for PLAIN; empty means the username
     */
    public record Authentication(
            String username, Optional<Source> password, Optional<Source> secret, String identity) {}

    /** Which mails make a thread. */
    public enum Threading {
        /** All of a group. */
        NONE,
        /** Those of a group and a day. */
        DAILY
    }

    @Override
    public Kind kind() {
        return Kind.EMAIL;
    }
}
