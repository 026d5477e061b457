# syntax=docker/dockerfile:1
# One Dockerfile for the four services:
#   docker build --build-arg SERVICE=api -t aerocast-api .
# SERVICE is one of ingest, trainer, api, drift.

FROM eclipse-temurin:25-jdk AS build
ARG SERVICE
RUN apt-get update && apt-get install -y --no-install-recommends maven && rm -rf /var/lib/apt/lists/*
WORKDIR /src
COPY pom.xml ./
COPY common-model common-model
COPY service-base service-base
COPY embedded-broker embedded-broker
COPY data-lake data-lake
COPY ingest-service ingest-service
COPY trainer-service trainer-service
COPY api-service api-service
COPY drift-service drift-service
COPY standalone standalone
RUN --mount=type=cache,target=/root/.m2 \
    mvn -q -B -ntp -Dquick -DskipTests -pl "${SERVICE}-service" -am package
RUN java -Djarmode=tools -jar "${SERVICE}-service/target/"*-exec.jar extract --layers --destination /layers

FROM eclipse-temurin:25-jre
ARG SERVICE
RUN useradd --system --uid 10001 --home-dir /app aerocast \
 && mkdir -p /app /data && chown aerocast /app /data
WORKDIR /app
COPY --from=build /layers/dependencies/ ./
COPY --from=build /layers/spring-boot-loader/ ./
COPY --from=build /layers/snapshot-dependencies/ ./
COPY --from=build /layers/application/ ./
RUN mv ./*-exec.jar application.jar
USER aerocast
ENV AEROCAST_DATA_DIR=/data \
    JAVA_TOOL_OPTIONS="-XX:MaxRAMPercentage=70 --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow -Dorg.bytedeco.javacpp.cachedir=/tmp/javacpp"
VOLUME /data
ENTRYPOINT ["java", "-jar", "application.jar"]
