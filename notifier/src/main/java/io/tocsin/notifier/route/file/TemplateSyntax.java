package io.tocsin.notifier.route.file;

import io.tocsin.gotemplate.TemplateException;
import io.tocsin.notifier.template.NoticeTemplates;

/** Whether a text is a template of notices. */
final class TemplateSyntax {

    private TemplateSyntax() {}

    /**
     * Checks a text.
     *
     * @throws TemplateException.Parse when it is not a template
     */
    static void check(String name, String text) throws TemplateException.Parse {
        NoticeTemplates.check(name, text);
    }
}
