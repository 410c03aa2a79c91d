package io.tocsin.gotemplate;

import java.nio.charset.StandardCharsets;

/** Between text and byte strings (one char per byte), with Go's rules for what is not UTF-8. */
final class Utf8 {
    static final int ERROR = 0xFFFD;
    static final int MAX_RUNE = 0x10FFFF;

    private Utf8() {}

    static String encode(String text) {
        return isAscii(text) ? text : new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    }

    static String decode(String bytes) {
        return isAscii(bytes) ? bytes : new String(bytes.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
    }

    static String encode(int rune) {
        boolean surrogate = rune >= 0xD800 && rune <= 0xDFFF;
        return encode(Character.toString(rune < 0 || rune > MAX_RUNE || surrogate ? ERROR : rune));
    }

    private static boolean isAscii(String s) {
        for (int i = 0; i < s.length(); i++) {
            if (s.charAt(i) >= 0x80) {
                return false;
            }
        }
        return true;
    }

    /** The code point at a position; U+FFFD for a byte that starts no valid sequence. */
    static int runeAt(String bytes, int at) {
        return (int) (decodeAt(bytes, at) >>> 3);
    }

    /** The number of bytes of the code point at a position; 1 for an invalid byte. */
    static int sizeAt(String bytes, int at) {
        return (int) (decodeAt(bytes, at) & 7);
    }

    /** Whether the byte at a position starts no valid sequence. */
    static boolean invalidAt(String bytes, int at) {
        return bytes.charAt(at) >= 0x80 && sizeAt(bytes, at) == 1;
    }

    static int runeCount(String bytes) {
        int count = 0;
        for (int i = 0; i < bytes.length(); i += sizeAt(bytes, i)) {
            count++;
        }
        return count;
    }

    private static long decodeAt(String bytes, int at) {
        int first = bytes.charAt(at);
        if (first < 0x80) {
            return pack(first, 1);
        }
        int size = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2;
        int rune = first & (0xFF >> (size + 1));
        if (first < 0xC2 || first > 0xF4 || at + size > bytes.length()) {
            return pack(ERROR, 1);
        }
        for (int i = 1; i < size; i++) {
            int next = bytes.charAt(at + i);
            if ((next & 0xC0) != 0x80) {
                return pack(ERROR, 1);
            }
            rune = (rune << 6) | (next & 0x3F);
        }
        return shortestForm(rune, size) ? pack(rune, size) : pack(ERROR, 1);
    }

    private static boolean shortestForm(int rune, int size) {
        boolean surrogate = rune >= 0xD800 && rune <= 0xDFFF;
        int least = size == 2 ? 0x80 : size == 3 ? 0x800 : 0x10000;
        return rune >= least && rune <= MAX_RUNE && !surrogate;
    }

    private static long pack(int rune, int size) {
        return ((long) rune << 3) | size;
    }
}
