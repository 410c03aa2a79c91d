package io.tocsin.selfheal.playbook;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Posts to an address, signed as Standard Webhooks says.
 *
 * @param body JSON
 * @param secretFile key of the signature; empty for none
 * @param authorizationFile value of the Authorization header; empty for none
 * @param state where the effect is seen; empty when it cannot be
 * @param shows what is seen there: JSON Pointers and the values that they lead to
 */
public record WebhookAction(
        Template url,
        Template body,
        Optional<String> secretFile,
        Optional<String> authorizationFile,
        Optional<Template> state,
        Map<String, Template> shows)
        implements Action {
    public WebhookAction {
        shows = Map.copyOf(shows);
        if (state.isPresent() == shows.isEmpty()) {
            throw new IllegalArgumentException("state says where to look and shows what is seen there: both or none");
        }
    }

    /** Where it is sent, for a target. */
    public String urlFor(Target target) {
        return Shape.URL.fill(url, target);
    }

    /** Where its effect is seen, for a target. */
    public Optional<String> stateFor(Target target) {
        return state.map(where -> Shape.URL.fill(where, target));
    }

    @Override
    public String text(Target target) {
        String seen = new TreeMap<>(shows)
                .entrySet().stream()
                        .map(entry -> entry.getKey() + " = " + entry.getValue().fill(target))
                        .collect(Collectors.joining(", "));
        return "POST " + urlFor(target) + " " + body.fill(target) + (secretFile.isPresent() ? ", signed" : "")
                + stateFor(target)
                        .map(where -> ", until " + where + " shows " + seen)
                        .orElse("");
    }

    @Override
    public Optional<Effect> effect() {
        return Optional.empty();
    }

    @Override
    public boolean observable() {
        return state.isPresent();
    }
}
