package io.tocsin.gotemplate;

/** The escaping functions html, js and urlquery, over byte strings. */
final class Escapes {
    private Escapes() {}

    static String html(String bytes) {
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < bytes.length(); i++) {
            char c = bytes.charAt(i);
            switch (c) {
                case 0 -> out.append(Utf8.encode(Utf8.ERROR));
                case '"' -> out.append("&#34;");
                case '\'' -> out.append("&#39;");
                case '&' -> out.append("&amp;");
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                default -> out.append(c);
            }
        }
        return out.toString();
    }

    static String js(String bytes) {
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < bytes.length(); i += Utf8.sizeAt(bytes, i)) {
            int rune = Utf8.runeAt(bytes, i);
            switch (rune) {
                case '\\' -> out.append("\\\\");
                case '\'' -> out.append("\\'");
                case '"' -> out.append("\\\"");
                case '<', '>', '&', '=' -> hex(out, rune);
                default -> {
                    if (rune < ' ' || (rune >= 0x80 && !GoQuote.isPrint(rune))) {
                        hex(out, rune);
                    } else {
                        out.append(bytes, i, i + Utf8.sizeAt(bytes, i));
                    }
                }
            }
        }
        return out.toString();
    }

    private static void hex(StringBuilder out, int rune) {
        out.append(String.format("\\u%04X", rune));
    }

    /** Go's url.QueryEscape: a space becomes a plus sign. */
    static String urlQuery(String bytes) {
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < bytes.length(); i++) {
            char c = bytes.charAt(i);
            boolean plain = (c >= 'a' && c <= 'z')
                    || (c >= 'A' && c <= 'Z')
                    || (c >= '0' && c <= '9')
                    || "-_.~".indexOf(c) >= 0;
            if (plain) {
                out.append(c);
            } else if (c == ' ') {
                out.append('+');
            } else {
                out.append(String.format("%%%02X", (int) c));
            }
        }
        return out.toString();
    }
}
