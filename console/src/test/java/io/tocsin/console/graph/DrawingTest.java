package io.tocsin.console.graph;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.console.graph.CallMap.Edge;
import io.tocsin.console.graph.Drawing.Box;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class DrawingTest {

    @Test
    void callersStandLeftOfWhatTheyCall() {
        Map<String, Box> boxes = boxes("shop>checkout", "checkout>ledger", "shop>ledger");
        assertThat(boxes.get("shop").x()).isLessThan(boxes.get("checkout").x());
        assertThat(boxes.get("checkout").x()).isLessThan(boxes.get("ledger").x());
    }

    @Test
    void aCircleIsDrawnToo() {
        Map<String, Box> boxes = boxes("a>b", "b>c", "c>a", "c>c");
        assertThat(boxes).hasSize(3);
        assertThat(boxes.values().stream().map(Box::x).distinct()).hasSize(3);
    }

    @Test
    void neighboursStandNextToEachOther() {
        Map<String, Box> boxes = boxes("a>z", "b>y", "c>x");
        assertThat(boxes.get("a").y()).isEqualTo(boxes.get("z").y());
        assertThat(boxes.get("c").y()).isEqualTo(boxes.get("x").y());
    }

    @Test
    void nothingIsAnEmptyDrawing() {
        assertThat(Drawing.of(new CallMap(List.of())).boxes()).isEmpty();
    }

    @Property(tries = 200)
    void noTwoBoxesCoverEachOther(@ForAll @Size(max = 30) List<@IntRange(max = 99) Integer> pairs) {
        Drawing drawing = Drawing.of(new CallMap(pairs.stream()
                .distinct()
                .map(pair -> edge("s" + pair / 10, "s" + pair % 10))
                .toList()));
        assertThat(drawing.boxes().stream().map(box -> box.x() + "/" + box.y()).distinct())
                .hasSize(drawing.boxes().size());
        assertThat(drawing.boxes())
                .allMatch(box -> box.x() >= 0
                        && box.y() >= 0
                        && box.x() + Drawing.BOX_WIDTH <= drawing.width()
                        && box.y() + Drawing.BOX_HEIGHT <= drawing.height());
    }

    private static Map<String, Box> boxes(String... calls) {
        List<Edge> edges = List.of(calls).stream()
                .map(call -> edge(call.substring(0, call.indexOf('>')), call.substring(call.indexOf('>') + 1)))
                .toList();
        return Drawing.of(new CallMap(edges)).boxes().stream()
                .collect(Collectors.toMap(Box::service, Function.identity()));
    }

    private static Edge edge(String caller, String callee) {
        return new Edge(caller, callee, 1, 0, 0, 0.01, false);
    }
}
