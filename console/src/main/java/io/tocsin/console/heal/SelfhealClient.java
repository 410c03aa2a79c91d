package io.tocsin.console.heal;

import io.tocsin.console.heal.Healing.Entry;
import io.tocsin.console.heal.Healing.Freeze;
import io.tocsin.console.heal.Healing.Playbooks;
import io.tocsin.console.remote.Answer;
import io.tocsin.console.remote.Remote;
import io.tocsin.console.remote.Remotes;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.JsonNode;

/** Asks and tells self-healing. */
@Singleton
final class SelfhealClient {

    private static final String API = "/api/tocsin/selfheal/";

    private final Remote selfheal;

    SelfhealClient(Remotes remotes) {
        this.selfheal = remotes.selfheal();
    }

    Answer<List<Asked>> asked() {
        return selfheal.get(API + "approvals", "", new TypeReference<>() {});
    }

    Answer<Freeze> freeze() {
        return selfheal.get(API + "freeze", "", new TypeReference<>() {});
    }

    Answer<List<String>> quarantine() {
        return selfheal.get(API + "quarantine", "", new TypeReference<>() {});
    }

    Answer<Playbooks> playbooks() {
        return selfheal.get(API + "playbooks", "", new TypeReference<>() {});
    }

    Answer<List<Entry>> audit(String incident, int limit) {
        return selfheal.get(
                API + "audit?limit=" + limit + "&incident=" + Remote.encoded(incident), "", new TypeReference<>() {});
    }

    Answer<JsonNode> answer(String id, boolean approved, String by, String note) {
        return tell("approvals/" + Remote.encoded(id) + (approved ? "/approve" : "/reject"), by, note);
    }

    Answer<JsonNode> freeze(boolean frozen, String by, String note) {
        return tell(frozen ? "freeze" : "thaw", by, note);
    }

    Answer<JsonNode> release(String target, String by, String note) {
        return tell("quarantine/" + Remote.encoded(target) + "/release", by, note);
    }

    private Answer<JsonNode> tell(String path, String by, String note) {
        return selfheal.post(API + path, Map.of("by", by, "note", note));
    }
}
