package io.tocsin.console.access;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Who may use the console. Without accounts it belongs to whoever can reach it, and listens on loopback only.
 *
 * @param usersFile local accounts, see {@link Accounts}; absent: nobody signs in
 * @param allowedHosts names and addresses that browsers reach the console by, beside those of loopback; without ports
 * @param https whether browsers reach the console by https, through a proxy: cookies are sent that way only
 * @param sessionIdle a session ends when it is not used for so long
 * @param sessionLongest a session ends after so long
 */
@ConfigurationProperties("tocsin.console.access")
public record AccessSettings(
        @Nullable Path usersFile,
        @Nullable List<String> allowedHosts,
        @Bindable(defaultValue = "false") boolean https,
        @Bindable(defaultValue = "1h") Duration sessionIdle,
        @Bindable(defaultValue = "12h") Duration sessionLongest) {

    public AccessSettings {
        if (!sessionIdle.isPositive() || !sessionLongest.isPositive()) {
            throw new IllegalArgumentException(
                    "tocsin.console.access.session-idle and session-longest must be more than zero");
        }
    }

    /** Names beside those of loopback. */
    public List<String> hosts() {
        List<String> hosts = allowedHosts;
        return hosts == null ? List.of() : hosts;
    }

    /** The file of local accounts. */
    public Optional<Path> users() {
        return Optional.ofNullable(usersFile);
    }
}
