package io.tocsin.notifier.template;

import io.tocsin.gotemplate.TemplateException;
import io.tocsin.notifier.route.TemplateFile;
import java.util.List;
import java.util.function.Supplier;

/** The templates of the configuration that is in force; parsed anew when another one is. */
public final class RoutingTemplates implements Supplier<NoticeTemplates> {

    private final Supplier<List<TemplateFile>> files;
    private volatile Parsed parsed = new Parsed(List.of(), NoticeTemplates.defaults());

    private record Parsed(List<TemplateFile> files, NoticeTemplates templates) {}

    public RoutingTemplates(Supplier<List<TemplateFile>> files) {
        this.files = files;
    }

    @Override
    public NoticeTemplates get() {
        List<TemplateFile> now = files.get();
        Parsed known = parsed;
        if (!now.equals(known.files())) {
            known = new Parsed(now, parse(now));
            parsed = known;
        }
        return known.templates();
    }

    private static NoticeTemplates parse(List<TemplateFile> files) {
        try {
            return NoticeTemplates.of(files);
        } catch (TemplateException.Parse e) {
            throw new IllegalStateException("a configuration was put in force with a broken template", e);
        }
    }
}
