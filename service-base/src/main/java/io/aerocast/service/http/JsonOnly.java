package io.aerocast.service.http;

import java.util.List;
import org.springframework.http.converter.ByteArrayHttpMessageConverter;
import org.springframework.http.converter.HttpMessageConverter;
import org.springframework.http.converter.HttpMessageConverters.ServerBuilder;
import org.springframework.http.converter.ResourceHttpMessageConverter;
import org.springframework.http.converter.StringHttpMessageConverter;
import org.springframework.http.converter.json.JacksonJsonHttpMessageConverter;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/// Bodies are JSON, text or bytes. Spring would add a format for each Jackson module on the class path, such as YAML
/// where another library reads YAML.
final class JsonOnly implements WebMvcConfigurer {

    private static final List<Class<?>> KEPT = List.of(
            ByteArrayHttpMessageConverter.class,
            StringHttpMessageConverter.class,
            ResourceHttpMessageConverter.class,
            JacksonJsonHttpMessageConverter.class);

    @Override
    public void configureMessageConverters(ServerBuilder builder) {
        builder.configureMessageConvertersList(all -> all.removeIf(JsonOnly::isOther));
    }

    private static boolean isOther(HttpMessageConverter<?> converter) {
        return KEPT.stream().noneMatch(kept -> kept.isInstance(converter));
    }
}
