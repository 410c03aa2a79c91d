package io.tocsin.console.page;

import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
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
    public Frame frame(String title, String section, String address, List<String> troubles) {
        return new Frame(title, section, address, clock.instant(), live.version(), troubles, assets);
    }

    /** A page. */
    public MutableHttpResponse<String> page(String template, Map<String, Object> values) {
        return page(HttpStatus.OK, template, values);
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
