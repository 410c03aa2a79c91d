package io.tocsin.notifier.route.receiver;

/**
 * One {@code msteamsv2_configs} entry, for Power Automate flows.
 *
 * @param sendResolved whether it is told when alerts are over
 * @param http how requests are made
 * @param webhookUrl where notices go
 * @param title template
 * @param text template
 */
public record MsTeamsV2Options(boolean sendResolved, HttpOptions http, Source webhookUrl, String title, String text)
        implements ReceiverOptions.OverHttp {

    @Override
    public Kind kind() {
        return Kind.MSTEAMSV2;
    }
}
