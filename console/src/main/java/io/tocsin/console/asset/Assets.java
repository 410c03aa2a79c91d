package io.tocsin.console.asset;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;

/** Every file that pages refer to, in memory. Its address contains a hash of its content, so that it can be kept for ever. */
public final class Assets {

    private static final int HASH_DIGITS = 12;

    /**
     * One file.
     *
     * @param type media type
     * @param hash of its content
     * @param content its bytes, not to be changed
     */
    @SuppressWarnings("ArrayRecordComponent") // Held once, compared never.
    public record Asset(String type, String hash, byte[] content) {}

    private final Map<String, Asset> byName = new TreeMap<>();

    /** Loads all of them; a file that is missing is a broken build and stops the start. */
    public Assets() {
        own("console.css", "text/css");
        own("console.js", "text/javascript");
        own("theme.js", "text/javascript");
        own("plot.js", "text/javascript");
        own("icon.svg", "image/svg+xml");
        webjar("htmx.js", "htmx.org", "dist/htmx.min.js", "text/javascript");
        webjar("sse.js", "htmx-ext-sse", "sse.js", "text/javascript");
        webjar("uplot.js", "uplot", "dist/uPlot.iife.min.js", "text/javascript");
        webjar("uplot.css", "uplot", "dist/uPlot.min.css", "text/css");
    }

    /** The address of a file, for pages. */
    public String url(String name) {
        Asset asset = byName.get(name);
        if (asset == null) {
            throw new IllegalArgumentException("no asset " + name);
        }
        return "/assets/" + asset.hash() + "/" + name;
    }

    /** A file by the parts of its address; empty when it is not there with this content. */
    public Optional<Asset> find(String hash, String name) {
        return Optional.ofNullable(byName.get(name))
                .filter(asset -> asset.hash().equals(hash));
    }

    private void own(String name, String type) {
        load(name, "/console/assets/" + name, type);
    }

    private void webjar(String name, String artifact, String path, String type) {
        load(name, "/META-INF/resources/webjars/" + artifact + "/" + version(artifact) + "/" + path, type);
    }

    /** What Maven wrote into the jar: the version stands in the build alone. */
    private static String version(String artifact) {
        Properties properties = new Properties();
        try (InputStream in = open("/META-INF/maven/org.webjars.npm/" + artifact + "/pom.properties")) {
            properties.load(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return properties.getProperty("version", "");
    }

    private void load(String name, String path, String type) {
        try (InputStream in = open(path)) {
            byte[] content = in.readAllBytes();
            String charset = type.startsWith("text/") ? "; charset=utf-8" : "";
            byName.put(name, new Asset(type + charset, hash(content), content));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static InputStream open(String path) {
        InputStream in = Assets.class.getResourceAsStream(path);
        if (in == null) {
            throw new IllegalStateException("not on the class path: " + path);
        }
        return in;
    }

    private static String hash(byte[] content) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(content);
            return HexFormat.of().formatHex(digest).substring(0, HASH_DIGITS);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
