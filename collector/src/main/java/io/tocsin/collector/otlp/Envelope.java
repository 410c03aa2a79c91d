package io.tocsin.collector.otlp;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.UnsafeByteOperations;
import com.google.protobuf.WireFormat;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * A message taken apart on the wire into what leads further down and the rest. Nothing is decoded or encoded again, so that
 * unknown fields survive.
 *
 * @param shell all other fields, as they came
 * @param parts the messages one level down, in their order
 */
record Envelope(ByteString shell, List<Part> parts) {

    /** A message one level down. */
    record Part(int field, Level level, ByteString bytes) {

        /** Its bytes with tag and length. */
        int size() {
            return CodedOutputStream.computeBytesSize(field, bytes);
        }
    }

    Envelope {
        parts = List.copyOf(parts);
    }

    /** Takes a message apart. */
    static Envelope open(ByteString message, Level level) throws InvalidProtocolBufferException {
        if (level.isDatum()) {
            return new Envelope(message, List.of());
        }
        List<Part> parts = new ArrayList<>();
        ByteString shell = ByteString.EMPTY;
        CodedInputStream in = message.newCodedInput();
        try {
            int begin = 0;
            for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
                int field = WireFormat.getTagFieldNumber(tag);
                Level child = level.children().get(field);
                if (child != null && WireFormat.getTagWireType(tag) == WireFormat.WIRETYPE_LENGTH_DELIMITED) {
                    parts.add(new Part(field, child, in.readBytes()));
                } else {
                    if (!in.skipField(tag)) {
                        throw new InvalidProtocolBufferException("unexpected end group");
                    }
                    shell = shell.concat(message.substring(begin, in.getTotalBytesRead()));
                }
                begin = in.getTotalBytesRead();
            }
        } catch (InvalidProtocolBufferException e) {
            throw e;
        } catch (IOException e) {
            throw new InvalidProtocolBufferException(e);
        }
        return new Envelope(shell, parts);
    }

    /** The message with these parts instead of its own. */
    ByteString with(List<Part> others) {
        int size = shell.size();
        for (Part part : others) {
            size += part.size();
        }
        byte[] message = new byte[size];
        shell.copyTo(message, 0);
        CodedOutputStream out = CodedOutputStream.newInstance(message, shell.size(), size - shell.size());
        try {
            for (Part part : others) {
                out.writeBytes(part.field(), part.bytes());
            }
            out.checkNoSpaceLeft();
        } catch (IOException e) {
            throw new IllegalStateException("an array of the computed size does not fail to be written", e);
        }
        return UnsafeByteOperations.unsafeWrap(message);
    }

    /** How many data a message of this level carries. */
    static int data(ByteString message, Level level) throws InvalidProtocolBufferException {
        if (level.isDatum()) {
            return 1;
        }
        int count = 0;
        for (Part part : open(message, level).parts()) {
            count += data(part.bytes(), part.level());
        }
        return count;
    }
}
