package io.tocsin.notifier.route.receiver;

/**
 * One {@code msteams_configs} entry, for the connectors that Microsoft has retired.
 *
 * @param sendResolved whether it is told when alerts are over
 * @param http how requests are made
 * @param webhookUrl where notices go
 * @param title template
 * @param summary template
 * @param text template
 */
public record MsTeamsOptions(
        boolean sendResolved, HttpOptions http, Source webhookUrl, String title, String summary, String text)
        implements ReceiverOptions.OverHttp {

    @Override
    public Kind kind() {
        return Kind.MSTEAMS;
    }
}
