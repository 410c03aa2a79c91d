package io.tocsin.notifier.route.receiver;

import java.net.URI;

/**
 * One {@code webex_configs} entry.
 *
 * @param sendResolved whether it is told when alerts are over
 * @param http how requests are made; it always has a scheme with the bot's token
 * @param apiUrl where notices go
 * @param message template
 * @param roomId template of the room's id
 */
public record WebexOptions(boolean sendResolved, HttpOptions http, URI apiUrl, String message, String roomId)
        implements ReceiverOptions.OverHttp {

    @Override
    public Kind kind() {
        return Kind.WEBEX;
    }
}
