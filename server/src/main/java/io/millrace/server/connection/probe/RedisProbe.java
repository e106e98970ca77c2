package io.millrace.server.connection.probe;

import io.millrace.core.connection.ConnectionFields;
import io.millrace.server.connection.probe.Sentences.ProbeException;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/** Signs in to Redis, if there is a password, and asks it for a sign of life and the number of its keys. */
final class RedisProbe implements StoreProbe {
    private static final int ANSWER_MILLIS = 6000;
    private static final int LONGEST_ANSWER = 1000;

    @Override
    public void run(Probed probed, Stages stages) throws Stages.FailedException {
        var endpoints = PortProbe.endpoints(probed.fields());
        PortProbe.reach(probed, stages, endpoints);
        Socket[] open = new Socket[1];
        stages.run(Stages.AUTHENTICATE, () -> {
            open[0] = encrypted(probed.connect(endpoints), probed.fields());
            open[0].setSoTimeout(ANSWER_MILLIS);
            return signIn(open[0], probed);
        });
        stages.run(Stages.LIST, () -> {
            try (Socket socket = open[0]) {
                String size = ask(socket, List.of("DBSIZE"));
                return "The database has " + size.substring(1) + " keys.";
            }
        });
    }

    private static String signIn(Socket socket, Probed probed) throws IOException, ProbeException {
        List<String> words = new ArrayList<>();
        probed.secret("password").ifPresent(password -> {
            words.add("AUTH");
            probed.fields().optionalText("username").ifPresent(words::add);
            words.add(password);
        });
        if (!words.isEmpty()) {
            ask(socket, words);
        }
        ask(socket, List.of("SELECT", String.valueOf(probed.fields().number("database"))));
        ask(socket, List.of("PING"));
        return words.isEmpty() ? "The server answers without a password." : "The user may sign in.";
    }

    private static Socket encrypted(Socket socket, ConnectionFields fields) throws IOException {
        if (!fields.flag("tls")) {
            return socket;
        }
        var factory = (SSLSocketFactory) SSLSocketFactory.getDefault();
        var ssl = (SSLSocket) factory.createSocket(socket, fields.text("host"), fields.number("port"), true);
        SSLParameters parameters = ssl.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        ssl.setSSLParameters(parameters);
        ssl.startHandshake();
        return ssl;
    }

    /** One command, each word with its length before it, and the line that answers it. */
    private static String ask(Socket socket, List<String> words) throws IOException, ProbeException {
        StringBuilder command = new StringBuilder("*" + words.size() + "\r\n");
        for (String word : words) {
            int length = word.getBytes(StandardCharsets.UTF_8).length;
            command.append('$').append(length).append("\r\n").append(word).append("\r\n");
        }
        OutputStream out = socket.getOutputStream();
        out.write(command.toString().getBytes(StandardCharsets.UTF_8));
        out.flush();
        String answer = line(socket.getInputStream());
        if (answer.startsWith("-NOAUTH") || answer.startsWith("-WRONGPASS") || answer.startsWith("-ERR AUTH")) {
            throw new ProbeException("The server does not let the user in; check username and password.");
        }
        if (answer.isEmpty() || "+:".indexOf(answer.charAt(0)) < 0) {
            throw new ProbeException("The server refused " + words.get(0) + ": " + answer);
        }
        return answer;
    }

    private static String line(InputStream in) throws IOException, ProbeException {
        StringBuilder line = new StringBuilder();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0 || line.length() > LONGEST_ANSWER) {
                throw new ProbeException("Somebody listens, but does not answer as Redis would.");
            }
            line.append((char) next);
        }
        return line.toString().strip();
    }
}
