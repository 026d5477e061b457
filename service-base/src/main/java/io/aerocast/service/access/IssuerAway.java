package io.aerocast.service.access;

import org.springframework.security.core.AuthenticationException;

/// A token cannot be checked, since its issuer does not answer with its keys. That is no fault of the token.
final class IssuerAway extends AuthenticationException {

    private static final long serialVersionUID = 1L;

    IssuerAway(Throwable cause) {
        super("the issuer does not answer", cause);
    }
}
