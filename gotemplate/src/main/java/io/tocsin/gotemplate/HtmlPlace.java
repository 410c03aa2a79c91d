package io.tocsin.gotemplate;

import java.util.Locale;
import java.util.Set;

/** Where in a page its text has come to: follows HTML's tokenizer (WHATWG HTML, 13.2.5) as far as escaping needs. */
final class HtmlPlace {
    private static final Set<String> URLS = Set.of(
            "action", "background", "cite", "data", "formaction", "href", "icon", "longdesc", "poster", "src", "xmlns");

    enum State {
        TEXT,
        TAG_NAME,
        IN_TAG,
        ATTRIBUTE_NAME,
        BEFORE_VALUE,
        VALUE,
        COMMENT,
        SCRIPT,
        STYLE
    }

    /** What an attribute's value means. */
    enum Meaning {
        PLAIN,
        URL,
        STYLE,
        SCRIPT
    }

    private State state = State.TEXT;
    private final StringBuilder tag = new StringBuilder();
    private final StringBuilder attribute = new StringBuilder();
    private final StringBuilder tail = new StringBuilder();
    private char quote;
    private boolean valueBegun;
    private boolean inQuery;

    State state() {
        return state;
    }

    /** Whether an attribute's value stands between quotes. */
    boolean quoted() {
        return quote != 0;
    }

    /** Whether something of the attribute's value is there already. */
    boolean valueBegun() {
        return valueBegun;
    }

    /** Whether a URL's question mark or number sign has passed. */
    boolean inQuery() {
        return inQuery;
    }

    Meaning meaning() {
        String name = attribute.toString().toLowerCase(Locale.ROOT);
        if (name.startsWith("on")) {
            return Meaning.SCRIPT;
        }
        if (name.equals("style")) {
            return Meaning.STYLE;
        }
        return URLS.contains(name) ? Meaning.URL : Meaning.PLAIN;
    }

    void advance(String bytes) {
        for (int i = 0; i < bytes.length(); i++) {
            advance(bytes.charAt(i));
        }
    }

    private void advance(char c) {
        switch (state) {
            case TEXT -> text(c);
            case TAG_NAME -> tagName(c);
            case IN_TAG -> inTag(c);
            case ATTRIBUTE_NAME -> attributeName(c);
            case BEFORE_VALUE -> beforeValue(c);
            case VALUE -> value(c);
            case COMMENT -> until(c, "-->");
            case SCRIPT -> until(c, "</script");
            case STYLE -> until(c, "</style");
        }
    }

    private void text(char c) {
        if (c == '<') {
            tag.setLength(0);
            state = State.TAG_NAME;
        }
    }

    private void tagName(char c) {
        if (c == '>') {
            endTag();
        } else if (isSpace(c) || (c == '/' && !tag.isEmpty())) {
            state = tag.isEmpty() ? State.TEXT : State.IN_TAG;
        } else {
            tag.append(c);
            boolean comment = tag.length() == 3 && tag.toString().equals("!--");
            state = comment ? begin(State.COMMENT) : state;
        }
    }

    private void inTag(char c) {
        if (c == '>') {
            endTag();
        } else if (!isSpace(c) && c != '/') {
            attribute.setLength(0);
            attribute.append(c);
            state = State.ATTRIBUTE_NAME;
        }
    }

    private void attributeName(char c) {
        if (c == '=') {
            state = State.BEFORE_VALUE;
        } else if (c == '>') {
            endTag();
        } else if (isSpace(c) || c == '/') {
            state = State.IN_TAG;
        } else {
            attribute.append(c);
        }
    }

    private void beforeValue(char c) {
        if (isSpace(c)) {
            return;
        }
        if (c == '>') {
            endTag();
            return;
        }
        quote = c == '"' || c == '\'' ? c : 0;
        valueBegun = quote == 0;
        inQuery = false;
        state = State.VALUE;
    }

    private void value(char c) {
        boolean over = quoted() ? c == quote : isSpace(c) || c == '>';
        if (over && !quoted() && c == '>') {
            endTag();
        } else if (over) {
            state = State.IN_TAG;
        } else {
            valueBegun = true;
            inQuery |= c == '?' || c == '#';
        }
    }

    private void endTag() {
        state = switch (tag.toString().toLowerCase(Locale.ROOT)) {
            case "script" -> begin(State.SCRIPT);
            case "style" -> begin(State.STYLE);
            default -> State.TEXT;
        };
    }

    private State begin(State raw) {
        tail.setLength(0);
        return raw;
    }

    private void until(char c, String end) {
        tail.append(Character.toLowerCase(c));
        if (tail.length() > end.length()) {
            tail.deleteCharAt(0);
        }
        if (tail.toString().equals(end)) {
            tag.setLength(0);
            tag.append(end.substring(1));
            state = end.equals("-->") ? State.TEXT : State.IN_TAG;
        }
    }

    private static boolean isSpace(char c) {
        return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f';
    }
}
