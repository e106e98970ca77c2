package io.millrace.core.job;

import java.util.ArrayList;
import java.util.List;

/** The difference of two texts in unified form, without file names; empty when there is none. */
public final class TextDiff {
    private static final int CONTEXT = 3;

    /** Beyond this many lines the middle is shown as replaced as a whole. */
    private static final int MOST_CELLS = 4_000_000;

    private record Line(char mark, String text) {}

    private TextDiff() {}

    public static String unified(String before, String after) {
        List<Line> lines = lines(split(before), split(after));
        StringBuilder text = new StringBuilder();
        int at = 0;
        int[] done = {0, 0};
        while (at < lines.size()) {
            int change = nextChange(lines, at);
            if (change == lines.size()) {
                break;
            }
            int from = Math.max(at, change - CONTEXT);
            advance(lines.subList(at, from), done);
            int to = hunkEnd(lines, change);
            hunk(lines.subList(from, to), done, text);
            at = to;
        }
        return text.toString();
    }

    private static int nextChange(List<Line> lines, int from) {
        int at = from;
        while (at < lines.size() && lines.get(at).mark() == ' ') {
            at++;
        }
        return at;
    }

    /** Changes with at most twice the context between them share a hunk. */
    private static int hunkEnd(List<Line> lines, int change) {
        int end = change;
        while (true) {
            while (end < lines.size() && lines.get(end).mark() != ' ') {
                end++;
            }
            int next = nextChange(lines, end);
            if (next == lines.size() || next - end > 2 * CONTEXT) {
                return Math.min(lines.size(), end + CONTEXT);
            }
            end = next;
        }
    }

    private static void hunk(List<Line> hunk, int[] done, StringBuilder text) {
        int[] start = done.clone();
        advance(hunk, done);
        text.append("@@ -").append(range(start[0], done[0]));
        text.append(" +").append(range(start[1], done[1])).append(" @@\n");
        hunk.forEach(line -> text.append(line.mark()).append(line.text()).append('\n'));
    }

    private static String range(int from, int to) {
        return (to == from ? from : from + 1) + "," + (to - from);
    }

    private static void advance(List<Line> lines, int[] done) {
        for (Line line : lines) {
            done[0] += line.mark() == '+' ? 0 : 1;
            done[1] += line.mark() == '-' ? 0 : 1;
        }
    }

    private static List<String> split(String text) {
        return text.isEmpty() ? List.of() : List.of(text.stripTrailing().split("\n", -1));
    }

    private static List<Line> lines(List<String> before, List<String> after) {
        int head = 0;
        int shorter = Math.min(before.size(), after.size());
        while (head < shorter && before.get(head).equals(after.get(head))) {
            head++;
        }
        int tail = 0;
        while (tail < shorter - head
                && before.get(before.size() - 1 - tail).equals(after.get(after.size() - 1 - tail))) {
            tail++;
        }
        List<Line> lines = new ArrayList<>();
        before.subList(0, head).forEach(text -> lines.add(new Line(' ', text)));
        lines.addAll(middle(before.subList(head, before.size() - tail), after.subList(head, after.size() - tail)));
        before.subList(before.size() - tail, before.size()).forEach(text -> lines.add(new Line(' ', text)));
        return lines;
    }

    /** By the longest common subsequence. */
    private static List<Line> middle(List<String> before, List<String> after) {
        List<Line> lines = new ArrayList<>();
        boolean huge = (long) before.size() * after.size() > MOST_CELLS;
        int[][] common = huge ? new int[0][0] : lengths(before, after);
        int i = 0;
        int j = 0;
        while (!huge && i < before.size() && j < after.size()) {
            if (before.get(i).equals(after.get(j))) {
                lines.add(new Line(' ', before.get(i++)));
                j++;
            } else if (common[i + 1][j] >= common[i][j + 1]) {
                lines.add(new Line('-', before.get(i++)));
            } else {
                lines.add(new Line('+', after.get(j++)));
            }
        }
        before.subList(i, before.size()).forEach(text -> lines.add(new Line('-', text)));
        after.subList(j, after.size()).forEach(text -> lines.add(new Line('+', text)));
        return lines;
    }

    private static int[][] lengths(List<String> before, List<String> after) {
        int[][] common = new int[before.size() + 1][after.size() + 1];
        for (int i = before.size() - 1; i >= 0; i--) {
            for (int j = after.size() - 1; j >= 0; j--) {
                common[i][j] = before.get(i).equals(after.get(j))
                        ? common[i + 1][j + 1] + 1
                        : Math.max(common[i + 1][j], common[i][j + 1]);
            }
        }
        return common;
    }
}
