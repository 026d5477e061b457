{{/* Scrapes the services as prometheus/prometheus.yml does, under the same jobs, but each pod individually. */}}
{{- define "aerocast.prometheusConfig" -}}
{{- $name := include "aerocast.name" . -}}
global:
  scrape_interval: {{ .Values.prometheus.scrapeInterval }}
  evaluation_interval: {{ .Values.prometheus.scrapeInterval }}
rule_files:
  - /etc/prometheus/rules/*.yml
{{- with .Values.prometheus.alertmanager }}
alerting:
  alertmanagers:
    - static_configs:
        - targets: [{{ . | quote }}]
{{- end }}
scrape_configs:
  # The headless service resolves to the address of every pod, so no token of the cluster is needed.
  {{- range $service, $port := dict "api" 8000 "ingest" 8001 "trainer" 8002 "drift" 8003 }}
  - job_name: aerocast-{{ $service }}
    {{- if eq $.Values.access.reading "token" }}
    authorization:
      credentials_file: /etc/prometheus/access/token
    {{- end }}
    dns_sd_configs:
      - names: [{{ $name }}-{{ $service }}-pods]
        type: A
        port: {{ $port }}
  {{- end }}
  {{- with include "aerocast.pushgateway" . }}
  - job_name: pushgateway
    honor_labels: true
    static_configs:
      - targets: [{{ . | quote }}]
  {{- end }}
  - job_name: prometheus
    static_configs:
      - targets: [localhost:9090]
{{- end -}}

{{/* The datasource of this cluster, and the unchanged dashboards. */}}
{{- define "aerocast.grafanaProvisioning" -}}
datasource.yaml: |
  apiVersion: 1
  datasources:
    - name: Prometheus
      uid: prometheus
      type: prometheus
      access: proxy
      url: {{ .Values.grafana.prometheusUrl | default (printf "http://%s-prometheus:9090" (include "aerocast.name" .)) }}
      isDefault: true
      jsonData:
        # So that $__rate_interval spans four scrapes.
        timeInterval: {{ .Values.prometheus.scrapeInterval }}
        httpMethod: POST
dashboards.yaml: |
  {{- .Files.Get "files/provisioning/dashboards/aerocast.yml" | nindent 2 }}
{{- end -}}
