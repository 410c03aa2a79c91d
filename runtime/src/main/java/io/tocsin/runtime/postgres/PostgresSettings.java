package io.tocsin.runtime.postgres;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;
import java.time.Duration;

/**
 * Where PostgreSQL is.
 *
 * @param url JDBC address
 * @param user role
 * @param password its password; never logged
 * @param schema the module's own schema; its migrations are in {@code classpath:db/<schema>}
 * @param poolSize connections at most
 * @param connectTimeout how long to wait for a connection
 */
@ConfigurationProperties("tocsin.postgres")
public record PostgresSettings(
        @Bindable(defaultValue = "jdbc:postgresql://127.0.0.1:15432/postgres")
        String url,

        @Bindable(defaultValue = "postgres") String user,
        @Bindable(defaultValue = "") String password,
        @Bindable(defaultValue = "public") String schema,
        @Bindable(defaultValue = "4") int poolSize,
        @Bindable(defaultValue = "5s") Duration connectTimeout) {

    @Override
    public String toString() {
        return "PostgresSettings[" + url + ", user " + user + ", schema " + schema + "]";
    }
}
