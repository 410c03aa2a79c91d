package io.tocsin.rulesengine.query;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.re2j.PatternSyntaxException;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Post;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.tocsin.contracts.v1.SelectRequest;
import io.tocsin.contracts.v1.SelectResponse;
import io.tocsin.rulesengine.shard.LocalShards;
import org.jspecify.annotations.Nullable;

/** Gives the series of this instance's shards to another instance that answers a query. */
@Controller
@Consumes(MediaType.ALL)
@ExecuteOn(TaskExecutors.BLOCKING)
final class ShardsController {

    private final Gate gate;
    private final LocalSeries local;
    private final LocalShards shards;

    ShardsController(Gate gate, LocalSeries local, LocalShards shards) {
        this.gate = gate;
        this.local = local;
        this.shards = shards;
    }

    @Post(PeerClient.SELECT)
    HttpResponse<byte[]> select(@Body byte @Nullable [] body) {
        return gate.answerPeer("shards_select", () -> {
            SelectRequest request = request(body);
            // Noted before they are read: one that comes meanwhile is not promised.
            SelectResponse.Builder response =
                    SelectResponse.newBuilder().addAllShards(shards.all().keySet());
            local.select(SeriesWire.matchers(request), request.getFromMs(), request.getToMs())
                    .forEach(slice -> response.addSeries(SeriesWire.encode(slice)));
            return HttpResponse.<byte[]>ok(response.build().toByteArray()).contentType("application/x-protobuf");
        });
    }

    private static SelectRequest request(byte @Nullable [] body) {
        try {
            SelectRequest request = SelectRequest.parseFrom(body == null ? new byte[0] : body);
            SeriesWire.matchers(request);
            return request;
        } catch (InvalidProtocolBufferException | IllegalArgumentException | PatternSyntaxException e) {
            throw ApiException.badData("not a selector: " + e.getMessage());
        }
    }
}
