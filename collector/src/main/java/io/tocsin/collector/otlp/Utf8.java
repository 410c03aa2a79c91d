package io.tocsin.collector.otlp;

/** Whether bytes are UTF-8 as protobuf has it: the shortest form, no surrogates, nothing above U+10FFFF (RFC 3629). */
final class Utf8 {

    private Utf8() {}

    static boolean isValid(byte[] bytes, int begin, int end) {
        int at = begin;
        while (at < end) {
            int first = bytes[at] & 0xff;
            if (first < 0x80) {
                at++;
                continue;
            }
            int length = length(first);
            if (length == 0 || length > end - at || !isSecond(first, bytes[at + 1] & 0xff)) {
                return false;
            }
            for (int i = 2; i < length; i++) {
                if ((bytes[at + i] & 0xc0) != 0x80) {
                    return false;
                }
            }
            at += length;
        }
        return true;
    }

    private static int length(int first) {
        if (first < 0xc2 || first > 0xf4) {
            return 0;
        }
        return first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
    }

    /** The second byte's range, which depends on the first. */
    private static boolean isSecond(int first, int second) {
        return switch (first) {
            case 0xe0 -> second >= 0xa0 && second <= 0xbf;
            case 0xed -> second >= 0x80 && second <= 0x9f;
            case 0xf0 -> second >= 0x90 && second <= 0xbf;
            case 0xf4 -> second >= 0x80 && second <= 0x8f;
            default -> second >= 0x80 && second <= 0xbf;
        };
    }
}
