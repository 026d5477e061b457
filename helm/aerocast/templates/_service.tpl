{{/*
Templates shared by the four AeroCast services. Parameters: (dict "root" $ "part" "api" "port" 8000).
*/}}

{{/* The environment of a service, as a map. Variables from the values override those of the chart. */}}
{{- define "aerocast.environment" -}}
{{- $root := .root -}}
{{- $values := $root.Values -}}
{{- $env := dict
      "AEROCAST_BROKERS" (include "aerocast.brokers" $root)
      "AEROCAST_DATA_DIR" "/data"
      "AEROCAST_TOPICS_PARTITIONS" $values.kafka.topics.partitions
      "AEROCAST_TOPICS_REPLICATIONFACTOR" $values.kafka.topics.replicationFactor
      "AEROCAST_TOPICS_RETENTION" $values.kafka.topics.retention -}}
{{- if $values.pipelines.json -}}
{{- $_ := set $env "AEROCAST_PIPELINES_FILE" "/etc/aerocast/pipelines.json" -}}
{{- end -}}
{{- with $values.kafka.security -}}
{{- if ne .protocol "PLAINTEXT" -}}
{{- $_ := set $env "SPRING_KAFKA_SECURITY_PROTOCOL" .protocol -}}
{{- end -}}
{{- if hasPrefix "SASL_" .protocol -}}
{{- $_ := set $env "SPRING_KAFKA_PROPERTIES_SASL_MECHANISM" .mechanism -}}
{{- end -}}
{{- if .caSecret -}}
{{- $_ := set $env "SPRING_KAFKA_SSL_TRUSTSTORETYPE" "PEM" -}}
{{- end -}}
{{- end -}}
{{- with $values.access -}}
{{- if ne .reading "open" -}}
{{- $_ := set $env "AEROCAST_ACCESS_READING" .reading -}}
{{- end -}}
{{- with .issuer -}}
{{- $_ := set $env "AEROCAST_ACCESS_ISSUER" . -}}
{{- end -}}
{{- with .audience -}}
{{- $_ := set $env "AEROCAST_ACCESS_AUDIENCE" . -}}
{{- end -}}
{{- with .origins -}}
{{- $_ := set $env "AEROCAST_ACCESS_ORIGINS" (join "," .) -}}
{{- end -}}
{{- end -}}
{{- with include "aerocast.hosts" $root -}}
{{- $_ := set $env "AEROCAST_ACCESS_HOSTS" . -}}
{{- end -}}
{{- if eq .part "ingest" -}}
{{- $_ := set $env "AEROCAST_INGEST_SIMULATOR_ENABLED" $values.ingest.simulator.enabled -}}
{{- $_ := set $env "AEROCAST_INGEST_REPLAY_ENABLED" $values.ingest.replay.enabled -}}
{{- with $values.ingest.replay.from -}}
{{- $_ := set $env "AEROCAST_INGEST_REPLAY_FROM" . -}}
{{- end -}}
{{- $_ := set $env "CALM_ONLY" $values.ingest.simulator.calmOnly -}}
{{- with $values.ingest.noaa -}}
{{- if .enabled -}}
{{- $_ := set $env "AEROCAST_INGEST_NOAA_ENABLED" true -}}
{{- $_ := set $env "AEROCAST_INGEST_NOAA_STATIONS" (join "," .stations) -}}
{{- $_ := set $env "AEROCAST_INGEST_NOAA_USERAGENT" .userAgent -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- if eq .part "trainer" -}}
{{- with include "aerocast.mlflow" $root -}}
{{- $_ := set $env "MLFLOW_TRACKING_URI" . -}}
{{- end -}}
{{- with include "aerocast.pushgateway" $root -}}
{{- $_ := set $env "AEROCAST_PUSHGATEWAY" . -}}
{{- end -}}
{{- end -}}
{{- if eq .part "api" -}}
{{- $_ := set $env "AEROCAST_API_TRAINER_URL" (printf "http://%s-trainer:8002" (include "aerocast.name" $root)) -}}
{{- if $values.ingest.simulator.enabled -}}
{{- $_ := set $env "AEROCAST_API_SIMULATOR_URL" (printf "http://%s-ingest:8001" (include "aerocast.name" $root)) -}}
{{- end -}}
{{- range $name, $address := $values.api.links -}}
{{- if $address -}}
{{- $_ := set $env (printf "AEROCAST_API_LINKS_%s" (upper $name)) $address -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- range $name, $value := mergeOverwrite $env (index $values .part).env }}
{{- /* A number of a values file is a float, which would print a million as 1e+06. */}}
{{- if and (kindIs "float64" $value) (eq (floor $value) $value) }}
{{- $value = int64 $value }}
{{- end }}
{{ $name }}: {{ toString $value | quote }}
{{- end }}
{{- end -}}

