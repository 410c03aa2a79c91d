package io.tocsin.gotemplate;

/** The output of a format, limited, with the flags of the verb at hand. Bytes, one char each. */
final class FormatBuffer {
    private final int limit;
    private final StringBuilder out = new StringBuilder();
    FormatFlags flags = new FormatFlags();

    FormatBuffer(int limit) {
        this.limit = limit;
    }

    @Override
    public String toString() {
        return out.toString();
    }

    void write(String bytes) {
        if (out.length() + bytes.length() > limit) {
            throw new GoFormat.TooLongException(limit);
        }
        out.append(bytes);
    }

    void padWithSpaces(String text) {
        boolean zero = flags.zero;
        flags.zero = false;
        pad(text);
        flags.zero = zero;
    }

    void pad(String text) {
        int missing = flags.hasWidth ? flags.width - Utf8.runeCount(text) : 0;
        if (flags.minus) {
            write(text);
            writePadding(missing, ' ');
        } else {
            writePadding(missing, flags.zero ? '0' : ' ');
            write(text);
        }
    }

    void writePadding(int count, char with) {
        if (count > 0) {
            write(String.valueOf(with).repeat(count));
        }
    }
}
