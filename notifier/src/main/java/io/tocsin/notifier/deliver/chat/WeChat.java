package io.tocsin.notifier.deliver.chat;

import io.tocsin.notifier.deliver.Notice;
import io.tocsin.notifier.deliver.Outcome;
import io.tocsin.notifier.deliver.http.Dialogue;
import io.tocsin.notifier.deliver.http.HttpCall;
import io.tocsin.notifier.deliver.http.HttpReply;
import io.tocsin.notifier.deliver.http.HttpTelling;
import io.tocsin.notifier.deliver.say.Cut;
import io.tocsin.notifier.deliver.say.Fields;
import io.tocsin.notifier.deliver.say.Texts;
import io.tocsin.notifier.route.receiver.WeChatOptions;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** WeCom's applications, once WeChat Work: a token is fetched and kept, then the message is sent. */
public final class WeChat implements HttpTelling<WeChatOptions> {

    private static final int BYTES = 2048;
    private static final Duration MARGIN = Duration.ofMinutes(1);
    /** The service is busy; too many calls; too many messages. */
    private static final Set<Integer> PASSING = Set.of(-1, 45009, 45033);
    /** The token is not valid any more. */
    private static final Set<Integer> TOKEN_OVER = Set.of(40014, 42001, 41001);

    private record Account(URI apiUrl, String corpId, String secret) {}

    private record Token(String value, Instant until) {}

    private final Map<Account, Token> tokens = new ConcurrentHashMap<>();

    @Override
    public Dialogue tell(Notice notice, WeChatOptions options, Texts texts) {
        Account account =
                new Account(options.apiUrl(), texts.exact(options.corpId()), texts.secret(options.apiSecret()));
        Token known = tokens.get(account);
        return known != null && texts.now().isBefore(known.until())
                ? send(account, options, texts, known)
                : fetch(account, options, texts);
    }

    private Dialogue fetch(Account account, WeChatOptions options, Texts texts) {
        Map<String, String> query = new LinkedHashMap<>();
        query.put("corpid", account.corpId());
        query.put("corpsecret", account.secret());
        URI uri = HttpCall.withQuery(HttpCall.under(options.apiUrl(), "gettoken"), query);
        return Dialogue.askThen(HttpCall.get(uri), reply -> {
            String value = reply.json().path("access_token").asString("");
            if (value.isEmpty()) {
                return new Dialogue.End(judged(reply));
            }
            long seconds = reply.json().path("expires_in").asLong(7200);
            Token token = new Token(value, texts.now().plusSeconds(seconds).minus(MARGIN));
            tokens.put(account, token);
            return send(account, options, texts, token);
        });
    }

    private Dialogue send(Account account, WeChatOptions options, Texts texts, Token token) {
        URI uri = HttpCall.withQuery(
                HttpCall.under(options.apiUrl(), "message/send"),
                Map.of("access_token", texts.remember(token.value())));
        return Dialogue.ask(HttpCall.post(uri, message(options, texts)), reply -> {
            if (TOKEN_OVER.contains(code(reply.json()))) {
                tokens.remove(account, token);
                return reply.later();
            }
            return judged(reply);
        });
    }

    private static Map<String, @Nullable Object> message(WeChatOptions options, Texts texts) {
        String kind = options.markdown() ? "markdown" : "text";
        return new Fields()
                .text("touser", texts.exact(options.toUser()))
                .text("toparty", texts.exact(options.toParty()))
                .text("totag", texts.exact(options.toTag()))
                .text("agentid", texts.exact(options.agentId()))
                .put("msgtype", kind)
                .put(kind, Map.of("content", Cut.toBytes(texts.prose(options.message()), BYTES)))
                .put("safe", "0")
                .map();
    }

    private static int code(JsonNode answer) {
        return answer.path("errcode").asInt(0);
    }

    private static Outcome judged(HttpReply reply) {
        if (!reply.isSuccess() || (code(reply.json()) == 0 && reply.json().has("errcode"))) {
            return reply.outcome();
        }
        return PASSING.contains(code(reply.json())) ? reply.later() : reply.never();
    }
}
