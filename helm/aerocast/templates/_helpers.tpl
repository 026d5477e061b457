{{/* Names start with the release's name, followed by the chart's if not part of it: `aerocast`, `my-aerocast`. */}}
{{- define "aerocast.name" -}}
{{- if contains .Chart.Name .Release.Name -}}
{{- .Release.Name | trunc 40 | trimSuffix "-" -}}
{{- else -}}
{{- printf "%s-%s" (.Release.Name | trunc 31 | trimSuffix "-") .Chart.Name -}}
{{- end -}}
{{- end -}}

{{/* Labels that select the pods of a part: (dict "root" $ "part" "api"). */}}
{{- define "aerocast.selector" -}}
app.kubernetes.io/name: {{ .root.Chart.Name }}
app.kubernetes.io/instance: {{ .root.Release.Name }}
{{- with .part }}
app.kubernetes.io/component: {{ . }}
{{- end }}
{{- end -}}

{{- define "aerocast.labels" -}}
{{ include "aerocast.selector" . }}
app.kubernetes.io/version: {{ .root.Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .root.Release.Service }}
helm.sh/chart: {{ printf "%s-%s" .root.Chart.Name .root.Chart.Version | replace "+" "_" }}
{{- end -}}

{{/* Name and labels of an object of a part: (dict "root" $ "part" "api"), with "suffix" if it has several. */}}
{{- define "aerocast.metadata" -}}
name: {{ include "aerocast.name" .root }}-{{ .part }}{{ with .suffix }}-{{ . }}{{ end }}
namespace: {{ .root.Release.Namespace }}
labels:
  {{- include "aerocast.labels" . | nindent 2 }}
{{- end -}}

{{- define "aerocast.serviceAccount" -}}
{{- .Values.serviceAccount.name | default (include "aerocast.name" .) -}}
{{- end -}}

{{/* Settings of every pod. Parameters: (dict "root" $ "user" 10001). */}}
{{- define "aerocast.pod" -}}
serviceAccountName: {{ include "aerocast.serviceAccount" .root }}
automountServiceAccountToken: false
# Kubernetes would set AEROCAST_API_PORT=tcp://… for a service of this name, and the service would read it as its port.
enableServiceLinks: false
{{- with .root.Values.image.pullSecrets }}
imagePullSecrets:
  {{- toYaml . | nindent 2 }}
{{- end }}
securityContext:
  runAsNonRoot: true
  runAsUser: {{ .user }}
  runAsGroup: {{ .user }}
  fsGroup: {{ .user }}
  fsGroupChangePolicy: OnRootMismatch
  seccompProfile:
    type: RuntimeDefault
{{- end -}}

{{- define "aerocast.containerSecurity" -}}
allowPrivilegeEscalation: false
readOnlyRootFilesystem: true
capabilities:
  drop: [ALL]
{{- end -}}

{{/* Placement of a part's pods, from its values. */}}
{{- define "aerocast.placement" -}}
{{- with .nodeSelector }}
nodeSelector:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- with .tolerations }}
tolerations:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- end -}}

{{- define "aerocast.brokers" -}}
{{- .Values.kafka.brokers | default (printf "%s-kafka:9092" (include "aerocast.name" .)) -}}
{{- end -}}

{{- define "aerocast.pushgateway" -}}
{{- if .Values.pushgateway.enabled -}}
{{- include "aerocast.name" . }}-pushgateway:9091
{{- else -}}
{{- .Values.pushgateway.external -}}
{{- end -}}
{{- end -}}

{{- define "aerocast.mlflow" -}}
{{- if .Values.mlflow.server.enabled -}}
http://{{ include "aerocast.name" . }}-mlflow:5000
{{- else -}}
{{- .Values.mlflow.trackingUri -}}
{{- end -}}
{{- end -}}

{{- define "aerocast.mlflowSecret" -}}
{{- with .Values.mlflow -}}
{{- if .existingSecret -}}
{{- .existingSecret -}}
{{- else if or .username .password .token -}}
{{- include "aerocast.name" $ }}-mlflow
{{- end -}}
{{- end -}}
{{- end -}}

{{- define "aerocast.grafanaSecret" -}}
{{- .Values.grafana.existingSecret | default (printf "%s-grafana" (include "aerocast.name" .)) -}}
{{- end -}}

{{- define "aerocast.accessSecret" -}}
{{- .Values.access.existingSecret | default (printf "%s-access" (include "aerocast.name" .)) -}}
{{- end -}}

