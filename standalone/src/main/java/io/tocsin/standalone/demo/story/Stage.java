package io.tocsin.standalone.demo.story;

/** What must happen after a service broke, in this order. */
public enum Stage {
    BROKEN("the fault is injected"),
    DETECTED("an alert of the broken service fires"),
    INCIDENT("one incident is open, with the broken service as its likely cause"),
    SYMPTOMS("the services that suffer are listed as symptoms"),
    TOLD("the notice is delivered to the webhook"),
    REPAIR_STARTED("the repair begins"),
    REPAIRED("the repair's steps succeeded"),
    VERIFIED("the repair is verified"),
    TOLD_OVER("the recovery notice is delivered"),
    CLOSED("the incident is closed");

    private final String meaning;

    Stage(String meaning) {
        this.meaning = meaning;
    }

    /** The stage in words. */
    public String meaning() {
        return meaning;
    }
}
