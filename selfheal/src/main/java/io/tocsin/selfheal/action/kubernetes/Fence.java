package io.tocsin.selfheal.action.kubernetes;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.tocsin.selfheal.action.Order;
import io.tocsin.selfheal.action.Outcome.End;
import io.tocsin.selfheal.action.Trouble;
import java.util.HashMap;
import java.util.Map;

/**
 * Annotations that tell on the object itself who changed it last. They are written in the same update as the change, which
 * the API server refuses when the object changed since it was read: an older token cannot win.
 */
final class Fence {

    static final String TOKEN = "tocsin.io/fencing-token";
    static final String ORDER = "tocsin.io/order";

    private Fence() {}

    /** Whether this very order has changed the object already. */
    static boolean isOf(HasMetadata object, Order order) {
        return order.id().equals(annotations(object).get(ORDER));
    }

    /**
     * Lets nobody through whose token is older than the one that the object knows.
     *
     * @throws Trouble when it is
     */
    static void require(HasMetadata object, Order order) throws Trouble {
        String known = annotations(object).getOrDefault(TOKEN, "0");
        if (!known.matches("\\d{1,18}") || Long.parseLong(known) > order.token()) {
            throw new Trouble(
                    End.REFUSED,
                    object.getKind() + " " + object.getMetadata().getName() + " was changed with token " + known
                            + ", this order has " + order.token());
        }
    }

    static void mark(HasMetadata object, Order order) {
        Map<String, String> annotations = new HashMap<>(annotations(object));
        annotations.put(TOKEN, Long.toString(order.token()));
        annotations.put(ORDER, order.id());
        object.getMetadata().setAnnotations(annotations);
    }

    private static Map<String, String> annotations(HasMetadata object) {
        ObjectMeta metadata = object.getMetadata();
        return metadata.getAnnotations() == null ? Map.of() : metadata.getAnnotations();
    }
}
