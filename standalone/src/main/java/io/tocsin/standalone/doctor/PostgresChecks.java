package io.tocsin.standalone.doctor;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;

/** PostgreSQL: whether it answers, keeps what it says it kept, and has the modules' tables. */
final class PostgresChecks {

    private static final int OLDEST = 14;

    private PostgresChecks() {}

    static List<Finding> all(String url, String user, String password) {
        Properties properties = new Properties();
        properties.setProperty("user", user);
        properties.setProperty("password", password);
        properties.setProperty("connectTimeout", "5");
        properties.setProperty("socketTimeout", "5");
        List<Finding> findings = new ArrayList<>();
        try (Connection connection = DriverManager.getConnection(url, properties);
                Statement statement = connection.createStatement()) {
            int version = connection.getMetaData().getDatabaseMajorVersion();
            findings.add(
                    version >= OLDEST
                            ? Finding.ok("PostgreSQL", url + ": version " + version)
                            : Finding.fail("PostgreSQL", url + ": version " + version, "use " + OLDEST + " or newer"));
            String durable =
                    one(statement, "SELECT current_setting('fsync') || ' ' || current_setting('synchronous_commit')");
            findings.add(
                    durable.equals("on on")
                            ? Finding.ok("durability", "fsync and synchronous_commit are on")
                            : Finding.fail(
                                    "durability",
                                    "fsync, synchronous_commit: " + durable,
                                    "switch both on: an acknowledged decision must survive a crash"));
            String schemas = one(
                    statement,
                    "SELECT count(*) FROM information_schema.schemata WHERE schema_name IN ('notifier', 'selfheal')");
            findings.add(
                    schemas.equals("2")
                            ? Finding.ok("schemas", "notifier and selfheal are there")
                            : Finding.warn(
                                    "schemas",
                                    schemas + " of 2 are there",
                                    "notifier and self-healing make theirs at their start"));
        } catch (SQLException e) {
            findings.add(Finding.fail(
                    "PostgreSQL",
                    url + ": " + e.getMessage(),
                    "tocsin.postgres.url, user and password name it; is it up?"));
        }
        return findings;
    }

    private static String one(Statement statement, String sql) throws SQLException {
        try (ResultSet rows = statement.executeQuery(sql)) {
            return rows.next() ? rows.getString(1) : "";
        }
    }
}
