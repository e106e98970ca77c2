package io.millrace.flink.gateway.lineage;

import io.millrace.api.sql.ObjectRef;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelNode;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the planner makes of the views that a statement names. It puts the same into the statement's tree, where nothing
 * tells it from the rest: a view is where a part of the tree looks like it. Temporary views are the script's own and are
 * none here.
 */
final class ViewTrees {
    /** Sub-queries that refer to rows outside have numbers, which are others each time. */
    private static final Pattern CORRELATION = Pattern.compile("\\$cor\\d+");

    private final List<Tree> trees = new ArrayList<>();
    private final List<ObjectRef> unseen = new ArrayList<>();

    private record Tree(ObjectRef view, List<String> columns, String text) {}

    /** {@code query} is the tree of {@code SELECT * FROM view}. */
    void add(ObjectRef view, RelNode query) {
        RelNode tree = query.getInput(0);
        trees.add(new Tree(view, tree.getRowType().getFieldNames(), text(tree)));
        unseen.add(view);
    }

    /** The views that {@code node} can be the root of; those of the same query are not told apart. */
    List<ObjectRef> at(RelNode node) {
        List<String> columns = node.getRowType().getFieldNames();
        if (trees.stream().noneMatch(tree -> tree.columns.equals(columns))) {
            return List.of();
        }
        String text = text(node);
        List<ObjectRef> found = trees.stream()
                .filter(tree -> tree.text.equals(text))
                .map(Tree::view)
                .toList();
        unseen.removeAll(found);
        return found;
    }

    /** The views that no part of the tree looked like. */
    List<ObjectRef> unseen() {
        return List.copyOf(unseen);
    }

    private static String text(RelNode node) {
        Map<String, String> numbers = new HashMap<>();
        return CORRELATION
                .matcher(RelOptUtil.toString(node))
                .replaceAll(found -> Matcher.quoteReplacement(
                        numbers.computeIfAbsent(found.group(), key -> "$outer" + numbers.size())));
    }
}
