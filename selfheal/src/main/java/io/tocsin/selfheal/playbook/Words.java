package io.tocsin.selfheal.playbook;

import java.util.Locale;

/** How people write the constants of playbooks. */
final class Words {

    private Words() {}

    static String of(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
