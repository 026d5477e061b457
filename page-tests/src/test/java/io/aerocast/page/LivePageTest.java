package io.aerocast.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Page.GetByRoleOptions;
import com.microsoft.playwright.Page.ScreenshotOptions;
import com.microsoft.playwright.Page.WaitForFunctionOptions;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ReducedMotion;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Tells the story of the page in order, in one run of the whole loop. Its pictures are written to `target/pictures`,
/// and to docs/images with `-Daerocast.regenerate=true`.
@TestMethodOrder(OrderAnnotation.class)
class LivePageTest {

    private static final int WIDE = 1200;
    private static final int NARROW = 390;
    private static final Duration STORY = Duration.ofMinutes(4);
    private static final String SIMULATED = "#sim/SIM-1/temperature/blend/1";
    private static final String EVENTS = "#events";
    private static final String AXE = axe();

    private static final String FINDINGS = """
            async ([skill, skillCount, rival]) => {
              const { findings } = await import('/page/attention.js');
              const now = '2026-12-01T12:00:00Z';
              const error = { horizon: 1, source: 'matched', skillCount, coverage: 0.9, newest: now, persistenceRmse: 1 };
              const target = { feature: 'temperature', unit: '°C', drift: { state: 'calm' },
                forecasts: [{ model: 'blend', origin: now }],
                errors: [{ ...error, model: 'blend', skill, rmse: 1 }, { ...error, model: 'ridge', skill: 0.2, rmse: rival }] };
              const station = { pipeline: 'noaa', station: 'KJFK', arrived: now, observation: { timestamp: now },
                targets: [target] };
              const status = { time: now, checks: [], refused: [], pipelines: [{ pipeline: 'noaa', cadence: 'PT1H',
                targets: ['temperature'], horizons: [1], lookback: 24,
                models: [{ feature: 'temperature', coverage: 0.9 }] }] };
              return findings(status, [station], new Map()).map(({ level, text }) => `${level}: ${text}`);
            }""";

    @TempDir
    static Path directory;

    private static final List<String> complaints = new CopyOnWriteArrayList<>();

    private static Stage stage;
    private static Playwright driver;
    private static Browser browser;
    private static Page page;

    @BeforeAll
    static void open() throws IOException {
        Optional<Path> chromium = Browsers.chromium();
        assumeTrue(
                chromium.isPresent(), "This machine has no Chromium: install one, or name it by " + Browsers.VARIABLE);
        stage = new Stage(directory);
        driver = Browsers.driver();
        browser = Browsers.launch(driver, chromium.get());
        page = page(WIDE, 1000, ColorScheme.LIGHT);
        page.onPageError(complaints::add);
        page.onConsoleMessage(message -> {
            if (message.text().contains("Content Security Policy")) {
                complaints.add(message.text());
            }
        });
        page.navigate(stage.page() + SIMULATED);
    }

    @AfterAll
    static void close() {
        if (browser != null) {
            browser.close();
            driver.close();
        }
        if (stage != null) {
            stage.close();
        }
    }

    @Test
    @Order(1)
    void aCalmStationIsForecastInOnePlot() {
        awaitText("#headline", "°C.*now,.*°C.*in 1 s.*90 % between");
        awaitText("#error-plot .readout", "better than persistence");
        awaitForecastsOfThePast();
        assertThat(page.locator("#plot canvas").count()).isOne();
        assertThat(page.locator("#simulated").textContent()).contains("calm weather");
        assertThat(page.locator("#made-by").textContent()).contains("gru, ").doesNotContainPattern("\\d{8}T");

        picture("calm", 1400);
        assertAccessible(page);
    }

    @Test
    @Order(2)
    void theKeyboardReadsTheValues() {
        Locator plot = page.locator("#plot .frame");
        plot.focus();
        page.keyboard().press("Home");
        String first = plot.getAttribute("aria-valuetext");
        page.keyboard().press("ArrowRight");
        String second = plot.getAttribute("aria-valuetext");

        assertThat(first).contains("UTC: reading", "°C");
        assertThat(second).contains("UTC: reading", "°C").isNotEqualTo(first);
        assertThat(page.locator("#plot .readout").textContent()).contains("UTC");
        page.keyboard().press("Escape");
    }

    @Test
    @Order(3)
    void aHeatwaveByButtonBecomesDrift() {
        page.getByRole(AriaRole.BUTTON, new GetByRoleOptions().setName("Heatwave"))
                .click();

        awaitText("#simulator-reply", "Heatwave: begun");
        awaitText("#simulated", "a heatwave");
        awaitText(EVENTS, "temperature: drift\\.");
        awaitText("#findings", "sim/SIM-1 temperature: drift");
        assertThat(page.title()).startsWith("(");
        picture("drift", 2000);
        assertAccessible(page);
    }

    @Test
    @Order(4)
    void theTrainingIsWatched() {
        awaitText(EVENTS, "Training requested for temperature \\(drift\\)");
        awaitText("#progress", "Training for sim \\(drift\\): (fitting|judging)");
        picture("training", 2000);
    }

    @Test
    @Order(5)
    void aNewModelTakesOverAndHeals() {
        awaitText("#trainings", "was promoted");
        awaitText(EVENTS, "temperature: [a-z]+, trained [0-9:]+ today serves");
        awaitText("#error-plot .readout", "better than persistence.*; calm");
        assertThat(page.locator("#models").textContent()).contains("trained here");
        assertThat(page.locator("[data-rollback]").count()).isPositive();
        picture("healed", 2000);
        assertAccessible(page);
    }

