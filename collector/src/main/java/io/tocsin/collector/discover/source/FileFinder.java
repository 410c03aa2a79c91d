package io.tocsin.collector.discover.source;

import io.tocsin.collector.discover.Discovered;
import io.tocsin.collector.discover.Discovery;
import io.tocsin.collector.discover.DiscoveryException;
import io.tocsin.collector.discover.SdDocument;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** Reads target files; one that is wrong fails the whole, so that no target is lost by a slip. */
final class FileFinder implements TargetFinder {

    private static final ObjectMapper YAML = new YAMLMapper();

    private final Discovery.Files files;
    private final Path directory;

    FileFinder(Discovery.Files files, Path directory) {
        this.files = files;
        this.directory = directory;
    }

    @Override
    public List<Discovered> find() throws DiscoveryException {
        List<Discovered> found = new ArrayList<>();
        for (String pattern : files.paths()) {
            for (Path file : matching(directory.resolve(pattern))) {
                found.addAll(read(file));
            }
        }
        return found;
    }

    private static List<Path> matching(Path pattern) throws DiscoveryException {
        Path name = pattern.getFileName();
        Path parent = pattern.getParent();
        if (name == null || parent == null || name.toString().indexOf('*') < 0) {
            return List.of(pattern);
        }
        List<Path> matches = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(parent, name.toString())) {
            entries.forEach(matches::add);
        } catch (IOException e) {
            throw new DiscoveryException(pattern + ": cannot be listed: " + e.getMessage(), e);
        }
        return matches.stream().sorted().toList();
    }

    private static List<Discovered> read(Path file) throws DiscoveryException {
        try {
            ObjectMapper mapper = file.toString().endsWith(".json") ? JsonMapper.shared() : YAML;
            return SdDocument.read(file.toString(), Files.readString(file), mapper);
        } catch (IOException e) {
            throw new DiscoveryException(file + ": cannot be read: " + e.getMessage(), e);
        }
    }
}
