package io.tocsin.console.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class AccountsTest {

    private static final String HASH =
            "$argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4";

    @Test
    void hasALineForEachPerson() {
        Accounts accounts =
                Accounts.parse("users", List.of("# people", "", "ada admin " + HASH, " vera\tviewer  " + HASH));
        assertThat(accounts.byName().keySet()).containsExactly("ada", "vera");
        assertThat(accounts.find("ada").orElseThrow().role()).isEqualTo(Role.ADMIN);
        assertThat(accounts.find("eve")).isEmpty();
    }

    @Test
    void saysWhereAMistakeIs() {
        assertMistake("ada admin", "users:2:1: found 2 words, expected three");
        assertMistake("ada root " + HASH, "users:2:5: found role root, expected viewer, operator or admin");
        assertMistake("a:da admin " + HASH, "users:2:1: a name has letters");
        assertMistake("ada admin plain", "users:2:11: expected $argon2id$");
        assertThatThrownBy(() -> Accounts.parse("users", List.of("ada admin " + HASH, "ada viewer " + HASH)))
                .hasMessage("users:2:1: ada stands twice");
    }

    private static void assertMistake(String line, String message) {
        assertThatThrownBy(() -> Accounts.parse("users", List.of("# people", line)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(message);
    }
}
