package io.tocsin.selfheal.action.supervisor;

import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

/**
 * XML-RPC as its specification of 1999 has it, as far as supervisor speaks it: calls with strings and booleans; answers
 * with one value or a fault. A value is a String, Long, Boolean, Map or List.
 */
final class XmlRpc {

    private XmlRpc() {}

    /** The other side could not do it. */
    static final class Fault extends Exception {
        private static final long serialVersionUID = 1L;

        private final int code;

        Fault(int code, String message) {
            super(message);
            this.code = code;
        }

        int code() {
            return code;
        }
    }

    /** The text of a call. */
    static String call(String method, Object... parameters) {
        StringWriter text = new StringWriter();
        try {
            XMLStreamWriter xml = XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(text);
            xml.writeStartDocument();
            xml.writeStartElement("methodCall");
            element(xml, "methodName", method);
            xml.writeStartElement("params");
            for (Object parameter : parameters) {
                xml.writeStartElement("param");
                xml.writeStartElement("value");
                switch (parameter) {
                    case Boolean flag -> element(xml, "boolean", flag ? "1" : "0");
                    case String string -> element(xml, "string", string);
                    default -> throw new IllegalArgumentException("cannot be sent: " + parameter.getClass());
                }
                xml.writeEndElement();
                xml.writeEndElement();
            }
            xml.writeEndDocument();
            xml.close();
        } catch (XMLStreamException e) {
            throw new IllegalStateException("a string can always be written to", e);
        }
        return text.toString();
    }

    private static void element(XMLStreamWriter xml, String name, String text) throws XMLStreamException {
        xml.writeStartElement(name);
        xml.writeCharacters(text);
        xml.writeEndElement();
    }

    /**
     * The value of an answer.
     *
     * @throws Fault when the answer is one
     * @throws IOException when it is not an answer
     */
    static Object value(String answer) throws Fault, IOException {
        Element root = document(answer);
        Optional<Element> fault = child(root, "fault").flatMap(found -> child(found, "value"));
        if (fault.isPresent() && read(fault.get()) instanceof Map<?, ?> said) {
            int code = said.get("faultCode") instanceof Long number ? number.intValue() : 0;
            throw new Fault(code, String.valueOf(said.get("faultString")));
        }
        return read(child(root, "params")
                .flatMap(params -> child(params, "param"))
                .flatMap(param -> child(param, "value"))
                .orElseThrow(() -> new IOException("not an XML-RPC answer")));
    }

    private static Element document(String text) throws IOException {
        try {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newDefaultInstance();
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            DocumentBuilder builder = factory.newDocumentBuilder();
            // What is wrong is thrown; nothing is printed.
            builder.setErrorHandler(null);
            return builder.parse(new InputSource(new StringReader(text))).getDocumentElement();
        } catch (SAXException e) {
            throw new IOException("not an XML-RPC answer", e);
        } catch (ParserConfigurationException e) {
            throw new IllegalStateException("the JDK's parser knows these features", e);
        }
    }

    private static Object read(Element value) throws IOException {
        List<Element> types = children(value);
        if (types.isEmpty()) {
            return value.getTextContent();
        }
        Element type = types.getFirst();
        String text = type.getTextContent();
        try {
            return switch (type.getTagName()) {
                case "int", "i4" -> Long.valueOf(text.strip());
                case "boolean" -> text.strip().equals("1");
                case "struct" -> struct(type);
                case "array" -> array(type);
                default -> text;
            };
        } catch (NumberFormatException e) {
            throw new IOException("not a number: " + text, e);
        }
    }

    private static Map<String, Object> struct(Element struct) throws IOException {
        Map<String, Object> members = new LinkedHashMap<>();
        for (Element member : children(struct)) {
            Optional<Element> name = child(member, "name");
            Optional<Element> value = child(member, "value");
            if (name.isPresent() && value.isPresent()) {
                members.put(name.get().getTextContent(), read(value.get()));
            }
        }
        return members;
    }

    private static List<Object> array(Element array) throws IOException {
        List<Object> values = new ArrayList<>();
        for (Element data : children(array)) {
            for (Element value : children(data)) {
                values.add(read(value));
            }
        }
        return values;
    }

    private static Optional<Element> child(Element parent, String name) {
        return children(parent).stream()
                .filter(element -> element.getTagName().equals(name))
                .findFirst();
    }

    private static List<Element> children(Element parent) {
        List<Element> children = new ArrayList<>();
        for (Node node = parent.getFirstChild(); node != null; node = node.getNextSibling()) {
            if (node instanceof Element element) {
                children.add(element);
            }
        }
        return children;
    }
}
