package io.tocsin.standalone.up;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.JsonEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.rolling.RollingFileAppender;
import ch.qos.logback.core.rolling.SizeAndTimeBasedRollingPolicy;
import ch.qos.logback.core.util.FileSize;
import java.nio.file.Path;
import org.slf4j.LoggerFactory;

/** The log of an instance: a JSON object a line, in its data directory, a week or 200 MB of it. */
final class LogFile {

    private static final int DAYS = 7;
    private static final FileSize FILE = FileSize.valueOf("20MB");
    private static final FileSize TOTAL = FileSize.valueOf("200MB");

    private LogFile() {}

    /** Begins to write {@code tocsin.log} in a directory, beside what goes to the terminal. */
    static void begin(Path directory) {
        LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
        RollingFileAppender<ILoggingEvent> file = new RollingFileAppender<>();
        file.setContext(context);
        file.setFile(directory.resolve("tocsin.log").toString());
        SizeAndTimeBasedRollingPolicy<ILoggingEvent> policy = new SizeAndTimeBasedRollingPolicy<>();
        policy.setContext(context);
        policy.setParent(file);
        policy.setFileNamePattern(directory.resolve("tocsin.%d.%i.log.gz").toString());
        policy.setMaxFileSize(FILE);
        policy.setTotalSizeCap(TOTAL);
        policy.setMaxHistory(DAYS);
        JsonEncoder encoder = new JsonEncoder();
        encoder.setContext(context);
        policy.start();
        encoder.start();
        file.setRollingPolicy(policy);
        file.setEncoder(encoder);
        file.start();
        context.getLogger(Logger.ROOT_LOGGER_NAME).addAppender(file);
    }
}
