package io.tocsin.selfheal.playbook.read;

import java.util.List;

/**
 * What a file holds.
 *
 * @param value what could be read; whatever has a problem is left out
 * @param problems all problems of the file, in its order
 */
public record Reading<T>(T value, List<Problem> problems) {

    public Reading {
        problems = List.copyOf(problems);
    }
}
