package io.tocsin.console.page;

import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import io.tocsin.console.access.Viewer;
import io.tocsin.console.asset.Assets;
import io.tocsin.console.live.LiveFeed;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;

/** Renders templates, which are compiled at build time. */
public final class Pages {

    private final TemplateEngine engine =
            TemplateEngine.createPrecompiled(null, ContentType.Html, null, "io.tocsin.console.pages.compiled");
    private final Assets assets;
    private final LiveFeed live;
    private final InstantSource clock;

    /** Pages with these files, around this picture. */
    public Pages(Assets assets, LiveFeed live, InstantSource clock) {
        this.assets = assets;
        this.live = live;
        this.clock = clock;
    }

    /** The frame of a page made now. Take it before the content: its version must not be newer than what is shown. */
    public Frame frame(HttpRequest<?> request, Section section) {
        return new Frame(
                section.title(),
                section,
                request.getUri().toString(),
                clock.instant(),
                live.version(),
                List.of(),
                Viewer.of(request),
                assets);
    }

    /** The files that pages refer to. */
    public Assets assets() {
        return assets;
    }

    /** To another page, after something was changed. */
    public static HttpResponse<String> to(String address) {
        return HttpResponse.<String>status(HttpStatus.SEE_OTHER).header(HttpHeaders.LOCATION, address);
    }

    /** A page. */
    public MutableHttpResponse<String> page(String template, Map<String, Object> values) {
        return page(HttpStatus.OK, template, values);
    }

    /** What somebody asked for is not there. */
    public MutableHttpResponse<String> missing(Frame frame, String what) {
        return page(HttpStatus.NOT_FOUND, "missing.jte", Map.of("frame", frame.titled("Not found"), "what", what));
    }

    /** A page with another status than 200. */
    public MutableHttpResponse<String> page(HttpStatus status, String template, Map<String, Object> values) {
        StringOutput html = new StringOutput();
        engine.render(template, values, html);
        return HttpResponse.<String>status(status)
                .body(html.toString())
                .contentType(MediaType.TEXT_HTML_TYPE)
                .characterEncoding("utf-8")
                .header(HttpHeaders.CACHE_CONTROL, "no-store");
    }
}
