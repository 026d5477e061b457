# One Dockerfile for the images of the four services:
#   docker build --build-arg SERVICE=api -t aerocast-api .
# SERVICE is one of ingest, trainer, api, drift. The jars are built once for all four, on the platform that builds, with
# the native libraries of the platform that the image is for. What runs is a Java runtime of the needed modules alone on
# a small Debian: no build tools, no shell utilities beyond Debian's own, and not as root.
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

# The Java runtime of the image's own platform.
FROM ${MAVEN_IMAGE} AS java
RUN jlink --output /runtime --strip-java-debug-attributes --no-header-files --no-man-pages --compress zip-6 \
      --add-modules java.se,jdk.unsupported,jdk.management,jdk.zipfs,jdk.jfr,jdk.crypto.cryptoki

FROM ${RUNTIME_IMAGE} AS service
ARG SERVICE
RUN groupadd --gid 10001 aerocast \
 && useradd --uid 10001 --gid 10001 --no-log-init --home-dir /app --no-create-home --shell /usr/sbin/nologin aerocast \
 && mkdir /data && chown 10001:10001 /data
COPY --from=java /runtime /opt/java
WORKDIR /app
COPY infra/image/ ./
COPY --from=build /layers/${SERVICE}/dependencies/ ./
COPY --from=build /layers/${SERVICE}/snapshot-dependencies/ ./
COPY --from=build /layers/${SERVICE}/application/ ./
ENV PATH=/opt/java/bin:$PATH JAVA_HOME=/opt/java LANG=C.UTF-8 AEROCAST_DATA_DIR=/data

# A start of the service up to the point where its context stands, recorded: loaded and linked classes for the next start.
FROM service AS aot
RUN java @jvm.options -XX:AOTCacheOutput=/app/application.aot -Dspring.context.exit=onRefresh -jar application.jar

FROM service
COPY --from=aot /app/application.aot ./
USER 10001:10001
VOLUME /data
ENTRYPOINT ["java", "@jvm.options", "-XX:AOTCache=/app/application.aot", "-jar", "application.jar"]
