package io.tocsin.promql.engine;

import io.tocsin.promql.model.Utf8;

/** Order of texts in which runs of digits count as numbers: {@code a2} before {@code a10}. */
final class NaturalOrder {

    private NaturalOrder() {}

    /** Whether the first of two different texts comes first. */
    static boolean less(String a, String b) {
        int i = 0;
        int j = 0;
        while (i < a.length() && j < b.length()) {
            int iEnd = chunk(a, i);
            int jEnd = chunk(b, j);
            String x = a.substring(i, iEnd);
            String y = b.substring(j, jEnd);
            int c = number(x) && number(y) ? Long.compare(Long.parseLong(x), Long.parseLong(y)) : Utf8.compare(x, y);
            if (c != 0) {
                return c < 0;
            }
            i = iEnd;
            j = jEnd;
        }
        boolean aEnds = i == a.length();
        boolean bEnds = j == b.length();
        // Numbers that are written differently (1, 01) make different texts equal here; the bytes decide.
        return aEnds && bEnds ? Utf8.compare(a, b) < 0 : aEnds;
    }

    private static int chunk(String text, int from) {
        boolean digits = isDigit(text.charAt(from));
        int i = from;
        while (i < text.length() && isDigit(text.charAt(i)) == digits) {
            i++;
        }
        return i;
    }

    private static boolean number(String chunk) {
        return isDigit(chunk.charAt(0)) && chunk.length() < 19;
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}
