package io.tocsin.selfheal.action;

/**
 * What a target shows of an action's effect.
 *
 * @param found what was seen, in words
 */
public record Sight(Shown shown, String found) {

    /** Whether the effect is there. */
    public enum Shown {
        /** It is. */
        THERE,
        /** It is not, and may still come once the action was begun. */
        NOT_YET,
        /** It is not, and will not come by itself. */
        FAILED,
        /** The target does not tell. */
        UNTOLD
    }

    /** It is there. */
    public static Sight there(String found) {
        return new Sight(Shown.THERE, found);
    }

    /** It is not there. */
    public static Sight notYet(String found) {
        return new Sight(Shown.NOT_YET, found);
    }

    /** It is not there and will not come. */
    public static Sight failed(String found) {
        return new Sight(Shown.FAILED, found);
    }

    /** Nobody can tell. */
    public static Sight untold(String why) {
        return new Sight(Shown.UNTOLD, why);
    }
}
