package io.tocsin.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType.LaunchOptions;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.ColorScheme;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;

/** A real browser, and what is asked of every page. */
final class Browsing implements AutoCloseable {

    private static final Path CHROMIUM = Path.of("/usr/bin/chromium");

    private final Playwright playwright;
    private final Browser browser;
    /** What pages wrote to the browser's console as errors. */
    private final List<String> complaints = new ArrayList<>();

    private Browsing(Playwright playwright, Browser browser) {
        this.playwright = playwright;
        this.browser = browser;
    }

    /** Skips the test where there is no browser. */
    static Browsing start() {
        if (!Files.isExecutable(CHROMIUM)) {
            System.out.println("skipped: no " + CHROMIUM);
        }
        Assumptions.assumeTrue(Files.isExecutable(CHROMIUM), "no " + CHROMIUM);
        Playwright playwright = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        return new Browsing(
                playwright,
                playwright
                        .chromium()
                        .launch(new LaunchOptions().setExecutablePath(CHROMIUM).setArgs(List.of("--no-sandbox"))));
    }

    Page page() {
        Page page = browser.newPage();
        page.onConsoleMessage(message -> {
            if (message.type().equals("error")) {
                complaints.add(page.url() + ": " + message.text());
            }
        });
        page.onPageError(complaints::add);
        return page;
    }

    List<String> complaints() {
        return complaints;
    }

    /** Accessible and shot in both colour schemes, and no wider than a telephone. */
    static void inspect(Page page, String name) {
        accessible(page);
        shoot(page, name + ".png");
        page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.DARK));
        accessible(page);
        page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.LIGHT));
        var before = page.viewportSize();
        page.setViewportSize(390, 844);
        assertThat(page.evaluate("document.documentElement.scrollWidth"))
                .as("width of %s on a telephone", name)
                .isEqualTo(390);
        shoot(page, name + "-narrow.png");
        page.setViewportSize(before.width, before.height);
    }

    static void accessible(Page page) {
        assertThat(new AxeBuilder(page).analyze().getViolations()).isEmpty();
    }

    /** Into the documents only when asked with -Dtocsin.screenshots=true: a build leaves the tree as it was. */
    static void shoot(Page page, String name) {
        Path repository = Path.of(System.getProperty("tocsin.repository"));
        Path images = Boolean.getBoolean("tocsin.screenshots") && !name.contains("-narrow")
                ? repository.resolve("docs/img")
                : repository.resolve("console/target/screenshots");
        page.screenshot(
                new Page.ScreenshotOptions().setPath(images.resolve(name)).setFullPage(true));
    }

    @Override
    public void close() {
        browser.close();
        playwright.close();
    }
}
