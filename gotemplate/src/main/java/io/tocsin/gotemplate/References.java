package io.tocsin.gotemplate;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Lists what a template reads from its data and variables. */
final class References {
    private final Templates.Body body;
    private final List<Templates.Reference> found = new ArrayList<>();

    private References(Templates.Body body) {
        this.body = body;
    }

    static List<Templates.Reference> of(Templates.Body body) {
        References references = new References(body);
        references.visit(body.root(), true);
        return List.copyOf(references.found);
    }

    /** @param dotIsData whether the dot is still what the template was given */
    private void visit(@Nullable Node node, boolean dotIsData) {
        switch (node) {
            case null -> {}
            case Node.Block block -> block.nodes().forEach(child -> visit(child, dotIsData));
            case Node.Action action -> visit(action.pipe(), dotIsData);
            case Node.Call call -> visit(call.pipe(), dotIsData);
            case Node.If n -> branch(n.pipe(), n.body(), n.otherwise(), dotIsData, dotIsData);
            case Node.With n -> branch(n.pipe(), n.body(), n.otherwise(), dotIsData, false);
            case Node.Range n -> branch(n.pipe(), n.body(), n.otherwise(), dotIsData, false);
            case Node.Pipe pipe -> pipe.commands().forEach(command -> visit(command, dotIsData));
            case Node.Command command -> command.arguments().forEach(word -> visit(word, dotIsData));
            case Node.Chain chain -> visit(chain.term(), dotIsData);
            case Node.Variable variable -> add(variable.names(), variable.pos());
            case Node.Field field -> {
                if (dotIsData) {
                    List<String> names = new ArrayList<>(List.of(""));
                    names.addAll(field.names());
                    add(names, field.pos());
                }
            }
            case Node.Text _,
                    Node.Break _,
                    Node.Continue _,
                    Node.Identifier _,
                    Node.Dot _,
                    Node.NilConstant _,
                    Node.BoolConstant _,
                    Node.NumberConstant _,
                    Node.StringConstant _ -> {}
        }
    }

    private void branch(
            Node.Pipe pipe, Node.Block body, Node.@Nullable Block otherwise, boolean dotIsData, boolean inBody) {
        visit(pipe, dotIsData);
        visit(body, inBody);
        visit(otherwise, dotIsData);
    }

    private void add(List<String> names, int pos) {
        int offset = Utf8.decode(body.text().substring(0, pos)).length();
        found.add(new Templates.Reference(names.stream().map(Utf8::decode).toList(), offset));
    }
}
