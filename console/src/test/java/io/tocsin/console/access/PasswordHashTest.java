package io.tocsin.console.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.SecureRandom;
import org.junit.jupiter.api.Test;

class PasswordHashTest {

    /** Of the reference implementation's own tests, argon2id version 0x13. */
    private static final String REFERENCE =
            "$argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4";

    @Test
    void agreesWithTheReferenceImplementation() {
        assertThat(PasswordHash.parse(REFERENCE).matches("password".toCharArray()))
                .isTrue();
        assertThat(PasswordHash.parse(REFERENCE).matches("passwore".toCharArray()))
                .isFalse();
    }

    @Test
    void isReadAsItIsWritten() {
        PasswordHash hash = PasswordHash.create("geheim ☂".toCharArray(), new SecureRandom());
        PasswordHash again = PasswordHash.parse(hash.text());
        assertThat(again.text()).isEqualTo(hash.text());
        assertThat(again.matches("geheim ☂".toCharArray())).isTrue();
        assertThat(again.matches("geheim".toCharArray())).isFalse();
        assertThat(hash.toString()).doesNotContain("$");
    }

    @Test
    void refusesWhatIsNoneOrTakesTooMuch() {
        assertThatThrownBy(() -> PasswordHash.parse("$2y$10$abc")).hasMessageContaining("expected $argon2id$");
        assertThatThrownBy(() -> PasswordHash.parse(REFERENCE.replace("m=256", "m=9999999")))
                .hasMessageContaining("m from 8 times p to 1048576 KiB");
        assertThatThrownBy(() -> PasswordHash.parse(REFERENCE.replace("t=2", "t=0")))
                .hasMessageContaining("t and p must be 1 or more");
        assertThatThrownBy(() -> PasswordHash.parse(REFERENCE.replace("c29tZXNhbHQ", "c29t")))
                .hasMessageContaining("the salt needs 8 bytes");
    }
}
