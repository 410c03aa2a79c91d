package io.tocsin.notifier.deliver.http;

import io.tocsin.notifier.deliver.Notice;
import io.tocsin.notifier.deliver.say.Texts;
import io.tocsin.notifier.route.receiver.ReceiverOptions;

/** How one kind of service is told over HTTP: a pure function of the notice, the options and the rendered texts. */
@FunctionalInterface
public interface HttpTelling<O extends ReceiverOptions> {

    /**
     * The conversation that tells a notice.
     *
     * @throws io.tocsin.notifier.deliver.say.Unsayable when a text that it needs cannot be had
     */
    Dialogue tell(Notice notice, O options, Texts texts);
}