{{/* The part of the environment that comes from secrets. */}}
{{- define "aerocast.secretEnvironment" -}}
{{- $security := .root.Values.kafka.security -}}
- name: AEROCAST_ACCESS_TOKEN
  valueFrom:
    secretKeyRef:
      name: {{ include "aerocast.accessSecret" .root }}
      key: token
{{- if hasPrefix "SASL_" $security.protocol }}
- name: SPRING_KAFKA_PROPERTIES_SASL_JAAS_CONFIG
  valueFrom:
    secretKeyRef:
      name: {{ $security.saslSecret }}
      key: sasl.jaas.config
{{- end }}
{{- with $security.caSecret }}
- name: SPRING_KAFKA_SSL_TRUSTSTORECERTIFICATES
  valueFrom:
    secretKeyRef:
      name: {{ . }}
      key: ca.crt
{{- end }}
{{- if eq .part "trainer" }}
{{- with include "aerocast.mlflowSecret" .root }}
{{- $secret := . }}
{{- range list "username" "password" "token" }}
- name: MLFLOW_TRACKING_{{ upper . }}
  valueFrom:
    secretKeyRef:
      name: {{ $secret }}
      key: {{ . }}
      optional: true
{{- end }}
{{- end }}
{{- end }}
{{- end -}}

{{- define "aerocast.serviceConfig" -}}
apiVersion: v1
kind: ConfigMap
metadata:
  {{- include "aerocast.metadata" . | nindent 2 }}
data:
  {{- include "aerocast.environment" . | trim | nindent 2 }}
{{- end -}}

{{- define "aerocast.servicePod" -}}
{{- $values := index .root.Values .part -}}
{{- $shares := has .part (list "ingest" "trainer") -}}
metadata:
  labels:
    {{- /* Without the versions of chart and application: a new chart alone makes no new pods. */}}
    {{- include "aerocast.selector" . | nindent 4 }}
    {{- if $shares }}
    aerocast.io/data: {{ include "aerocast.dataClaim" .root | trunc 63 | trimSuffix "-" }}
    {{- end }}
  annotations:
    # A changed configuration replaces the pods.
    checksum/config: {{ printf "%s%s" (include "aerocast.environment" .) .root.Values.pipelines.json | sha256sum }}
    {{- with $values.podAnnotations }}
    {{- toYaml . | nindent 4 }}
    {{- end }}
