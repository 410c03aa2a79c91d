package io.tocsin.console.page;

import io.tocsin.console.asset.Assets;
import java.time.Instant;
import java.util.List;

/**
 * What every page has around its content.
 *
 * @param title of the page
 * @param section which entry of the navigation it belongs to
 * @param address that the page fetches itself from
 * @param now when it was made
 * @param version of the picture that it shows
 * @param troubles what keeps the picture from being complete, in words
 * @param assets addresses of its files
 */
public record Frame(
        String title,
        String section,
        String address,
        Instant now,
        String version,
        List<String> troubles,
        Assets assets) {

    public Frame {
        troubles = List.copyOf(troubles);
    }
}
