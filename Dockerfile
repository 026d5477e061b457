# One Dockerfile for the images of the four services:
#   docker build --build-arg SERVICE=api -t aerocast-api .
# SERVICE is one of ingest, trainer, api, drift. The jars are built once for all four, on the build platform, with the
# native libraries of the target platform. The image has a Java runtime with the required modules only, on a Debian
# without apt and without interpreters other than the shell, and does not run as root.
ARG MAVEN_IMAGE=maven:3.9.11-eclipse-temurin-25
ARG RUNTIME_IMAGE=debian:trixie-slim

FROM --platform=$BUILDPLATFORM ${MAVEN_IMAGE} AS build
ARG TARGETARCH
WORKDIR /src
COPY . .
RUN --mount=type=cache,target=/root/.m2 \
    case "$TARGETARCH" in \
      amd64) platform=linux-x86_64 ;; \
      arm64) platform=linux-arm64 ;; \
      *) echo "no native libraries for $TARGETARCH: expected amd64 or arm64" >&2; exit 1 ;; \
    esac \
 && mvn -q -B -ntp -Dquick -Dmaven.test.skip=true -Djavacpp.platform="$platform" \
      -pl ingest-service,trainer-service,api-service,drift-service -am package \
 && for service in ingest trainer api drift; do \
      java -Djarmode=tools -jar "$service-service/target/"*-exec.jar extract --layers --destination "/layers/$service" \
      && mv "/layers/$service/application/"*-exec.jar "/layers/$service/application/application.jar" \
      || exit 1; \
    done

# The Java runtime of the target platform.
FROM ${MAVEN_IMAGE} AS java
RUN jlink --output /runtime --strip-java-debug-attributes --no-header-files --no-man-pages --compress zip-6 \
      --add-modules java.se,jdk.unsupported,jdk.management,jdk.zipfs,jdk.jfr,jdk.crypto.cryptoki

# Debian without unused packages; flattened below, so that they take no space. Scanners still find the list of packages
# in /var/lib/dpkg.
FROM ${RUNTIME_IMAGE} AS debian
RUN groupadd --gid 10001 aerocast \
 && useradd --uid 10001 --gid 10001 --no-log-init --home-dir /app --no-create-home --shell /usr/sbin/nologin aerocast \
 && mkdir /data && chown 10001:10001 /data \
 && dpkg --purge --force-all apt bsdutils debian-archive-keyring libapt-pkg7.0 libdb5.3t64 libsqlite3-0 login login.defs \
      mount passwd perl-base sqv tar util-linux 2>/dev/null \
 && rm -rf /usr/lib/*/gconv /usr/share/doc /usr/share/man /usr/share/bash-completion /var/cache/* /var/log/* /tmp/*

FROM scratch AS service
ARG SERVICE
COPY --from=debian / /
COPY --from=java /runtime /opt/java
WORKDIR /app
COPY infra/image/ ./
COPY --from=build /layers/${SERVICE}/dependencies/ ./
COPY --from=build /layers/${SERVICE}/snapshot-dependencies/ ./
COPY --from=build /layers/${SERVICE}/application/ ./
ENV PATH=/opt/java/bin:$PATH JAVA_HOME=/opt/java LANG=C.UTF-8 AEROCAST_DATA_DIR=/data

# Records a start of the service up to its context: loaded and linked classes for the next start.
FROM service AS aot
RUN java @jvm.options -XX:AOTCacheOutput=/app/application.aot -Xlog:aot*=error \
      -Dspring.context.exit=onRefresh -jar application.jar

FROM service
ARG SERVICE
# The commit, for aerocast_build_info and every run record: the build has no Git directory.
ARG REVISION=
ENV AEROCAST_COMMIT=$REVISION
LABEL org.opencontainers.image.title="aerocast-${SERVICE}" org.opencontainers.image.licenses="MIT"
# Beyond the container, which needs AEROCAST_ACCESS_TOKEN or AEROCAST_ACCESS_TOKENFILE (SECURITY.md).
ENV AEROCAST_ADDRESS=0.0.0.0
COPY --from=aot /app/application.aot ./
USER 10001:10001
VOLUME /data
ENTRYPOINT ["java", "@jvm.options", "-XX:AOTCache=/app/application.aot", "-jar", "application.jar"]
