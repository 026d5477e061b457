package io.aerocast.service.http;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.EndpointId;
import org.springframework.boot.actuate.endpoint.OperationType;
import org.springframework.boot.actuate.endpoint.invoke.OperationInvoker;
import org.springframework.boot.actuate.endpoint.invoke.OperationInvokerAdvisor;
import org.springframework.boot.actuate.endpoint.invoke.OperationParameters;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;

/// A problem detail where an endpoint of Spring Boot would reply with 404 and no body, as to `GET /health/{unknown}`.
final class EndpointProblems implements OperationInvokerAdvisor {

    @Override
    public OperationInvoker apply(
            EndpointId endpoint, OperationType type, OperationParameters parameters, OperationInvoker invoker) {
        return context -> found(endpoint, type, invoker.invoke(context));
    }

    private static @Nullable Object found(EndpointId endpoint, OperationType type, @Nullable Object result) {
        boolean none = result == null && type == OperationType.READ;
        boolean notFound = result instanceof WebEndpointResponse<?> reply
                && reply.getStatus() == WebEndpointResponse.STATUS_NOT_FOUND
                && reply.getBody() == null;
        if (none || notFound) {
            throw Problem.notFound("Not Found", "Nothing of that name belongs to '%s'".formatted(endpoint));
        }
        return result;
    }
}