{{/* Names of the services in the cluster and outside, if names are restricted at all. */}}
{{- define "aerocast.hosts" -}}
{{- if .Values.access.hosts -}}
{{- $hosts := .Values.access.hosts -}}
{{- range $part := list "api" "ingest" "trainer" "drift" -}}
{{- $service := printf "%s-%s" (include "aerocast.name" $) $part -}}
{{- range list "" "-pods" -}}
{{- $name := printf "%s%s" $service . -}}
{{- $inNamespace := printf "%s.%s" $name $.Release.Namespace -}}
{{- $hosts = concat $hosts (list $name $inNamespace (printf "%s.svc" $inNamespace) (printf "%s.svc.cluster.local" $inNamespace)) -}}
{{- end -}}
{{- end -}}
{{- with .Values.api.ingress.host -}}
{{- $hosts = append $hosts . -}}
{{- end -}}
{{- join "," $hosts -}}
{{- end -}}
{{- end -}}

{{- define "aerocast.dataClaim" -}}
{{- .Values.data.existingClaim | default (printf "%s-data" (include "aerocast.name" .)) -}}
{{- end -}}

{{/* Rejects contradictory values before the installation. */}}
{{- define "aerocast.check" -}}
{{- $partitions := int .Values.kafka.topics.partitions -}}
{{- $drift := .Values.drift -}}
{{- $most := ternary $drift.replicas $drift.autoscaling.maxReplicas (eq $drift.autoscaling.type "none") | int -}}
{{- if gt $most $partitions -}}
{{- fail (printf "drift may have %d replicas, but the topics have %d partitions: more replicas than partitions have no work. Lower drift.replicas or drift.autoscaling.maxReplicas, or raise kafka.topics.partitions before the topics exist" $most $partitions) -}}
{{- end -}}
{{- if and (eq .Values.api.autoscaling.type "keda") (gt (int .Values.api.autoscaling.maxReplicas) $partitions) -}}
{{- fail (printf "api.autoscaling.maxReplicas is %d, but the topics have %d partitions: KEDA scales by lag, and more replicas than partitions have none" (int .Values.api.autoscaling.maxReplicas) $partitions) -}}
{{- end -}}
{{- range list "api" "drift" -}}
{{- with (index $.Values .).autoscaling -}}
{{- if gt (int .minReplicas) (int .maxReplicas) -}}
{{- fail (printf "autoscaling.minReplicas is %d, more than maxReplicas, which is %d" (int .minReplicas) (int .maxReplicas)) -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- if and .Values.mlflow.server.enabled .Values.mlflow.trackingUri -}}
{{- fail "mlflow.trackingUri names an external server, and mlflow.server.enabled requests one in the cluster: set one of them" -}}
{{- end -}}
{{- if and .Values.pushgateway.enabled .Values.pushgateway.external -}}
{{- fail "pushgateway.external names an external one, and pushgateway.enabled requests one in the cluster: set one of them" -}}
{{- end -}}
{{- if and (hasPrefix "SASL_" .Values.kafka.security.protocol) (not (and .Values.kafka.security.saslSecret .Values.kafka.security.mechanism)) -}}
{{- fail (printf "kafka.security.protocol %s needs kafka.security.mechanism and kafka.security.saslSecret" .Values.kafka.security.protocol) -}}
{{- end -}}
{{- if and (not .Values.kafka.brokers) (ne .Values.kafka.security.protocol "PLAINTEXT") -}}
{{- fail (printf "kafka.security.protocol %s needs kafka.brokers: the broker for trials supports PLAINTEXT only" .Values.kafka.security.protocol) -}}
{{- end -}}
{{- if and .Values.api.ingress.enabled (not .Values.api.ingress.host) -}}
{{- fail "api.ingress.enabled needs api.ingress.host" -}}
{{- end -}}
{{- if and .Values.access.token .Values.access.existingSecret -}}
{{- fail "access.existingSecret names a Secret with the token, and access.token gives one: set one of them" -}}
{{- end -}}
{{- if and .Values.access.issuer (not .Values.access.audience) -}}
{{- fail "access.issuer needs access.audience: tokens of the issuer for other applications would be valid here" -}}
{{- end -}}
{{- if and .Values.ingest.noaa.enabled (not .Values.ingest.noaa.userAgent) -}}
{{- fail "ingest.noaa.enabled needs ingest.noaa.userAgent, required by api.weather.gov, for example `aerocast (you@example.org)`" -}}
{{- end -}}
{{- end -}}

{{/* The port of a URL. */}}
{{- define "aerocast.port" -}}
{{- $url := urlParse . -}}
{{- regexFind ":\\d+$" $url.host | trimPrefix ":" | default (ternary "443" "80" (eq $url.scheme "https")) -}}
{{- end -}}
