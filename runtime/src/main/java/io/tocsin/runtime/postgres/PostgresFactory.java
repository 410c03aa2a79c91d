package io.tocsin.runtime.postgres;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.micronaut.context.annotation.Bean;
import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Requires;
import jakarta.inject.Singleton;
import org.flywaydb.core.Flyway;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.postgres.PostgresPlugin;

/** The pool and Jdbi of a module that has a schema. */
@Factory
@Requires(property = "tocsin.postgres.schema")
public final class PostgresFactory {

    @Singleton
    @Bean(preDestroy = "close")
    HikariDataSource dataSource(PostgresSettings settings) {
        HikariConfig config = new HikariConfig();
        config.setPoolName("tocsin-" + settings.schema());
        config.setJdbcUrl(settings.url());
        config.setUsername(settings.user());
        config.setPassword(settings.password());
        config.setSchema(settings.schema());
        config.setMaximumPoolSize(settings.poolSize());
        config.setConnectionTimeout(settings.connectTimeout().toMillis());
        return new HikariDataSource(config);
    }

    /** Jdbi after the migrations of the schema have run. */
    @Singleton
    Jdbi jdbi(HikariDataSource dataSource, PostgresSettings settings) {
        Flyway.configure()
                .dataSource(dataSource)
                .schemas(settings.schema())
                .defaultSchema(settings.schema())
                .createSchemas(true)
                .locations("classpath:db/" + settings.schema())
                .load()
                .migrate();
        // The plugin's own name for arrays of strings is varchar, and PostgreSQL compares that with no text[].
        return Jdbi.create(dataSource).installPlugin(new PostgresPlugin()).registerArrayType(String.class, "text");
    }
}
