package io.millrace.server.http;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import io.millrace.api.Json;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** Reads requests and writes answers by the rules that clients know. */
@Singleton
final class JsonWiring {
    @Produces
    @Singleton
    ObjectMapper json() {
        return Json.strict().copy().registerModule(new SimpleModule().addDeserializer(String.class, new RequestText()));
    }
}
