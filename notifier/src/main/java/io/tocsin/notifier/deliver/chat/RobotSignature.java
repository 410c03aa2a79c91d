package io.tocsin.notifier.deliver.chat;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The signatures of DingTalk's and Feishu's robots: HMAC-SHA256 in Base64, each with its own key and text. */
final class RobotSignature {

    private RobotSignature() {}

    /** DingTalk: the text is the time in milliseconds, a line feed and the secret; the key is the secret. */
    static String dingTalk(String secret, long millis) {
        return hmac(secret, millis + "\n" + secret);
    }

    /** Feishu: the key is the time in seconds, a line feed and the secret; the text is empty. */
    static String feishu(String secret, long seconds) {
        return hmac(seconds + "\n" + secret, "");
    }

    private static String hmac(String key, String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return Base64.getEncoder().encodeToString(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java runtime has HmacSHA256", e);
        }
    }
}
