package io.tocsin.console.asset;

import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;

/** {@code /assets}: files that pages refer to. */
@Controller("/assets")
final class AssetsController {

    private static final String FOR_EVER = "public, max-age=31536000, immutable";

    private final Assets assets;

    AssetsController(Assets assets) {
        this.assets = assets;
    }

    @Get("/{hash}/{name}")
    HttpResponse<byte[]> asset(String hash, String name) {
        return assets.find(hash, name)
                .map(asset -> HttpResponse.ok(asset.content())
                        .header(HttpHeaders.CONTENT_TYPE, asset.type())
                        .header(HttpHeaders.CACHE_CONTROL, FOR_EVER))
                .orElseGet(HttpResponse::notFound);
    }
}
