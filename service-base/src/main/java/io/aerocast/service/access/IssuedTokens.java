package io.aerocast.service.access;

import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.authentication.AuthenticationServiceException;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.core.DelegatingOAuth2TokenValidator;
import org.springframework.security.oauth2.jwt.JwtClaimNames;
import org.springframework.security.oauth2.jwt.JwtClaimValidator;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtDecoderInitializationException;
import org.springframework.security.oauth2.jwt.JwtValidators;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;
import org.springframework.security.oauth2.jwt.SupplierJwtDecoder;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationProvider;

/// Accepts the tokens that an OpenID Connect issuer made for an audience. Asks the issuer for its keys with the first
/// token, so that a service starts without it.
final class IssuedTokens implements AuthenticationProvider {

    private final JwtAuthenticationProvider tokens;

    IssuedTokens(URI issuer, String audience) {
        tokens = new JwtAuthenticationProvider(new SupplierJwtDecoder(() -> decoder(issuer.toString(), audience)));
    }

    /// @throws IssuerAway if the issuer does not answer
    @Override
    public @Nullable Authentication authenticate(Authentication request) {
        try {
            return tokens.authenticate(request);
        } catch (AuthenticationServiceException | JwtDecoderInitializationException e) {
            throw new IssuerAway(e);
        }
    }

    @Override
    public boolean supports(Class<?> request) {
        return tokens.supports(request);
    }

    private static JwtDecoder decoder(String issuer, String audience) {
        NimbusJwtDecoder decoder = NimbusJwtDecoder.withIssuerLocation(issuer).build();
        decoder.setJwtValidator(new DelegatingOAuth2TokenValidator<>(
                JwtValidators.createDefaultWithIssuer(issuer),
                new JwtClaimValidator<List<String>>(
                        JwtClaimNames.AUD, named -> named != null && named.contains(audience))));
        return decoder;
    }
}
