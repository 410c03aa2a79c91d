package io.tocsin.rulesengine.rules.template;

import java.util.regex.Pattern;

/** Parts of addresses as {@code host:port}, by the rules of Go's {@code net.SplitHostPort}. */
final class HostPort {
    private static final Pattern IPV4 = Pattern.compile("(?:(?:25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)(?:\\.(?!$)|$)){4}");
    private static final Pattern IPV6 = Pattern.compile("[0-9a-fA-F:]*:[0-9a-fA-F:.]*");

    private HostPort() {}

    /** The text without its port, or as it is when it has none. */
    static String stripPort(String text) {
        int colon = split(text);
        return colon < 0 ? text : host(text, colon);
    }

    /** The first part of a host name, with the port if there is one; addresses stay whole. */
    static String stripDomain(String text) {
        int colon = split(text);
        String host = colon < 0 ? text : host(text, colon);
        if (isAddress(host)) {
            return text;
        }
        String port = colon < 0 ? "" : text.substring(colon + 1);
        int dot = host.indexOf('.');
        String first = dot < 0 ? host : host.substring(0, dot);
        return port.isEmpty() ? first : first.contains(":") ? "[" + first + "]:" + port : first + ":" + port;
    }

    private static String host(String text, int colon) {
        return text.startsWith("[") ? text.substring(1, colon - 1) : text.substring(0, colon);
    }

    /** The colon before the port; -1 where the text is not of the form host:port. */
    private static int split(String text) {
        int colon = text.lastIndexOf(':');
        if (colon < 0) {
            return -1;
        }
        if (text.startsWith("[")) {
            int close = text.indexOf(']');
            boolean brackets =
                    close > 0 && close + 1 == colon && text.indexOf('[', 1) < 0 && text.indexOf(']', close + 1) < 0;
            return brackets ? colon : -1;
        }
        boolean plain = text.indexOf(':') == colon && text.indexOf('[') < 0 && text.indexOf(']') < 0;
        return plain ? colon : -1;
    }

    private static boolean isAddress(String host) {
        return IPV4.matcher(host).matches() || IPV6.matcher(host).matches();
    }
}
