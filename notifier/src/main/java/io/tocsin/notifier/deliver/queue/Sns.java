package io.tocsin.notifier.deliver.queue;

import io.tocsin.notifier.deliver.Notice;
import io.tocsin.notifier.deliver.Outcome;
import io.tocsin.notifier.deliver.http.Dialogue;
import io.tocsin.notifier.deliver.http.HttpCall;
import io.tocsin.notifier.deliver.http.HttpReply;
import io.tocsin.notifier.deliver.http.HttpTelling;
import io.tocsin.notifier.deliver.say.Cut;
import io.tocsin.notifier.deliver.say.Texts;
import io.tocsin.notifier.route.receiver.SnsOptions;
import io.tocsin.notifier.route.receiver.SnsOptions.Target;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;

/** Amazon SNS: its Publish action, signed after AWS Signature Version 4. */
public final class Sns implements HttpTelling<SnsOptions> {

    private static final int BYTES = 256 * 1024;
    private static final int SMS = 1600;
    private static final int SUBJECT = 100;

    private final AwsSigning signing = new AwsSigning();

    @Override
    public Dialogue tell(Notice notice, SnsOptions options, Texts texts) {
        String region = signing.region(options.signing());
        String url = texts.exact(options.apiUrl());
        URI uri = texts.url(url.isEmpty() ? "https://sns." + region + ".amazonaws.com/" : url);
        HttpCall call = HttpCall.form(uri, form(notice, options, texts));
        return Dialogue.ask(signing.signed(call, options.signing(), region, texts), Sns::outcome);
    }

    /** Throttling comes with status 400 too. */
    private static Outcome outcome(HttpReply reply) {
        return reply.body().contains("<Code>Throttl") ? reply.later() : reply.outcome();
    }

    private static Map<String, String> form(Notice notice, SnsOptions options, Texts texts) {
        Map<String, String> form = new LinkedHashMap<>();
        form.put("Action", "Publish");
        form.put("Version", "2010-03-31");
        boolean sms = target(form, notice, options.target(), texts);
        String message = texts.prose(options.message());
        String cut = sms ? Cut.toCharacters(message, SMS) : Cut.toBytes(message, BYTES);
        form.put("Message", cut.isEmpty() ? "(no message)" : cut);
        String subject = texts.prose(options.subject()).strip().replaceAll("[^\\x20-\\x7e]+", " ");
        if (!subject.isEmpty() && !sms) {
            form.put("Subject", subject.length() <= SUBJECT ? subject : subject.substring(0, SUBJECT - 3) + "...");
        }
        Map<String, String> attributes = new LinkedHashMap<>(texts.proses(options.attributes()));
        if (!cut.equals(message)) {
            attributes.put("truncated", "true");
        }
        attributes(form, attributes);
        return form;
    }

    /** Whether it is a text message. */
    private static boolean target(Map<String, String> form, Notice notice, Target target, Texts texts) {
        switch (target) {
            case Target.Topic(var template) -> {
                String arn = texts.exact(template);
                form.put("TopicArn", arn);
                if (arn.endsWith(".fifo")) {
                    form.put("MessageGroupId", notice.groupHash());
                    // One notice over all its tries; another notice of the group within five minutes is no duplicate.
                    form.put("MessageDeduplicationId", notice.id());
                }
            }
            case Target.Phone(var template) -> form.put("PhoneNumber", texts.exact(template));
            case Target.Endpoint(var template) -> form.put("TargetArn", texts.exact(template));
        }
        return target instanceof Target.Phone;
    }

    private static void attributes(Map<String, String> form, Map<String, String> attributes) {
        int i = 0;
        for (Map.Entry<String, String> attribute : attributes.entrySet()) {
            String prefix = "MessageAttributes.entry." + ++i + ".";
            form.put(prefix + "Name", attribute.getKey());
            form.put(prefix + "Value.DataType", "String");
            form.put(prefix + "Value.StringValue", attribute.getValue());
        }
    }
}
