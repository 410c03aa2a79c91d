package io.tocsin.selfheal.playbook.read;

import io.tocsin.selfheal.playbook.Shape;
import io.tocsin.selfheal.playbook.Template;
import java.util.List;
import java.util.Optional;

/** The texts of one mapping that may hold placeholders; each placeholder must be one that a target can fill. */
record Texts(Fields fields, Problems problems, PlaybookContext context) {

    Texts of(Fields other) {
        return new Texts(other, problems, context);
    }

    Optional<Template> optional(String key) {
        return fields.text(key).map(text -> checked(key, text));
    }

    Template required(String key) {
        return checked(key, fields.required(key));
    }

    Template required(String key, Shape shape) {
        Template template = required(key);
        if (!template.text().isEmpty()) {
            shaped(key, template, shape);
        }
        return template;
    }

    List<Template> list(String key) {
        return fields.children(key).isEmpty()
                ? List.of()
                : fields.texts(key).stream().map(text -> checked(key, text)).toList();
    }

    /** Says what is wrong with how a text looks. */
    void shaped(String key, Template template, Shape shape) {
        shape.problem(template).ifPresent(problem -> problems.at(fields.where(key), key + ": " + problem));
    }

    Template checked(String key, String text) {
        Template template = new Template(text);
        List<String> valid = InventoryReader.prefixed(context.placeholders());
        for (String foreign : template.foreign()) {
            problems.at(fields.where(key), Problems.unknown("placeholder", foreign, valid));
        }
        template.names().stream()
                .filter(name -> !template.foreign().contains(name)
                        && !context.placeholders().contains(name))
                .forEach(name ->
                        problems.at(fields.where(key), Problems.unknown("placeholder", "target." + name, valid)));
        return template;
    }
}
