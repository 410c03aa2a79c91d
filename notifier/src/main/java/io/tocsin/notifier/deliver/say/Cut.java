package io.tocsin.notifier.deliver.say;

import java.nio.charset.StandardCharsets;
import java.util.function.UnaryOperator;

/** Texts made to fit a service's limit; one that was longer ends with an ellipsis. */
public final class Cut {

    private static final String MARK = "…";

    private Cut() {}

    /** At most so many characters (Unicode code points). */
    public static String toCharacters(String text, int limit) {
        if (text.codePointCount(0, text.length()) <= limit) {
            return text;
        }
        return text.substring(0, text.offsetByCodePoints(0, limit - 1)) + MARK;
    }

    /** At most so many UTF-16 units, as services count that are written in JavaScript, C# or Java. */
    public static String toUnits(String text, int limit) {
        if (text.length() <= limit) {
            return text;
        }
        int end = Character.isHighSurrogate(text.charAt(limit - 2)) ? limit - 2 : limit - 1;
        return text.substring(0, end) + MARK;
    }

    /** At most so many bytes of UTF-8. */
    public static String toBytes(String text, int limit) {
        if (bytes(text) <= limit) {
            return text;
        }
        int room = limit - bytes(MARK);
        int end = 0;
        while (end < text.length()) {
            int next = text.offsetByCodePoints(end, 1);
            room -= bytes(text.substring(end, next));
            if (room < 0) {
                break;
            }
            end = next;
        }
        return text.substring(0, end) + MARK;
    }

    /**
     * A text so short that what is made with it has at most so many bytes of UTF-8; empty when even that is too long.
     *
     * @param made what the text becomes a part of
     */
    public static String toFit(String text, int limit, UnaryOperator<String> made) {
        String fitting = text;
        int over = bytes(made.apply(fitting)) - limit;
        while (over > 0 && !fitting.isEmpty()) {
            int room = bytes(fitting) - over;
            fitting = room > bytes(MARK) ? toBytes(fitting, room) : "";
            over = bytes(made.apply(fitting)) - limit;
        }
        return fitting;
    }

    /** Bytes of UTF-8. */
    public static int bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }
}
