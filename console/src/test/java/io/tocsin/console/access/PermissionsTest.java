package io.tocsin.console.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.micronaut.http.HttpMethod;
import org.junit.jupiter.api.Test;

class PermissionsTest {

    @Test
    void lookingNeedsAViewerChangingAnOperatorRulesAnAdministrator() {
        assertThat(Permissions.needed(HttpMethod.GET, "/rules/edit")).isEqualTo(Role.VIEWER);
        assertThat(Permissions.needed(HttpMethod.POST, "/silences")).isEqualTo(Role.OPERATOR);
        assertThat(Permissions.needed(HttpMethod.POST, "/rules/check")).isEqualTo(Role.OPERATOR);
        assertThat(Permissions.needed(HttpMethod.POST, "/rules/apply")).isEqualTo(Role.ADMIN);
        assertThat(Permissions.needed(HttpMethod.POST, "/logout")).isEqualTo(Role.VIEWER);
        assertThat(Permissions.needed(HttpMethod.DELETE, "/anything")).isEqualTo(Role.OPERATOR);
    }

    @Test
    void onlyTheDoorIsPublic() {
        assertThat(Permissions.isPublic("/login")).isTrue();
        assertThat(Permissions.isPublic("/assets/abc/console.css")).isTrue();
        assertThat(Permissions.isPublic("/metrics")).isTrue();
        assertThat(Permissions.isPublic("/")).isFalse();
        assertThat(Permissions.isPublic("/login/../alerts")).isFalse();
        assertThat(Permissions.isPublic("/live")).isFalse();
    }
}
