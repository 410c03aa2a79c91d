package io.tocsin.notifier.deliver.paging;

import io.tocsin.notifier.deliver.Notice;
import io.tocsin.notifier.deliver.http.Dialogue;
import io.tocsin.notifier.deliver.http.HttpCall;
import io.tocsin.notifier.deliver.http.HttpTelling;
import io.tocsin.notifier.deliver.say.Cut;
import io.tocsin.notifier.deliver.say.Texts;
import io.tocsin.notifier.route.receiver.IncidentioOptions;
import io.tocsin.notifier.store.Json;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** incident.io's alert source for Alertmanager: its webhook format as version "1". */
public final class IncidentIo implements HttpTelling<IncidentioOptions> {

    private static final int BYTES = 512 * 1024;

    @Override
    public Dialogue tell(Notice notice, IncidentioOptions options, Texts texts) {
        return Dialogue.ask(HttpCall.json("POST", texts.secretUrl(options.url()), body(notice)));
    }

    /** As many alerts, from the first, as the service takes. */
    private static String body(Notice notice) {
        ObjectNode document = Json.read(notice.document(), ObjectNode.class);
        document.put("version", "1");
        document.remove("incident");
        String json = Json.write(document);
        while (Cut.bytes(json) > BYTES && document.path("alerts").size() > 1) {
            ArrayNode alerts = (ArrayNode) document.path("alerts");
            int kept = alerts.size() / 2;
            document.put("truncatedAlerts", document.path("truncatedAlerts").asInt(0) + alerts.size() - kept);
            while (alerts.size() > kept) {
                alerts.remove(alerts.size() - 1);
            }
            json = Json.write(document);
        }
        return json;
    }
}
