package io.tocsin.console.access;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;

/**
 * A password as it is kept: Argon2id (RFC 9106), written as {@code $argon2id$v=19$m=KIBIBYTES,t=PASSES,p=LANES$SALT$HASH},
 * salt and hash in Base64 without padding.
 *
 * @param memoryKib memory of one computation, KiB
 * @param passes over that memory
 * @param lanes computed in parallel
 * @param salt at least 8 bytes
 * @param hash at least 16 bytes
 */
@SuppressWarnings("ArrayRecordComponent") // Compared in constant time by matches() alone.
public record PasswordHash(int memoryKib, int passes, int lanes, byte[] salt, byte[] hash) {

    private static final Pattern FORM = Pattern.compile(
            "\\$argon2id\\$v=19\\$m=(\\d{1,7}),t=(\\d{1,3}),p=(\\d{1,3})\\$([A-Za-z0-9+/]+)\\$([A-Za-z0-9+/]+)");
    /** The second recommendation of RFC 9106 with less memory and lanes: 64 MiB, 3 passes. */
    private static final int MEMORY_KIB = 64 * 1024;

    private static final int PASSES = 3;
    private static final int LANES = 1;
    private static final int SALT_BYTES = 16;
    private static final int HASH_BYTES = 32;
    /** A file must not make the console take more memory than this for one login. */
    private static final int MOST_MEMORY_KIB = 1024 * 1024;

    public PasswordHash {
        if (salt.length < 8 || hash.length < 16) {
            throw new IllegalArgumentException("the salt needs 8 bytes or more, the hash 16 or more");
        }
        if (lanes < 1 || passes < 1 || memoryKib < 8 * lanes || memoryKib > MOST_MEMORY_KIB) {
            throw new IllegalArgumentException(
                    "t and p must be 1 or more, m from 8 times p to " + MOST_MEMORY_KIB + " KiB");
        }
    }

    /** The hash of a new password with a new salt. */
    public static PasswordHash create(char[] password, SecureRandom random) {
        byte[] salt = new byte[SALT_BYTES];
        random.nextBytes(salt);
        return new PasswordHash(
                MEMORY_KIB, PASSES, LANES, salt, compute(password, MEMORY_KIB, PASSES, LANES, salt, HASH_BYTES));
    }

    /**
     * Reads the written form.
     *
     * @throws IllegalArgumentException when it has another form, or asks for nothing or for too much
     */
    public static PasswordHash parse(String text) {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("expected $argon2id$v=19$m=…,t=…,p=…$SALT$HASH");
        }
        return new PasswordHash(
                Integer.parseInt(matcher.group(1)),
                Integer.parseInt(matcher.group(2)),
                Integer.parseInt(matcher.group(3)),
                Base64.getDecoder().decode(matcher.group(4)),
                Base64.getDecoder().decode(matcher.group(5)));
    }

    /** Whether this is the password; takes as long when it is not. */
    public boolean matches(char[] password) {
        return MessageDigest.isEqual(hash, compute(password, memoryKib, passes, lanes, salt, hash.length));
    }

    /** The written form. */
    public String text() {
        Base64.Encoder base64 = Base64.getEncoder().withoutPadding();
        return "$argon2id$v=19$m=" + memoryKib + ",t=" + passes + ",p=" + lanes + "$" + base64.encodeToString(salt)
                + "$" + base64.encodeToString(hash);
    }

    private static byte[] compute(char[] password, int memoryKib, int passes, int lanes, byte[] salt, int length) {
        byte[] bytes = new String(password).getBytes(StandardCharsets.UTF_8);
        Argon2BytesGenerator generator = new Argon2BytesGenerator();
        generator.init(new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
                .withVersion(Argon2Parameters.ARGON2_VERSION_13)
                .withMemoryAsKB(memoryKib)
                .withIterations(passes)
                .withParallelism(lanes)
                .withSalt(salt)
                .build());
        byte[] result = new byte[length];
        generator.generateBytes(bytes, result);
        Arrays.fill(bytes, (byte) 0);
        return result;
    }

    @Override
    public String toString() {
        return "Argon2id hash";
    }
}
