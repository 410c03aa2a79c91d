package io.tocsin.console.notice;

import java.util.List;

/** What the notifier said about notices. */
public sealed interface NoticeAnswer {

    /** Its notices, the latest first. */
    record Known(List<Notice> notices) implements NoticeAnswer {

        public Known {
            notices = List.copyOf(notices);
        }
    }

    /** It did not say, and why. */
    record Away(String problem) implements NoticeAnswer {}

    /** The notices about one incident; empty when the notifier did not say. */
    default List<Notice> about(String incident) {
        return switch (this) {
            case Known known ->
                known.notices().stream()
                        .filter(notice -> notice.incidents().contains(incident))
                        .toList();
            case Away _ -> List.of();
        };
    }

    /** Why nothing is known; empty when it is. */
    default String trouble() {
        return switch (this) {
            case Known _ -> "";
            case Away away -> away.problem();
        };
    }
}
