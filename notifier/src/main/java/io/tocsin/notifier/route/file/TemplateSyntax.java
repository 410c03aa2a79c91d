package io.tocsin.notifier.route.file;

import io.tocsin.gotemplate.GoFunction;
import io.tocsin.gotemplate.TemplateException;
import io.tocsin.gotemplate.Templates;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Whether a text is a template of notices; what its functions do is of no concern here, but their names are. */
final class TemplateSyntax {

    private static final Set<String> FUNCTIONS = Keys.words("""
            toUpper toLower title trimSpace join match safeHtml safeUrl urlUnescape reReplaceAll stringSlice routeLabels
            date tz now since humanizeDuration toDate mustToDate toJson list append dict""");
    private static final Templates EMPTY = Templates.with(functions());

    private TemplateSyntax() {}

    /**
     * Checks a text.
     *
     * @throws TemplateException.Parse when it is not a template
     */
    static void check(String name, String text) throws TemplateException.Parse {
        EMPTY.parse(name, text);
    }

    private static Map<String, GoFunction> functions() {
        GoFunction never = GoFunction.variadic(
                _ -> {
                    throw new IllegalStateException("templates are only parsed here");
                },
                io.tocsin.gotemplate.GoType.ANY);
        return FUNCTIONS.stream().collect(Collectors.toUnmodifiableMap(Function.identity(), _ -> never));
    }
}
