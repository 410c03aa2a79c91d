package io.tocsin.collector.probe.file;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import io.tocsin.collector.config.Fields;
import io.tocsin.collector.config.Template;
import io.tocsin.collector.probe.Check;
import io.tocsin.collector.probe.Secret;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Matcher;

/**
 * Values that several keys share.
 *
 * @param environment what <code>${NAME}</code> stands for in secrets and headers
 */
record Values(Map<String, String> environment) {

    private static final java.util.regex.Pattern VARIABLE = java.util.regex.Pattern.compile("\\$\\{([A-Za-z_]\\w*)}");

    static Pattern pattern(String text) {
        try {
            return Pattern.compile(text);
        } catch (PatternSyntaxException e) {
            throw new IllegalArgumentException("not a regular expression: " + e.getMessage(), e);
        }
    }

    /** A text in which environment variables may stand, for what must not be in the file. */
    Secret secret(String text) {
        Matcher matcher = VARIABLE.matcher(text);
        StringBuilder filled = new StringBuilder();
        while (matcher.find()) {
            String value = environment.get(matcher.group(1));
            if (value == null) {
                throw new IllegalArgumentException("the environment variable " + matcher.group(1) + " is not set");
            }
            matcher.appendReplacement(filled, Matcher.quoteReplacement(value));
        }
        return new Secret.Value(matcher.appendTail(filled).toString());
    }

    /** {@code key} with the secret itself, or {@code key_file} with the file that holds it. */
    Optional<Secret> secret(Fields fields, String key) {
        Optional<Secret> value = fields.one(key, this::secret);
        Optional<Secret> file = fields.text(key + "_file").map(Secret.File::new);
        if (value.isPresent() && file.isPresent()) {
            fields.error(key, "either " + key + " or " + key + "_file, not both");
        }
        return value.or(() -> file);
    }

    static Check.TlsOptions tls(Fields parent) {
        return parent.fields("tls", "options of TLS")
                .map(fields -> {
                    Check.TlsOptions options = new Check.TlsOptions(
                            fields.text("ca_file"), fields.text("server_name"), fields.flag("verify", true));
                    fields.close();
                    return options;
                })
                .orElse(Check.TlsOptions.DEFAULT);
    }

    static Duration validFor(Fields fields) {
        return fields.duration("certificate_valid_for").orElse(Duration.ZERO);
    }

    /** Names to templates; a name that does not hold is reported. */
    static Map<String, Template> templates(Fields parent, String key, Predicate<String> valid) {
        Map<String, Template> templates = new LinkedHashMap<>();
        parent.fields(key, key)
                .ifPresent(fields -> fields.names().forEach(name -> {
                    if (!valid.test(name)) {
                        fields.error(name, "not a name of a label");
                    }
                    fields.text(name).ifPresent(text -> templates.put(name, new Template(text)));
                }));
        return templates;
    }

    /** Names to regular expressions. */
    static Map<String, Pattern> patterns(Fields parent, String key) {
        Map<String, Pattern> patterns = new LinkedHashMap<>();
        parent.fields(key, key)
                .ifPresent(fields -> fields.names()
                        .forEach(name ->
                                fields.one(name, Values::pattern).ifPresent(found -> patterns.put(name, found))));
        return patterns;
    }
}
