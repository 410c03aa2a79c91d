package io.tocsin.notifier.deliver.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.notifier.deliver.Notice;
import io.tocsin.notifier.deliver.Outcome;
import io.tocsin.notifier.deliver.Outcome.Accepted;
import io.tocsin.notifier.deliver.Outcome.Failed;
import io.tocsin.notifier.deliver.Outcome.Refused;
import io.tocsin.notifier.route.receiver.ReceiverOptions;
import io.tocsin.notifier.template.NoticeTemplates;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What every kind of receiver does, against a fake that takes only what the service's documentation allows. */
abstract class ReceiverContract {

    /** In every credential that the options have. */
    static final String SECRET = "s3cr3t-of-the-receiver";

    /** Long, for a busy machine is no failure. */
    private static final Duration LIMIT = Duration.ofMinutes(5);

    private static final Duration SHORT = Duration.ofMillis(300);

    private Tellers tellers = new Tellers(NoticeTemplates.defaults(), LIMIT);

    /** What can happen to a service. */
    enum Mishap {
        /** Too many come. */
        BUSY,
        /** It fails. */
        BROKEN,
        /** It takes what is said and answers nothing. */
        SILENT,
        /** It does not know the credentials, and repeats them in its answer. */
        CREDENTIALS
    }

    abstract ReceiverOptions options();

    abstract void happens(Mishap mishap);

    /** What was not allowed. */
    abstract List<String> violations();

    /** Where the service is for those whose options do not say. */
    String place() {
        return "";
    }

    /** How long a busy service wants to be left alone; empty where it cannot say. */
    Optional<Duration> rest() {
        return Optional.of(Duration.ofSeconds(7));
    }

    abstract void toldOfTheAlarm();

    abstract void toldOfTheUpdate();

    abstract void toldOfTheRecovery();

    @AfterEach
    void stop() {
        tellers.close();
    }

    Outcome tell(Notice notice) throws InterruptedException {
        Outcome outcome = tellers.at(place()).tell(options(), notice, Notices.NOW);
        assertThat(violations()).isEmpty();
        assertThat(outcome.detail()).doesNotContain(SECRET);
        return outcome;
    }

    private Map<String, String> accepted(Notice notice) throws InterruptedException {
        Outcome outcome = tell(notice);
        assertThat(outcome).isInstanceOf(Accepted.class);
        return ((Accepted) outcome).memory();
    }

    @Test
    void isToldOfAnAlarm() throws InterruptedException {
        accepted(Notices.alarm());
        toldOfTheAlarm();
    }

    @Test
    void isToldOfAnUpdateWhereItWasToldOfTheAlarm() throws InterruptedException {
        accepted(Notices.update(accepted(Notices.alarm())));
        toldOfTheUpdate();
    }

    @Test
    void isToldOfTheRecoveryWhereItWasToldOfTheAlarm() throws InterruptedException {
        Map<String, String> memory = accepted(Notices.alarm());
        accepted(Notices.recovery(memory));
        toldOfTheRecovery();
    }

    @Test
    void isToldOfMoreThanItTakesInAsManyWordsAsItTakes() throws InterruptedException {
        accepted(Notices.oversize());
    }

    @Test
    void isLeftAloneAsLongAsItWantsWhenItIsBusy() throws InterruptedException {
        happens(Mishap.BUSY);
        Outcome outcome = tell(Notices.alarm());
        assertThat(outcome).isInstanceOf(Failed.class);
        assertThat(((Failed) outcome).retryAfter()).isEqualTo(rest());
    }

    @Test
    void isTriedAgainWhenItFails() throws InterruptedException {
        happens(Mishap.BROKEN);
        assertThat(tell(Notices.alarm())).isInstanceOf(Failed.class);
    }

    @Test
    void isTriedAgainWhenItDoesNotAnswerInTime() throws InterruptedException {
        tellers.close();
        tellers = new Tellers(NoticeTemplates.defaults(), SHORT);
        happens(Mishap.SILENT);
        Outcome outcome = tell(Notices.alarm());
        assertThat(outcome).isInstanceOf(Failed.class);
        assertThat(outcome.detail()).contains("within " + SHORT);
    }

    @Test
    void isGivenUpWhenItDoesNotKnowTheCredentialsAndNobodyReadsThem() throws InterruptedException {
        happens(Mishap.CREDENTIALS);
        assertThat(tell(Notices.alarm())).isInstanceOf(Refused.class);
    }
}