spec:
  {{- include "aerocast.pod" (dict "root" .root "user" 10001) | nindent 2 }}
  terminationGracePeriodSeconds: 45
  {{- with include "aerocast.placement" $values | trim }}
  {{- . | nindent 2 }}
  {{- end }}
  {{- $affinity := $values.affinity }}
  {{- if and $shares (eq .root.Values.data.accessMode "ReadWriteOnce") }}
  {{- /* Each term selects both pods, so the first one to be placed finds itself and is not kept waiting. */}}
  {{- $term := dict "topologyKey" "kubernetes.io/hostname" "labelSelector" (dict "matchLabels" (dict "aerocast.io/data" (include "aerocast.dataClaim" .root | trunc 63 | trimSuffix "-"))) }}
  {{- $terms := append (dig "podAffinity" "requiredDuringSchedulingIgnoredDuringExecution" (list) $affinity) $term }}
  {{- $affinity = mustMergeOverwrite (deepCopy $affinity) (dict "podAffinity" (dict "requiredDuringSchedulingIgnoredDuringExecution" $terms)) }}
  {{- end }}
  {{- with $affinity }}
  affinity:
    {{- toYaml . | nindent 4 }}
  {{- end }}
  {{- if not $shares }}
  topologySpreadConstraints:
    - maxSkew: 1
      topologyKey: kubernetes.io/hostname
      whenUnsatisfiable: ScheduleAnyway
      labelSelector:
        matchLabels:
          {{- include "aerocast.selector" . | nindent 10 }}
  {{- end }}
  containers:
    - name: {{ .part }}
      {{- with .root.Values.image }}
      image: "{{ .registry }}/{{ .owner }}/aerocast-{{ $.part }}:{{ .tag | default $.root.Chart.AppVersion }}"
      imagePullPolicy: {{ .pullPolicy }}
      {{- end }}
      securityContext:
        {{- include "aerocast.containerSecurity" . | nindent 8 }}
      ports:
        - name: http
          containerPort: {{ .port }}
      envFrom:
        - configMapRef:
            name: {{ include "aerocast.name" .root }}-{{ .part }}
      {{- with include "aerocast.secretEnvironment" . | trim }}
      env:
        {{- . | nindent 8 }}
      {{- end }}
      startupProbe:
        httpGet: {path: /livez, port: http}
        periodSeconds: 2
        failureThreshold: 60
      livenessProbe:
        httpGet: {path: /livez, port: http}
        periodSeconds: 10
        timeoutSeconds: 5
        failureThreshold: 3
      # Not ready without a broker, except for the api, which still forecasts; that does not restart the pod.
      readinessProbe:
        httpGet: {path: /readyz, port: http}
        periodSeconds: 5
        timeoutSeconds: 5
        failureThreshold: 2
      {{- if eq .part "api" }}
      # Requests still arrive until every node knows that the pod is terminating.
      lifecycle:
        preStop:
          sleep: {seconds: 5}
      {{- end }}
      resources:
        {{- toYaml $values.resources | nindent 8 }}
      volumeMounts:
        # zstd and ND4J unpack their native libraries there, and map them as executable.
        - {name: tmp, mountPath: /tmp}
        - {name: data, mountPath: /data}
        {{- if .root.Values.pipelines.json }}
        - {name: pipelines, mountPath: /etc/aerocast, readOnly: true}
        {{- end }}
  volumes:
    - name: tmp
      emptyDir: {sizeLimit: 1Gi}
    - name: data
      {{- if $shares }}
      persistentVolumeClaim:
        claimName: {{ include "aerocast.dataClaim" .root }}
      {{- else }}
      # Local files only: the state is in Kafka.
      emptyDir: {sizeLimit: 256Mi}
      {{- end }}
    {{- if .root.Values.pipelines.json }}
    - name: pipelines
      configMap:
        name: {{ include "aerocast.name" .root }}-pipelines
    {{- end }}
{{- end -}}

{{/* The address of a service, and a headless one by which Prometheus finds each of its pods. */}}
{{- define "aerocast.serviceAddresses" -}}
apiVersion: v1
kind: Service
metadata:
  {{- include "aerocast.metadata" . | nindent 2 }}
  {{- with .annotations }}
  annotations:
    {{- toYaml . | nindent 4 }}
  {{- end }}
spec:
  type: {{ .type | default "ClusterIP" }}
  selector:
    {{- include "aerocast.selector" . | nindent 4 }}
  ports:
    - {name: http, port: {{ .port }}, targetPort: http}
---
apiVersion: v1
kind: Service
metadata:
  {{- include "aerocast.metadata" (merge (dict "suffix" "pods") .) | nindent 2 }}
    # ServiceMonitors select this label, so that each pod is scraped once.
    aerocast.io/scrape: pods
spec:
  clusterIP: None
  # Pods that are not ready are scraped as well.
  publishNotReadyAddresses: true
  selector:
    {{- include "aerocast.selector" . | nindent 4 }}
  ports:
    - {name: http, port: {{ .port }}, targetPort: http}
{{- end -}}

{{/* A service with several pods without a disk of their own. */}}
{{- define "aerocast.deployment" -}}
{{- $values := index .root.Values .part -}}
apiVersion: apps/v1
kind: Deployment
metadata:
  {{- include "aerocast.metadata" . | nindent 2 }}
spec:
  {{- if eq $values.autoscaling.type "none" }}
  replicas: {{ $values.replicas }}
  {{- end }}
  strategy:
    rollingUpdate: {maxSurge: 1, maxUnavailable: 0}
  selector:
    matchLabels:
      {{- include "aerocast.selector" . | nindent 6 }}
  template:
    {{- include "aerocast.servicePod" . | nindent 4 }}
{{- end -}}

{{/* A service with exactly one pod. */}}
{{- define "aerocast.single" -}}
apiVersion: apps/v1
kind: StatefulSet
metadata:
  {{- include "aerocast.metadata" . | nindent 2 }}
spec:
  replicas: 1
  serviceName: {{ include "aerocast.name" .root }}-{{ .part }}-pods
  selector:
    matchLabels:
      {{- include "aerocast.selector" . | nindent 6 }}
  template:
    {{- include "aerocast.servicePod" . | nindent 4 }}
{{- end -}}
