package io.tocsin.notifier.deliver.mail;

import io.tocsin.notifier.deliver.Outcome;
import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.AddressException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import org.eclipse.angus.mail.smtp.SMTPSenderFailedException;

/** What a failure means (RFC 5321, 4.2.1): replies with a 4 pass, those with a 5 do not. */
final class SmtpVerdict {

    private static final int LONGEST = 200;
    private static final Pattern REPLY = Pattern.compile("(?:^|\\s)([45])\\d\\d[ -]");

    private SmtpVerdict() {}

    static Outcome of(MessagingException failure) {
        String words = words(failure);
        return switch (failure) {
            case AuthenticationFailedException e -> isPassing(e) ? later(words) : never("login refused: " + words);
            case AddressException _ -> never("an address cannot be used: " + words);
            default -> code(failure) / 100 == 5 ? never(words) : later(words);
        };
    }

    /** RFC 4954, 6: 454 is a temporary failure of the server. */
    private static boolean isPassing(AuthenticationFailedException e) {
        Matcher reply = REPLY.matcher(String.valueOf(e.getMessage()));
        return reply.find() && reply.group(1).equals("4");
    }

    /** The reply's code; 0 when there was none. The recipients' own say more than the message's. */
    private static int code(MessagingException failure) {
        for (Exception at = failure; at instanceof MessagingException step; at = step.getNextException()) {
            int code = switch (step) {
                case SMTPAddressFailedException e -> e.getReturnCode();
                case SMTPSenderFailedException e -> e.getReturnCode();
                case SMTPSendFailedException e
                when !(e.getNextException() instanceof SMTPAddressFailedException) -> e.getReturnCode();
                default -> 0;
            };
            if (code != 0) {
                return code;
            }
        }
        return 0;
    }

    private static Outcome later(String words) {
        return new Outcome.Failed(words);
    }

    private static Outcome never(String words) {
        return new Outcome.Refused(words);
    }

    private static String words(MessagingException failure) {
        String line = String.valueOf(failure.getMessage()).strip().replaceAll("\\s+", " ");
        return line.length() <= LONGEST ? line : line.substring(0, LONGEST) + "…";
    }
}
