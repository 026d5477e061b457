# AeroCast on a Kubernetes cluster, from the chart beside this directory. See docs/kubernetes.md.

terraform {
  required_version = ">= 1.7"

  required_providers {
    helm = {
      source  = "hashicorp/helm"
      version = "~> 3.1"
    }
    kubernetes = {
      source  = "hashicorp/kubernetes"
      version = "~> 3.0"
    }
  }
}

provider "kubernetes" {
  config_path    = pathexpand(var.kubeconfig)
  config_context = var.kube_context
}

provider "helm" {
  kubernetes = {
    config_path    = pathexpand(var.kubeconfig)
    config_context = var.kube_context
  }
}

locals {
  root = "${path.module}/.."

  # Prefix of the names of the chart's objects (aerocast.name in helm/aerocast/templates/_helpers.tpl).
  name = strcontains(var.release, "aerocast") ? var.release : "${var.release}-aerocast"

  # Sources of the chart, with the rules and dashboards to which it links.
  sources = sort(setunion(
    fileset(local.root, "helm/aerocast/{Chart.yaml,values.yaml,values.schema.json}"),
    fileset(local.root, "helm/aerocast/templates/**"),
    fileset(local.root, "prometheus/rules/*.yml"),
    fileset(local.root, "grafana/dashboards/**"),
    fileset(local.root, "grafana/provisioning/**"),
  ))

  values = {
    kafka   = { brokers = var.kafka_brokers }
    image   = { tag = var.image_tag }
    mlflow  = { trackingUri = var.mlflow_tracking_uri }
    grafana = { existingSecret = var.grafana_existing_secret }
    access  = { existingSecret = var.access_existing_secret }

    # A changed local chart keeps its version; this hash makes the change visible to Terraform as a changed value.
    global = { chart = sha256(join("", [for file in local.sources : filesha256("${local.root}/${file}")])) }
  }
}

resource "helm_release" "aerocast" {
  name      = var.release
  namespace = var.namespace
  chart     = "${local.root}/helm/aerocast"

  # Takes over an existing namespace or release.
  create_namespace = true
  upgrade_install  = true

  # The services start in any order and wait for Kafka, so there is no need to wait for them here.
  wait            = var.wait
  timeout         = var.timeout_seconds
  atomic          = false
  cleanup_on_fail = false
  max_history     = 10

  values = concat([yamlencode(local.values)], [for file in var.values_files : file(file)])
}

# Restricts the pods of the namespace to what the chart's pods need.
resource "kubernetes_labels" "pod_security" {
  api_version = "v1"
  kind        = "Namespace"
  force       = true

  metadata {
    name = helm_release.aerocast.namespace
  }

  labels = {
    "pod-security.kubernetes.io/enforce" = var.pod_security
    "pod-security.kubernetes.io/warn"    = var.pod_security
  }
}
