package io.tocsin.gotemplate.prometheus;

/** Upper case for the first letter of each word; the other letters stay as they are. */
public final class Titles {
    private Titles() {}

    public static String of(String text) {
        StringBuilder out = new StringBuilder();
        boolean inWord = false;
        for (int i = 0; i < text.length(); ) {
            int c = text.codePointAt(i);
            int size = Character.charCount(c);
            boolean letter = Character.isLetterOrDigit(c) || c == '_' || isMark(c);
            out.appendCodePoint(letter && !inWord ? Character.toTitleCase(c) : c);
            inWord = letter || (inWord && joins(text, i, c) && i + size < text.length());
            i += size;
        }
        return out.toString();
    }

    private static boolean isMark(int c) {
        int type = Character.getType(c);
        return type == Character.NON_SPACING_MARK || type == Character.COMBINING_SPACING_MARK;
    }

    /** An apostrophe, dot or colon between letters belongs to the word (Unicode annex 29, MidLetter). */
    private static boolean joins(String text, int at, int c) {
        boolean middle = c == '\'' || c == '.' || c == ':' || c == '\u2019' || c == '\u00b7';
        return middle
                && at + 1 < text.length()
                && Character.isLetter(text.codePointAt(at + 1))
                && at > 0
                && Character.isLetter(text.codePointBefore(at));
    }
}
