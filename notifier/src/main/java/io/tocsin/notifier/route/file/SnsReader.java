package io.tocsin.notifier.route.file;

import io.tocsin.notifier.route.receiver.Secret;
import io.tocsin.notifier.route.receiver.SnsOptions;
import io.tocsin.notifier.route.receiver.SnsOptions.Keys;
import io.tocsin.notifier.route.receiver.SnsOptions.Signing;
import io.tocsin.notifier.route.receiver.SnsOptions.Target;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads {@code sns_configs}. */
final class SnsReader {

    static final Set<String> KEYS = io.tocsin.notifier.route.file.Keys.words("""
            api_url sigv4 topic_arn phone_number target_arn subject message attributes use_aws_http_client""");
    private static final Set<String> SIGV4 = io.tocsin.notifier.route.file.Keys.words("""
            region access_key secret_key profile role_arn external_id use_fips_sts_endpoint service_name""");

    private SnsReader() {}

    static SnsOptions read(Way way) {
        // There is one HTTP client here, so that it makes no difference which one is asked for.
        way.flag("use_aws_http_client");
        return new SnsOptions(
                way.sendResolved(true),
                way.http(),
                way.text("api_url"),
                signing(way),
                target(way),
                way.template("subject", "sns.default.subject"),
                way.template("message", "sns.default.message"),
                way.object().stringMap("attributes"));
    }

    private static Target target(Way way) {
        List<Target> targets = new ArrayList<>();
        way.object().filled("topic_arn").map(Target.Topic::new).ifPresent(targets::add);
        way.object().filled("phone_number").map(Target.Phone::new).ifPresent(targets::add);
        way.object().filled("target_arn").map(Target.Endpoint::new).ifPresent(targets::add);
        if (targets.size() != 1) {
            way.problem(
                    way.object().node(),
                    "exactly one of topic_arn, phone_number and target_arn must be given in sns_configs");
            return new Target.Topic("");
        }
        return targets.getFirst();
    }

    private static Signing signing(Way way) {
        Optional<YamlObject> given =
                way.object().value("sigv4").map(node -> YamlObject.of(way.reading(), node, "sigv4", SIGV4));
        if (given.isEmpty()) {
            return new Signing("", Optional.empty(), "", "", "", false, "");
        }
        YamlObject sigv4 = given.get();
        Optional<String> access = sigv4.filled("access_key");
        Optional<String> secret = sigv4.filled("secret_key");
        if (access.isPresent() != secret.isPresent()) {
            way.problem(sigv4.node(), "access_key and secret_key go together in sigv4");
        }
        if (sigv4.filled("external_id").isPresent() && sigv4.filled("role_arn").isEmpty()) {
            way.problem(sigv4.at("external_id"), "external_id has no effect without role_arn");
        }
        return new Signing(
                sigv4.text("region", ""),
                access.flatMap(key -> secret.map(value -> new Keys(key, new Secret(value)))),
                sigv4.text("profile", ""),
                sigv4.text("role_arn", ""),
                sigv4.text("external_id", ""),
                sigv4.flag("use_fips_sts_endpoint", false),
                sigv4.text("service_name", ""));
    }
}
