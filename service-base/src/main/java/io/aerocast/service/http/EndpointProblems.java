package io.aerocast.service.http;

import org.springframework.boot.actuate.endpoint.EndpointId;
import org.springframework.boot.actuate.endpoint.InvocationContext;
import org.springframework.boot.actuate.endpoint.OperationType;
import org.springframework.boot.actuate.endpoint.invoke.OperationInvoker;
import org.springframework.boot.actuate.endpoint.invoke.OperationInvokerAdvisor;
import org.springframework.boot.actuate.endpoint.invoke.OperationParameters;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;

/// A problem detail where an endpoint of Spring Boot would reply with 404 and no body, as to `GET /health/{unknown}`,
/// or fail, as on `GET /health/broker/{any}`.
final class EndpointProblems implements OperationInvokerAdvisor {

    private static final String PATH = "path";

    @Override
    public OperationInvoker apply(
            EndpointId endpoint, OperationType type, OperationParameters parameters, OperationInvoker invoker) {
        return context -> invoke(endpoint, invoker, context);
    }

    private static Object invoke(EndpointId endpoint, OperationInvoker invoker, InvocationContext context) {
        try {
            Object result = invoker.invoke(context);
            if (result != null && !isNotFound(result)) {
                return result;
            }
        } catch (IllegalStateException e) {
            if (!context.getArguments().containsKey(PATH)) {
                throw e;
            }
        }
        throw Problem.notFound("Not Found", "Nothing of that name belongs to '%s'".formatted(endpoint));
    }

    private static boolean isNotFound(Object result) {
        return result instanceof WebEndpointResponse<?> reply
                && reply.getStatus() == WebEndpointResponse.STATUS_NOT_FOUND
                && reply.getBody() == null;
    }
}
