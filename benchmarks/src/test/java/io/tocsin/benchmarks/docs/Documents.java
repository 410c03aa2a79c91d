package io.tocsin.benchmarks.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What the documents contain that can be checked. */
final class Documents {

    static final Path REPOSITORY = Path.of(System.getProperty("tocsin.repository"));

    private static final Pattern FENCE = Pattern.compile("(?m)^( *)```(\\w+)\\n((?:.*\\n)*?)\\1```");
    private static final Pattern INLINE = Pattern.compile("`(\\./tocsin [^`]+)`");
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)#:]+)(?:#[^)]*)?\\)");

    private Documents() {}

    /** A block between fences, with its language and its place. */
    record Block(Path file, int line, String language, String text) {
        String place() {
            return REPOSITORY.relativize(file) + ":" + line;
        }
    }

    /** One command line of a document. */
    record Command(String place, String line) {}

    /** README, the pages of docs/, and what the modules say of themselves. */
    static List<Path> files() {
        try (Stream<Path> pages = Files.list(REPOSITORY.resolve("docs"))) {
            return Stream.concat(
                            Stream.of("README.md", "contracts/README.md").map(REPOSITORY::resolve),
                            pages.filter(page -> page.toString().endsWith(".md"))
                                    .sorted())
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static List<Block> blocks() {
        List<Block> blocks = new ArrayList<>();
        for (Path file : files()) {
            String text = read(file);
            Matcher fence = FENCE.matcher(text);
            while (fence.find()) {
                blocks.add(new Block(
                        file,
                        line(text, fence.start()),
                        fence.group(2),
                        fence.group(3).stripIndent()));
            }
        }
        return blocks;
    }

    /** Every line that runs {@code ./tocsin}, in blocks and in sentences. */
    static List<Command> commands() {
        List<Command> commands = new ArrayList<>();
        for (Block block : blocks()) {
            if (block.language().equals("sh")) {
                for (String line : block.text().replace("\\\n", " ").split("\n", -1)) {
                    if (line.startsWith("./tocsin ")) {
                        commands.add(new Command(block.place(), line));
                    }
                }
            }
        }
        for (Path file : files()) {
            String text = read(file);
            Matcher inline = INLINE.matcher(FENCE.matcher(text).replaceAll(""));
            while (inline.find()) {
                commands.add(new Command(
                        REPOSITORY.relativize(file).toString(), inline.group(1).replace("\n", " ")));
            }
        }
        return commands;
    }

    /** Links to files of the repository that are not there. */
    static List<String> brokenLinks() {
        List<String> broken = new ArrayList<>();
        for (Path file : files()) {
            Matcher link = LINK.matcher(FENCE.matcher(read(file)).replaceAll(""));
            while (link.find()) {
                if (!Files.exists(file.resolveSibling(link.group(1)))) {
                    broken.add(REPOSITORY.relativize(file) + ": " + link.group(1));
                }
            }
        }
        return broken;
    }

    static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int line(String text, int index) {
        return (int) text.substring(0, index).lines().count() + 1;
    }

    /** The words of a command line as a shell splits them; comments and redirections left out. */
    static List<String> words(String line) {
        List<String> words = new ArrayList<>();
        StringBuilder word = new StringBuilder();
        char quote = 0;
        boolean inWord = false;
        for (char c : (line + " ").toCharArray()) {
            if (quote != 0) {
                if (c == quote) {
                    quote = 0;
                } else {
                    word.append(c);
                }
            } else if (c == '\'' || c == '"') {
                quote = c;
                inWord = true;
            } else if (Character.isWhitespace(c)) {
                if (inWord) {
                    words.add(word.toString());
                }
                word.setLength(0);
                inWord = false;
            } else if ((c == '#' && !inWord) || ">|&;".indexOf(c) >= 0) {
                break;
            } else {
                word.append(c);
                inWord = true;
            }
        }
        return words;
    }
}
