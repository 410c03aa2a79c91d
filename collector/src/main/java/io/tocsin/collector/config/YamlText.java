package io.tocsin.collector.config;

import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Node;

/** Turns YAML text into nodes that know where they are. */
public final class YamlText {

    private YamlText() {}

    /** The text's document; empty when there is none, or when it is no YAML, which is reported. */
    public static Optional<Node> compose(String file, String text, Problems problems) {
        LoadSettings settings = LoadSettings.builder().setLabel(file).build();
        try {
            return new Compose(settings).composeString(text);
        } catch (MarkedYamlEngineException e) {
            problems.at(e.getProblemMark().or(e::getContextMark), "not YAML: " + e.getProblem());
        } catch (YamlEngineException e) {
            problems.at(Optional.empty(), "not YAML: " + e.getMessage());
        }
        return Optional.empty();
    }
}
