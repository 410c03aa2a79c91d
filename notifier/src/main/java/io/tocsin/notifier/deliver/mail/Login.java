package io.tocsin.notifier.deliver.mail;

import io.tocsin.notifier.deliver.say.Texts;
import io.tocsin.notifier.route.receiver.EmailOptions.Authentication;

/**
 * Who sends.
 *
 * @param username empty means that nobody logs in
 * @param password of PLAIN and LOGIN, or the secret of CRAM-MD5
 * @param mechanisms that it may be told by, in order
 * @param identity who is acted for, with PLAIN; empty means the user
 */
record Login(String username, String password, String mechanisms, String identity) {

    private static final Login NOBODY = new Login("", "", "", "");

    static Login of(Authentication authentication, Texts texts) {
        String username = authentication.username();
        if (username.isEmpty()) {
            return NOBODY;
        }
        if (authentication.password().isPresent()) {
            String password = texts.secret(authentication.password().get());
            return new Login(username, password, "PLAIN LOGIN", authentication.identity());
        }
        return authentication
                .secret()
                .map(secret -> new Login(username, texts.secret(secret), "CRAM-MD5", ""))
                .orElse(NOBODY);
    }

    boolean isNobody() {
        return username.isEmpty();
    }

    /** Whether the mechanism is one of the JDK's SASL clients, and not the mail library's own. */
    boolean needsSasl() {
        return mechanisms.equals("CRAM-MD5") || !identity.isEmpty();
    }

    @Override
    public String toString() {
        return "Login[" + username + "]";
    }
}
