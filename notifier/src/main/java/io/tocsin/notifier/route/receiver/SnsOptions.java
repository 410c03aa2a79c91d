package io.tocsin.notifier.route.receiver;

import java.util.Map;
import java.util.Optional;

/**
 * One {@code sns_configs} entry.
 *
 * @param sendResolved whether it is told when alerts are over
 * @param http how requests are made
 * @param apiUrl template of the API's address; empty means the region's
 * @param signing who publishes, and where
 * @param target where to
 * @param subject template; empty means none
 * @param message template
 * @param attributes templates by name
 */
public record SnsOptions(
        boolean sendResolved,
        HttpOptions http,
        String apiUrl,
        Signing signing,
        Target target,
        String subject,
        String message,
        Map<String, String> attributes)
        implements ReceiverOptions.OverHttp {

    public SnsOptions {
        attributes = Map.copyOf(attributes);
    }

    /** Where a message is published to; each value is a template. */
    public sealed interface Target {

        /** A topic. */
        record Topic(String arn) implements Target {}

        /** A telephone. */
        record Phone(String number) implements Target {}

        /** A mobile application's endpoint. */
        record Endpoint(String arn) implements Target {}
    }

    /**
     * How requests are signed, after AWS Signature Version 4.
     *
     * @param region empty means the one of the AWS configuration
     * @param keys empty means those of the AWS configuration
     * @param profile of the AWS configuration; empty means the default one
     * @param roleArn a role to assume; empty means none
     * @param externalId what the role asks for; empty means nothing
     * @param fipsSts whether the role is asked for at the FIPS endpoint
     * @param serviceName what is signed for; empty means {@code sns}
     */
    public record Signing(
            String region,
            Optional<Keys> keys,
            String profile,
            String roleArn,
            String externalId,
            boolean fipsSts,
            String serviceName) {}

    /** An access key with its secret. */
    public record Keys(String accessKey, Secret secretKey) {}

    @Override
    public Kind kind() {
        return Kind.SNS;
    }
}
