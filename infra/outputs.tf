output "namespace" {
  description = "Namespace of AeroCast."
  value       = helm_release.aerocast.namespace
}

output "release" {
  description = "The Helm release and its state."
  value = {
    name     = helm_release.aerocast.name
    chart    = helm_release.aerocast.metadata.chart
    version  = helm_release.aerocast.metadata.version
    revision = helm_release.aerocast.metadata.revision
    status   = helm_release.aerocast.status
  }
}

output "services" {
  description = "Names and ports within the cluster."
  value = {
    api        = "${local.name}-api.${helm_release.aerocast.namespace}:8000"
    grafana    = "${local.name}-grafana.${helm_release.aerocast.namespace}:3000"
    prometheus = "${local.name}-prometheus.${helm_release.aerocast.namespace}:9090"
  }
}

output "port_forward" {
  description = "Commands that forward the services to this machine."
  value = {
    api        = "kubectl --namespace ${helm_release.aerocast.namespace} port-forward service/${local.name}-api 8000"
    grafana    = "kubectl --namespace ${helm_release.aerocast.namespace} port-forward service/${local.name}-grafana 3000"
    prometheus = "kubectl --namespace ${helm_release.aerocast.namespace} port-forward service/${local.name}-prometheus 9090"
  }
}

output "grafana_password" {
  description = "Command that prints the password of Grafana's administrator."
  value       = "kubectl --namespace ${helm_release.aerocast.namespace} get secret ${coalesce(var.grafana_existing_secret, "${local.name}-grafana")} --output jsonpath='{.data.admin-password}' | base64 --decode"
}

output "access_token" {
  description = "Command that prints the token of requests that change something."
  value       = "kubectl --namespace ${helm_release.aerocast.namespace} get secret ${coalesce(var.access_existing_secret, "${local.name}-access")} --output jsonpath='{.data.token}' | base64 --decode"
}
