package io.tocsin.benchmarks.overload;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;

/**
 * Senders that come at a rate whatever they are answered: none waits the time that a refusal asks for.
 *
 * @param number connections, each with one request at a time
 * @param perSecond requests of all together; 0 for as many as are answered
 */
@SuppressWarnings("ArrayRecordComponent") // Sent as it is and never compared.
record Senders(int port, byte[] gzipped, int number, double perSecond) {

    private static final int OK = 200;
    private static final int TOO_MANY = 429;
    private static final int UNAVAILABLE = 503;

    /** Sends for a time. */
    Answers run(Duration time) throws InterruptedException, ExecutionException {
        long begin = System.nanoTime();
        long end = begin + time.toNanos();
        List<Future<Answers>> all = new ArrayList<>();
        try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < number; i++) {
                long first = begin + (perSecond == 0 ? 0 : (long) (i * 1e9 / perSecond));
                all.add(executor.submit(() -> send(first, end)));
            }
        }
        List<Answers> answers = new ArrayList<>();
        for (Future<Answers> one : all) {
            answers.add(one.get());
        }
        return Answers.together(answers, (System.nanoTime() - begin) / 1e9);
    }

    private Answers send(long first, long end) throws IOException {
        List<Answers.Accepted> accepted = new ArrayList<>();
        long refused = 0;
        long failed = 0;
        long interval = perSecond == 0 ? 0 : (long) (number * 1e9 / perSecond);
        try (Connection connection = new Connection(port, gzipped)) {
            for (long due = first; System.nanoTime() < end; due += interval) {
                LockSupport.parkNanos(due - System.nanoTime());
                long begin = System.nanoTime();
                int status = status(connection);
                if (status == OK) {
                    accepted.add(new Answers.Accepted(begin, System.nanoTime() - begin));
                } else if (status == TOO_MANY || status == UNAVAILABLE) {
                    refused++;
                } else {
                    failed++;
                }
            }
        }
        return new Answers(accepted, refused, failed, 1);
    }

    private static int status(Connection connection) {
        try {
            return connection.send();
        } catch (IOException e) {
            return 0;
        }
    }
}
