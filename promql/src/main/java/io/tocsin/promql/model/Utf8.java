package io.tocsin.promql.model;

import java.nio.charset.StandardCharsets;

/**
 * Text as bytes. PromQL's strings are bytes that are mostly UTF-8; a byte that is not part of valid UTF-8 is held in a
 * Java string as the lone surrogate U+DC00 + byte, so that every byte sequence survives both ways.
 */
public final class Utf8 {

    private static final int ESCAPE = 0xDC00;

    private Utf8() {}

    /** The bytes of a text. A lone surrogate that stands for no byte becomes U+FFFD, as in any UTF-8 encoder. */
    public static byte[] encode(String text) {
        int escaped = 0;
        boolean ascii = true;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            ascii &= c < 0x80;
            if (isEscape(text, i)) {
                escaped++;
            }
        }
        if (ascii || escaped == 0) {
            return fromValid(text);
        }
        java.io.ByteArrayOutputStream out = new java.io.ByteArrayOutputStream(text.length() + 16);
        int from = 0;
        for (int i = 0; i < text.length(); i++) {
            if (isEscape(text, i)) {
                out.writeBytes(fromValid(text.substring(from, i)));
                out.write(text.charAt(i) - ESCAPE);
                from = i + 1;
            }
        }
        out.writeBytes(fromValid(text.substring(from)));
        return out.toByteArray();
    }

    /** The text of some bytes. */
    public static String decode(byte[] bytes, int from, int to) {
        boolean ascii = true;
        for (int i = from; i < to && ascii; i++) {
            ascii = bytes[i] >= 0;
        }
        if (ascii) {
            return new String(bytes, from, to - from, StandardCharsets.ISO_8859_1);
        }
        StringBuilder out = new StringBuilder(to - from);
        int i = from;
        while (i < to) {
            int rune = rune(bytes, i, to);
            if (rune < 0) {
                out.append((char) (ESCAPE + (bytes[i] & 0xFF)));
                i++;
            } else {
                out.appendCodePoint(rune);
                i += width(rune);
            }
        }
        return out.toString();
    }

    /** Whether a text stands for valid UTF-8. */
    public static boolean isValid(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isHighSurrogate(c) && i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1))) {
                i++;
            } else if (Character.isSurrogate(c)) {
                return false;
            }
        }
        return true;
    }

    /** Whether the char is a lone surrogate that stands for a raw byte. */
    public static boolean isEscape(String text, int index) {
        char c = text.charAt(index);
        boolean inRange = c >= ESCAPE + 0x80 && c <= ESCAPE + 0xFF;
        return inRange && (index == 0 || !Character.isHighSurrogate(text.charAt(index - 1)));
    }

    /** The raw byte that an escape char stands for. */
    public static int escapedByte(char c) {
        return c - ESCAPE;
    }

    /** The char that stands for a byte that is not valid UTF-8. */
    public static char escape(int b) {
        return (char) (ESCAPE + (b & 0xFF));
    }

    /** The code point that starts at {@code at}, or -1 where the bytes are not valid UTF-8 (RFC 3629). */
    public static int rune(byte[] bytes, int at, int to) {
        int b = bytes[at] & 0xFF;
        if (b < 0x80) {
            return b;
        }
        int length = b >= 0xC2 && b < 0xE0 ? 2 : b >= 0xE0 && b < 0xF0 ? 3 : b >= 0xF0 && b < 0xF5 ? 4 : 0;
        if (length == 0 || at + length > to) {
            return -1;
        }
        int rune = b & (0xFF >> (length + 1));
        for (int i = 1; i < length; i++) {
            int next = bytes[at + i] & 0xFF;
            if ((next & 0xC0) != 0x80) {
                return -1;
            }
            rune = rune << 6 | next & 0x3F;
        }
        boolean overlong = length == 3 && rune < 0x800 || length == 4 && rune < 0x10000;
        boolean surrogate = rune >= 0xD800 && rune < 0xE000;
        return overlong || surrogate || rune > 0x10FFFF ? -1 : rune;
    }

    /** How many bytes a code point takes. */
    public static int width(int rune) {
        return rune < 0x80 ? 1 : rune < 0x800 ? 2 : rune < 0x10000 ? 3 : 4;
    }

    /** Compares as the UTF-8 bytes would compare, which differs from {@link String#compareTo} above U+FFFF. */
    public static int compare(String a, String b) {
        int n = Math.min(a.length(), b.length());
        for (int i = 0; i < n; i++) {
            char x = a.charAt(i);
            char y = b.charAt(i);
            if (x != y) {
                boolean sx = Character.isSurrogate(x);
                boolean sy = Character.isSurrogate(y);
                return sx == sy ? x - y : sx ? 1 : -1;
            }
        }
        return a.length() - b.length();
    }

    private static byte[] fromValid(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        // The JDK writes '?' for a lone surrogate; U+FFFD is what other encoders write.
        return isValid(text) ? bytes : replaceLone(text).getBytes(StandardCharsets.UTF_8);
    }

    private static String replaceLone(String text) {
        StringBuilder out = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            int rune = text.codePointAt(i);
            boolean lone = rune >= 0xD800 && rune < 0xE000;
            out.appendCodePoint(lone ? 0xFFFD : rune);
            i += rune > 0xFFFF ? 1 : 0;
        }
        return out.toString();
    }
}
