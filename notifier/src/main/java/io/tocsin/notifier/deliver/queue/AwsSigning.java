package io.tocsin.notifier.deliver.queue;

import io.tocsin.notifier.deliver.http.HttpCall;
import io.tocsin.notifier.deliver.say.Texts;
import io.tocsin.notifier.route.receiver.SnsOptions.Signing;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.ProfileCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.SignedRequest;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.regions.providers.DefaultAwsRegionProviderChain;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.auth.StsAssumeRoleCredentialsProvider;

/** Signs requests for AWS with the credentials that the configuration names, or those of the AWS environment. */
final class AwsSigning {

    private final Map<Signing, AwsCredentialsProvider> providers = new ConcurrentHashMap<>();

    /**
     * Where a message is published.
     *
     * @throws IllegalArgumentException when neither the options nor the environment name a region
     */
    String region(Signing signing) {
        if (!signing.region().isEmpty()) {
            return signing.region();
        }
        try {
            return DefaultAwsRegionProviderChain.builder()
                    .profileName(signing.profile().isEmpty() ? null : signing.profile())
                    .build()
                    .getRegion()
                    .id();
        } catch (SdkException e) {
            throw new IllegalArgumentException("sigv4 names no region, and neither does the AWS configuration", e);
        }
    }

    /**
     * The request with its signature.
     *
     * @throws IllegalArgumentException when there are no credentials
     */
    HttpCall signed(HttpCall call, Signing signing, String region, Texts texts) {
        AwsCredentials credentials = credentials(signing, region);
        texts.remember(credentials.secretAccessKey());
        SdkHttpRequest request = SdkHttpRequest.builder()
                .method(SdkHttpMethod.POST)
                .uri(call.uri())
                .putHeader("Content-Type", call.headers().getOrDefault("Content-Type", ""))
                .build();
        SignedRequest signed = AwsV4HttpSigner.create()
                .sign(r -> r.identity(credentials)
                        .request(request)
                        .payload(ContentStreamProvider.fromString(call.body(), StandardCharsets.UTF_8))
                        .putProperty(
                                AwsV4HttpSigner.SERVICE_SIGNING_NAME,
                                signing.serviceName().isEmpty() ? "sns" : signing.serviceName())
                        .putProperty(AwsV4HttpSigner.REGION_NAME, region)
                        .putProperty(HttpSigner.SIGNING_CLOCK, Clock.fixed(texts.now(), ZoneOffset.UTC)));
        HttpCall out = call;
        for (String name : signed.request().headers().keySet()) {
            // The client writes these itself.
            boolean own = name.equalsIgnoreCase("Host") || name.equalsIgnoreCase("Content-Length");
            Optional<String> value = signed.request().firstMatchingHeader(name);
            out = own || value.isEmpty() ? out : out.with(name, value.get());
        }
        return out;
    }

    private AwsCredentials credentials(Signing signing, String region) {
        try {
            return providers
                    .computeIfAbsent(signing, key -> provider(key, region))
                    .resolveCredentials();
        } catch (SdkException e) {
            throw new IllegalArgumentException("no AWS credentials: " + e.getMessage(), e);
        }
    }

    private static AwsCredentialsProvider provider(Signing signing, String region) {
        AwsCredentialsProvider own = own(signing);
        if (signing.roleArn().isEmpty()) {
            return own;
        }
        StsClient sts = StsClient.builder()
                .region(Region.of(region))
                .fipsEnabled(signing.fipsSts())
                .credentialsProvider(own)
                .httpClient(UrlConnectionHttpClient.create())
                .build();
        return StsAssumeRoleCredentialsProvider.builder()
                .stsClient(sts)
                .refreshRequest(role -> role.roleArn(signing.roleArn())
                        .roleSessionName("tocsin")
                        .externalId(signing.externalId().isEmpty() ? null : signing.externalId()))
                .build();
    }

    private static AwsCredentialsProvider own(Signing signing) {
        if (signing.keys().isPresent()) {
            return StaticCredentialsProvider.create(AwsBasicCredentials.create(
                    signing.keys().get().accessKey(),
                    signing.keys().get().secretKey().value()));
        }
        return signing.profile().isEmpty()
                ? DefaultCredentialsProvider.builder().build()
                : ProfileCredentialsProvider.create(signing.profile());
    }
}
