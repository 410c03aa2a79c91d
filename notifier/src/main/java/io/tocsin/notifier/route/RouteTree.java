package io.tocsin.notifier.route;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The routing tree as text, branch by branch, as {@code amtool} draws it. */
public final class RouteTree {

    /** A line with the lines below it. */
    private record Branch(String text, List<Branch> below) {}

    private RouteTree() {}

    /** All routes with their receivers. */
    public static String all(Route root) {
        return drawn(all(root, new ArrayList<>()));
    }

    /** The routes that alerts with these labels pass; those at which they stay are shown with their receivers. */
    public static String matching(Route root, Map<String, String> labels) {
        return drawn(matching(root, labels, new ArrayList<>()));
    }

    private static Branch all(Route route, List<Branch> below) {
        route.routes().forEach(child -> below.add(all(child, new ArrayList<>())));
        return new Branch(text(route) + (route.continues() ? "  continue: true" : "") + receiver(route), below);
    }

    private static Branch matching(Route route, Map<String, String> labels, List<Branch> below) {
        for (Route child : route.routes()) {
            if (Matcher.all(child.matchers(), labels)) {
                below.add(matching(child, labels, new ArrayList<>()));
                if (!child.continues()) {
                    break;
                }
            }
        }
        return new Branch(text(route) + (below.isEmpty() ? receiver(route) : ""), below);
    }

    private static String text(Route route) {
        return route.matchers().isEmpty() ? "default-route" : Matcher.text(route.matchers());
    }

    private static String receiver(Route route) {
        return "  receiver: " + route.options().receiver();
    }

    private static String drawn(Branch root) {
        StringBuilder drawing = new StringBuilder(".\n");
        draw(root, "", true, drawing);
        return drawing.toString();
    }

    private static void draw(Branch branch, String indent, boolean last, StringBuilder drawing) {
        drawing.append(indent)
                .append(last ? "└── " : "├── ")
                .append(branch.text())
                .append('\n');
        String deeper = indent + (last ? "    " : "│   ");
        for (int i = 0; i < branch.below().size(); i++) {
            draw(branch.below().get(i), deeper, i == branch.below().size() - 1, drawing);
        }
    }
}
