package io.tocsin.console.page;

import io.tocsin.console.access.Viewer;
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
 * @param viewer who looks
 * @param assets addresses of its files
 */
public record Frame(
        String title,
        Section section,
        String address,
        Instant now,
        String version,
        List<String> troubles,
        Viewer viewer,
        Assets assets) {

    public Frame {
        troubles = troubles.stream().filter(trouble -> !trouble.isEmpty()).toList();
    }

    /** The same with its troubles, which are known only after the content. */
    public Frame with(List<String> found) {
        return new Frame(title, section, address, now, version, found, viewer, assets);
    }

    /** The same with another title. */
    public Frame titled(String other) {
        return new Frame(other, section, address, now, version, troubles, viewer, assets);
    }

    /** The same, fetching itself from another address: a page that answers a form is not fetched by its own. */
    public Frame at(String other) {
        return new Frame(title, section, other, now, version, troubles, viewer, assets);
    }
}
