package io.tocsin.promql.parse;

import io.tocsin.promql.model.Utf8;

/** Byte offsets as line and column. */
final class Lines {

    private Lines() {}

    static int line(String query, int offset) {
        byte[] bytes = Utf8.encode(query);
        int line = 1;
        for (int i = 0; i < Math.min(offset, bytes.length); i++) {
            line += bytes[i] == '\n' ? 1 : 0;
        }
        return line;
    }

    static int column(String query, int offset) {
        byte[] bytes = Utf8.encode(query);
        int start = Math.min(offset, bytes.length);
        int i = start;
        while (i > 0 && bytes[i - 1] != '\n') {
            i--;
        }
        return offset - i + 1;
    }
}