    @Test
    @Order(6)
    void everyStationHorizonAndModelCanBeChosen() {
        page.locator("#station").selectOption("noaa/KJFK");
        page.locator("#feature").selectOption("pressure");
        page.locator("#horizon").selectOption("12");
        page.locator("#model").selectOption("ridge");
        page.locator("#beside").selectOption("seasonal");

        awaitText("#headline", "KJFK pressure: .*hPa.*in 12 h");
        awaitText("#key", "forecast ahead by seasonal");
        awaitText("#error-plot .readout", "error .* hPa, ");
        awaitForecastsOfThePast();
        assertThat(page.url()).endsWith("#noaa/KJFK/pressure/ridge/12");
        picture("compared", 900);
        page.locator("#beside").selectOption("");
        page.locator("#model").selectOption("blend");
        page.locator("#feature").selectOption("temperature");
        page.locator("#station").selectOption("sim/SIM-1");
        awaitText("#headline", "SIM-1 temperature");
    }

    @Test
    @Order(7)
    void fitsAPhoneInTheDark() {
        try (Page phone = page(NARROW, 844, ColorScheme.DARK)) {
            phone.navigate(stage.page() + SIMULATED);
            await(phone, "#error-plot .readout", "persistence");
            assertThat(phone.evaluate("document.documentElement.scrollWidth")).isEqualTo(NARROW);
            picture(phone, "phone", 1500);
            assertAccessible(phone);
            phone.setViewportSize(WIDE, 1000);
            picture(phone, "dark", 1500);
            assertAccessible(phone);
        }
    }

    @Test
    @Order(8)
    void aRollbackPutsTheModelBeforeIntoService() {
        page.onceDialog(dialog -> dialog.accept());
        page.locator("[data-rollback*='\"sim\"']").first().click();

        awaitText("#rollback-reply", "serves again|Not done: .+");
        assertThat(page.locator("#rollback-reply").textContent()).contains("serves again");
    }

    @Test
    @Order(9)
    void anOutageOfTheBrokerIsShownAndPasses() throws IOException {
        stage.stopBroker();
        awaitText("#findings", "broker: .* does not answer");
        picture("outage", 1000);

        stage.startBroker();
        String before = page.locator("#made-by").textContent();
        awaitGone("#findings", "broker: .* does not answer");
        page.waitForFunction("before => document.querySelector('#made-by').textContent !== before", before);
    }

    /// The rules of the first lines, on replies that are made up.
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                0.3  | 100 | 1.0 | ''
                -0.1 | 100 | 1.0 | odd: noaa/KJFK temperature: not more accurate than persistence 1 h ahead
                0    | 100 | 1.0 | odd: noaa/KJFK temperature: not more accurate than persistence 1 h ahead
                -0.1 | 20  | 1.0 | open: noaa: not judged yet
                0.3  | 100 | 0.9 | open: noaa/KJFK temperature: the ridge alone is more accurate than what is served, 1 h ahead
                """)
    @Order(10)
    void whatIsWorseThanPersistenceOrItsRivalIsNeverWell(double skill, int count, double rival, String found) {
        List<?> findings = (List<?>) page.evaluate(FINDINGS, List.of(skill, count, rival));

        if (found.isEmpty()) {
            assertThat(findings).isEmpty();
        } else {
            assertThat(findings).singleElement().asString().startsWith(found);
        }
    }

    @Test
    @Order(11)
    void nothingWasBlockedOrFailedInTheBrowser() {
        assertThat(complaints).isEmpty();
    }

    /// The oldest reading of the plot has a forecast that was made for it.
    private static void awaitForecastsOfThePast() {
        Locator plot = page.locator("#plot .frame");
        plot.focus();
        page.keyboard().press("Home");
        page.waitForFunction(
                "plot => plot.getAttribute('aria-valuetext').includes('forecast made')", plot.elementHandle());
        page.keyboard().press("Escape");
        plot.blur();
    }

    private static Page page(int width, int height, ColorScheme colours) {
        Page opened = browser.newPage(new Browser.NewPageOptions()
                .setViewportSize(width, height)
                .setColorScheme(colours)
                .setReducedMotion(ReducedMotion.REDUCE));
        opened.setDefaultTimeout(STORY.toMillis());
        return opened;
    }

    private static void awaitText(String selector, String pattern) {
        await(page, selector, pattern);
    }

    private static void await(Page of, String selector, String pattern) {
        of.waitForFunction(
                "([selector, pattern]) => new RegExp(pattern).test(document.querySelector(selector).textContent)",
                List.of(selector, pattern),
                new WaitForFunctionOptions().setPollingInterval(100));
    }

    private static void awaitGone(String selector, String pattern) {
        page.waitForFunction(
                "([selector, pattern]) => !new RegExp(pattern).test(document.querySelector(selector).textContent)",
                List.of(selector, pattern),
                new WaitForFunctionOptions().setPollingInterval(100));
    }

    /// axe-core finds no violation.
    private static void assertAccessible(Page of) {
        of.evaluate(AXE);
        assertThat((List<?>) of.evaluate("""
                        async () => (await axe.run()).violations.map(v => `${v.id}: ${v.help}: ${v.nodes[0].html}`)""")).isEmpty();
    }

    private static String axe() {
        try (InputStream script = LivePageTest.class.getResourceAsStream("/axe.min.js")) {
            return new String(Objects.requireNonNull(script).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void picture(String name, int height) {
        picture(page, name, height);
    }

    /// The upper part of the page.
    private static void picture(Page of, String name, int height) {
        byte[] png =
                of.screenshot(new ScreenshotOptions().setFullPage(true).setClip(0, 0, of.viewportSize().width, height));
        try {
            Path pictures =
                    Boolean.getBoolean("aerocast.regenerate") ? Path.of("../docs/images") : Path.of("target/pictures");
            Files.createDirectories(pictures);
            Files.write(pictures.resolve("page-%s.png".formatted(name)), png);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
