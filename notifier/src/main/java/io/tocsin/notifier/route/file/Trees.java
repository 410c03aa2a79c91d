package io.tocsin.notifier.route.file;

import io.tocsin.notifier.route.receiver.TemplateTree;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** Reads structures of the writer's choice. */
final class Trees {

    private static final Pattern DECIMAL = Pattern.compile("[-+]?(?:\\d+\\.?\\d*|\\.\\d+)(?:[eE][-+]?\\d{1,3})?");

    private final Reading reading;

    Trees(Reading reading) {
        this.reading = reading;
    }

    TemplateTree read(Node node) {
        return switch (node) {
            case MappingNode _ -> new TemplateTree.Fields(fields(node, "the structure"));
            case SequenceNode sequence ->
                new TemplateTree.Items(
                        sequence.getValue().stream().map(this::read).toList());
            case ScalarNode scalar -> scalar(scalar);
            default -> new TemplateTree.Nothing();
        };
    }

    /** The structures of a mapping by name. */
    Map<String, TemplateTree> fields(Optional<Node> node, String what) {
        return node.map(at -> fields(at, what)).orElseGet(Map::of);
    }

    private Map<String, TemplateTree> fields(Node node, String what) {
        Map<String, TemplateTree> fields = new LinkedHashMap<>();
        YamlObject.anyKeys(reading, node, what).forEach((name, value) -> fields.put(name, read(value)));
        return fields;
    }

    private static TemplateTree scalar(ScalarNode scalar) {
        if (Scalars.isNull(scalar)) {
            return new TemplateTree.Nothing();
        }
        Optional<Boolean> flag = Scalars.flag(scalar);
        if (flag.isPresent()) {
            return new TemplateTree.Flag(flag.get());
        }
        Optional<Long> number = Scalars.number(scalar);
        if (number.isPresent()) {
            return new TemplateTree.Numeral(BigDecimal.valueOf(number.get()));
        }
        return scalar.isPlain() && DECIMAL.matcher(scalar.getValue()).matches()
                ? new TemplateTree.Numeral(new BigDecimal(scalar.getValue()))
                : new TemplateTree.Text(scalar.getValue());
    }
}
